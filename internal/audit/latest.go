package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"understudy/internal/fault"
)

// Latest gives the newest impersonations, at most limit, the newest first, and
// whether there are older ones. Its cost is that of the limit and not of the log.
func (h History) Latest(limit int, at Moment) (found []Impersonation, more bool, err error) {
	query := Query{Limit: limit + 1}
	for {
		page, err := h.Page(context.Background(), query, at)
		if err != nil {
			return nil, false, err
		}
		found = append(found, page.Found...)
		if len(found) > limit {
			return found[:limit], true, nil
		}
		if page.Next == "" {
			return found, false, nil
		}
		query.Cursor, query.Limit = page.Next, limit+1-len(found)
	}
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
	for line, err := range h.linesBefore(h.size()) {
		if err != nil {
			return Impersonation{}, err
		}
		if !bytes.Contains(line.text, field) {
			continue // decoding them all would take ten times as long
		}
		record, err := line.hashed().record()
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

// Containing gives the impersonation that holds the record with that number,
// counted as [History.Verify] does: also where the line itself says another. The
// error is [fault.ImpersonationUnknown] if there is no such line, or it is no
// record.
func (h History) Containing(seq int64, at Moment) (Impersonation, error) {
	record, err := h.at(seq)
	if err != nil {
		return Impersonation{}, err
	}
	found, err := h.Of(record.Record)
	if err != nil {
		return Impersonation{}, err
	}
	found.Stage, found.Until = stageOf(found.Records, at)
	return found, nil
}

// at gives the record with that number.
func (h History) at(seq int64) (Record, error) {
	for _, file := range slices.Backward(h.files) {
		if file.first > seq {
			continue
		}
		number := file.first - 1
		for line, err := range file.lines() {
			if err != nil {
				return Record{}, unreadable(err)
			}
			if number++; number < seq || !line.ended {
				continue
			}
			record, err := line.record()
			if err != nil {
				return Record{}, fault.New(fault.ImpersonationUnknown, err)
			}
			return record, nil
		}
		break
	}
	return Record{}, fault.New(fault.ImpersonationUnknown, nil)
}
