package workspace

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
)

// anchorPatience is how long the end of the program waits for the keychain.
const anchorPatience = 2 * time.Second

// History is one audit log, open for writing, and the vault of its head.
type History struct {
	log   *audit.Log
	vault audit.Vault
	now   func() time.Time
	boot  string

	mu         sync.Mutex
	remembered *audit.Head // in the vault, by the last comparison
	choices    audit.Choices
}

// openHistory opens the log in dir. vault may be nil: then no head is kept.
func openHistory(dir string, vault audit.Vault, now func() time.Time, boot string) (*History, error) {
	log, err := audit.Open(dir, audit.Options{Now: now, Boot: boot, Vault: vault})
	if err != nil {
		return nil, err
	}
	return &History{log: log, vault: vault, now: now, boot: boot}, nil
}

// Latest are the newest impersonations on record, at most limit, the newest
// first, and whether there are older ones. It costs as much as the limit, not
// as the record is long.
func (h *History) Latest(limit int) (found []audit.Impersonation, more bool, err error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return nil, false, err
	}
	return snapshot.Latest(limit, h.moment())
}

// Page is a page of the record, see [audit.History.Page].
func (h *History) Page(ctx context.Context, query audit.Query) (audit.Page, error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return audit.Page{}, err
	}
	return snapshot.Page(ctx, query, h.moment())
}

// Containing is what holds the record with that number, see
// [audit.History.Containing].
func (h *History) Containing(seq int64) (audit.Impersonation, error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return audit.Impersonation{}, err
	}
	return snapshot.Containing(seq, h.moment())
}

// Choices are the operators and instances on record. What was read for the answer
// before is not read again.
func (h *History) Choices(ctx context.Context) (audit.Choices, error) {
	snapshot, err := h.log.Snapshot()
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

// Verify checks the chain itself. It asks no keychain: see [History.CompareHead].
func (h *History) Verify(ctx context.Context) (audit.Verification, error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return audit.Verification{}, err
	}
	return snapshot.Verify(ctx, nil)
}

// Of is what is on record of one impersonation.
func (h *History) Of(id string) (audit.Impersonation, error) {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return audit.Impersonation{}, err
	}
	return snapshot.Of(id)
}

// HeadState is how the record stands to the head that the keychain remembers.
type HeadState string

// The states of a head.
const (
	HeadNone    HeadState = "none" // the keychain remembers none yet, or keeps none for this record
	HeadMatches HeadState = "matches"
	HeadDiffers HeadState = "differs"
)

// Comparison is a head that the keychain remembers, and what came of comparing.
type Comparison struct {
	State  HeadState
	Head   audit.Head // zero with HeadNone
	Reason string     // a sentence, with HeadDiffers
}

// CompareHead looks whether the record contains the head in the keychain, which
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
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return Comparison{}, err
	}
	if reason := snapshot.Compare(*head); reason != "" {
		return Comparison{State: HeadDiffers, Head: *head, Reason: reason}, nil
	}
	return Comparison{State: HeadMatches, Head: *head}, nil
}

// AcceptHistory takes the record as it is although the keychain remembers another
// head, and puts on record that the operator did. A record that was changed
// within is never accepted: fault.HistoryBroken.
func (m *Manager) AcceptHistory(ctx context.Context) error {
	w, err := m.Current()
	if err != nil {
		return err
	}
	verified, err := w.History.Verify(ctx)
	if err != nil {
		return err
	}
	if !verified.State.Holds() {
		return fault.New(fault.HistoryBroken, nil)
	}
	compared, err := w.History.CompareHead(ctx)
	if err != nil || compared.State != HeadDiffers {
		return err
	}
	return w.History.log.Accept(ctx, compared.Head, audit.Record{
		Record: m.config.NewID(), Operator: impersonation.OnRecord(w.KnownOperator()), Instance: w.Instance.ID,
	})
}

// Export writes the history into a file that the operator chose, in the format
// that its name ends with: CSV, else JSON. only narrows a CSV to the impersonations
// that it asks for; nil is all of them. The head it is compared with is the one
// that was remembered last: an export does not wait for the keychain. told is as in [audit.History.Watch].
func (h *History) Export(ctx context.Context, path string, only *audit.Query, told func(percent int)) error {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return err
	}
	snapshot = snapshot.Watch(told)
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
// asks for, of all for nil. told is as in [audit.History.Watch].
func (h *History) ExportImpersonations(ctx context.Context, path string, only *audit.Query, told func(percent int)) error {
	snapshot, err := h.log.Snapshot()
	if err != nil {
		return err
	}
	var query audit.Query
	if only != nil {
		query = *only
	}
	return snapshot.Watch(told).ExportImpersonations(ctx, path, query, h.moment())
}

// lookBack is how many impersonations are looked through where nobody should
// wait for a record that is years long: some 10 ms of reading, however long it
// is. More than these are not started between two starts of the program.
const lookBack = 2000

// close ends writing. The head gets a moment to reach the vault: a keychain that
// asks for a password just then must not keep the program from ending.
func (h *History) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), anchorPatience)
	defer cancel()
	_ = h.log.Anchor(ctx) // the next verification compares with an older head then
	return h.log.Close()
}

// recentReasons is how many reasons are offered.
const recentReasons = 3

// RecentReasons are the latest reasons given in this instance, each once, the
// newest first.
func (w *Workspace) RecentReasons() ([]string, error) {
	all, _, err := w.History.Latest(lookBack)
	if err != nil {
		return nil, err
	}
	var reasons []string
	for _, i := range all {
		request := i.Request()
		if request.Instance != w.Instance.ID || request.Reason == "" || slices.Contains(reasons, request.Reason) {
			continue
		}
		if reasons = append(reasons, request.Reason); len(reasons) == recentReasons {
			break
		}
	}
	return reasons, nil
}
