package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"understudy/internal/fault"
)

// Query says which impersonations are asked for, and from where on.
type Query struct {
	Cursor string // [Page.Next] of the page before; "" begins with the newest
	Limit  int    // how many at most
	// User narrows to one user, "" to none. Lines without the id are not decoded,
	// so more of the log is looked through at once.
	User string
	Keep func(Impersonation) bool // narrows further; nil keeps all
}

// Page is a part of the history.
type Page struct {
	Found []Impersonation // whole ones, the newest first
	// Next is where the next page goes on, "" at the beginning of the log. A page
	// that has fewer than the limit, or none, may have a next one all the same: no
	// page looks through more than so much of the log.
	Next string
	// Reached is the time of the record at which looking stopped, zero where there
	// are no more.
	Reached time.Time
}

// How far the log is looked at, in bytes.
const (
	// reach is the largest distance between two records of one impersonation. It
	// holds some 10,000 records, thus thousands of impersonations begun before one
	// of them ended. An impersonation whose request is not within reach was begun
	// on another computer. Its oldest record here counts as its first.
	reach = 4 << 20
	// pageBytes is decoded at most for one page, in a fifth of a second.
	pageBytes = 5 << 20
	// userBytes is searched at most for one page of a user's impersonations.
	userBytes = 32 << 20
)

// limits are the bytes within reach, and the bytes read for one page, which are
// more.
type limits struct{ reach, page int64 }

// Page gives a page of the history, the newest impersonation first. It reads the
// log from its end and no further than a bound, so neither its time nor its memory
// grow with the log. It passes over lines that are no record, which
// [History.Verify] reports. Records appended after the first page still add
// to their impersonations. Impersonations begun since then are not on later pages.
// A cursor that no page gave is [fault.AuditUnreadable].
func (h History) Page(ctx context.Context, query Query, at Moment) (Page, error) {
	bounds := limits{reach: reach, page: pageBytes}
	if query.User != "" {
		bounds.page = userBytes
	}
	return h.page(ctx, query, at, bounds)
}

func (h History) page(ctx context.Context, query Query, at Moment, bounds limits) (Page, error) {
	from, err := h.parseCursor(query.Cursor)
	if err != nil {
		return Page{}, err
	}
	j := newJoiner(query, at, bounds.reach)
	if err := j.resume(ctx, h, from); err != nil {
		return Page{}, err
	}
	isOf, err := mentions(query.User)
	if err != nil {
		return Page{}, err
	}
	var reached time.Time
	read, bottom := from.before, true
	for line, err := range h.linesBefore(from.before) {
		if err == nil && ctx.Err() != nil {
			err = fault.New(fault.Canceled, ctx.Err())
		}
		if err != nil {
			return Page{}, err
		}
		j.expire(line.start)
		if bottom = !j.full() && from.before-line.start <= bounds.page; !bottom {
			if record, err := line.record(); err == nil {
				reached = record.Time
			}
			break
		}
		read = line.start
		if isOf(line.text) {
			j.take(line)
		}
	}
	if bottom {
		read = 0
		j.expire(-bounds.reach - 1)
	}
	page := Page{Found: j.found, Reached: reached}
	if next := j.boundary(read); next > 0 {
		page.Next = cursor{before: next, end: from.end, late: j.late(next)}.String()
	}
	return page, nil
}

// mentions tells which lines can be of a user.
func mentions(user string) (func(text []byte) bool, error) {
	if user == "" {
		return func([]byte) bool { return true }, nil
	}
	name, err := json.Marshal(user)
	if err != nil {
		return nil, fmt.Errorf("encode id: %w", err)
	}
	rest := name[1:] // a quote to begin with would be found, and looked behind, all over
	return func(text []byte) bool { return bytes.Contains(text, rest) }, nil
}
