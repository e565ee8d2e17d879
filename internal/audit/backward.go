package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"understudy/internal/durable"
)

// backward gives the records from the last to the first. An error is the last
// thing it gives.
func (h History) backward() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for found, err := range h.linesBefore(h.size()) {
			if err != nil {
				yield(Record{}, err)
				return
			}
			record, err := found.hashed().record()
			if err == nil && !yield(record, nil) {
				return
			}
		}
	}
}

// hashed is the line with its hash.
func (l line) hashed() line {
	l.hash = hashOf(l.text)
	return l
}

// size is the length of the log in bytes, all files together.
func (h History) size() int64 {
	var size int64
	for _, file := range h.files {
		size += file.size
	}
	return size
}

// linesBefore gives the whole lines before a place, from the last to the first,
// as [extent.linesBefore] does. Places count the bytes of all files: since the
// log only grows, a place stays where it is.
func (h History) linesBefore(place int64) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		begins := h.size()
		for _, file := range slices.Backward(h.files) {
			begins -= file.size
			if place <= begins {
				continue
			}
			for found, err := range file.linesBefore(min(file.size, place-begins)) {
				if err != nil {
					yield(line{}, unreadable(err))
					return
				}
				found.start += begins
				found.end += begins
				if !yield(found, nil) {
					return
				}
			}
		}
	}
}

// How much is read at a time, in bytes: little at first, for somebody who wants
// one line, then a few hundred records.
const (
	firstBlock = 4 << 10
	mostBlock  = 128 << 10
)

// linesBefore gives the whole lines of the extent before an offset in bytes, from
// the last to the first and without their hashes. It leaves out lines longer than
// [maxLine]. A text is valid until the next is asked for. A failure to open or
// read the file comes last.
func (e extent) linesBefore(offset int64) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		file, err := durable.OpenRegular(e.path)
		if err != nil {
			yield(line{}, fmt.Errorf("open: %w", err))
			return
		}
		defer func() { _ = file.Close() }() // only read

		torn := true      // no newline was seen yet; the bytes after the last newline are no line
		var begun []byte  // the end of a line that begins in the block before
		tooLong := false  // that line is longer than maxLine
		lineEnd := offset // the offset at which that line ends, its newline included
		unread := offset  // the offset at which the bytes already read begin
		size := int64(firstBlock)
		for unread > 0 {
			from := max(0, unread-size)
			size = min(2*size, mostBlock)
			block := make([]byte, unread-from, unread-from+int64(len(begun)))
			if _, err := file.ReadAt(block, from); err != nil && !errors.Is(err, io.EOF) {
				yield(line{}, fmt.Errorf("read: %w", err))
				return
			}
			block, unread = append(block, begun...), from
			for {
				newline := bytes.LastIndexByte(block, '\n')
				if newline < 0 {
					break
				}
				text, start := block[newline+1:], from+int64(newline)+1
				block = block[:newline]
				whole := !torn && !tooLong && len(text) <= maxLine
				if whole && !yield(line{text: text, start: start, end: lineEnd, ended: true}, nil) {
					return
				}
				torn, tooLong, lineEnd = false, false, start
			}
			begun = block
			if tooLong = tooLong || len(block) > maxLine; tooLong {
				begun = nil
			}
		}
		if !torn && !tooLong {
			yield(line{text: begun, end: lineEnd, ended: true}, nil)
		}
	}
}
