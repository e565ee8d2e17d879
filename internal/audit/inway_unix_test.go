//go:build unix

package audit_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// inTheWay are things that are no file, each with how it is made at a path.
func inTheWay(t *testing.T) map[string]func(path string) error {
	t.Helper()
	elsewhere := t.TempDir()
	pipe := filepath.Join(elsewhere, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string]func(path string) error{
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"a socket": func(path string) error {
			listener, err := net.Listen("unix", path)
			if err == nil {
				t.Cleanup(func() { _ = listener.Close() })
			}
			return err
		},
		"a link to a pipe":   func(path string) error { return os.Symlink(pipe, path) },
		"a link to a device": func(path string) error { return os.Symlink("/dev/zero", path) },
		"a link to a folder": func(path string) error { return os.Symlink(elsewhere, path) },
		"a link to itself":   func(path string) error { return os.Symlink(filepath.Base(path), path) },
		"a link to nothing":  func(path string) error { return os.Symlink(filepath.Join(elsewhere, "new"), path) },
	}
}

// shortDir is a folder whose path is short enough for one of a socket in it.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "a") //nolint:usetesting // the name of the test would be part of the path
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// inTime fails the test if do has not returned after some seconds: it hangs.
func inTime(t *testing.T, do func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("hangs")
		return nil
	}
}

// TestASpecialFileNamedLikeTheLogIsNamedInTheError also checks that reading it does
// not hang.
func TestASpecialFileNamedLikeTheLogIsNamedInTheError(t *testing.T) {
	t.Parallel()
	for kind, put := range inTheWay(t) {
		for _, name := range []string{"audit-0000000001.jsonl", "audit-0000000004.jsonl", "audit-0000000099.jsonl"} {
			t.Run(kind+" "+name, func(t *testing.T) {
				dir := shortDir(t)
				if name != "audit-0000000001.jsonl" {
					newLog(t, dir, 3, options())
				}
				if err := put(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
				for does, do := range map[string]func() error{
					"snapshot": func() error { _, err := audit.Snapshot(dir); return err },
					"open": func() error {
						log, err := audit.Open(dir, options())
						if err == nil {
							err = errors.Join(errors.New("opened"), log.Close())
						}
						return err
					},
				} {
					err := inTime(t, do)
					if failure := fault.From(err); failure == nil || failure.Code != fault.AuditUnreadable || !strings.Contains(failure.Sentence(), name) {
						t.Errorf("%s: %v", does, err)
					}
				}
			})
		}
	}
}

// TestASegmentThatBecomesAPipeHangsNobody: after the folder was looked at.
func TestASegmentThatBecomesAPipeHangsNobody(t *testing.T) {
	t.Parallel()
	for kind, put := range inTheWay(t) {
		t.Run(kind, func(t *testing.T) {
			dir := shortDir(t)
			newLog(t, dir, 3, options())
			history := snapshot(t, dir)
			path := logFiles(t, dir)[0]
			if err := errors.Join(os.Remove(path), put(path)); err != nil {
				t.Fatal(err)
			}
			for does, do := range map[string]func() error{
				"verify": func() error { _, err := history.Verify(t.Context(), nil); return err },
				"latest": func() error { _, _, err := history.Latest(10, audit.Moment{}); return err },
				"one":    func() error { _, err := history.Of("imp_0001"); return err },
				"user": func() error {
					_, err := history.Page(t.Context(), audit.Query{User: "u", Limit: 1}, audit.Moment{})
					return err
				},
				"export": func() error { return history.ExportFile(t.Context(), filepath.Join(dir, "x"), audit.CSV, nil, noon) },
			} {
				if err := inTime(t, do); fault.CodeOf(err) != fault.AuditUnreadable {
					t.Errorf("%s: %v", does, err)
				}
			}
		})
	}
}

func TestALockThatIsNoFileIsRefused(t *testing.T) {
	t.Parallel()
	for kind, put := range inTheWay(t) {
		t.Run(kind, func(t *testing.T) {
			dir := shortDir(t)
			if err := put(filepath.Join(dir, "audit.lock")); err != nil {
				t.Fatal(err)
			}
			err := inTime(t, func() error { _, err := audit.Open(dir, options()); return err })
			if failure := fault.From(err); failure == nil || failure.Code != fault.AuditUnwritable || !strings.Contains(failure.Sentence(), "audit.lock") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAFolderOfTheLogThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for kind, put := range inTheWay(t) {
		if strings.Contains(kind, "folder") {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			dir := filepath.Join(shortDir(t), "audit")
			if err := put(dir); err != nil {
				t.Fatal(err)
			}
			if err := inTime(t, func() error { _, err := audit.Open(dir, options()); return err }); fault.CodeOf(err) != fault.AuditUnwritable {
				t.Errorf("open: %v", err)
			}
			if err := inTime(t, func() error { _, err := audit.Snapshot(dir); return err }); fault.CodeOf(err) != fault.AuditUnreadable {
				t.Errorf("snapshot: %v", err)
			}
		})
	}
}

// TestAnExportReplacesRegularFilesOnly puts other things under the export's own
// name and under the name of its partial file.
func TestAnExportReplacesRegularFilesOnly(t *testing.T) {
	t.Parallel()
	log := t.TempDir()
	newLog(t, log, 3, options())
	history := snapshot(t, log)
	for kind, put := range inTheWay(t) {
		t.Run(kind, func(t *testing.T) {
			dir := shortDir(t)
			path, taken := filepath.Join(dir, "history.csv"), filepath.Join(dir, "taken.csv")
			if err := errors.Join(put(path+".partial"), put(taken)); err != nil {
				t.Fatal(err)
			}
			if err := inTime(t, func() error { return history.ExportFile(t.Context(), path, audit.CSV, nil, noon) }); err != nil {
				t.Errorf("export: %v", err)
			}
			err := inTime(t, func() error { return history.ExportFile(t.Context(), taken, audit.CSV, nil, noon) })
			if failure := fault.From(err); failure == nil || failure.Code != fault.ExportFailed || !strings.Contains(failure.Sentence(), "taken.csv is a") {
				t.Errorf("export over it: %v", err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}
