package emulator

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// Clerk's ids are a prefix and 27 base62 characters (a KSUID: time first, then
// noise). These keep the length, the alphabet and the slow first characters: five
// characters of time and two words of eleven. A user's time is the index in steps,
// so that an id leads back to its user without a table, and the noise tells a
// guessed id from a real one.
const (
	base62   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	timeLen  = 5
	wordLen  = 11
	userTag  = "user_"
	timeBase = 41_330_688 // ids begin with 2nQx, as Clerk's of 2024 do
	timeStep = 31
)

// idMaker makes every id of one server.
type idMaker struct {
	seed uint64
	run  uint64 // tells what one run makes from what another does
	next atomic.Uint64
}

// user appends the id of the user with an index.
func (m *idMaker) user(dst []byte, index int) []byte { return m.of(dst, userTag, index, 0) }

// index is the inverse of user. It reports false for ids it never made.
func (m *idMaker) index(id string) (int, bool) {
	rest, found := strings.CutPrefix(id, userTag)
	if !found || len(rest) < timeLen {
		return 0, false
	}
	at, ok := parseBase62(rest[:timeLen])
	if !ok || at < timeBase {
		return 0, false
	}
	index := (at - timeBase) / timeStep
	if index >= maxUsers || string(m.user(nil, int(index))) != id {
		return 0, false
	}
	return int(index), true
}

// of appends the id of a thing that belongs to a user, always the same one.
func (m *idMaker) of(dst []byte, prefix string, index int, n uint64) []byte {
	i := uint64(index) //nolint:gosec // an index is not negative
	h := mix(m.seed ^ i<<20 ^ n<<8 ^ uint64(len(prefix)))
	dst = append(dst, prefix...)
	dst = appendBase62(dst, timeBase+i*timeStep, timeLen)
	dst = appendBase62(dst, h, wordLen)
	return appendBase62(dst, mix(h), wordLen)
}

// fresh makes the id of something created while the server runs. The order of
// calls decides it, not chance, so that a test run can be repeated. A later run
// makes other ids: a browser may still hold a cookie of the one before.
func (m *idMaker) fresh(prefix string) string {
	n := m.next.Add(1)
	h := mix(m.seed ^ m.run ^ mix(n))
	dst := appendBase62([]byte(prefix), timeBase+n, timeLen)
	dst = appendBase62(dst, h, wordLen)
	return string(appendBase62(dst, mix(h), wordLen))
}

// trace makes the trace id of an answer.
func (m *idMaker) trace() string {
	h := mix(m.seed ^ m.next.Add(1))
	return fmt.Sprintf("%016x%016x", h, mix(h))
}

// mix is the finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the
// input moves half of the output.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func appendBase62(dst []byte, v uint64, width int) []byte {
	var b [wordLen]byte
	for i := width - 1; i >= 0; i-- {
		b[i] = base62[v%62]
		v /= 62
	}
	return append(dst, b[:width]...)
}

// parseBase62 reads a few characters; more than ten would not fit.
func parseBase62(s string) (uint64, bool) {
	var v uint64
	for _, c := range []byte(s) {
		digit := strings.IndexByte(base62, c)
		if digit < 0 {
			return 0, false
		}
		v = v*62 + uint64(digit)
	}
	return v, true
}
