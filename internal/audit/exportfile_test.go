package audit_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

func exportable(t *testing.T) audit.History {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }
	log, err := audit.Open(t.TempDir(), audit.Options{Now: now, Boot: "b"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	if _, err := log.Append(t.Context(), audit.Record{Event: audit.Requested, Record: "r", Reason: "Ticket 1"}); err != nil {
		t.Fatal(err)
	}
	history, err := log.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return history
}

func TestExportFileReplacesOnlyOnceItIsWhole(t *testing.T) {
	history, path := exportable(t), filepath.Join(t.TempDir(), "history.csv")
	if err := os.WriteFile(path, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, format := range []audit.Format{audit.CSV, audit.JSON} {
		if err := history.ExportFile(canceled, path, format, nil, time.Now()); fault.CodeOf(err) != fault.Canceled {
			t.Errorf("%s: got %v", format, err)
		}
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "older" {
		t.Errorf("a stopped export left %q, %v", text, err)
	}
	if err := history.ExportFile(t.Context(), path, audit.CSV, nil, time.Now()); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "Ticket 1") {
		t.Errorf("exported %q, %v", text, err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestExportTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 10_000
	newLog(t, dir, 300, small)
	history, err := audit.Snapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []audit.Format{audit.CSV, audit.JSON} {
		var told []int
		watched := history.Watch(func(percent int) { told = append(told, percent) })
		if err := watched.Export(t.Context(), io.Discard, format, nil, time.Now()); err != nil {
			t.Fatal(err)
		}
		if len(told) < 20 || told[0] > 10 || told[len(told)-1] != 100 || !slices.IsSorted(told) || len(slices.Compact(told)) != len(told) {
			t.Errorf("%s: told %v", format, told)
		}
	}
}

// TestAStoppedExportLeavesNothing stops exports near their begin, middle and end.
func TestAStoppedExportLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 10_000
	newLog(t, dir, 300, small)
	history, err := audit.Snapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []audit.Format{audit.CSV, audit.JSON} {
		for _, at := range []int{1, 50, 90} {
			folder := t.TempDir()
			ctx, stop := context.WithCancel(t.Context())
			watched := history.Watch(func(percent int) {
				if percent >= at {
					stop()
				}
			})
			err := watched.ExportFile(ctx, filepath.Join(folder, "history"), format, nil, time.Now())
			if fault.CodeOf(err) != fault.Canceled {
				t.Errorf("%s stopped at %d: %v", format, at, err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("%s stopped at %d leaves %v, %v", format, at, left, err)
			}
		}
	}
}

func TestExportFileFails(t *testing.T) {
	history := exportable(t)
	for name, path := range map[string]string{
		"no such folder": filepath.Join(t.TempDir(), "no", "history.csv"),
		"a folder":       t.TempDir(),
	} {
		if err := history.ExportFile(t.Context(), path, audit.CSV, nil, time.Now()); fault.CodeOf(err) != fault.ExportFailed {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := history.ExportFile(t.Context(), filepath.Join(t.TempDir(), "x"), "xml", nil, time.Now()); fault.CodeOf(err) != fault.ExportFailed {
		t.Errorf("unknown format: got %v", err)
	}
}
