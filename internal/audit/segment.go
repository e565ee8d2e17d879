package audit

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"understudy/internal/durable"
)

// file is what the log needs of an open file. It is an *os.File but in tests
// of disks that fail.
type file interface {
	io.WriterAt
	io.Closer
	Stat() (fs.FileInfo, error)
	Sync() error
	Truncate(size int64) error
}

// opener opens a file as os.OpenFile does.
type opener func(path string, flag int, mode fs.FileMode) (file, error)

func openOnDisk(path string, flag int, mode fs.FileMode) (file, error) {
	return os.OpenFile(path, flag, mode) //nolint:wrapcheck,gosec // the caller wraps; the path is the log's own
}

// segment is the file that is being appended to. Writing is at a known offset
// and not in append mode, which on Windows would forbid to cut off what a
// failed write left.
type segment struct {
	path string
	file file
	size int64 // bytes of whole records
}

// createSegment makes the file whose first record has that number.
func createSegment(open opener, dir string, first int64) (*segment, error) {
	path := filepath.Join(dir, nameOf(first))
	created, err := open(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create: %w", err)
	}
	if err := errors.Join(created.Sync(), durable.SyncDir(dir)); err != nil {
		return nil, errors.Join(err, created.Close(), os.Remove(path))
	}
	return &segment{path: path, file: created}, nil
}

// reopenSegment opens an existing file for appending after its whole records. A
// torn line after them is copied aside first and then cut off.
func reopenSegment(open opener, last extent, end ending) (*segment, error) {
	existing, err := open(last.path, os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	if end.torn {
		err = setAside(last, end)
		if err == nil {
			err = errors.Join(existing.Truncate(end.size), existing.Sync())
		}
	}
	if err != nil {
		return nil, errors.Join(err, existing.Close())
	}
	return &segment{path: last.path, file: existing, size: end.size}, nil
}

// setAside copies the torn end of a file into a file of its own, named after
// the record that it was going to be. A crash in the middle leads to a second
// copy at the next start, never to none.
func setAside(last extent, end ending) error {
	source, err := durable.OpenRegular(last.path)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer func() { _ = source.Close() }() // only read

	dir := filepath.Dir(last.path)
	aside, err := createAside(dir, last.first+end.records)
	if err != nil {
		return fmt.Errorf("set the torn line aside: %w", err)
	}
	_, err = io.Copy(aside, io.NewSectionReader(source, end.size, last.size-end.size))
	return errors.Join(err, aside.Sync(), aside.Close(), durable.SyncDir(dir))
}

func createAside(dir string, seq int64) (*os.File, error) {
	base := fmt.Sprintf("audit-torn-%010d", seq)
	name := base + ".txt"
	for number := 2; ; number++ {
		created, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the log's own path
		if !errors.Is(err, fs.ErrExist) {
			return created, err //nolint:wrapcheck // the caller wraps
		}
		name = fmt.Sprintf("%s-%d.txt", base, number)
	}
}

// errFailedForGood marks a failure after which it is not known what the disk
// holds.
var errFailedForGood = errors.New("the log must be opened anew")

// write appends a line, its newline included, and returns when it is on the
// disk. If that fails nothing of the line is left in the file.
func (s *segment) write(line []byte) error {
	if err := s.inPlace(); err != nil {
		return err
	}
	if _, err := s.file.WriteAt(line, s.size); err != nil {
		if cut := s.file.Truncate(s.size); cut != nil {
			return errors.Join(errFailedForGood, err, cut)
		}
		return fmt.Errorf("write: %w", err)
	}
	// After a failed fsync the system may have dropped the pages and report the
	// next one as good, so trying again proves nothing (fsync(2), and
	// https://wiki.postgresql.org/wiki/Fsync_Errors).
	if err := s.file.Sync(); err != nil {
		return errors.Join(errFailedForGood, err, s.file.Truncate(s.size))
	}
	s.size += int64(len(line))
	return nil
}

var errReplaced = errors.New("the file was replaced or changed by somebody else")

// inPlace checks that the name still leads to the open file, and that nobody
// else wrote to it: a file that was removed takes records and keeps none.
func (s *segment) inPlace() error {
	opened, err := s.file.Stat()
	if err != nil {
		return fmt.Errorf("look at the open file: %w", err)
	}
	named, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("look for the file: %w", err)
	}
	if !os.SameFile(opened, named) || opened.Size() != s.size {
		return errReplaced
	}
	return nil
}
