package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"understudy/internal/fault"
)

// State is the outcome of verifying a log.
type State string

// The states of a log. If several apply, the first of Broken, HeadMismatch, Torn,
// ReportsDiffer, None, NotCompared and Good does.
const (
	Good         State = "good"          // the chain holds, and has the head that was anchored
	NotCompared  State = "not_compared"  // it holds, and no head was given: a cut at the end would not show
	None         State = "none"          // there are no records
	Broken       State = "broken"        // the chain does not hold
	HeadMismatch State = "head_mismatch" // it holds, but is not the one that was anchored
	Torn         State = "torn"          // it holds up to a last line that is incomplete
	// ReportsDiffer: it holds, and a report that it names was changed or is missing.
	ReportsDiffer State = "reports_differ"
)

// ExitCode is what "understudy audit verify" ends with. 4 is for a log that could
// not be read.
func (s State) ExitCode() int {
	switch s {
	case Good:
		return 0
	case Broken:
		return 1
	case Torn:
		return 2
	case HeadMismatch:
		return 3
	case NotCompared:
		return 5
	case None:
		return 6
	case ReportsDiffer:
		return 7
	}
	return 1
}

// Holds reports whether nothing is wrong in the chain itself, whatever is known
// of its end.
func (s State) Holds() bool {
	return s == Good || s == NotCompared || s == None || s == ReportsDiffer
}

// Verification is what verifying a log found.
type Verification struct {
	State   State
	Reason  string // a sentence; empty if good
	Records int64  // whole and in order, up to BrokenAt if broken
	First   time.Time
	Last    time.Time // times of the first and the last of them
	Head    Head      // the last of them
	// Anchored: the head that was given is in the chain. False with a state that
	// holds means that none was given.
	Anchored bool
	BrokenAt int64    // number of the record where the chain breaks, else 0
	File     string   // the file of that record or of the torn line, else ""
	Line     int      // its line there, counted from 1
	Aside    []string // files with torn lines that were set aside earlier
	Back     []ClockStep
	Accepted []Acceptance
	Reports  []ReportFinding // that are not as the log says; not looked for if broken
}

// Acceptance is a record of [Log.Accept]: there the log was taken as it is.
type Acceptance struct {
	Seq        int64
	Time       time.Time
	Remembered string // the head that the vault had
}

// envelope is what verification needs of a line, whatever its version.
type envelope struct {
	Version int       `json:"v"`
	Seq     int64     `json:"seq"`
	Time    time.Time `json:"time"`
	Prev    string    `json:"prev"`
	// Of a newer version these may be anything.
	Event      json.RawMessage `json:"event"`
	Remembered json.RawMessage `json:"remembered"`
	Record     json.RawMessage `json:"record"`
	Result     json.RawMessage `json:"result"`
}

// acceptance is the record if it is one of [Log.Accept].
func (e envelope) acceptance() (Acceptance, bool) {
	var event Event
	if json.Unmarshal(e.Event, &event) != nil || event != Accepted {
		return Acceptance{}, false
	}
	found := Acceptance{Seq: e.Seq, Time: e.Time}
	if json.Unmarshal(e.Remembered, &found.Remembered) != nil {
		found.Remembered = ""
	}
	return found, true
}

// report is the report that the record names, if it does.
func (e envelope) report() (id string, report named, found bool) {
	var result struct {
		Report string `json:"report"`
	}
	if json.Unmarshal(e.Result, &result) != nil || result.Report == "" || json.Unmarshal(e.Record, &id) != nil {
		return "", named{}, false
	}
	return id, named{e.Seq, result.Report}, true
}

// Empty reports whether the log has nothing in it, not even part of a record.
func (h History) Empty() bool {
	return !slices.ContainsFunc(h.files, func(file extent) bool { return file.size > 0 })
}

