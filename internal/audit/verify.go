package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"understudy/internal/fault"
)

// State is the outcome of verifying a log.
type State string

// The states of a log. If several apply, the one that comes first here wins,
// but Good.
const (
	Good         State = "good"
	Broken       State = "broken"        // the chain does not hold
	HeadMismatch State = "head_mismatch" // it holds, but is not the one that was anchored
	Torn         State = "torn"          // it holds up to a last line that was not written to its end
)

// ExitCode is what "understudy audit verify" ends with.
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
	}
	return 1
}

// Verification is what verifying a log found.
type Verification struct {
	State   State
	Reason  string // a sentence; empty if good
	Records int64  // whole and in order, up to BrokenAt if broken
	First   time.Time
	Last    time.Time // times of the first and the last of them
	Head    Head      // the last of them
	// Anchored: the head that was given is in the chain. False with a good
	// state means that none was given, so a change to the end would not show.
	Anchored bool
	BrokenAt int64    // number of the record where the chain breaks, else 0
	File     string   // the file of that record or of the torn line, else ""
	Line     int      // its line there, counted from 1
	Aside    []string // files with torn lines that were set aside earlier
}

// envelope is what verification needs of a line, whatever its version.
type envelope struct {
	Version int       `json:"v"`
	Seq     int64     `json:"seq"`
	Time    time.Time `json:"time"`
	Prev    string    `json:"prev"`
}

// Verify reads the log from its beginning and checks that each record follows
// from the one before it, and that head, if it is not nil, is one of them. What
// is wrong with the log is in the result; the error is for a log that could
// not be read ([fault.AuditUnreadable]) and a ctx that is done.
func (h History) Verify(ctx context.Context, head *Head) (Verification, error) {
	v := verifier{anchor: head, found: Verification{State: Good, Head: origin(), Aside: h.aside}}
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
	v.compareHead()
	return v.found, nil
}

type verifier struct {
	anchor *Head
	found  Verification
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
			v.found.Reason = "The last record was not written to its end. All before it are whole."
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

// compareHead says what is wrong if the chain holds without the anchor.
func (v *verifier) compareHead() {
	if v.anchor == nil || v.found.Anchored {
		return
	}
	v.found.State, v.found.Reason = HeadMismatch, differs(*v.anchor, v.found.Records)
}
