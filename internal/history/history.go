// Package history reads the audit log for the screen that shows it: page by page,
// as a whole and into files. It needs no key of an instance.
package history

import (
	"context"
	"sync"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
	"understudy/internal/report"
)

// anchorPatience is how long the end of the program waits for the keychain.
const anchorPatience = 2 * time.Second

// History is one audit log, open for writing, and the vault of its head.
type History struct {
	// Log is what is read, for those who write it.
	Log *audit.Log

	vault audit.Vault
	now   func() time.Time
	boot  string

	mu         sync.Mutex
	remembered *audit.Head // in the vault, by the last comparison
	choices    audit.Choices
}

// Open opens the audit log in a folder, see [audit.Open]. vault may be nil: then no
// head is kept. boot names this run of the program.
func Open(dir string, vault audit.Vault, now func() time.Time, boot string) (*History, error) {
	log, err := audit.Open(dir, audit.Options{Now: now, Boot: boot, Vault: vault})
	if err != nil {
		return nil, err
	}
	return &History{Log: log, vault: vault, now: now, boot: boot}, nil
}

// Close ends writing. The head gets a moment to reach the vault: a keychain that
// asks for a password just then must not keep the program from ending.
func (h *History) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), anchorPatience)
	defer cancel()
	_ = h.Log.Anchor(ctx) // the next verification compares with an older head then
	return h.Log.Close()
}

// lookBack is how many impersonations [History.Recent] looks through: reading them
// takes some 10 ms. No more than these are started between two starts of the program.
const lookBack = 2000

// Recent returns the newest impersonations, newest first, of a log of any length in
// the same time.
func (h *History) Recent() ([]audit.Impersonation, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return nil, err
	}
	recent, _, err := snapshot.Latest(lookBack, h.moment())
	return recent, err
}

// Page returns a page of the history, see [audit.History.Page].
func (h *History) Page(ctx context.Context, query audit.Query) (audit.Page, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return audit.Page{}, err
	}
	return snapshot.Page(ctx, query, h.moment())
}

// Containing returns the impersonation that holds the record with that number, see
// [audit.History.Containing].
func (h *History) Containing(seq int64) (audit.Impersonation, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return audit.Impersonation{}, err
	}
	return snapshot.Containing(seq, h.moment())
}

// Of returns all records of one impersonation.
func (h *History) Of(id string) (audit.Impersonation, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return audit.Impersonation{}, err
	}
	return snapshot.Of(id)
}

// Report returns what was seen of one impersonation. The failures are those of
// [audit.History.Report].
func (h *History) Report(id string) (report.Report, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return report.Report{}, err
	}
	content, err := snapshot.Report(id)
	if err != nil {
		return report.Report{}, err
	}
	seen, err := report.Decode(content)
	if err != nil {
		return report.Report{}, fault.New(fault.ReportDamaged, err)
	}
	return seen, nil
}

// Choices returns the operators and instances that the audit log names. Records that
// were read for the answer before are not read again.
func (h *History) Choices(ctx context.Context) (audit.Choices, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return audit.Choices{}, err
	}
	h.mu.Lock()
	known := h.choices
	h.mu.Unlock()
	found, err := snapshot.Choices(ctx, known)
	if err != nil {
		return audit.Choices{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.choices = found
	return found, nil
}

func (h *History) moment() audit.Moment { return audit.Moment{Time: h.now(), Boot: h.boot} }
