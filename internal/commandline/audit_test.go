package commandline

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// vault holds one text, as a keychain does.
type vault struct {
	text string
	err  error
}

func (v *vault) Load(context.Context, string) (string, error) {
	if v.text == "" && v.err == nil {
		return "", fault.New(fault.KeychainNoKey, nil)
	}
	return v.text, v.err
}

func (v *vault) Save(_ context.Context, _, value string) error {
	v.text = value
	return nil
}

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// logOf is a folder with a log of three records, and the vault of its head.
func logOf(t *testing.T) (string, *vault) {
	t.Helper()
	dir, kept := t.TempDir(), &vault{}
	log, err := audit.Open(dir, audit.Options{Now: noon, Boot: "b", Vault: kept})
	if err != nil {
		t.Fatal(err)
	}
	for _, reason := range []string{"Ticket 1", "=cmd()", "Ticket 3"} {
		if _, err := log.Append(t.Context(), audit.Record{Event: audit.Requested, Record: "r", Reason: reason}); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Anchor(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, kept
}

// file is the one file of the log in a folder.
func file(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "audit-*.jsonl"))
	if err != nil || len(found) != 1 {
		t.Fatalf("files %v, %v", found, err)
	}
	return found[0]
}

func TestVerifyExitCodes(t *testing.T) {
	rewrite := func(change func(string) string) func(*testing.T, string, *vault) {
		return func(t *testing.T, dir string, _ *vault) {
			t.Helper()
			text, err := os.ReadFile(file(t, dir))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file(t, dir), []byte(change(string(text))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	firstLine := func(s string) string { return s[:strings.Index(s, "\n")+1] }
	tests := []struct {
		name   string
		change func(*testing.T, string, *vault)
		want   int
		says   string
	}{
		{"good", func(*testing.T, string, *vault) {}, 0, "3 records"},
		{"no head", func(_ *testing.T, _ string, v *vault) { v.text = "" }, 5, "no head"},
		{"keychain locked", func(_ *testing.T, _ string, v *vault) { v.err = fault.New(fault.KeychainLocked, nil) }, 5, "not compared"},
		{"cut, and no head", func(t *testing.T, dir string, v *vault) {
			t.Helper()
			v.text = ""
			rewrite(firstLine)(t, dir, v)
		}, 5, "1 records"},
		{"folder removed", func(_ *testing.T, dir string, _ *vault) { _ = os.RemoveAll(dir) }, 3, "the end was removed"},
		{"emptied", rewrite(func(string) string { return "" }), 3, "the end was removed"},
		{"folder removed, and no head", func(_ *testing.T, dir string, v *vault) { v.text, _ = "", os.RemoveAll(dir) }, 6, "no history"},
		{"folder removed, and keychain locked", func(_ *testing.T, dir string, v *vault) {
			v.err, _ = fault.New(fault.KeychainLocked, nil), os.RemoveAll(dir)
		}, 6, "no history"},
		{"emptied, and no head", func(t *testing.T, dir string, v *vault) {
			t.Helper()
			v.text = ""
			rewrite(func(string) string { return "" })(t, dir, v)
		}, 6, "no history"},
		{"torn, and no head", func(t *testing.T, dir string, v *vault) {
			t.Helper()
			v.text = ""
			rewrite(func(s string) string { return s + `{"v":1 ` })(t, dir, v)
		}, 2, "not compared"},
		{"edited", rewrite(func(s string) string { return strings.Replace(s, "Ticket 1", "Ticket 2", 1) }), 1, "Record 2"},
		{"torn", rewrite(func(s string) string { return s + `{"v":1` }), 2, "record is incomplete"},
		{"cut", rewrite(func(s string) string { return s[:strings.LastIndex(strings.TrimSpace(s), "\n")+1] }), 3, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, kept := logOf(t)
			tt.change(t, dir, kept)
			var out, errs bytes.Buffer
			a := Audit{Dir: dir, Vault: kept, Now: noon, Out: &out, Err: &errs}
			if got := a.Run(t.Context(), []string{"verify"}); got != tt.want || !strings.Contains(out.String(), tt.says) {
				t.Errorf("exit %d, want %d: %s%s", got, tt.want, out.String(), errs.String())
			}
		})
	}
}

// TestNoCutIsGoodWithoutTheHead cuts the log after each of its lines.
func TestNoCutIsGoodWithoutTheHead(t *testing.T) {
	dir, kept := logOf(t)
	text, err := os.ReadFile(file(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	for records := range lines {
		if err := os.WriteFile(file(t, dir), []byte(strings.Join(lines[:records], "")), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, v := range []*vault{nil, {}, {err: fault.New(fault.KeychainLocked, nil)}, kept} {
			var out bytes.Buffer
			a := Audit{Dir: dir, Now: noon, Out: &out, Err: &out}
			if v != nil {
				a.Vault = v
			}
			got := a.Run(t.Context(), []string{"verify"})
			if good := records == 3 && v == kept; (got == 0) != good || strings.Contains(out.String(), "good:") != good {
				t.Errorf("%d records with %+v: exit %d: %s", records, v, got, out.String())
			}
		}
	}
}

func TestAnotherFolderIsNotComparedWithOurHead(t *testing.T) {
	dir, kept := logOf(t)
	var out bytes.Buffer
	a := Audit{Dir: t.TempDir(), Vault: &vault{text: "9:" + strings.Repeat("0", 64)}, Now: noon, Out: &out, Err: &out}
	for head, want := range map[string]int{"": 5, kept.text: 0, "2:" + strings.Repeat("0", 64): 3, "nonsense": exitUsage, "9007199254740993:" + strings.Repeat("0", 64): exitUsage} {
		out.Reset()
		if got := a.Run(t.Context(), []string{"verify", "-dir", dir, "-head", head}); got != want {
			t.Errorf("-head %q: exit %d, want %d: %s", head, got, want, out.String())
		}
	}
}

func TestOurFolderIsComparedHoweverItIsNamed(t *testing.T) {
	dir, kept := logOf(t)
	t.Chdir(dir)
	for _, name := range []string{dir + string(filepath.Separator), ".", filepath.Join("..", filepath.Base(dir))} {
		var out bytes.Buffer
		a := Audit{Dir: dir, Vault: kept, Now: noon, Out: &out, Err: &out}
		if got := a.Run(t.Context(), []string{"verify", "-dir", name}); got != 0 {
			t.Errorf("%s: exit %d: %s", name, got, out.String())
		}
	}
}

func TestALockedKeychainIsSaid(t *testing.T) {
	dir, _ := logOf(t)
	var out, errs bytes.Buffer
	a := Audit{Dir: dir, Vault: &vault{err: fault.New(fault.KeychainLocked, nil)}, Now: noon, Out: &out, Err: &errs}
	if got := a.Run(t.Context(), []string{"verify"}); got != 5 || !strings.Contains(errs.String(), "not compared") {
		t.Errorf("exit %d: %s%s", got, out.String(), errs.String())
	}
}

func TestVerifyTellsWhatWasAcceptedAndOfTheClock(t *testing.T) {
	dir, kept := t.TempDir(), &vault{text: "935:" + strings.Repeat("a", 64)}
	now := noon()
	log, err := audit.Open(dir, audit.Options{Now: func() time.Time { return now }, Boot: "b", Vault: kept})
	if err != nil {
		t.Fatal(err)
	}
	remembered, err := audit.ParseHead(kept.text)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := log.Accept(t.Context(), remembered, audit.Record{Record: "r"}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(-time.Hour)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := Audit{Dir: dir, Vault: kept, Now: noon, Out: &out, Err: &out}
	if got := a.Run(t.Context(), []string{"verify"}); got != 0 {
		t.Errorf("exit %d", got)
	}
	for _, said := range []string{
		"accepted: With record 1, at 2026-11-22T12:00:00Z, ", "accepted: With record 2, at 2026-11-22T11:00:00Z, ",
		"another record 935.", "clock: The clock went back before record 2: from 2026-11-22 12:00:00 to 2026-11-22 11:00:00 UTC.",
	} {
		if !strings.Contains(out.String(), said) {
			t.Errorf("does not say %q: %s", said, out.String())
		}
	}
}

func TestThereIsNothingToExport(t *testing.T) {
	for _, args := range [][]string{{"export"}, {"export", "-out", filepath.Join(t.TempDir(), "x")}} {
		var out, errs bytes.Buffer
		a := Audit{Dir: filepath.Join(t.TempDir(), "missing"), Vault: &vault{}, Now: noon, Out: &out, Err: &errs}
		if got := a.Run(t.Context(), args); got != 6 || out.Len() > 0 || !strings.Contains(errs.String(), "no history") {
			t.Errorf("exit %d: %q, %q", got, out.String(), errs.String())
		}
	}
}

func TestExport(t *testing.T) {
	dir, kept := logOf(t)
	for format, want := range map[string]string{"json": `"format":"understudy-audit"`, "csv": "'=cmd()"} {
		path := filepath.Join(t.TempDir(), "export")
		var out, errs bytes.Buffer
		a := Audit{Dir: dir, Vault: kept, Now: noon, Out: &out, Err: &errs}
		if got := a.Run(t.Context(), []string{"export", "-format", format, "-out", path}); got != 0 {
			t.Fatalf("exit %d: %s", got, errs.String())
		}
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %q, %v", format, text, err)
		}
		if got := a.Run(t.Context(), []string{"export", "-format", format, "-out", path}); got != exitFailed {
			t.Errorf("%s: wrote over a file, exit %d", format, got)
		}
		if got := a.Run(t.Context(), []string{"export", "-format", format}); got != 0 || !bytes.Equal(out.Bytes(), text) {
			t.Errorf("%s: standard output differs from the file, exit %d", format, got)
		}
	}
}

func TestUsageIsPrintedOnce(t *testing.T) {
	for args, want := range map[string]int{"verify --help": 0, "verify -nonsense": exitUsage, "verify more": exitUsage} {
		var out strings.Builder
		a := Audit{Dir: t.TempDir(), Now: noon, Out: &out, Err: &out}
		if got := a.Run(t.Context(), strings.Fields(args)); got != want || strings.Count(out.String(), "Usage of") != 1 {
			t.Errorf("%s: %d\n%s", args, got, out.String())
		}
	}
}

func TestWrongArguments(t *testing.T) {
	for _, args := range [][]string{nil, {"burn"}, {"verify", "more"}, {"export", "-format", "xml"}, {"verify", "-format", "csv"}} {
		var out bytes.Buffer
		a := Audit{Dir: t.TempDir(), Now: noon, Out: &out, Err: &out}
		if got := a.Run(t.Context(), args); got != exitUsage || out.Len() == 0 {
			t.Errorf("%v: exit %d, %q", args, got, out.String())
		}
	}
}
