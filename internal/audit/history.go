package audit

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"understudy/internal/durable"
)

// maxLine is the longest line that is taken for a record, in bytes. This program
// writes lines of a few hundred bytes.
const maxLine = 64 << 10

// History is a log as it stood at one moment, for reading. Records that are
// appended later are not part of it.
type History struct {
	dir   string
	files []extent
	aside []string
	only  map[string]bool   // see [History.Narrow]
	told  func(percent int) // see [History.Watch]
}

// extent is the part of one file that belongs to a History.
type extent struct {
	path  string
	first int64 // number of its first record
	size  int64 // bytes
	meter *meter
}

// Snapshot looks at the log in a folder. No folder is an empty log. While a
// [Log] is open in this process use [Log.Snapshot]: this one may see half of
// the record that is just being written.
func Snapshot(dir string) (History, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !isMissing(dir) {
		return History{}, unreadable(err)
	}
	history := History{dir: dir}
	for _, entry := range entries {
		if asideName.MatchString(entry.Name()) {
			history.aside = append(history.aside, entry.Name())
		}
		match := fileName.FindStringSubmatch(entry.Name())
		if match == nil {
			continue
		}
		first, err := strconv.ParseInt(match[1], 10, 64)
		if err != nil || first > maxSeq {
			return History{}, unreadable(&numberError{entry.Name()})
		}
		info, err := durable.StatRegular(filepath.Join(dir, entry.Name()))
		if err != nil {
			return History{}, unreadable(err)
		}
		history.files = append(history.files, extent{path: filepath.Join(dir, entry.Name()), first: first, size: info.Size()})
	}
	slices.SortFunc(history.files, func(a, b extent) int { return cmp.Compare(a.first, b.first) })
	return history, nil
}

// isMissing reports whether there is nothing of that name. Windows says of a file
// that was read as a folder, too, that it does not exist.
func isMissing(dir string) bool {
	_, err := os.Lstat(dir)
	return errors.Is(err, fs.ErrNotExist)
}

var (
	fileName  = regexp.MustCompile(`^audit-(\d{10,})\.jsonl$`)
	asideName = regexp.MustCompile(`^audit-torn-\d{10,18}(-\d+)?\.txt$`)
)

func nameOf(first int64) string { return fmt.Sprintf("audit-%010d.jsonl", first) }

// Records gives the records in the order in which they were written. In place
// of a line that is no record it gives a [*LineError] and goes on; any other
// error is the last thing it gives. Whether the records are genuine is for
// [History.Verify] to say.
func (h History) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, file := range h.files {
			number := 0
			for line, err := range file.lines() {
				if err != nil {
					yield(Record{}, unreadable(err))
					return
				}
				number++
				if !line.ended {
					break // torn: not a record yet
				}
				record, err := line.record()
				if err != nil {
					err = &LineError{File: filepath.Base(file.path), Line: number, cause: err}
				}
				if !yield(record, err) {
					return
				}
			}
		}
	}
}

// LineError is a line of the log that is not a record.
type LineError struct {
	File  string // name in the log's folder
	Line  int    // counted from 1
	cause error
}

func (e *LineError) Error() string {
	return fmt.Sprintf("%s line %d is not a record", e.File, e.Line)
}

func (e *LineError) Unwrap() error { return e.cause }

// line is one line of a file.
type line struct {
	text  []byte // without the newline; valid until the next line is read; nil if longer than maxLine
	hash  string
	start int64 // offset in the file
	end   int64 // offset after it, the newline included
	ended bool  // false: the file ends before the newline
}

var (
	errTooLong = errors.New("longer than any record")
	errInexact = errors.New("a number is out of bounds")
)

// record reads the line as a record. Unknown fields are passed over.
func (l line) record() (Record, error) {
	var record Record
	if l.text == nil {
		return Record{}, errTooLong
	}
	if err := json.Unmarshal(l.text, &record); err != nil {
		return Record{}, fmt.Errorf("decode record: %w", err)
	}
	if !record.exact() {
		return Record{}, errInexact
	}
	record.Hash = l.hash
	return record, nil
}

// copyTo writes the bytes of the extent.
func (e extent) copyTo(w io.Writer) (int64, error) {
	file, err := durable.OpenRegular(e.path)
	if err != nil {
		return 0, unreadable(err)
	}
	defer func() { _ = file.Close() }() // only read
	n, err := io.CopyN(w, file, e.size)
	e.meter.add(n)
	if err != nil {
		return n, fmt.Errorf("copy the log: %w", err)
	}
	return n, nil
}

// lines gives the lines of the extent. An error is the last thing it gives.
func (e extent) lines() iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		file, err := durable.OpenRegular(e.path)
		if err != nil {
			yield(line{}, fmt.Errorf("open: %w", err))
			return
		}
		defer func() { _ = file.Close() }() // only read
		for line, err := range splitLines(io.LimitReader(file, e.size)) {
			if !yield(line, err) || err != nil {
				return
			}
			e.meter.add(line.end - line.start)
		}
	}
}

// ending is how a file ends.
type ending struct {
	records int64  // whole lines
	hash    string // of the last one
	size    int64  // bytes of the whole lines
	torn    bool   // something without a newline follows
}

// end reads the file to its end. It counts lines and does not decode them, because
// a line that was tampered with must not keep the operator from working.
func (e extent) end() (ending, error) {
	var end ending
	for line, err := range e.lines() {
		if err != nil {
			return ending{}, err
		}
		if !line.ended {
			end.torn = true
			break
		}
		end = ending{records: end.records + 1, hash: line.hash, size: line.end}
	}
	return end, nil
}

// splitLines cuts what it reads into lines without ever holding more than
// maxLine of it.
func splitLines(r io.Reader) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		buffered := bufio.NewReaderSize(r, maxLine+1)
		var offset int64
		for {
			next, err := readLine(buffered, offset)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(line{}, fmt.Errorf("read: %w", err))
				return
			}
			if next.end > next.start && !yield(next, nil) || err != nil {
				return
			}
			offset = next.end
		}
	}
}

// readLine reads one line. Its error is io.EOF if there are no more.
func readLine(r *bufio.Reader, start int64) (line, error) {
	next := line{start: start, end: start}
	digest := sha256.New()
	for {
		chunk, err := r.ReadSlice('\n')
		first := next.end == start
		next.end += int64(len(chunk))
		if next.ended = err == nil; next.ended {
			chunk = chunk[:len(chunk)-1]
		}
		_, _ = digest.Write(chunk) // never fails
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if first {
			next.text = chunk
		}
		next.hash = hexOf(digest)
		return next, err //nolint:wrapcheck // io.EOF must stay itself
	}
}

func hashOf(text []byte) string {
	digest := sha256.New()
	_, _ = digest.Write(text) // never fails
	return hexOf(digest)
}

func hexOf(digest hash.Hash) string { return hex.EncodeToString(digest.Sum(nil)) }
