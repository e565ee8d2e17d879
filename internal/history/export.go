package history

import (
	"context"
	"path/filepath"
	"strings"

	"understudy/internal/audit"
)

// Export writes the audit log into a file that the operator chose, in the format
// that its name ends with: CSV, else JSON. only narrows a CSV to the impersonations
// that it asks for; nil is all of them. The head it is compared with is the one that
// was remembered last: an export does not wait for the keychain. onProgress is as in
// [audit.History.Watch].
func (h *History) Export(ctx context.Context, path string, only *audit.Query, onProgress func(percent int)) error {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return err
	}
	snapshot = snapshot.Watch(onProgress)
	h.mu.Lock()
	head := h.remembered
	h.mu.Unlock()
	format := audit.JSON
	if strings.EqualFold(filepath.Ext(path), "."+audit.CSV.Extension()) {
		format = audit.CSV
	}
	if only != nil && format == audit.CSV {
		if snapshot, err = snapshot.Narrow(ctx, *only, h.moment()); err != nil {
			return err
		}
	}
	return snapshot.ExportFile(ctx, path, format, head, h.now())
}

// ExportImpersonations writes a table with a line for each impersonation that only
// asks for, of all for nil. onProgress is as in [audit.History.Watch].
func (h *History) ExportImpersonations(ctx context.Context, path string, only *audit.Query, onProgress func(percent int)) error {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return err
	}
	var query audit.Query
	if only != nil {
		query = *only
	}
	return snapshot.Watch(onProgress).ExportImpersonations(ctx, path, query, h.moment())
}
