//go:build unix

package durable

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// SyncDir puts the names in a folder on the disk: syncing a new file does not
// save its name (fsync(2)).
func SyncDir(dir string) error {
	folder, err := os.Open(dir + "/") //nolint:gosec // the caller's own folder; no pipe is opened with a slash
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// withoutWaiting is a flag of open: a pipe is opened at once (open(2)). It means
// nothing to a regular file.
const withoutWaiting = syscall.O_NONBLOCK
