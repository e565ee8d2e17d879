package audit_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// vault is a keychain in memory.
type vault struct {
	mu      sync.Mutex
	value   string
	loads   int
	saves   int
	failing error
	block   chan struct{} // if not nil, Save waits for it or its ctx
}

var _ audit.Vault = (*vault)(nil)

func (v *vault) Load(context.Context, string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.loads++
	switch {
	case v.failing != nil:
		return "", v.failing
	case v.value == "":
		return "", fault.New(fault.KeychainNoKey, nil)
	}
	return v.value, nil
}

func (v *vault) Save(ctx context.Context, _, value string) error {
	if v.block != nil {
		select {
		case <-v.block:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.saves++
	if v.failing == nil {
		v.value = value
	}
	return v.failing
}

func withVault(v *vault) audit.Options {
	options := options()
	options.Vault = v
	return options
}

func TestTheHeadIsAnchored(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := &vault{}
	log := openLog(t, dir, withVault(v))
	if v.loads != 0 {
		t.Error("asked the keychain before there was something to keep")
	}
	for number := range 3 {
		appendTo(t, log, request(number))
	}
	if err := log.Anchor(t.Context()); err != nil {
		t.Fatal(err)
	}
	head, err := audit.LoadHead(t.Context(), v)
	if err != nil || head == nil || *head != log.Head() {
		t.Fatalf("kept %v, %v, want %v", head, err, log.Head())
	}
	if got := verify(t, dir, head); got.State != audit.Good || !got.Anchored {
		t.Errorf("verified as %+v", got)
	}
	closeLog(t, log)
	again := openLog(t, dir, withVault(v))
	appendTo(t, again, request(4))
	if err := again.Anchor(t.Context()); err != nil || v.value != again.Head().String() {
		t.Errorf("kept %q, %v, want %v", v.value, err, again.Head())
	}
}

// TestAnEarlierHeadIsFine: the program was killed between writing a record and
// anchoring it.
func TestAnEarlierHeadIsFine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 1000
	v := &vault{value: newLog(t, dir, 3, small).String()}
	newLog(t, dir, 4, small)
	log := openLog(t, dir, withVault(v))
	appendTo(t, log, request(8))
	if err := log.Anchor(t.Context()); err != nil || v.value != log.Head().String() {
		t.Errorf("kept %q, %v", v.value, err)
	}
}

// TestARewrittenLogDoesNotReplaceTheAnchor: the proof must outlive the next
// record.
func TestARewrittenLogDoesNotReplaceTheAnchor(t *testing.T) {
	t.Parallel()
	for name, rewrite := range map[string]func(t *testing.T, dir string){
		"all removed": func(t *testing.T, dir string) {
			t.Helper()
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		},
		"end removed": func(t *testing.T, dir string) {
			t.Helper()
			path := logFiles(t, dir)[0]
			lines := strings.SplitAfter(string(readFile(t, path)), "\n")
			writeFile(t, path, []byte(lines[0]))
		},
		"reason changed": func(t *testing.T, dir string) {
			t.Helper()
			path := logFiles(t, dir)[0]
			writeFile(t, path, []byte(strings.ReplaceAll(string(readFile(t, path)), "invoices", "Invoices")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "history")
			anchored := newLog(t, dir, 3, options())
			v := &vault{value: anchored.String()}
			rewrite(t, dir)
			later := withVault(v)
			later.Boot = "boot-2"
			log := openLog(t, dir, later)
			for number := range 5 {
				appendTo(t, log, request(number))
			}
			if err := log.Anchor(t.Context()); err == nil {
				t.Error("anchored a log that was rewritten")
			}
			if v.value != anchored.String() {
				t.Error("the anchor was replaced")
			}
			if got := verify(t, dir, &anchored); got.State == audit.Good {
				t.Errorf("verified as %+v", got)
			}
		})
	}
}

// TestAcceptingIsOnRecord: a log that lost its end goes on, and says for ever
// what the keychain had remembered.
func TestAcceptingIsOnRecord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lost := newLog(t, dir, 3, options())
	path := logFiles(t, dir)[0]
	writeFile(t, path, []byte(strings.SplitAfter(string(readFile(t, path)), "\n")[0]))
	v := &vault{value: lost.String()}
	log := openLog(t, dir, withVault(v))
	appendTo(t, log, request(7))
	if err := log.Anchor(t.Context()); err == nil || v.value != lost.String() {
		t.Fatalf("anchored before it was accepted: %v", err)
	}
	by := audit.Record{Record: "rid_accepted", Operator: audit.Operator{ID: "user_maya"}}
	if err := log.Accept(t.Context(), lost, by); err != nil {
		t.Fatal(err)
	}
	if v.value != log.Head().String() {
		t.Errorf("the keychain has %q", v.value)
	}
	appendTo(t, log, request(8))
	if err := log.Anchor(t.Context()); err != nil || v.value != log.Head().String() {
		t.Errorf("does not go on: %v, %q", err, v.value)
	}
	head := log.Head()
	if got := verify(t, dir, &head); got.State != audit.Good || !got.Anchored {
		t.Errorf("verified as %+v", got)
	}
	history, err := log.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	found, err := history.Of("rid_accepted")
	if err != nil || len(found.Records) != 1 || found.Records[0].Remembered != lost.String() || found.Records[0].Operator.ID != "user_maya" {
		t.Errorf("on record: %+v, %v", found, err)
	}
	latest, _, err := history.Latest(10, audit.Moment{})
	if err != nil || !slices.ContainsFunc(latest, func(i audit.Impersonation) bool { return i.Stage == audit.StageAccepted }) {
		t.Errorf("not in the history: %+v, %v", latest, err)
	}
}

