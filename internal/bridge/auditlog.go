package bridge

import (
	"context"
	"time"

	"understudy/internal/audit"
	"understudy/internal/history"
	"understudy/internal/workspace"
)

// AuditLogCalls verify, accept and export the audit log as a whole.
type AuditLogCalls struct{ *Scope }

// VerifyHistory checks the whole audit log, without its end in the keychain.
func (c *AuditLogCalls) VerifyHistory() (Verification, error) {
	return onHistory(c.Scope, "", func(ctx context.Context, h *history.History) (Verification, error) {
		verified, err := h.Verify(ctx)
		return verificationOf(verified, c.Now()), err
	})
}

// CompareHead compares the audit log with its end in the keychain, which may ask
// for its password.
func (c *AuditLogCalls) CompareHead(requestID string) (HeadComparison, error) {
	return onHistory(c.Scope, requestID, func(ctx context.Context, h *history.History) (HeadComparison, error) {
		compared, err := h.CompareHead(ctx)
		return headComparisonOf(compared), err
	})
}

// AcceptHistory takes the audit log as it is although the keychain remembers
// another end, and records that.
func (c *AuditLogCalls) AcceptHistory(requestID string) error {
	_, err := bound(c.Scope, requestID, c.Manager.Current, func(ctx context.Context, w *workspace.Workspace) (struct{}, error) {
		return struct{}{}, w.AcceptHistory(ctx)
	})
	return err
}

// ExportHistory writes the audit log into a file that the operator chooses, as a
// table if its name ends in .csv, else as the whole chain. A table of impersonations
// is one whatever the name ends with. It returns the
// file's path, "" when they close the dialog.
func (c *AuditLogCalls) ExportHistory(requestID string, r ExportRequest) (string, error) {
	return onHistory(c.Scope, requestID, func(ctx context.Context, h *history.History) (string, error) {
		only, err := r.only()
		if err != nil {
			return "", err
		}
		path, err := c.Dialogs.SaveFile(ctx, "Export the history", r.name(c.Now()))
		if err != nil || path == "" {
			return "", err
		}
		onProgress := func(percent int) { c.OnExport(requestID, percent) }
		if r.byImpersonation() {
			return path, h.ExportImpersonations(ctx, path, only, onProgress)
		}
		return path, h.Export(ctx, path, only, onProgress)
	})
}

// Verification is the state of the chain.
type Verification struct {
	State     string `json:"state"` // "good", "broken", "torn", "reports_differ"
	Records   int64  `json:"records"`
	Since     string `json:"since"`
	Line      int64  `json:"line"` // of the first break
	Message   string `json:"message"`
	Clock     string `json:"clock"` // a sentence about odd times, "" without any
	CheckedAt string `json:"checkedAt"`
}

// HeadComparison is how the chain stands to its end as the keychain remembers it.
type HeadComparison struct {
	State   string `json:"state"`   // "none", "matches", "differs"
	Head    string `json:"head"`    // "seq:hash" of the keychain, "" with none
	Message string `json:"message"` // how it differs
}

// ExportRequest says what to export.
type ExportRequest struct {
	// Format is "json", "csv" with a line for each record, or "impersonations", which
	// is a CSV with a line for each impersonation.
	Format string `json:"format"`
	// Narrowed: a CSV has only the entries that pass Filter.
	Narrowed bool          `json:"narrowed"`
	Filter   HistoryFilter `json:"filter"`
}

// verificationOf converts the outcome of a verification of the chain alone: how it
// stands to the keychain is for [headComparisonOf] to say.
func verificationOf(v audit.Verification, at time.Time) Verification {
	converted := Verification{
		State: string(v.State), Records: v.Records, Since: stamp(v.First), Line: v.BrokenAt,
		Message: v.Reason, Clock: v.Clock(at), CheckedAt: stamp(at),
	}
	if v.State.Holds() && v.State != audit.ReportsDiffer {
		converted.State, converted.Message = string(audit.Good), ""
	}
	return converted
}

// headComparisonOf converts a comparison with the keychain.
func headComparisonOf(c history.Comparison) HeadComparison {
	converted := HeadComparison{State: string(c.State), Message: c.Reason}
	if c.State != history.HeadNone {
		converted.Head = c.Head.String()
	}
	return converted
}

// impersonations is the format of a table of impersonations.
const impersonations = "impersonations"

// only is what a table is narrowed to, nil for all of the h.
func (r ExportRequest) only() (*audit.Query, error) {
	if !r.Narrowed {
		return nil, nil //nolint:nilnil // all is an answer of its own
	}
	query, err := r.Filter.query()
	return &query, err
}

// byImpersonation reports whether the table has a line for each impersonation.
func (r ExportRequest) byImpersonation() bool { return r.Format == impersonations }

// name is the name that is suggested for the file.
func (r ExportRequest) name(at time.Time) string {
	day := at.Format(time.DateOnly)
	if r.byImpersonation() {
		return "understudy-impersonations-" + day + "." + audit.CSV.Extension()
	}
	return "understudy-history-" + day + "." + audit.Format(r.Format).Extension()
}
