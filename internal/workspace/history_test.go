package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/fault"
)

// TestTheRecordNeedsNoKey: the keychain still asks, or nothing is connected.
func TestTheRecordNeedsNoKey(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	appendIntent(t, w.History, "rid_1")
	o.restart()
	o.keys.fails = errors.New("the keychain is locked")

	history, err := o.manager.History()
	if err != nil {
		t.Fatal(err)
	}
	past, more, err := history.Latest(10)
	if err != nil || more || len(past) != 1 || past[0].Record != "rid_1" {
		t.Errorf("got %+v, %v, %v", past, more, err)
	}
	if again, err := o.manager.History(); err != nil || again != history {
		t.Errorf("opened twice: %v", err)
	}
}

func TestTheSampleHasARecordOfItsOwn(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	appendIntent(t, w.History, "rid_real")
	if _, err := o.manager.ConnectSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	history, err := o.manager.History()
	if err != nil {
		t.Fatal(err)
	}
	if past, _, err := history.Latest(10); err != nil || len(past) != 0 {
		t.Errorf("the sample shows %+v, %v", past, err)
	}
}

func TestACSVMayHoldOnlyWhatIsShown(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	history := o.connect().History
	appendIntent(t, history, "rid_1")
	appendIntent(t, history, "rid_2")
	second := &audit.Query{Keep: func(i audit.Impersonation) bool { return i.Record == "rid_2" }}
	none := &audit.Query{Keep: func(audit.Impersonation) bool { return false }}
	for _, c := range []struct {
		file string
		only *audit.Query
		want []bool // for rid_1 and rid_2
	}{
		{"all.csv", nil, []bool{true, true}},
		{"one.csv", second, []bool{false, true}},
		{"none.csv", none, []bool{false, false}},
		{"whole.jsonl", second, []bool{true, true}},
	} {
		path := filepath.Join(t.TempDir(), c.file)
		if err := history.Export(t.Context(), path, c.only, func(int) {}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range []string{"rid_1", "rid_2"} {
			if got := strings.Contains(string(text), id); got != c.want[i] {
				t.Errorf("%s holds %s: %v", c.file, id, got)
			}
		}
	}
}

// vault keeps a head, and waits for its password if it is locked.
type vault struct {
	mu     sync.Mutex
	head   string
	locked bool
}

func (v *vault) Load(ctx context.Context, _ string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.locked {
		<-ctx.Done()
		return "", fault.New(fault.Canceled, ctx.Err())
	}
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

// TestALockedKeychainHoldsNothingUp: the chain is verified and exported without
// it, and who waits for the comparison can stop.
func TestALockedKeychainHoldsNothingUp(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.vault = &vault{locked: true}
	o.restart()
	history, err := o.manager.History()
	if err != nil {
		t.Fatal(err)
	}
	if v, err := history.Verify(t.Context()); err != nil || !v.State.Holds() {
		t.Errorf("verified %+v, %v", v, err)
	}
	if err := history.Export(t.Context(), filepath.Join(t.TempDir(), "history.jsonl"), nil, func(int) {}); err != nil {
		t.Errorf("export: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	compared := make(chan error)
	go func() {
		_, err := history.CompareHead(ctx)
		compared <- err
	}()
	stop()
	expectCode(t, <-compared, fault.Canceled)
}

func TestAnEndThatIsMissingCanBeAccepted(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	kept := &vault{}
	o.vault = kept
	o.restart()
	w := o.connect()
	o.pickOperator(w)
	compare := func(want HeadState) Comparison {
		t.Helper()
		got, err := w.History.CompareHead(t.Context())
		if err != nil || got.State != want {
			t.Fatalf("compared %+v, %v", got, err)
		}
		return got
	}
	compare(HeadNone)
	appendIntent(t, w.History, "rid_1")
	if err := w.History.log.Anchor(t.Context()); err != nil {
		t.Fatal(err)
	}
	compare(HeadMatches)
	if err := o.manager.AcceptHistory(t.Context()); err != nil || w.History.log.Head().Seq != 1 {
		t.Errorf("there was nothing to accept: %v, %v", err, w.History.log.Head())
	}
	lost := "7:" + strings.Repeat("a", 64)
	kept.head = lost
	if got := compare(HeadDiffers); got.Head.String() != lost || !strings.Contains(got.Reason, "the end was removed") {
		t.Errorf("got %+v", got)
	}
	if err := o.manager.AcceptHistory(t.Context()); err != nil {
		t.Fatal(err)
	}
	compare(HeadMatches)
	past, _, err := w.History.Latest(1)
	if err != nil || len(past) != 1 || past[0].Stage != audit.StageAccepted ||
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
	if err := w.History.log.Anchor(t.Context()); err != nil {
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
	expectCode(t, o.manager.AcceptHistory(t.Context()), fault.HistoryBroken)
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

// TestThePastOfAUserIsAllOfIt: however long ago, but theirs alone, and in the
// instance that is in use.
func TestThePastOfAUserIsAllOfIt(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	wanted := audit.Record{Event: audit.Requested, Record: "long ago", Instance: w.Instance.ID, User: "user_priya"}
	elsewhere, another := wanted, wanted
	elsewhere.Record, elsewhere.Instance = "elsewhere", "ins_other"
	another.Record, another.User, another.Reason = "another", "user_priya2", "asked for by user_priya"
	issued := wanted
	issued.Event = audit.Issued
	recent := wanted
	recent.Record = "recent"
	for _, record := range []audit.Record{wanted, elsewhere, issued, another} {
		if _, err := w.History.log.Append(t.Context(), record); err != nil {
			t.Fatal(err)
		}
	}
	// More than are looked through elsewhere, without waiting for the disk.
	var later bytes.Buffer
	lines := json.NewEncoder(&later)
	for i := range lookBack + 1 {
		record := recent
		if i > 0 {
			record.Record, record.User = fmt.Sprint(i), "user_wei"
		}
		if err := lines.Encode(record); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(o.dir, "audit", "audit-0000000005.jsonl"), later.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	past, err := pastOf(t, w, "user_priya")
	if err != nil || len(past) != 2 || past[0].Record != "recent" || past[1].Record != "long ago" || len(past[1].Records) != 2 {
		t.Errorf("got %+v, %v", past, err)
	}
	if past, err := pastOf(t, w, "user_nobody"); err != nil || len(past) > 0 {
		t.Errorf("got %+v, %v of somebody without a past", past, err)
	}
}

func appendIntent(t *testing.T, h *History, record string) {
	t.Helper()
	if _, err := h.log.Append(t.Context(), audit.Record{Event: audit.Requested, Record: record}); err != nil {
		t.Fatal(err)
	}
}

// pastOf is what the record has of a user in the instance that is in use.
func pastOf(t *testing.T, w *Workspace, user clerkapi.UserID) ([]audit.Impersonation, error) {
	t.Helper()
	page, err := w.History.Page(t.Context(), audit.Query{User: string(user), Limit: 100, Keep: func(i audit.Impersonation) bool {
		return i.Request().Instance == w.Instance.ID
	}})
	if page.Next != "" {
		t.Error("the record was not read to its beginning")
	}
	return page.Found, err
}
