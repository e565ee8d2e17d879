package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"understudy/internal/audit"
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
	if past, err := history.Impersonations(); err != nil || len(past) != 0 {
		t.Errorf("the sample shows %+v, %v", past, err)
	}
}

func TestACSVMayHoldOnlyWhatIsShown(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	history := o.connect().History
	appendIntent(t, history, "rid_1")
	appendIntent(t, history, "rid_2")
	for _, c := range []struct {
		file string
		only []string
		want []bool // for rid_1 and rid_2
	}{
		{"all.csv", nil, []bool{true, true}},
		{"one.csv", []string{"rid_2"}, []bool{false, true}},
		{"none.csv", []string{}, []bool{false, false}},
		{"whole.jsonl", []string{"rid_2"}, []bool{true, true}},
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

func TestRunningIsKnownWithoutAnInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	if got := o.manager.Running(); got != 0 {
		t.Errorf("%d run", got)
	}
	_, err := o.manager.Current()
	expectCode(t, err, fault.NotConnected)
}

func appendIntent(t *testing.T, h *History, record string) {
	t.Helper()
	if _, err := h.log.Append(t.Context(), audit.Record{Event: audit.Requested, Record: record}); err != nil {
		t.Fatal(err)
	}
}