// Verify reads the log from its beginning and checks that each record follows
// from the one before it. If head is not nil, it must be one of the records. The
// result says what is wrong with the log. The error says that the log could not be
// read ([fault.AuditUnreadable]) or that ctx is done.
func (h History) Verify(ctx context.Context, head *Head) (Verification, error) {
	v := verifier{anchor: head, found: Verification{State: Good, Head: origin(), Aside: h.aside}, reports: map[string]named{}}
	v.found.Anchored = head != nil && *head == origin()
	for i, file := range h.files {
		if next := v.found.Head.Seq + 1; file.first != next {
			reason := fmt.Sprintf("The file %s is not the one that begins with record %d.", filepath.Base(file.path), next)
			if file.first > next {
				reason = fmt.Sprintf("Records %d to %d are missing.", next, file.first-1)
			}
			v.breakAt(file, 1, reason)
			return v.found, nil
		}
		if err := v.file(ctx, file, i == len(h.files)-1); err != nil {
			return Verification{}, err
		}
		if v.found.State == Broken {
			return v.found, nil
		}
	}
	var err error
	if v.found.Reports, err = h.checkReports(ctx, v.reports); err != nil {
		return Verification{}, err
	}
	v.conclude()
	return v.found, nil
}

type verifier struct {
	anchor  *Head
	found   Verification
	reports map[string]named // by the id of the impersonation
}

// file verifies one file. Only the last may end in a torn line.
func (v *verifier) file(ctx context.Context, file extent, last bool) error {
	number := 0
	for line, err := range file.lines() {
		if err != nil {
			return unreadable(err)
		}
		if err := ctx.Err(); err != nil {
			return fault.New(fault.Canceled, err)
		}
		number++
		switch {
		case line.ended:
			v.record(file, number, line)
		case last:
			v.found.State, v.found.File, v.found.Line = Torn, filepath.Base(file.path), number
			v.found.Reason = "The last record is incomplete. All before it are intact."
		default:
			v.breakAt(file, number, fmt.Sprintf("Record %d is cut off, and others follow it.", v.found.Head.Seq+1))
		}
		if v.found.State == Broken {
			return nil
		}
	}
	return nil
}

// record verifies one line.
func (v *verifier) record(file extent, number int, line line) {
	seq := v.found.Head.Seq + 1
	var got envelope
	switch err := json.Unmarshal(line.text, &got); {
	case err != nil || got.Version < version:
		v.breakAt(file, number, fmt.Sprintf("Record %d cannot be read.", seq))
		return
	case got.Prev != v.found.Head.Hash:
		v.breakAt(file, number, fmt.Sprintf("Record %d does not follow from the one before it: "+
			"one of the two was changed, or records were removed, added or moved.", seq))
		return
	case got.Seq != seq:
		v.breakAt(file, number, fmt.Sprintf("Record %d says that it is number %d.", seq, got.Seq))
		return
	}
	if v.found.Records == 0 {
		v.found.First = got.Time
	} else if got.Time.Before(v.found.Last) {
		v.found.Back = append(v.found.Back, ClockStep{Seq: seq, From: v.found.Last, To: got.Time})
	}
	if accepted, ok := got.acceptance(); ok {
		v.found.Accepted = append(v.found.Accepted, accepted)
	}
	if id, report, ok := got.report(); ok {
		v.reports[id] = report
	}
	v.found.Records++
	v.found.Last = got.Time
	v.found.Head = Head{Seq: seq, Hash: line.hash}
	if v.anchor != nil && *v.anchor == v.found.Head {
		v.found.Anchored = true
	}
}

func (v *verifier) breakAt(file extent, number int, reason string) {
	v.found.State, v.found.Reason = Broken, reason
	v.found.BrokenAt = v.found.Head.Seq + 1
	v.found.File, v.found.Line = filepath.Base(file.path), number
}

// conclude says how a chain that holds stands to the anchor and to the reports.
func (v *verifier) conclude() {
	switch {
	case v.anchor != nil && !v.found.Anchored:
		v.found.State, v.found.Reason = HeadMismatch, differs(*v.anchor, v.found.Records)
	case v.found.State == Torn:
	case len(v.found.Reports) > 0 && v.found.Reports[0].Seq > 0: // the extra ones are last
		v.found.State, v.found.Reason = ReportsDiffer, v.found.Reports[0].String()
	case v.found.Records == 0:
		v.found.State, v.found.Reason = None, "There are no records."
	case v.anchor == nil:
		v.found.State = NotCompared
		v.found.Reason = "There was no head to compare with, so a cut at the end would not show."
	}
}
