//go:build unix

package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"understudy/internal/durable"
)

// lock locks a marker. The lock belongs to the open file (flock(2)): a browser
// that inherits it holds it for as long as it runs, also when this program has
// ended, and in whatever sandbox it is.
func lock(file *os.File) error {
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// isInUse reports whether a browser runs on a profile folder.
func isInUse(root *os.Root, name string) bool {
	file, err := durable.OpenRegularIn(root, filepath.Join(name, marker))
	if err != nil {
		return true
	}
	defer func() { _ = file.Close() }()
	return lock(file) != nil
}
