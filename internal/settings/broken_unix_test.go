//go:build unix

package settings_test

import (
	"syscall"
	"testing"
)

// pipe makes a pipe that nobody writes to, so that opening it for reading waits for
// ever.
func pipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}
