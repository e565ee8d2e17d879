//go:build unix

package browser

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

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