// TestAcceptingWhatCannotBeRecorded changes nothing in the keychain.
func TestAcceptingWhatCannotBeRecorded(t *testing.T) {
	t.Parallel()
	v := &vault{value: "9:" + strings.Repeat("a", 64)}
	log := openLog(t, t.TempDir(), withVault(v))
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := log.Accept(canceled, audit.Head{}, audit.Record{}); fault.CodeOf(err) != fault.Canceled {
		t.Errorf("got %v", err)
	}
	if log.Head().Seq != 0 || v.saves > 0 {
		t.Errorf("wrote %v, saved %d times", log.Head(), v.saves)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 1000
	newLog(t, dir, 2, small)
	middle := newLog(t, dir, 4, small)
	newLog(t, dir, 4, small)
	history, err := audit.Snapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Repeat("a", 64)
	for name, c := range map[string]struct {
		head audit.Head
		want string
	}{
		"none written yet":    {audit.Head{Hash: strings.Repeat("0", 64)}, ""},
		"one in the middle":   {middle, ""},
		"one that it lacks":   {audit.Head{Seq: 11, Hash: other}, "The history ends with record 10, but the keychain knows of record 11: the end was removed."},
		"one that is other":   {audit.Head{Seq: middle.Seq, Hash: other}, "Record 6 is not the one that the keychain knows: the history was rewritten."},
		"its last, but other": {audit.Head{Seq: 10, Hash: other}, "Record 10 is not the one that the keychain knows: the history was rewritten."},
	} {
		if got := history.Compare(c.head); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAKeychainThatFailsIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	v := &vault{failing: fault.New(fault.KeychainDeclined, nil)}
	log := openLog(t, t.TempDir(), withVault(v))
	for number := range 3 {
		appendTo(t, log, request(number)) // records do not depend on the keychain
		if err := log.Anchor(t.Context()); fault.CodeOf(err) != fault.KeychainDeclined {
			t.Errorf("anchored: %v", err)
		}
	}
	if v.loads != 1 || v.saves != 0 {
		t.Errorf("asked %d times to read and %d times to write", v.loads, v.saves)
	}
}

func TestAKeychainThatHangsHoldsNothingUp(t *testing.T) {
	t.Parallel()
	v := &vault{block: make(chan struct{})}
	log := openLog(t, t.TempDir(), withVault(v))
	for number := range 3 {
		appendTo(t, log, request(number))
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := log.Anchor(canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("anchored: %v", err)
	}
	closeLog(t, log)
	if v.value != "" {
		t.Errorf("kept %q after the log was closed", v.value)
	}
}

func TestLoadHead(t *testing.T) {
	t.Parallel()
	if head, err := audit.LoadHead(t.Context(), &vault{}); head != nil || err != nil {
		t.Errorf("none kept: %v, %v", head, err)
	}
	if _, err := audit.LoadHead(t.Context(), &vault{value: "nonsense"}); fault.CodeOf(err) != fault.KeychainBroken {
		t.Errorf("nonsense: %v", err)
	}
	if _, err := audit.LoadHead(t.Context(), &vault{failing: fault.New(fault.KeychainLocked, nil)}); fault.CodeOf(err) != fault.KeychainLocked {
		t.Errorf("locked: %v", err)
	}
}

func TestWithoutAVaultThereIsNothingToAnchor(t *testing.T) {
	t.Parallel()
	log := openLog(t, t.TempDir(), options())
	appendTo(t, log, request(1))
	if err := log.Anchor(t.Context()); err != nil {
		t.Error(err)
	}
}
