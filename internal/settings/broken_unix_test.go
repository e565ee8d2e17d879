//go:build unix

package settings_test

import (
	"syscall"
	"testing"
)

// pipe makes a pipe that nobody writes to: who opens it for reading waits.
func pipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}
