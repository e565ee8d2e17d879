package emulator

import (
	"context"
	"fmt"
	"slices"
)

// search is a whole GET /users: its filter, its order and its page.
type search struct {
	filter
	by            ordering
	descending    bool
	limit, offset int
	after         int // index of the user that the page follows; -1 for none
}

// lookEvery is how many users a scan passes between two looks at whether the
// caller is still there.
const lookEvery = 4096

// page returns the indexes of the users on a page.
func (d *directory) page(ctx context.Context, q *search) ([]int, error) {
	if listed, ok := q.candidates(d); ok {
		return d.pageOf(listed, q), nil
	}
	low, high := q.stretch(d)
	if q.after >= 0 {
		if q.descending {
			high = min(high, q.after)
		} else {
			low = max(low, q.after+1)
		}
		high = max(low, high)
	}
	total, at := high-low, func(place int) int { return low + place }
	free := q.onlyCreated() // no user needs to be looked at
	switch {
	case q.by != byCreated:
		o := d.sorted(q.by)
		total, at = d.n, func(place int) int { return o.at(place, q.descending) }
		free = free && q.created.empty()
	case q.descending:
		at = func(place int) int { return high - 1 - place }
	}
	if free {
		from := min(q.offset, total)
		to := min(from+q.limit, total)
		found := make([]int, 0, to-from)
		for place := from; place < to; place++ {
			found = append(found, at(place))
		}
		return found, nil
	}
	return d.scan(ctx, q, total, at)
}

// scan looks at one user after another until the page is full.
func (d *directory) scan(ctx context.Context, q *search, total int, at func(place int) int) ([]int, error) {
	var found []int
	skip, scratch := q.offset, make([]byte, 0, 1024)
	for place := 0; place < total && len(found) < q.limit; place++ {
		if place%lookEvery == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("scan: %w", ctx.Err())
		}
		i := at(place)
		if !q.matches(d, i, scratch) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		found = append(found, i)
	}
	return found, nil
}

// pageOf is page for the few users that a list names.
func (d *directory) pageOf(listed []int, q *search) []int {
	scratch := make([]byte, 0, 1024)
	var valued, null []sortKey
	for _, i := range listed {
		after := q.after < 0 || q.descending && i < q.after || !q.descending && i > q.after
		if !after || !q.matches(d, i, scratch) {
			continue
		}
		if key := d.sortKey(q.by, i); key.null {
			null = append(null, key)
		} else {
			valued = append(valued, key)
		}
	}
	ascending := func(a, b sortKey) int { return d.compare(q.by, a, b) }
	slices.SortFunc(valued, ascending)
	slices.SortFunc(null, ascending)
	if q.descending {
		slices.Reverse(valued)
	}
	keys := append(valued, null...)
	from := min(q.offset, len(keys))
	var found []int
	for _, k := range keys[from:min(from+q.limit, len(keys))] {
		found = append(found, int(k.index))
	}
	return found
}

// count returns how many users a filter lets through.
func (d *directory) count(ctx context.Context, f *filter) (int, error) {
	low, high := f.stretch(d)
	if f.onlyCreated() {
		return high - low, nil
	}
	scratch, n := make([]byte, 0, 1024), 0
	if listed, ok := f.candidates(d); ok {
		for _, i := range listed {
			if f.matches(d, i, scratch) {
				n++
			}
		}
		return n, nil
	}
	for i := low; i < high; i++ {
		if i%lookEvery == 0 && ctx.Err() != nil {
			return 0, fmt.Errorf("count: %w", ctx.Err())
		}
		if f.matches(d, i, scratch) {
			n++
		}
	}
	return n, nil
}
