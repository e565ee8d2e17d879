package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"understudy/internal/durable"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Options are what a log needs from outside.
type Options struct {
	Now  func() time.Time
	Boot string // names this run of the program in its records
	// Vault keeps the head outside the folder. nil: it is not kept.
	Vault Vault
	// MaxFileBytes is the size at which a new file is begun. Zero: 16 MiB.
	MaxFileBytes int64
}

const defaultMaxFileBytes = 16 << 20

// Log is a log that is open for writing. There is one at a time for a folder,
// on the whole computer. Its methods may be called from several goroutines.
type Log struct {
	dir     string
	options Options
	open    opener
	lock    *os.File
	anchor  *anchor

	mu      sync.Mutex
	segment *segment
	head    Head
	failure error // set once nothing can be appended any more
}

// Open opens the log in a folder, which is made if need be: for this user only,
// as its files are. A last line that was cut off by a crash is moved aside into
// a file of its own, which [Verification] names. Errors are
// [fault.AuditInUse] if another process has the log open,
// [fault.AuditUnreadable] and [fault.AuditUnwritable].
func Open(dir string, options Options) (*Log, error) {
	return openWith(openOnDisk, dir, options)
}

func openWith(open opener, dir string, options Options) (*Log, error) {
	if options.MaxFileBytes == 0 {
		options.MaxFileBytes = defaultMaxFileBytes
	}
	if err := durable.PrivateDir(dir); err != nil {
		return nil, unwritable(err)
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	log := &Log{dir: dir, options: options, open: open, lock: lock}
	if err := log.findEnd(); err != nil {
		return nil, errors.Join(err, log.closeFiles())
	}
	if options.Vault != nil {
		log.anchor = startAnchor(options.Vault, dir, log.head)
	}
	return log, nil
}

// lockDir takes the folder for this process. The lock is on a file of its own,
// since the log's files change.
func lockDir(dir string) (*os.File, error) {
	file, err := durable.OpenLock(filepath.Join(dir, "audit.lock"))
	if err != nil {
		return nil, unwritable(err)
	}
	if err := durable.TryLock(file); err != nil {
		code := fault.AuditUnwritable
		if errors.Is(err, durable.ErrLocked) {
			code = fault.AuditInUse
		}
		return nil, fault.New(code, errors.Join(err, file.Close()))
	}
	return file, nil
}

// findEnd finds the last record, sets aside what is torn after it, and opens the
// last file for appending.
func (l *Log) findEnd() error {
	history, err := Snapshot(l.dir)
	if err != nil {
		return err
	}
	l.head = origin()
	for _, file := range slices.Backward(history.files) {
		end, err := file.end()
		if err != nil {
			return unreadable(err)
		}
		if l.segment == nil {
			if l.segment, err = reopenSegment(l.open, file, end); err != nil {
				return unwritable(err)
			}
			l.head.Seq = file.first - 1 + end.records
		}
		if end.records > 0 { // else a crash left the file empty: the end is in the one before
			l.head.Hash = end.hash
			return nil
		}
	}
	return nil
}

// Append writes a record after the last one and returns it as a reader will
// find it, once it is on the disk. On an error nothing of it is in the log; the
// code is [fault.AuditUnwritable], or [fault.Canceled] if ctx was done before
// anything was written. After some failures (fsync, a file that was replaced)
// every later Append fails until the log is opened anew.
func (l *Log) Append(ctx context.Context, record Record) (Record, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return Record{}, fault.New(fault.Canceled, err)
	}
	if l.failure != nil {
		return Record{}, unwritable(l.failure)
	}
	if l.head.Seq >= maxSeq {
		return Record{}, fault.New(fault.AuditUnwritable, nil).Saying(sentence.Of("audit_unwritable.full"))
	}
	record.Version, record.Seq = version, l.head.Seq+1
	record.Time, record.Boot = l.options.Now().UTC(), l.options.Boot
	record.Until = record.Until.UTC()
	record.Prev = l.head.Hash

	line, err := encode(record)
	if err != nil {
		return Record{}, unwritable(err)
	}
	if err := l.write(line.text); err != nil {
		if errors.Is(err, errFailedForGood) || errors.Is(err, errReplaced) {
			l.failure = err
		}
		return Record{}, unwritable(err)
	}
	l.head = Head{Seq: record.Seq, Hash: line.hash}
	if l.anchor != nil {
		l.anchor.offer(l.head)
	}
	return line.record()
}

// write puts the line into the last file, or into a new one if that is full.
func (l *Log) write(text []byte) error {
	length := int64(len(text)) + 1
	if l.segment == nil || l.segment.size > 0 && l.segment.size+length > l.options.MaxFileBytes {
		next, err := createSegment(l.open, l.dir, l.head.Seq+1)
		if err != nil {
			return err
		}
		if l.segment != nil {
			_ = l.segment.file.Close() // every record in it was synced
		}
		l.segment = next
	}
	return l.segment.write(append(text, '\n'))
}

// Head is the last record that was written.
func (l *Log) Head() Head {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.head
}

// Snapshot is the log as it stands now, for reading.
func (l *Log) Snapshot() (History, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return Snapshot(l.dir)
}

// Anchor waits until the present head is in the vault, or says why it is not.
// Without a vault there is nothing to wait for.
func (l *Log) Anchor(ctx context.Context) error {
	if l.anchor == nil {
		return nil
	}
	return l.anchor.flush(ctx)
}

// Accept takes the log as it is although the vault remembers another head, and
// puts that on record first, so that it cannot happen quietly: the record of it
// names what the vault had. The head that is stored then is that record's.
func (l *Log) Accept(ctx context.Context, remembered Head, record Record) error {
	record.Event, record.Remembered = Accepted, remembered.String()
	written, err := l.Append(ctx, record)
	if err != nil || l.anchor == nil {
		return err
	}
	return l.anchor.accept(ctx, Head{Seq: written.Seq, Hash: written.Hash})
}

// Close ends writing and gives the folder free. It does not wait for the vault:
// call [Log.Anchor] before, for as long as that may take.
func (l *Log) Close() error {
	if l.anchor != nil {
		l.anchor.stop()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failure = os.ErrClosed
	return l.closeFiles()
}

func (l *Log) closeFiles() error {
	var err error
	if l.segment != nil {
		err = l.segment.file.Close()
	}
	if err = errors.Join(err, l.lock.Close()); err != nil {
		return fmt.Errorf("close the log: %w", err)
	}
	return nil
}

// encode makes the line of a record.
func encode(record Record) (line, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return line{}, fmt.Errorf("encode record: %w", err)
	}
	if len(text) > maxLine {
		return line{}, errTooLong
	}
	return line{text: text, hash: hashOf(text), ended: true}, nil
}
