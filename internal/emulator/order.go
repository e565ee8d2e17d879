package emulator

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sync"
)

// ordering is one of the fields that GET /users sorts by.
type ordering int

const (
	byCreated ordering = iota
	byUpdated
	byEmail
	byWallet
	byFirstName
	byLastName
	byPhone
	byUsername
	byLastActive
	byLastSignIn
	orderings
)

func parseOrdering(field string) (ordering, bool) {
	names := [orderings]string{
		"created_at", "updated_at", "email_address", "web3wallet", "first_name", "last_name",
		"phone_number", "username", "last_active_at", "last_sign_in_at",
	}
	i := slices.Index(names[:], field)
	return ordering(i), i >= 0
}

// order is all users by one field: ascending, those without a value last (in both
// directions, so that a list sorted by last sign-in does not begin with those who
// never came). It costs four bytes for each user and is made when first asked for.
type order struct {
	mu      sync.Mutex
	indexes []int32
	valued  int // how many of the indexes have a value
}

// forget drops an order that is no longer true.
func (o *order) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.indexes = nil
}

// at returns the user at a place of the order.
func (o *order) at(place int, descending bool) int {
	if descending && place < o.valued {
		place = o.valued - 1 - place
	}
	return int(o.indexes[place])
}

// sortKey is the value of one user: a number, or the first 16 bytes of a text.
type sortKey struct {
	high, low uint64
	index     int32
	null      bool
}

// sorted returns the order by a field. The answer is not changed by a later forget.
func (d *directory) sorted(by ordering) *order {
	o := &d.orders[by]
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.indexes == nil {
		keys := make([]sortKey, d.n)
		for i := range keys {
			keys[i] = d.sortKey(by, i)
		}
		slices.SortFunc(keys, func(a, b sortKey) int { return d.compare(by, a, b) })
		o.indexes, o.valued = make([]int32, d.n), 0
		for place, k := range keys {
			o.indexes[place] = k.index
			if !k.null {
				o.valued++
			}
		}
	}
	return &order{indexes: o.indexes, valued: o.valued}
}

func (d *directory) sortKey(by ordering, i int) sortKey {
	key := sortKey{index: int32(i)} //nolint:gosec // the number of users is bounded far below
	var at int64
	ever := true
	switch by {
	case byCreated:
		at = d.createdAt(i)
	case byUpdated:
		at = d.updatedAt(i)
	case byLastActive:
		at, ever = d.lastActive(i)
	case byLastSignIn:
		at, ever = d.lastSignIn(i)
	default:
		var room [128]byte
		text := d.appendSortText(room[:0], by, i)
		var prefix [16]byte
		copy(prefix[:], text)
		key.high, key.low = binary.BigEndian.Uint64(prefix[:8]), binary.BigEndian.Uint64(prefix[8:])
		key.null = len(text) == 0
		return key
	}
	key.high, key.null = uint64(at), !ever //nolint:gosec // times after 1970
	return key
}

func (d *directory) appendSortText(dst []byte, by ordering, i int) []byte {
	switch by {
	case byEmail:
		return d.appendEmail(dst, i)
	case byWallet:
		return d.appendWallet(dst, i)
	case byPhone:
		return d.appendPhone(dst, i)
	case byUsername:
		return d.appendUsername(dst, i)
	case byFirstName, byLastName:
		first, last := d.names(i)
		if by == byFirstName {
			return append(dst, first.lower...)
		}
		return append(dst, last.lower...)
	default:
		return dst
	}
}

// compare breaks ties by creation, so that every order is total and pages fit
// together.
func (d *directory) compare(by ordering, a, b sortKey) int {
	if a.null != b.null {
		if a.null {
			return 1
		}
		return -1
	}
	c := cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low))
	if c == 0 && a.low&0xff != 0 { // a text longer than the key
		var roomA, roomB [128]byte
		c = slices.Compare(
			d.appendSortText(roomA[:0], by, int(a.index)),
			d.appendSortText(roomB[:0], by, int(b.index)))
	}
	return cmp.Or(c, cmp.Compare(a.index, b.index))
}
