//go:build unix

package browser

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// inTime fails the test if do has not returned after some seconds: it hangs.
func inTime(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("hangs")
	}
}

// TestAPipeWhereAFileIsExpectedHangsNobody: as the marker of a profile, as the
// folder of all of them, and as what says which browsers there are.
func TestAPipeWhereAFileIsExpectedHangsNobody(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	folder, pipe := filepath.Join(base, "profile"), filepath.Join(base, "pipe")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, marker), pipe} {
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inTime(t, func() {
		sweep(base, noon)
		sweep(pipe, noon)
		if _, err := newProfile(pipe, "rid", nil, rand.Reader, noon); err == nil {
			t.Error("made a profile in a pipe")
		}
		if got := (Computer{Files: os.DirFS("/")}).read(pipe); got != nil {
			t.Errorf("read %q", got)
		}
	})
	if !exists(t, folder) {
		t.Error("removed what is not ours")
	}
}

func TestWipeTriesAgain(t *testing.T) {
	base := t.TempDir()
	p := made(t, base, noon)
	// The folder is away at first, as if it could not be removed.
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(p.dir(), away); err != nil {
		t.Fatal(err)
	}
	waits := 0
	p.wipe(func(time.Duration) <-chan time.Time {
		if waits++; waits == 3 {
			if err := os.Rename(away, p.dir()); err != nil {
				t.Error(err)
			}
		}
		over := make(chan time.Time)
		close(over)
		return over
	})
	if exists(t, p.dir()) || waits != 3 {
		t.Errorf("still there after %d waits", waits)
	}
}
