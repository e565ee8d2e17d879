// Package durable makes folders and files that are private to the user and
// survive a power cut: what a function here has returned for is on the disk
// under its name.
package durable

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// PrivateDir makes a folder, and those above it, for this user only. One that
// exists is made private. (Windows: the folders of a user are so by
// inheritance, and the mode has no effect.)
func PrivateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a folder needs the x bit
		return fmt.Errorf("make folder private: %w", err)
	}
	return SyncDir(filepath.Dir(dir))
}

// Replace gives the file at path a new content in one step: whoever reads it,
// also after a crash, finds the old content or the new one, never a part. The
// folder must exist. The file is readable by this user only.
func Replace(path string, content []byte) error {
	dir := filepath.Dir(path)
	temporary, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return fmt.Errorf("make temporary file: %w", err)
	}
	_, err = temporary.Write(content)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("replace file: %w", err), os.Remove(temporary.Name()))
	}
	return SyncDir(dir)
}
