package bridge

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"understudy/internal/audit"
	"understudy/internal/history"
	"understudy/internal/impersonation"
)

// HistoryCalls read the history: the audit log as the screen shows it.
type HistoryCalls struct{ *Scope }

// ListHistory returns a page of the history, newest first.
func (c *HistoryCalls) ListHistory(requestID string, r HistoryRequest) (History, error) {
	return onHistory(c.Scope, requestID, func(ctx context.Context, h *history.History) (History, error) {
		query, err := r.query()
		if err != nil {
			return History{}, err
		}
		page, err := h.Page(ctx, query)
		return historyOf(page), err
	})
}

// HistoryChoices returns what the history can be narrowed to.
func (c *HistoryCalls) HistoryChoices(requestID string) (HistoryChoices, error) {
	return onHistory(c.Scope, requestID, func(ctx context.Context, h *history.History) (HistoryChoices, error) {
		choices, err := h.Choices(ctx)
		return choicesOf(choices), err
	})
}

// FindRecord returns the entry that holds the record with that number.
func (c *HistoryCalls) FindRecord(seq int64) (HistoryEntry, error) {
	return onHistory(c.Scope, "", func(_ context.Context, h *history.History) (HistoryEntry, error) {
		found, err := h.Containing(seq)
		if err != nil {
			return HistoryEntry{}, err
		}
		return entryOf(found), nil
	})
}

// ListRecords returns all that is on record of one entry.
func (c *HistoryCalls) ListRecords(id string) (HistoryRecords, error) {
	return onHistory(c.Scope, "", func(_ context.Context, h *history.History) (HistoryRecords, error) {
		found, err := h.Of(id)
		if err != nil {
			return HistoryRecords{}, err
		}
		return recordsOf(found), nil
	})
}

// HistoryRequest asks for a page of the history.
type HistoryRequest struct {
	Filter HistoryFilter `json:"filter"`
	Cursor string        `json:"cursor"` // History.Next of the page before, "" for the newest
	Limit  int           `json:"limit"`
}

// HistoryFilter narrows the history; what is "" or 0 narrows nothing.
type HistoryFilter struct {
	Query      string `json:"query"` // words, each in the reason, the reference or an id
	Since      string `json:"since"` // begun then or later
	Until      string `json:"until"` // begun before then
	UserID     string `json:"userID"`
	OperatorID string `json:"operatorID"`
	InstanceID string `json:"instanceID"`
	Result     string `json:"result"` // as in HistoryEntry
	UpTo       int64  `json:"upTo"`   // begun with the record of this number or before
}

// History is a page of the audit log as the screen shows it.
type History struct {
	Entries []HistoryEntry `json:"entries"` // newest first
	// Next is where the next page goes on, "" at the beginning of the log.
	Next string `json:"next"`
	// Reached is the time up to which was searched, "" if that is the beginning or
	// the last entry.
	Reached string `json:"reached"`
}

// HistoryChoices are what the history can be narrowed to, as far as that is on
// h.
type HistoryChoices struct {
	Operators []string `json:"operators"`
	Instances []string `json:"instances"`
}

// HistoryEntry is one impersonation on h.
type HistoryEntry struct {
	ID               string `json:"id"`
	Time             string `json:"time"`
	UserID           string `json:"userID"`
	OperatorID       string `json:"operatorID"`
	OperatorVerified bool   `json:"operatorVerified"`
	InstanceID       string `json:"instanceID"`
	Reason           string `json:"reason"`
	Override         string `json:"override"` // why a protected user
	Reference        string `json:"reference"`
	Result           string `json:"result"` // the outcome, see resultOf
	Until            string `json:"until"`  // when the clock alone makes it another result, ""
	Code             string `json:"code"`   // of the failure, ""
	Length           int    `json:"length"` // seconds it was live, 0 unknown
	// Outcome is what was done, once it is over: "changed_nothing", "changed",
	// "link_unused", "not_watched", "failed", "unknown". Sent counts the changes.
	Outcome string  `json:"outcome"`
	Sent    int     `json:"sent"`
	Seqs    []int64 `json:"seqs"` // the numbers of its records
}

// HistoryRecords are all lines of the log about one entry.
type HistoryRecords struct {
	Records []HistoryRecord `json:"records"`
	// Anchor is what Clerk was given with the actor token, in its payload: the
	// number and the hash of the record of the request, "" if it gave none.
	Anchor string `json:"anchor"` // "seq:hash"
}

// HistoryRecord is one line of the log.
type HistoryRecord struct {
	Seq   int64  `json:"seq"`
	Time  string `json:"time"`
	Event string `json:"event"`
	Code  string `json:"code"`
	Hash  string `json:"hash"`
	Prev  string `json:"prev"`
	// OperatorID is who did it; "" for what nobody did.
	OperatorID string `json:"operatorID"`
	// Remembered is the head that the keychain had, of "accepted" only.
	Remembered string `json:"remembered"` // "seq:hash"
	// Reason is that of the request, or why changes or a place were allowed.
	Reason string `json:"reason"`
	Path   string `json:"path"`  // host and path that were allowed, ""
	Host   string `json:"host"`  // that a page may connect to, ""
	Until  string `json:"until"` // how long changes are allowed, "" for the session's end
	Mode   string `json:"mode"`  // that was chosen or began, ""
}

// mostEntries is how many entries a page has at most.
const mostEntries = 200

