package bridge

import (
	"fmt"
	"strings"
	"time"

	"understudy/internal/audit"
	"understudy/internal/impersonation"
)

// mostEntries is how many entries a page has at most.
const mostEntries = 200

// HistoryOf converts a page of the record.
func HistoryOf(page audit.Page) History {
	return History{Entries: list(page.Found, EntryOf), Next: page.Next, Reached: stamp(page.Reached)}
}

// ChoicesOf converts what the record can be narrowed to.
func ChoicesOf(c audit.Choices) HistoryChoices {
	return HistoryChoices{Operators: append([]string{}, c.Operators...), Instances: append([]string{}, c.Instances...)}
}

// Query reads which page is asked for.
func (r HistoryRequest) Query() (audit.Query, error) {
	query, err := r.Filter.query()
	query.Cursor, query.Limit = r.Cursor, min(max(r.Limit, 1), mostEntries)
	return query, err
}

// impersonations is the format of a table of impersonations.
const impersonations = "impersonations"

// Only is what a table is narrowed to, nil for all of the record.
func (r ExportRequest) Only() (*audit.Query, error) {
	if !r.Narrowed {
		return nil, nil //nolint:nilnil // all is an answer of its own
	}
	query, err := r.Filter.query()
	return &query, err
}

// ByImpersonation reports whether the table has a line for each impersonation.
func (r ExportRequest) ByImpersonation() bool { return r.Format == impersonations }

// Name is the name that is suggested for the file.
func (r ExportRequest) Name(at time.Time) string {
	day := at.Format(time.DateOnly)
	if r.ByImpersonation() {
		return "understudy-impersonations-" + day + "." + audit.CSV.Extension()
	}
	return "understudy-history-" + day + "." + audit.Format(r.Format).Extension()
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
			(f.Result == "" || f.Result == EntryOf(i).Result) &&
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

// resultOf is what came of an entry: its state, or how it ended.
func resultOf(e HistoryEntry) string {
	if e.State != string(impersonation.Ended) {
		return e.State
	}
	switch ending := impersonation.Ending(e.Ended); ending {
	case impersonation.ByTime:
		return "timeUp"
	case impersonation.ByIdling, impersonation.Unused, impersonation.Elsewhere, impersonation.ByWindow, impersonation.Stolen,
		impersonation.Refused:
		return e.Ended
	case impersonation.ByOperator:
	}
	return e.State
}
