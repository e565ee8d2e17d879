package audit

import (
	"cmp"
	"context"
	"slices"

	"understudy/internal/fault"
)

// joiner joins records that are read from the last to the first into
// impersonations, and gives those in the order in which they began, the newest
// first. It holds no more of them than lie within reach of each other.
type joiner struct {
	query Query
	at    Moment
	reach int64
	found []Impersonation

	// open are the impersonations whose request was not seen yet, in the order of
	// their oldest records, the newest first. Any of those may be its first: so
	// what began before it has to wait.
	open    []*joined
	byID    map[string]*joined // of open
	waiting []*joined          // their request was seen, newest first
	// appended are records by impersonation, the last first, that were written
	// after the first page was read.
	appended map[string][]Record
	given    int64 // where the last one that was given begins, while full
}

// joined are the records of one impersonation, the last first.
type joined struct {
	id      string
	records []placed
}

// placed is a record and where its line is.
type placed struct {
	Record

	start, end int64
}

// oldest is the oldest record that was seen.
func (j *joined) oldest() placed { return j.records[len(j.records)-1] }

func newJoiner(query Query, at Moment, reach int64) *joiner {
	return &joiner{
		query: query, at: at, reach: reach,
		byID: map[string]*joined{}, appended: map[string][]Record{},
	}
}

// resume takes what of the impersonations before the cursor lies behind it.
func (j *joiner) resume(ctx context.Context, h History, from cursor) error {
	for line, err := range h.linesBefore(h.size()) {
		if err != nil {
			return err
		}
		if line.start < from.end {
			break
		}
		if ctx.Err() != nil {
			return fault.New(fault.Canceled, ctx.Err())
		}
		if record, err := line.hashed().record(); err == nil {
			j.appended[record.Record] = append(j.appended[record.Record], record)
		}
	}
	for _, end := range from.late {
		for line, err := range h.linesBefore(end) {
			if err != nil {
				return err
			}
			j.take(line)
			break
		}
	}
	return nil
}

// full reports whether the page has what it may have.
func (j *joiner) full() bool { return len(j.found) >= j.query.Limit }

// take takes the line before those that were taken.
func (j *joiner) take(line line) {
	record, err := line.hashed().record()
	if err != nil || j.query.User != "" && record.User != j.query.User {
		return
	}
	one := j.byID[record.Record]
	if one == nil {
		one = &joined{id: record.Record}
		j.byID[record.Record] = one
	} else {
		j.open = slices.DeleteFunc(j.open, func(other *joined) bool { return other == one })
	}
	one.records = append(one.records, placed{record, line.start, line.end})
	if record.Event == Requested || record.Event == Accepted {
		delete(j.byID, one.id)
		j.waiting = append(j.waiting, one)
	} else {
		j.open = append(j.open, one)
	}
	j.advance()
}

// expire no longer looks for the requests of those that are out of reach of what
// comes next.
func (j *joiner) expire(next int64) {
	for !j.full() && len(j.open) > 0 && j.open[0].oldest().start-next > j.reach {
		one := j.open[0]
		j.open = j.open[1:]
		delete(j.byID, one.id)
		j.give(one)
		j.advance()
	}
}

// advance gives those that waited for nobody else.
func (j *joiner) advance() {
	for !j.full() && len(j.waiting) > 0 {
		if len(j.open) > 0 && j.open[0].oldest().start > j.waiting[0].oldest().start {
			return
		}
		j.give(j.waiting[0])
		j.waiting = j.waiting[1:]
	}
}

// give puts one on the page, if it is wanted.
func (j *joiner) give(one *joined) {
	records := slices.Clone(j.appended[one.id])
	for _, record := range one.records {
		records = append(records, record.Record)
	}
	slices.Reverse(records)
	whole := Impersonation{Record: one.id, Records: records}
	whole.Stage, whole.Until = stageOf(records, j.at)
	j.given = one.oldest().start
	if j.query.Keep == nil || j.query.Keep(whole) {
		j.found = append(j.found, whole)
	}
}

// boundary is the place before which the impersonations begin that are left.
// read is where that which was read begins.
func (j *joiner) boundary(read int64) int64 {
	if j.full() {
		return j.given
	}
	if len(j.open) > 0 {
		return j.open[0].oldest().end
	}
	return read
}

// late are where the records end that lie behind the boundary and are of
// impersonations before it, the last first.
func (j *joiner) late(boundary int64) []int64 {
	var places []int64
	for _, one := range slices.Concat(j.waiting, j.open) {
		for _, record := range one.records {
			if record.start >= boundary {
				places = append(places, record.end)
			}
		}
	}
	slices.SortFunc(places, func(a, b int64) int { return cmp.Compare(b, a) })
	return places
}
