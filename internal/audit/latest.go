package audit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"understudy/internal/durable"
	"understudy/internal/fault"
)

// Latest gives the newest impersonations, at most limit, the newest first, and
// whether there are older ones. It reads the log from its end and no further
// than it must, so its cost is that of the limit and not of the log. Lines that
// are no record are passed over: [History.Verify] tells of them.
func (h History) Latest(limit int, at Moment) (found []Impersonation, more bool, err error) {
	var gathered []*Impersonation
	byID := map[string]*Impersonation{}
	begun := map[*Impersonation]bool{} // its first record was read: what it has is all
	for record, err := range h.backward() {
		if err != nil {
			return nil, false, err
		}
		if more = len(begun) == limit; more {
			break
		}
		i := byID[record.Record]
		if i == nil {
			i = &Impersonation{Record: record.Record}
			byID[record.Record] = i
			gathered = append(gathered, i)
		}
		i.Records = append(i.Records, record)
		if record.Event == Requested || record.Event == Accepted {
			begun[i] = true
		}
	}
	for _, i := range gathered {
		if more && !begun[i] {
			continue // it began before the others
		}
		slices.Reverse(i.Records)
		i.Stage = stageOf(i.Records, at)
		found = append(found, *i)
	}
	slices.SortFunc(found, func(a, b Impersonation) int { return cmp.Compare(b.Request().Seq, a.Request().Seq) })
	if len(found) > limit { // some had lost their first record
		return found[:limit], true, nil
	}
	return found, more, nil
}

// Of gives all that is on record of one impersonation. The log is searched from
// its end up to the request; its stage is left out. Where there is nothing, the
// error is [fault.ImpersonationUnknown].
func (h History) Of(id string) (Impersonation, error) {
	name, err := json.Marshal(id)
	if err != nil {
		return Impersonation{}, fmt.Errorf("encode id: %w", err)
	}
	field := append([]byte(`"record":`), name...)
	found := Impersonation{Record: id}
	for text, err := range h.textsBackward() {
		if err != nil {
			return Impersonation{}, err
		}
		if !bytes.Contains(text, field) {
			continue // decoding them all would take ten times as long
		}
		record, err := line{text: text, hash: hashOf(text)}.record()
		if err != nil || record.Record != id {
			continue
		}
		found.Records = append(found.Records, record)
		if record.Event == Requested {
			break
		}
	}
	if len(found.Records) == 0 {
		return Impersonation{}, fault.New(fault.ImpersonationUnknown, nil)
	}
	slices.Reverse(found.Records)
	return found, nil
}

// backward gives the records from the last to the first. An error is the last
// thing it gives.
func (h History) backward() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for text, err := range h.textsBackward() {
			if err != nil {
				yield(Record{}, err)
				return
			}
			record, err := line{text: text, hash: hashOf(text)}.record()
			if err == nil && !yield(record, nil) {
				return
			}
		}
	}
}

// textsBackward gives the whole lines from the last to the first, as
// [extent.linesBackward] does.
func (h History) textsBackward() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, file := range slices.Backward(h.files) {
			for text, err := range file.linesBackward() {
				if err != nil {
					yield(nil, unreadable(err))
					return
				}
				if !yield(text, nil) {
					return
				}
			}
		}
	}
}

// backwardBlock is how much is read at a time, in bytes: a few hundred records.
const backwardBlock = 128 << 10

// linesBackward gives the whole lines of the extent, without their newlines,
// from the last to the first. One that is too long for a record is left out. A
// text is valid until the next is asked for.
func (e extent) linesBackward() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		file, err := durable.OpenRegular(e.path)
		if err != nil {
			yield(nil, fmt.Errorf("open: %w", err))
			return
		}
		defer func() { _ = file.Close() }() // only read

		torn := true     // no newline was seen: what follows the last one is no line
		var begun []byte // the end of a line whose beginning is in the block before
		tooLong := false // of that line
		end := e.size    // of what was not read yet
		for end > 0 {
			from := max(0, end-backwardBlock)
			block := make([]byte, end-from, end-from+int64(len(begun)))
			if _, err := file.ReadAt(block, from); err != nil && !errors.Is(err, io.EOF) {
				yield(nil, fmt.Errorf("read: %w", err))
				return
			}
			block, end = append(block, begun...), from
			for {
				newline := bytes.LastIndexByte(block, '\n')
				if newline < 0 {
					break
				}
				text := block[newline+1:]
				block = block[:newline]
				if whole := !torn && !tooLong && len(text) <= maxLine; whole && !yield(text, nil) {
					return
				}
				torn, tooLong = false, false
			}
			begun = block
			if tooLong = tooLong || len(block) > maxLine; tooLong {
				begun = nil
			}
		}
		if !torn && !tooLong {
			yield(begun, nil)
		}
	}
}
