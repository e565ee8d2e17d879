//go:build unix

package durable_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"understudy/internal/durable"
)

// inTheWay are things that are no file, each with how it is made at a path. The
// test fails if one of those that links lead to has changed at its end.
func inTheWay(t *testing.T) map[string]func(path string) error {
	t.Helper()
	elsewhere := t.TempDir()
	kept := filepath.Join(elsewhere, "kept")
	if err := os.WriteFile(kept, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(elsewhere, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if content, err := os.ReadFile(kept); err != nil || string(content) != "kept" {
			t.Errorf("what a link led to holds %q, %v", content, err)
		}
		if names, err := os.ReadDir(elsewhere); err != nil || len(names) != 2 {
			t.Errorf("the folder that links led to holds %v, %v", names, err)
		}
	})
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
		"a link to a file":    func(path string) error { return os.Symlink(kept, path) },
		"a link to a pipe":    func(path string) error { return os.Symlink(pipe, path) },
		"a link to a device":  func(path string) error { return os.Symlink("/dev/zero", path) },
		"a link to nothing":   func(path string) error { return os.Symlink(filepath.Join(elsewhere, "new"), path) },
		"a link to itself":    func(path string) error { return os.Symlink(filepath.Base(path), path) },
		"a link to the other": func(path string) error { return os.Symlink(elsewhere, path) },
	}
}

// shortDir is a folder whose path is short enough for one of a socket in it.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "d") //nolint:usetesting // the name of the test would be part of the path
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

func TestReplaceLeavesAloneWhatIsNoFile(t *testing.T) {
	t.Parallel()
	for name, put := range inTheWay(t) {
		t.Run(name, func(t *testing.T) {
			dir := shortDir(t)
			path := filepath.Join(dir, "history.csv")
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			err = inTime(t, func() error { return durable.Replace(path, []byte("new")) })
			if notFile, ok := errors.AsType[*durable.NotRegularError](err); !ok || notFile.Name != "history.csv" {
				t.Errorf("got %v", err)
			}
			if after, err := os.Lstat(path); err != nil || !os.SameFile(before, after) {
				t.Errorf("it is gone: %v", err)
			}
			wantNames(t, dir, "history.csv")
		})
	}
}

func TestReplaceTakesNoNameThatWasThere(t *testing.T) {
	t.Parallel()
	for name, put := range inTheWay(t) {
		t.Run(name, func(t *testing.T) {
			dir := shortDir(t)
			names := []string{"history.csv.partial", "history.csv.tmp", ".history.csv", "history.csv~"}
			for i, beside := range names {
				if err := put(filepath.Join(dir, beside)); err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(dir, "history.csv")
				if err := inTime(t, func() error { return durable.Replace(path, []byte(fmt.Sprint(i))) }); err != nil {
					t.Error(err)
				}
				if _, err := os.Lstat(filepath.Join(dir, beside)); err != nil {
					t.Error(err)
				}
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != len(names)+1 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}

// TestReplaceSeesWhatComesMeanwhile: a pipe takes the name, or a link the folder,
// while the content is being written.
func TestReplaceSeesWhatComesMeanwhile(t *testing.T) {
	t.Parallel()
	elsewhere, parent := t.TempDir(), t.TempDir()
	dir := filepath.Join(parent, "dir")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "history.csv")
	err := inTime(t, func() error {
		return durable.ReplaceBy(path, func(io.Writer) error { return syscall.Mkfifo(path, 0o600) })
	})
	if _, ok := errors.AsType[*durable.NotRegularError](err); !ok {
		t.Errorf("pipe: %v", err)
	}
	wantNames(t, dir, "history.csv")
	other := filepath.Join(dir, "other.csv")
	err = durable.ReplaceBy(other, func(w io.Writer) error {
		_, err := io.WriteString(w, "new")
		return errors.Join(err, os.Rename(dir, dir+"-moved"), os.Symlink(elsewhere, dir))
	})
	if left, readErr := os.ReadDir(elsewhere); err != nil || readErr != nil || len(left) > 0 {
		t.Errorf("wrote through a link: %v, %v, %v", left, err, readErr)
	}
}

func TestAFolderMayBeALink(t *testing.T) {
	t.Parallel()
	dir, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if err := durable.Replace(filepath.Join(link, "history.csv"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantNames(t, dir, "history.csv")
}

func TestAFolderThatIsAPipeIsRefused(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "dir")
	if err := syscall.Mkfifo(dir, 0o600); err != nil {
		t.Fatal(err)
	}
	if inTime(t, func() error { return durable.Replace(filepath.Join(dir, "history.csv"), nil) }) == nil {
		t.Error("wrote into a pipe")
	}
	if inTime(t, func() error { return durable.PrivateDir(dir) }) == nil {
		t.Error("took a pipe for a folder")
	}
}

func TestOnlyARegularFileIsOpened(t *testing.T) {
	t.Parallel()
	for name, put := range inTheWay(t) {
		t.Run(name, func(t *testing.T) {
			dir := shortDir(t)
			path := filepath.Join(dir, "audit.lock")
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			for kind, open := range map[string]func(string) (*os.File, error){"read": durable.OpenRegular, "lock": durable.OpenLock} {
				err := inTime(t, func() error {
					file, err := open(path)
					return errors.Join(err, file.Close())
				})
				if fine := kind == "read" && name == "a link to a file"; fine != (err == nil) {
					t.Errorf("%s: %v", kind, err)
				}
			}
		})
	}
}

func TestALockIsMadeOnceAndOpenedAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "audit.lock")
	for range 2 {
		file, err := durable.OpenLock(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantMode(t, path, 0o600)
}
