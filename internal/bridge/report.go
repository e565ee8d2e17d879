package bridge

import (
	"context"
	"time"

	"understudy/internal/audit"
	"understudy/internal/history"
	"understudy/internal/report"
	"understudy/internal/workspace"
)

// ReportCalls are about what was seen of an impersonation in a browser that was held.
type ReportCalls struct{ *Scope }

// GetReport returns the report of an impersonation that is over.
func (c *ReportCalls) GetReport(id string) (Report, error) {
	return onHistory(c.Scope, "", func(_ context.Context, h *history.History) (Report, error) {
		seen, err := h.Report(id)
		return reportOf(seen), err
	})
}

// CopySummary puts a line of text for the helpdesk's ticket on the clipboard, and
// returns it. It names people by their ids.
func (c *ReportCalls) CopySummary(id string) (string, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (string, error) {
		seen, err := w.History.Report(id)
		if err != nil {
			return "", err
		}
		found, err := w.History.Of(id)
		if err != nil {
			return "", err
		}
		text := seen.Summary(aboutOf(found, w.KnownOperator().RecordID(), w.KnownOperator().Name))
		return text, c.Clipboard.Write(ctx, text)
	})
}

// aboutOf is what a summary says of an impersonation. Operators are named who are
// this one.
func aboutOf(found audit.Impersonation, operator, name string) report.About {
	request := found.Request()
	about := report.About{
		Operator: request.Operator.ID, User: request.User, Ticket: request.Reference, Began: request.Time, Zone: time.Local,
	}
	if request.Operator.ID == operator && name != "" {
		about.Operator = name
	}
	if closing, has := found.Closing(); has {
		about.Ended = closing.Time
	}
	return about
}

// Report is what was seen of one impersonation.
type Report struct {
	Pages    []ReportRow `json:"pages"`
	Sent     []ReportRow `json:"sent"`     // changes
	HeldBack []ReportRow `json:"heldBack"` // changes
	Refused  []ReportRow `json:"refused"`  // connections, by host
	Files    []ReportRow `json:"files"`    // that were downloaded: the path is their type
	// Uncounted is how much happened that no row tells, because the report was full.
	Uncounted int `json:"uncounted"`
}

// ReportRow counts one thing.
type ReportRow struct {
	Method string `json:"method"`
	Host   string `json:"host"`
	Path   string `json:"path"`   // with ":id" for what names somebody or something
	Status int    `json:"status"` // of an answer, 0 without one
	Count  int    `json:"count"`
	Bytes  int64  `json:"bytes"` // of files
	First  string `json:"first"`
	Last   string `json:"last"`
}

// reportOf converts a report.
func reportOf(r report.Report) Report {
	rows := func(all []report.Row) []ReportRow {
		return list(all, func(row report.Row) ReportRow {
			return ReportRow{
				Method: row.Method, Host: row.Host, Path: row.Path, Status: row.Status, Count: row.Count,
				First: stamp(row.First), Last: stamp(row.Last),
			}
		})
	}
	b := r.Beyond
	return Report{
		Pages: rows(r.Pages), Sent: rows(r.Sent), HeldBack: rows(r.HeldBack), Refused: rows(r.Refused),
		Files: list(r.Downloads, func(d report.Download) ReportRow {
			return ReportRow{Path: d.MediaType, Count: d.Count, Bytes: d.Bytes, First: stamp(d.First), Last: stamp(d.Last)}
		}),
		Uncounted: b.Pages + b.Sent + b.HeldBack + b.Connections + b.Refused + b.Downloads + b.Modes + b.Allowed,
	}
}
