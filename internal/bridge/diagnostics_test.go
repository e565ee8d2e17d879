package bridge

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/doctor"
	"understudy/internal/fault"
	"understudy/internal/journal"
)

// savesAt answers each dialog with one path.
type savesAt struct {
	Dialogs
	path string
}

func (s savesAt) SaveFile(context.Context, string, string) (string, error) { return s.path, nil }

func diagnosticsOf(t *testing.T, path string) *DiagnosticsCalls {
	t.Helper()
	kept := journal.New(t.TempDir(), nil)
	kept.Logger().Info("call", "method", "ListUsers", "ms", 14, "name", "Priya Raman")
	look := func(context.Context) (doctor.State, string) { return doctor.Warning, "one thing; another" }
	return &DiagnosticsCalls{&Scope{
		Context: t.Context(), Journal: kept, Now: func() time.Time { return noon }, NewID: func() string { return "ID" },
		Checks: []doctor.Check{{Name: "Folders", Look: look}}, Dialogs: savesAt{path: path},
	}}
}

func TestTheFileHoldsTheReportThatWasShownAndNothingElse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.txt")
	c := diagnosticsOf(t, path)
	shown, err := c.Diagnose("")
	if err != nil || len(shown.Parts) != 2 {
		t.Fatalf("%+v, %v", shown, err)
	}
	c.Journal.Logger().Info("call", "method", "CountUsers", "ms", 1)
	if got, err := c.SaveDiagnostics(); got != path || err != nil {
		t.Fatalf("%q, %v", got, err)
	}
	saved, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "Understudy diagnostics, 2026-11-22 12:00:00 UTC\n" +
		"\nFolders: warning\none thing\nanother\n\nJournal: good\n" + shown.Parts[1].Text
	if string(saved) != want || len(saved) != shown.Bytes {
		t.Errorf("%d bytes, %d told:\n%s\nwant\n%s", len(saved), shown.Bytes, saved, want)
	}
	if !strings.Contains(want, "ListUsers") || strings.Contains(want, "Priya") {
		t.Errorf("the journal in it is %q", shown.Parts[1].Text)
	}
}

func TestDiagnosticsAreNotSavedUnseenNorWithoutAPlace(t *testing.T) {
	c := diagnosticsOf(t, filepath.Join(t.TempDir(), "report.txt"))
	if path, err := c.SaveDiagnostics(); path != "" || fault.CodeOf(err) != fault.Internal {
		t.Errorf("nothing was shown: %q, %v", path, err)
	}
	closed := diagnosticsOf(t, "")
	if _, err := closed.Diagnose(""); err != nil {
		t.Fatal(err)
	}
	if path, err := closed.SaveDiagnostics(); path != "" || err != nil {
		t.Errorf("the dialog was closed: %q, %v", path, err)
	}
	nowhere := diagnosticsOf(t, filepath.Join(t.TempDir(), "absent", "report.txt"))
	if _, err := nowhere.Diagnose(""); err != nil {
		t.Fatal(err)
	}
	if _, err := nowhere.SaveDiagnostics(); fault.CodeOf(err) != fault.SaveFailed {
		t.Errorf("there is no such folder: %v", err)
	}
}
