package workspace

import (
	"context"
	"errors"
	"slices"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
)

// anchorPatience is how long the end of the program waits for the keychain.
const anchorPatience = 2 * time.Second

// History is one audit log, open for writing, and the vault of its head.
type History struct {
	log   *audit.Log
	vault audit.Vault
	now   func() time.Time
	boot  string
}

// openHistory opens the log in dir. vault may be nil: then no head is kept.
func openHistory(dir string, vault audit.Vault, now func() time.Time, boot string) (*History, error) {
	log, err := audit.Open(dir, audit.Options{Now: now, Boot: boot, Vault: vault})
	if err != nil {
		return nil, err
	}
	return &History{log: log, vault: vault, now: now, boot: boot}, nil
}

// Impersonations are those on record, newest first, for every instance. A line
// that is no record is passed over here: [History.Verify] tells of it.
func (h *History) Impersonations() ([]audit.Impersonation, error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return nil, err
	}
	var failure error
	records := func(yield func(audit.Record) bool) {
		for record, err := range snapshot.Records() {
			if _, isLine := errors.AsType[*audit.LineError](err); isLine {
				continue
			}
			if err != nil {
				failure = err
				return
			}
			if !yield(record) {
				return
			}
		}
	}
	found := audit.Impersonations(records, audit.Moment{Time: h.now(), Boot: h.boot})
	return found, failure
}

// Verify checks the whole chain, and its head against the one in the vault.
func (h *History) Verify(ctx context.Context) (audit.Verification, error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return audit.Verification{}, err
	}
	if h.vault == nil {
		return snapshot.Verify(ctx, nil)
	}
	head, err := audit.LoadHead(ctx, h.vault)
	if err != nil {
		return audit.Verification{}, err
	}
	return snapshot.Verify(ctx, head)
}

// PastOf lists the impersonations of one user in this instance that are on
// record, newest first.
func (w *Workspace) PastOf(user clerkapi.UserID) ([]audit.Impersonation, error) {
	all, err := w.History.Impersonations()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(i audit.Impersonation) bool {
		request := i.Request()
		return request.Instance != w.Instance.ID || request.User != string(user)
	}), nil
}

// close ends writing. The head gets a moment to reach the vault: a keychain that
// asks for a password just then must not keep the program from ending.
func (h *History) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), anchorPatience)
	defer cancel()
	_ = h.log.Anchor(ctx) // the next verification compares with an older head then
	return h.log.Close()
}
