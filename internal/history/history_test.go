package history

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// open opens a new audit log, in a folder that it returns.
func open(t *testing.T, vault audit.Vault) (h *History, dir string) {
	t.Helper()
	dir = t.TempDir()
	h, err := Open(dir, vault, time.Now, "boot")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h, dir
}

// promptingVault waits for a password.
type promptingVault struct{}

func (promptingVault) Load(ctx context.Context, _ string) (string, error) {
	<-ctx.Done()
	return "", fault.New(fault.Canceled, ctx.Err())
}

func (promptingVault) Save(context.Context, string, string) error { return nil }

func TestACSVMayHoldOnlyWhatIsShown(t *testing.T) {
	h, _ := open(t, nil)
	appendIntent(t, h, "rid_1")
	appendIntent(t, h, "rid_2")
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
		if err := h.Export(t.Context(), path, c.only, func(int) {}); err != nil {
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

// lockedVault is a keychain that nobody opens.
type lockedVault struct{}

func (lockedVault) Load(context.Context, string) (string, error) {
	return "", fault.New(fault.KeychainLocked, nil)
}

func (lockedVault) Save(context.Context, string, string) error {
	return fault.New(fault.KeychainLocked, nil)
}

func TestHistoryIsReadableWithoutAKeychain(t *testing.T) {
	h, _ := open(t, lockedVault{})
	appendIntent(t, h, "r")
	if v, err := h.Verify(t.Context()); err != nil || !v.State.Holds() || v.Anchored {
		t.Errorf("verified %+v, %v", v, err)
	}
	path := filepath.Join(t.TempDir(), "history.csv")
	if err := h.Export(t.Context(), path, nil, func(int) {}); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "seq,time") {
		t.Errorf("exported %q, %v: the name asks for a CSV", text, err)
	}
}

// TestALockedKeychainHoldsNothingUp: the chain is verified and exported without it,
// and the wait for the comparison can be stopped.
func TestALockedKeychainHoldsNothingUp(t *testing.T) {
	h, _ := open(t, promptingVault{})
	if v, err := h.Verify(t.Context()); err != nil || !v.State.Holds() {
		t.Errorf("verified %+v, %v", v, err)
	}
	if err := h.Export(t.Context(), filepath.Join(t.TempDir(), "history.jsonl"), nil, func(int) {}); err != nil {
		t.Errorf("export: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	compared := make(chan error)
	go func() {
		_, err := h.CompareHead(ctx)
		compared <- err
	}()
	stop()
	if err := <-compared; fault.CodeOf(err) != fault.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestThePastOfAUserIsAllOfIt: however long ago, but theirs alone, and in one instance.
func TestThePastOfAUserIsAllOfIt(t *testing.T) {
	h, dir := open(t, nil)
	wanted := audit.Record{Event: audit.Requested, Record: "long ago", Instance: "ins_one", User: "user_priya"}
	elsewhere, another := wanted, wanted
	elsewhere.Record, elsewhere.Instance = "elsewhere", "ins_other"
	another.Record, another.User, another.Reason = "another", "user_priya2", "asked for by user_priya"
	issued := wanted
	issued.Event = audit.Issued
	recent := wanted
	recent.Record = "recent"
	for _, record := range []audit.Record{wanted, elsewhere, issued, another} {
		if _, err := h.Log.Append(t.Context(), record); err != nil {
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
	if err := os.WriteFile(filepath.Join(dir, "audit-0000000005.jsonl"), later.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	past, err := pastOf(t, h, "user_priya")
	if err != nil || len(past) != 2 || past[0].Record != "recent" || past[1].Record != "long ago" || len(past[1].Records) != 2 {
		t.Errorf("got %+v, %v", past, err)
	}
	if past, err := pastOf(t, h, "user_nobody"); err != nil || len(past) > 0 {
		t.Errorf("got %+v, %v of somebody without a past", past, err)
	}
}

func TestALogWhoseReportIsGoneCanBeAccepted(t *testing.T) {
	h, dir := open(t, nil)
	appendIntent(t, h, "rid_1")
	sum, err := h.Log.SaveReport(t.Context(), "rid_1", []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Log.Append(t.Context(), audit.Record{Event: audit.Ended, Record: "rid_1", Result: audit.Result{Report: sum}}); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "reports")); err != nil {
		t.Fatal(err)
	}
	if verified, err := h.Verify(t.Context()); err != nil || verified.State != audit.ReportsDiffer {
		t.Errorf("%+v, %v", verified, err)
	}
	if err := h.Accept(t.Context(), audit.Record{}); err != nil {
		t.Errorf("not accepted: %v", err)
	}
}

func appendIntent(t *testing.T, h *History, record string) {
	t.Helper()
	if _, err := h.Log.Append(t.Context(), audit.Record{Event: audit.Requested, Record: record}); err != nil {
		t.Fatal(err)
	}
}

// pastOf returns the impersonations of a user in ins_one.
func pastOf(t *testing.T, h *History, user string) ([]audit.Impersonation, error) {
	t.Helper()
	page, err := h.Page(t.Context(), audit.Query{User: user, Limit: 100, Keep: func(i audit.Impersonation) bool {
		return i.Request().Instance == "ins_one"
	}})
	if page.Next != "" {
		t.Error("the audit log was not read to its beginning")
	}
	return page.Found, err
}
