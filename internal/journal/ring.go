package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"understudy/internal/durable"
)

const (
	newerFile = "journal.jsonl"
	olderFile = "journal.1.jsonl"
	// fileLimit is the most that one of the two files holds, in bytes.
	fileLimit = 1 << 20
)

var errTooLong = errors.New("a line is longer than a file of the journal")

// ring writes lines into two files that take turns: the newer one becomes the
// older one when it is full. Each Write is one line. Another process may write into the
// same files: the lines of both stay whole.
type ring struct {
	dir   string
	limit int64

	mu   sync.Mutex
	file *os.File
	size int64
}

func (r *ring) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if int64(len(line)) > r.limit {
		return 0, errTooLong
	}
	if r.file == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	if r.size+int64(len(line)) > r.limit {
		if err := r.turn(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(line)
	r.size += int64(n)
	if err != nil {
		// The line may be torn: the next one begins on a line of its own.
		err = errors.Join(fmt.Errorf("write journal: %w", err), r.file.Close())
		r.file = nil
	}
	return n, err
}

func (r *ring) open() error {
	if err := durable.PrivateDir(r.dir); err != nil {
		return fmt.Errorf("folder of the journal: %w", err)
	}
	file, err := durable.OpenAppend(filepath.Join(r.dir, newerFile))
	if err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return errors.Join(fmt.Errorf("end of journal: %w", err), file.Close())
	}
	r.file, r.size = file, size
	if size == 0 {
		return nil
	}
	// A crash may have cut the last line: the next one begins on a line of its own.
	if _, err := file.WriteString("\n"); err != nil {
		return fmt.Errorf("go on with journal: %w", err)
	}
	r.size++
	return nil
}

// turn makes the newer file the older one. Windows renames only what is closed.
func (r *ring) turn() error {
	err := r.file.Close()
	r.file = nil
	if err == nil {
		err = os.Rename(filepath.Join(r.dir, newerFile), filepath.Join(r.dir, olderFile))
	}
	if err != nil {
		return fmt.Errorf("turn journal: %w", err)
	}
	return r.open()
}
