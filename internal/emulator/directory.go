package emulator

import (
	"maps"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// directory is every user of the instance. It stores nobody, because a user follows
// from the seed and an index in order of creation, oldest 0. Changes since the start
// (bans and locks) lie over that.
type directory struct {
	n       int
	seed    uint64
	start   int64 // when the server started, Unix milliseconds
	span    int64 // how long before that the first user signed up
	ids     *idMaker
	regions []region
	hosts   []string
	orgs    []organization
	orgByID map[string]int
	people  map[int]*person
	byEmail map[string]int // of people, whose addresses hold no index
	edges   [2]int         // people have indexes below the first or from the second on

	standings atomic.Pointer[map[int]standing]
	changing  sync.Mutex
	orders    [orderings]order
}

// standing is whether a user may sign in. Changed is zero as long as nothing but
// the seed decided.
type standing struct {
	banned, locked bool
	changed        int64
}

// Salts keep the traits of one user independent of each other.
const (
	saltCreated = iota + 1
	saltName
	saltEmail
	saltActivity
	saltStanding
	saltAccount
	saltWallet
	saltOrganization
)

// accountAge is how long the sample company has had users.
const accountAge = 3 * 365 * 24 * time.Hour

func newDirectory(n int, seed uint64, ids *idMaker, start time.Time) *directory {
	d := &directory{
		n: n, seed: mix(seed), start: start.UnixMilli(), span: accountAge.Milliseconds(), ids: ids,
		regions: newRegions(), hosts: mailHosts(), people: placePeople(n), byEmail: map[string]int{},
	}
	d.edges = [2]int{len(staff()), n - hostileFrom - len(hostiles())*hostileEvery}
	d.orgs = d.newOrganizations()
	d.orgByID = make(map[string]int, len(d.orgs))
	for i, o := range d.orgs {
		d.orgByID[o.id] = i
	}
	for i, p := range d.people {
		for _, address := range append(p.others, p.email) {
			d.byEmail[address] = i
		}
	}
	d.standings.Store(&map[int]standing{})
	return d
}

func (d *directory) hash(i int, salt uint64) uint64 {
	return mix(d.seed ^ uint64(i)<<4 ^ salt) //nolint:gosec // an index is not negative
}

// person returns the story of a user, nil for most.
func (d *directory) person(i int) *person {
	if i >= d.edges[0] && i < d.edges[1] {
		return nil
	}
	return d.people[i]
}

// createdAt grows strictly with the index. The company grew: the newer, the
// denser.
func (d *directory) createdAt(i int) int64 {
	const even = 0.3 // the share of sign-ups spread evenly; the rest thins out backwards
	back := float64(d.n-1-i) / float64(d.n)
	age := float64(d.span) * (even*back + (1-even)*back*back)
	room := even * float64(d.span) / float64(d.n) // no two users are closer than this
	noise := float64(d.hash(i, saltCreated)>>11) / (1 << 53)
	return d.start - int64(age+room*(0.05+0.9*noise)) - 1
}

// firstFrom is the lowest index created at or after a time, n if there is none.
func (d *directory) firstFrom(at int64) int {
	low, high := 0, d.n
	for low < high {
		if middle := (low + high) / 2; d.createdAt(middle) < at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// lastSignIn reports when a user signed in last, if ever.
func (d *directory) lastSignIn(i int) (at int64, ever bool) {
	created := d.createdAt(i)
	if p := d.person(i); p != nil {
		return max(created, d.start-p.signedIn.Milliseconds()), p.signedIn >= 0
	}
	h := d.hash(i, saltActivity)
	if h%9 == 0 {
		return 0, false
	}
	part := float64(h>>11) / (1 << 53)
	return d.start - int64(part*part*part*float64(d.start-created)), true
}

// lastActive has the precision of a day, as Clerk's.
func (d *directory) lastActive(i int) (at int64, ever bool) {
	const day = int64(24 * 60 * 60 * 1000)
	signedIn, ever := d.lastSignIn(i)
	if !ever {
		return 0, false
	}
	active := min(d.start, signedIn+int64(d.hash(i, saltActivity)>>40%5)*day)
	return active - active%day, true
}

func (d *directory) updatedAt(i int) int64 {
	if s, found := (*d.standings.Load())[i]; found {
		return s.changed
	}
	if at, ever := d.lastSignIn(i); ever {
		return at
	}
	return d.createdAt(i)
}

func (d *directory) standing(i int) standing {
	if s, found := (*d.standings.Load())[i]; found {
		return s
	}
	if p := d.person(i); p != nil {
		return standing{banned: p.banned, locked: p.locked}
	}
	h := d.hash(i, saltStanding)
	return standing{banned: h%83 == 0, locked: h%127 == 1}
}

// setStanding changes whether a user may sign in. Readers keep the map they have.
func (d *directory) setStanding(i int, change func(*standing), now int64) {
	d.changing.Lock()
	defer d.changing.Unlock()
	s := d.standing(i)
	change(&s)
	s.changed = now
	next := maps.Clone(*d.standings.Load())
	next[i] = s
	d.standings.Store(&next)
	d.orders[byUpdated].forget()
}

func (d *directory) names(i int) (first, last name) {
	if p := d.person(i); p != nil {
		return name{text: p.first, lower: strings.ToLower(p.first)}, name{text: p.last, lower: strings.ToLower(p.last)}
	}
	h := d.hash(i, saltName)
	if h%151 == 0 {
		return name{}, name{}
	}
	r := d.regions[h>>8%uint64(len(d.regions))]
	return r.first[h>>16%uint64(len(r.first))], r.last[h>>32%uint64(len(r.last))]
}

// appendEmail appends the primary address, nothing if there is none. The digits
// in it are the index: that makes it unique and leads back to the user.
func (d *directory) appendEmail(dst []byte, i int) []byte {
	if p := d.person(i); p != nil {
		return append(dst, p.email...)
	}
	h := d.hash(i, saltEmail)
	if h%101 == 0 {
		return dst
	}
	first, last := d.names(i)
	switch {
	case first.latin == "":
		dst = append(dst, "user"...)
	case h>>8%4 == 0:
		dst = append(append(dst, first.latin[0]), last.latin...)
	default:
		dst = append(append(append(dst, first.latin...), '.'), last.latin...)
	}
	dst = append(strconv.AppendInt(dst, int64(i), 10), '@')
	var room [2]membership
	if m := d.memberships(room[:0], i); len(m) > 0 {
		return append(dst, d.orgs[m[0].org].domain...)
	}
	return append(dst, d.hosts[h>>16%uint64(len(d.hosts))]...)
}

// appendOtherEmail appends a second address; one user in six has one.
func (d *directory) appendOtherEmail(dst []byte, i int) []byte {
	h := d.hash(i, saltEmail)
	if d.person(i) != nil || h%101 == 0 || h>>24%6 != 0 {
		return dst
	}
	dst = strconv.AppendInt(append(dst, "me"...), int64(i), 10)
	return append(append(dst, '@'), d.hosts[h>>32%uint64(len(d.hosts))]...)
}

func (d *directory) appendUsername(dst []byte, i int) []byte {
	if p := d.person(i); p != nil {
		return append(dst, p.username...)
	}
	first, last := d.names(i)
	if d.hash(i, saltAccount)%3 != 0 || first.latin == "" {
		return dst
	}
	dst = append(append(dst, first.latin...), last.latin[0])
	return strconv.AppendInt(dst, int64(i), 10)
}

// appendPhone appends a number from 555-0100 to 555-0199, which is set aside for
// fiction in every area code, so there are only 80,000 of them.
func (d *directory) appendPhone(dst []byte, i int) []byte {
	const every, perArea, areas = 13, 100, 800
	if p := d.person(i); p != nil {
		return append(dst, p.phone...)
	}
	if i%every != 0 || i/every >= perArea*areas {
		return dst
	}
	k := i / every
	dst = strconv.AppendInt(append(dst, "+1"...), int64(200+k/perArea), 10)
	return strconv.AppendInt(append(dst, "5550"...), int64(100+k%perArea), 10)
}

// appendWallet appends a web3 wallet; one user in 97 has one.
func (d *directory) appendWallet(dst []byte, i int) []byte {
	const hex = "0123456789abcdef"
	if p := d.person(i); p != nil {
		return append(dst, p.wallet...)
	}
	if i%97 != 5 {
		return dst
	}
	dst = append(dst, "0x"...)
	for h, n := d.hash(i, saltWallet), 0; n < 40; n++ {
		if n%16 == 0 {
			h = mix(h)
		}
		dst = append(dst, hex[h>>(n%16*4)&15])
	}
	return dst
}

// appendLowerWallet appends the wallet in small letters: the capitals in one are its
// checksum.
func (d *directory) appendLowerWallet(dst []byte, i int) []byte {
	from := len(dst)
	dst = d.appendWallet(dst, i)
	lowerASCII(dst[from:])
	return dst
}

// appendExternalID appends the id in the customer's own system; half have one.
func (d *directory) appendExternalID(dst []byte, i int) []byte {
	if p := d.person(i); p != nil {
		return append(dst, p.external...)
	}
	if d.hash(i, saltAccount)>>8%2 != 0 {
		return dst
	}
	return strconv.AppendInt(append(dst, "crm-"...), int64(i), 10)
}

// appendGoogleID appends the id at Google of who signs in with it; one in four.
func (d *directory) appendGoogleID(dst []byte, i int) []byte {
	h := d.hash(i, saltAccount)
	if p := d.person(i); p != nil && !p.google || p == nil && h>>16%4 != 0 || len(d.appendEmail(nil, i)) == 0 {
		return dst
	}
	const digits = 1_000_000_000_000
	dst = strconv.AppendInt(dst, int64(digits+h>>20%digits), 10)
	return strconv.AppendInt(dst, int64(googleTail+i), 10)
}

// googleTail keeps the index at the end of a Google id at eight digits.
const googleTail = 10_000_000

func (d *directory) twoFactor(i int) bool {
	if p := d.person(i); p != nil {
		return p.twoFactor
	}
	return d.hash(i, saltAccount)>>12%5 == 0
}
