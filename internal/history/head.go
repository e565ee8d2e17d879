package history

import (
	"context"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// Verify checks the chain itself. It asks no keychain: see [History.CompareHead].
func (h *History) Verify(ctx context.Context) (audit.Verification, error) {
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return audit.Verification{}, err
	}
	return snapshot.Verify(ctx, nil)
}

// HeadState is how the audit log stands to the head that the keychain remembers.
type HeadState string

// The states of a head.
const (
	HeadNone    HeadState = "none" // the keychain remembers none yet, or keeps none for this log
	HeadMatches HeadState = "matches"
	HeadDiffers HeadState = "differs"
)

// Comparison is a head that the keychain remembers, and what came of comparing.
type Comparison struct {
	State  HeadState
	Head   audit.Head // zero with HeadNone
	Reason string     // a sentence, with HeadDiffers
}

// CompareHead looks whether the audit log contains the head in the keychain, which
// may ask for its password: this can take as long as the operator does.
func (h *History) CompareHead(ctx context.Context) (Comparison, error) {
	if h.vault == nil {
		return Comparison{State: HeadNone}, nil
	}
	head, err := audit.LoadHead(ctx, h.vault)
	if err != nil {
		return Comparison{}, err
	}
	h.mu.Lock()
	h.remembered = head
	h.mu.Unlock()
	if head == nil {
		return Comparison{State: HeadNone}, nil
	}
	snapshot, err := h.Log.Snapshot()
	if err != nil {
		return Comparison{}, err
	}
	if reason := snapshot.Compare(*head); reason != "" {
		return Comparison{State: HeadDiffers, Head: *head, Reason: reason}, nil
	}
	return Comparison{State: HeadMatches, Head: *head}, nil
}

// Accept takes the audit log as it is although the keychain remembers another head,
// and appends accepted, which says who did. A log that was changed within is never
// accepted: fault.HistoryBroken.
func (h *History) Accept(ctx context.Context, accepted audit.Record) error {
	verified, err := h.Verify(ctx)
	if err != nil {
		return err
	}
	if !verified.State.Holds() {
		return fault.New(fault.HistoryBroken, nil)
	}
	compared, err := h.CompareHead(ctx)
	if err != nil || compared.State != HeadDiffers {
		return err
	}
	return h.Log.Accept(ctx, compared.Head, accepted)
}
