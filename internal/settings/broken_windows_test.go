package settings_test

import (
	"os"
	"testing"
)

// pipe makes a folder: on Windows no pipe has a name among the files.
func pipe(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}
