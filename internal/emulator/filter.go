package emulator

import (
	"bytes"
	"slices"
	"strings"
)

// filter is what GET /users and GET /users/count narrow the directory by. All
// parts must hold; an empty part always does.
type filter struct {
	query, emailQuery, phoneQuery, usernameQuery, nameQuery []byte // lower case

	emails, phones, usernames, wallets, googleIDs []string
	users, externals, organizations               signedList

	banned                   *bool
	created, active, signIns span
}

// signedList is a list of ids of which some must and some must not match.
type signedList struct{ include, exclude []string }

// allows reports whether a user with these ids passes.
func (l signedList) allows(has func(id string) bool) bool {
	return (len(l.include) == 0 || slices.ContainsFunc(l.include, has)) && !slices.ContainsFunc(l.exclude, has)
}

func (l signedList) empty() bool { return len(l.include)+len(l.exclude) == 0 }

// span is an open interval of time in Unix milliseconds; zero is no bound.
type span struct{ after, before int64 }

func (s span) empty() bool { return s == span{} }

func (s span) holds(at int64, ever bool) bool {
	return s.empty() || ever && (s.after == 0 || at > s.after) && (s.before == 0 || at < s.before)
}

// onlyCreated reports whether nothing but the time of creation narrows, so that
// the users are a stretch of indexes and no one needs to be looked at.
func (f *filter) onlyCreated() bool {
	return len(f.query)+len(f.emailQuery)+len(f.phoneQuery)+len(f.usernameQuery)+len(f.nameQuery) == 0 &&
		len(f.emails)+len(f.phones)+len(f.usernames)+len(f.wallets)+len(f.googleIDs) == 0 &&
		f.users.empty() && f.externals.empty() && f.organizations.empty() &&
		f.banned == nil && f.active.empty() && f.signIns.empty()
}

// stretch returns the indexes [low, high) that the time of creation allows.
func (f *filter) stretch(d *directory) (low, high int) {
	low, high = 0, d.n
	if f.created.after != 0 {
		low = d.firstFrom(f.created.after + 1)
	}
	if f.created.before != 0 {
		high = d.firstFrom(f.created.before)
	}
	return low, max(low, high)
}

// matches looks at one user. The cheap questions come first; scratch is reused
// between calls so that a scan of a million users allocates nothing.
func (f *filter) matches(d *directory, i int, scratch []byte) bool {
	if !f.created.empty() && !f.created.holds(d.createdAt(i), true) {
		return false
	}
	if f.banned != nil && d.standing(i).banned != *f.banned {
		return false
	}
	if !f.active.empty() && !holds(f.active, d.lastActive, i) || !f.signIns.empty() && !holds(f.signIns, d.lastSignIn, i) {
		return false
	}
	if !f.organizations.empty() && !f.organizations.allows(func(id string) bool {
		org, known := d.orgByID[id]
		return known && d.belongs(i, org)
	}) {
		return false
	}
	return f.matchesLists(d, i, scratch) && f.matchesText(d, i, scratch)
}

func holds(s span, when func(int) (int64, bool), i int) bool {
	at, ever := when(i)
	return s.holds(at, ever)
}

func (f *filter) matchesLists(d *directory, i int, scratch []byte) bool {
	one := func(list []string, appendValue func([]byte, int) []byte) bool {
		return len(list) == 0 || slices.Contains(list, string(appendValue(scratch[:0], i)))
	}
	if !f.users.empty() && !f.users.allows(func(id string) bool { return string(d.ids.user(scratch[:0], i)) == id }) {
		return false
	}
	if !f.externals.empty() && !f.externals.allows(func(id string) bool {
		return string(d.appendExternalID(scratch[:0], i)) == id
	}) {
		return false
	}
	if len(f.emails) > 0 && !slices.ContainsFunc(d.emails(i), func(address string) bool {
		return slices.Contains(f.emails, address)
	}) {
		return false
	}
	return one(f.phones, d.appendPhone) && one(f.usernames, d.appendUsername) &&
		one(f.wallets, d.appendWallet) && one(f.googleIDs, d.appendGoogleID)
}

