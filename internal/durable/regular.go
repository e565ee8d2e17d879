package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"understudy/internal/sentence"
)

// NotRegularError is a name that leads to something which holds no content, or
// holds it elsewhere. It is left alone: reading it could wait for ever, and
// replacing it would remove what somebody put there.
type NotRegularError struct {
	Name string            // without its folder
	Kind sentence.Sentence // "a folder", for example
}

func (e *NotRegularError) Error() string {
	return e.Name + " is " + e.Kind.String() + " and not a file"
}

// regular returns a [*NotRegularError] for anything but a regular file.
func regular(name string, mode fs.FileMode) error {
	if mode.IsRegular() {
		return nil
	}
	return &NotRegularError{Name: filepath.Base(name), Kind: kindOf(mode)}
}

func kindOf(mode fs.FileMode) sentence.Sentence {
	switch mode.Type() {
	case fs.ModeDir:
		return sentence.Of("kind.folder")
	case fs.ModeSymlink:
		return sentence.Of("kind.link")
	case fs.ModeNamedPipe:
		return sentence.Of("kind.pipe")
	case fs.ModeSocket:
		return sentence.Of("kind.socket")
	default:
		return sentence.Of("kind.device")
	}
}

// StatRegular describes a regular file, or the one that a link leads to. Anything
// else is a [*NotRegularError].
func StatRegular(path string) (fs.FileInfo, error) {
	found, err := os.Stat(path)
	if err == nil {
		return found, regular(path, found.Mode())
	}
	if named, lstatErr := os.Lstat(path); lstatErr == nil && named.Mode().Type() == fs.ModeSymlink {
		return nil, &NotRegularError{Name: filepath.Base(path), Kind: sentence.Of("kind.dead_link")}
	}
	return nil, fmt.Errorf("look for file: %w", err)
}

// OpenRegular opens for reading what [StatRegular] describes. It never waits, as
// opening a pipe does for somebody who writes.
func OpenRegular(path string) (*os.File, error) {
	// Opening a device may do something, so this looks before.
	if _, err := StatRegular(path); err != nil {
		return nil, err
	}
	return open(os.OpenFile, path, os.O_RDONLY)
}

// OpenRegularIn is [OpenRegular] for a file below a folder.
func OpenRegularIn(root *os.Root, name string) (*os.File, error) {
	found, err := root.Stat(name)
	if err == nil {
		err = regular(name, found.Mode())
	}
	if err != nil {
		return nil, fmt.Errorf("look for file: %w", err)
	}
	return open(root.OpenFile, name, os.O_RDONLY)
}

// OpenFolder opens a folder, or the one that a link leads to. It waits for
// nothing: the separator makes the OS refuse a pipe.
func OpenFolder(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir + string(filepath.Separator))
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	return root, nil
}

// ErrLocked is a lock that another process has.
var ErrLocked = errors.New("another process has the lock")

// OpenLock opens the file at path for reading and writing, and makes it if need
// be, for this user only. Anything but a regular file is a [*NotRegularError],
// a link too: the file would be made where it leads.
func OpenLock(path string) (*os.File, error) { return openOwn(path, os.O_RDWR) }

// OpenAppend is [OpenLock] for a file that several processes add to: each write goes
// behind what the others have written.
func OpenAppend(path string) (*os.File, error) { return openOwn(path, os.O_WRONLY|os.O_APPEND) }

func openOwn(path string, flag int) (*os.File, error) {
	named, err := os.Lstat(path)
	switch {
	case err == nil:
		err = regular(path, named.Mode())
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for file: %w", err)
	}
	return open(os.OpenFile, path, flag|os.O_CREATE)
}

// open opens a regular file. It looks at what it opened: the name may lead
// elsewhere than it did a moment ago.
func open(with func(string, int, fs.FileMode) (*os.File, error), path string, flag int) (*os.File, error) {
	file, err := with(path, flag|withoutWaiting, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	opened, err := file.Stat()
	if err == nil {
		err = regular(path, opened.Mode())
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
