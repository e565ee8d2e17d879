package instances

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/history"
)

func TestTheHistoryIsReadWithoutAKey(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	appendIntent(t, w.History, "rid_1")
	o.restart()
	o.keys.fails = errors.New("the keychain is locked")

	opened, err := o.manager.History()
	if err != nil {
		t.Fatal(err)
	}
	if past, err := opened.Recent(); err != nil || len(past) != 1 || past[0].Record != "rid_1" {
		t.Errorf("got %+v, %v", past, err)
	}
	if again, err := o.manager.History(); err != nil || again != opened {
		t.Errorf("opened twice: %v", err)
	}
}

func TestTheSampleHasAHistoryOfItsOwn(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	appendIntent(t, w.History, "rid_real")
	if _, err := o.manager.ConnectSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	sample, err := o.manager.History()
	if err != nil {
		t.Fatal(err)
	}
	if past, err := sample.Recent(); err != nil || len(past) != 0 {
		t.Errorf("the sample shows %+v, %v", past, err)
	}
}

// vault keeps a head.
type vault struct {
	mu   sync.Mutex
	head string
}

func (v *vault) Load(context.Context, string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.head == "" {
		return "", fault.New(fault.KeychainNoKey, nil)
	}
	return v.head, nil
}

func (v *vault) Save(_ context.Context, _, value string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.head = value
	return nil
}

func TestAnEndThatIsMissingCanBeAccepted(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	kept := &vault{}
	o.vault = kept
	o.restart()
	w := o.connect()
	o.pickOperator(w)
	compare := func(want history.HeadState) history.Comparison {
		t.Helper()
		got, err := w.History.CompareHead(t.Context())
		if err != nil || got.State != want {
			t.Fatalf("compared %+v, %v", got, err)
		}
		return got
	}
	compare(history.HeadNone)
	appendIntent(t, w.History, "rid_1")
	if err := w.History.Log.Anchor(t.Context()); err != nil {
		t.Fatal(err)
	}
	compare(history.HeadMatches)
	if err := w.AcceptHistory(t.Context()); err != nil || w.History.Log.Head().Seq != 1 {
		t.Errorf("there was nothing to accept: %v, %v", err, w.History.Log.Head())
	}
	lost := "7:" + strings.Repeat("a", 64)
	kept.head = lost
	if got := compare(history.HeadDiffers); got.Head.String() != lost || !strings.Contains(got.Reason, "the end was removed") {
		t.Errorf("got %+v", got)
	}
	if err := w.AcceptHistory(t.Context()); err != nil {
		t.Fatal(err)
	}
	compare(history.HeadMatches)
	past, err := w.History.Recent()
	if err != nil || len(past) != 2 || past[0].Stage != audit.StageAccepted ||
		past[0].Request().Remembered != lost || past[0].Request().Operator.ID != w.KnownOperator().RecordID() {
		t.Errorf("on record: %+v, %v", past, err)
	}
}

func TestAChangedHistoryIsNeverAccepted(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	kept := &vault{}
	o.vault = kept
	o.restart()
	w := o.connect()
	appendIntent(t, w.History, "rid_1")
	appendIntent(t, w.History, "rid_2")
	if err := w.History.Log.Anchor(t.Context()); err != nil {
		t.Fatal(err)
	}
	remembered := kept.head
	files, err := filepath.Glob(filepath.Join(o.dir, "audit", "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], []byte(strings.ReplaceAll(string(text), "rid_", "rid-")), 0o600); err != nil {
		t.Fatal(err)
	}
	expectCode(t, w.AcceptHistory(t.Context()), fault.HistoryBroken)
	if kept.head != remembered {
		t.Errorf("the keychain has %q", kept.head)
	}
}

func TestRunningIsKnownWithoutAnInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	if got := o.manager.Running(); got != 0 {
		t.Errorf("%d run", got)
	}
	_, err := o.manager.Current()
	expectCode(t, err, fault.NotConnected)
}

func appendIntent(t *testing.T, h *history.History, record string) {
	t.Helper()
	if _, err := h.Log.Append(t.Context(), audit.Record{Event: audit.Requested, Record: record}); err != nil {
		t.Fatal(err)
	}
}
