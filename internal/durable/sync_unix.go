//go:build unix

package durable

import (
	"errors"
	"fmt"
	"os"
)

// SyncDir puts the names in a folder on the disk: syncing a new file does not
// save its name (fsync(2)).
func SyncDir(dir string) error {
	folder, err := os.Open(dir) //nolint:gosec // the caller's own folder
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