// query reads which page is asked for.
func (r HistoryRequest) query() (audit.Query, error) {
	query, err := r.Filter.query()
	query.Cursor, query.Limit = r.Cursor, min(max(r.Limit, 1), mostEntries)
	return query, err
}

func (f HistoryFilter) query() (audit.Query, error) {
	since, err := momentOf(f.Since)
	if err != nil {
		return audit.Query{}, fmt.Errorf("read since: %w", err)
	}
	until, err := momentOf(f.Until)
	if err != nil {
		return audit.Query{}, fmt.Errorf("read until: %w", err)
	}
	words := strings.Fields(strings.ToLower(f.Query))
	return audit.Query{User: f.UserID, Keep: func(i audit.Impersonation) bool {
		request := i.Request()
		return !request.Time.Before(since) &&
			(until.IsZero() || request.Time.Before(until)) &&
			(f.UpTo == 0 || request.Seq <= f.UpTo) &&
			isOrAny(f.OperatorID, request.Operator.ID) &&
			isOrAny(f.InstanceID, request.Instance) &&
			(f.Result == "" || f.Result == entryOf(i).Result) &&
			contains(request, words)
	}}, nil
}

// momentOf reads a time, zero for "".
func momentOf(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, text) //nolint:wrapcheck // the caller says which
}

func isOrAny(wanted, got string) bool { return wanted == "" || wanted == got }

// contains reports whether each word is in the reason, the reference or an id.
func contains(r audit.Record, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := strings.ToLower(strings.Join([]string{r.Reason, r.Reference, r.User, r.Operator.ID}, "\n"))
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// historyOf converts a page of the history.
func historyOf(page audit.Page) History {
	return History{Entries: list(page.Found, entryOf), Next: page.Next, Reached: stamp(page.Reached)}
}

// choicesOf converts what the history can be narrowed to.
func choicesOf(c audit.Choices) HistoryChoices {
	return HistoryChoices{Operators: append([]string{}, c.Operators...), Instances: append([]string{}, c.Instances...)}
}

// entryOf converts one impersonation.
func entryOf(i audit.Impersonation) HistoryEntry {
	request := i.Request()
	entry := HistoryEntry{
		ID: i.Record, Time: stamp(request.Time), UserID: request.User, InstanceID: request.Instance,
		OperatorID: request.Operator.ID, OperatorVerified: request.Operator.Verified,
		Reason: request.Reason, Override: request.Override, Reference: request.Reference, Until: stamp(i.Until),
		Seqs: list(i.Records, func(r audit.Record) int64 { return r.Seq }),
	}
	var opened, signedIn time.Time
	var ending impersonation.Ending // "" while it is not over
	for _, r := range i.Records {
		switch r.Event {
		case audit.Opened, audit.Copied:
			if opened.IsZero() {
				opened = r.Time
			}
		case audit.SignedIn:
			if signedIn.IsZero() {
				signedIn = r.Time
			}
			ending, entry.Length = "", 0 // an impersonation that was thought to be over was not
		case audit.Failed, audit.Unclear:
			entry.Code = r.Result.Code
		case audit.Revoked:
			ending = impersonation.Unused
			if code := impersonation.Ending(r.Result.Code); code == impersonation.Refused || code == impersonation.Stolen {
				ending = code
			}
		case audit.Ended:
			ending = impersonation.Ending(r.Result.Code)
			// Records of before a sign-in was recorded have the opening alone.
			if since := cmp.Or(signedIn, opened); !since.IsZero() && ending != impersonation.Unused {
				entry.Length = int(r.Time.Sub(since).Seconds())
			}
		case audit.Requested, audit.Issued, audit.Accepted, audit.ChangesAllowed, audit.ChangesOver, audit.PathAllowed,
			audit.ConnectionAllowed:
		}
	}
	entry.Result, entry.Outcome = resultOf(i.Stage, ending), string(i.Outcome())
	if closing, watched := i.Closing(); watched {
		entry.Sent = closing.Result.Sent
	}
	return entry
}

// resultOf is what came of an impersonation in one word of the history screen: how it
// ended, or the stage that it is in. testdata/words.golden has all of them.
func resultOf(stage audit.Stage, ending impersonation.Ending) string {
	switch stage {
	case audit.StageExpired, audit.StageRevoked, audit.StageEnded:
	case audit.StageRequested, audit.StagePending, audit.StageOpened, audit.StageLive, audit.StageFailed, audit.StageUnknown,
		audit.StageAccepted:
		return string(stage)
	default:
		return string(audit.StageUnknown)
	}
	switch ending {
	case impersonation.ByTime:
		return "timeUp"
	case impersonation.ByIdling, impersonation.Unused, impersonation.Elsewhere, impersonation.ByWindow, impersonation.Stolen,
		impersonation.Refused:
		return string(ending)
	case impersonation.ByOperator:
	}
	return string(audit.StageEnded)
}

// recordsOf converts what is on record of one entry.
func recordsOf(i audit.Impersonation) HistoryRecords {
	converted := HistoryRecords{Records: list(i.Records, func(r audit.Record) HistoryRecord {
		return HistoryRecord{
			Seq: r.Seq, Time: stamp(r.Time), Event: string(r.Event), Code: r.Result.Code,
			Hash: r.Hash, Prev: r.Prev, OperatorID: r.Operator.ID, Remembered: r.Remembered,
			Reason: r.Reason, Path: r.Path, Host: r.Host, Until: stamp(r.Until), Mode: r.Mode,
		}
	})}
	if head, given := i.Anchor(); given {
		converted.Anchor = head.String()
	}
	return converted
}
