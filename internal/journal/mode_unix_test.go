//go:build unix

package journal

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFolderAndFilesAreForThisUserOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), Folder)
	New(dir, nil).Logger().Info("call")
	for path, want := range map[string]os.FileMode{dir: 0o700 | os.ModeDir, filepath.Join(dir, newerFile): 0o600} {
		if found, err := os.Stat(path); err != nil || found.Mode() != want {
			t.Errorf("%s: %v, %v", path, found.Mode(), err)
		}
	}
}