func (f *filter) matchesText(d *directory, i int, scratch []byte) bool {
	if len(f.query) > 0 && !f.matchesAnywhere(d, i, scratch) {
		return false
	}
	return contains(d.appendEmails, i, scratch, f.emailQuery) && contains(d.appendPhone, i, scratch, f.phoneQuery) &&
		contains(d.appendUsername, i, scratch, f.usernameQuery) && contains(d.appendNames, i, scratch, f.nameQuery)
}

// matchesAnywhere is the search over all that Clerk's query looks at.
func (f *filter) matchesAnywhere(d *directory, i int, scratch []byte) bool {
	text := append(d.appendNames(scratch[:0], i), '\n')
	text = append(d.appendEmails(text, i), '\n')
	text = append(d.appendUsername(text, i), '\n')
	text = append(d.appendPhone(text, i), '\n')
	text = append(d.appendLowerWallet(text, i), '\n')
	if couldBeID(f.query) {
		from := len(text)
		text = d.ids.user(text, i)
		lowerASCII(text[from:])
	}
	return bytes.Contains(text, f.query)
}

func contains(appendValue func([]byte, int) []byte, i int, scratch, needle []byte) bool {
	return len(needle) == 0 || bytes.Contains(appendValue(scratch[:0], i), needle)
}

// couldBeID spares a scan the making of a million ids for words that are in none.
func couldBeID(lower []byte) bool {
	return len(bytes.Trim(bytes.TrimPrefix(lower, []byte(userTag)), base62)) == 0
}

func lowerASCII(text []byte) {
	for k, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[k] = c + 'a' - 'A'
		}
	}
}

// appendNames appends the name in lower case, the parts with a space between.
func (d *directory) appendNames(dst []byte, i int) []byte {
	first, last := d.names(i)
	return append(append(append(dst, first.lower...), ' '), last.lower...)
}

// appendEmails appends all addresses, one on each line.
func (d *directory) appendEmails(dst []byte, i int) []byte {
	if p := d.person(i); p != nil {
		for _, other := range p.others {
			dst = append(append(dst, other...), '\n')
		}
		return append(dst, p.email...)
	}
	dst = append(d.appendEmail(dst, i), '\n')
	return d.appendOtherEmail(dst, i)
}

// emails lists all addresses of a user; which of them is primary, appendEmail says.
func (d *directory) emails(i int) []string {
	var room [256]byte
	return strings.Fields(string(d.appendEmails(room[:0], i)))
}

// candidates finds users by values that lead back to an index. It returns nil
// and false when no such list narrows the search.
func (f *filter) candidates(d *directory) ([]int, bool) {
	var lists [][]string
	for _, list := range [][]string{f.users.include, f.emails, f.phones, f.usernames, f.externals.include, f.googleIDs} {
		if len(list) > 0 {
			lists = append(lists, list)
		}
	}
	if len(lists) == 0 {
		return nil, false
	}
	// Any one list bounds the answer; matches checks the others.
	var found []int
	for _, value := range lists[0] {
		found = append(found, d.traces(value)...)
	}
	slices.Sort(found)
	return slices.Compact(found), true
}

// traces lists the users that an exact value may belong to.
func (d *directory) traces(value string) []int {
	var found []int
	add := func(i int) {
		if i >= 0 && i < d.n {
			found = append(found, i)
		}
	}
	if i, ok := d.ids.index(value); ok {
		add(i)
		return found
	}
	for i := range d.people { // a few dozen, whose values hold no index
		add(i)
	}
	local, _, _ := strings.Cut(value, "@")
	digits := local[len(strings.TrimRight(local, "0123456789")):]
	switch number := parseDigits(digits); {
	case strings.HasPrefix(value, "+1") && len(digits) == 11:
		add(((number/10_000_000%1000)-200)*100*13 + number%100*13)
	case len(digits) == 21:
		add(parseDigits(digits[13:]) - googleTail)
	default:
		add(number)
	}
	return found
}

func parseDigits(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if n > maxUsers*1000_000 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
