// Package durable makes folders and files that are private to the user and
// survive a power cut. Once a function here has returned without an error, its
// change is on the disk.
package durable

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// PrivateDir makes a folder, and those above it, for this user only. It makes an
// existing folder private too. On Windows the mode has no effect, since the folders
// of a user are private by inheritance.
func PrivateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a folder needs the x bit
		return fmt.Errorf("make folder private: %w", err)
	}
	return SyncDir(filepath.Dir(dir))
}

// Replace gives the file at path a new content in one step: a reader finds the
// old content or the new one, also after a crash, and never a part. The folder
// must exist, and may be a link. The file is readable by this user only.
// Anything at path but a regular file stays, and is a [*NotRegularError].
func Replace(path string, content []byte) error {
	return ReplaceBy(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err //nolint:wrapcheck // ReplaceBy wraps
	})
}

// ReplaceBy is [Replace] with a content that write writes. If write fails, path
// stays as it was, nothing else is left, and the error is in the chain.
func ReplaceBy(path string, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	root, err := OpenFolder(dir) // so that a folder that takes its name meanwhile is not written to
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // only names were changed
	name := filepath.Base(path)
	if err := replaceable(root, name); err != nil {
		return err
	}
	temporary := ".understudy-" + rand.Text()
	file, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make temporary file: %w", err)
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err == nil {
		err = replaceable(root, name)
	}
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("replace file: %w", err), root.Remove(temporary))
	}
	return SyncDir(dir)
}

// replaceable refuses to replace anything but a regular file.
func replaceable(root *os.Root, name string) error {
	there, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look for file: %w", err)
	}
	return regular(name, there.Mode())
}
