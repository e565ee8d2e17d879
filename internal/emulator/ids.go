package emulator

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"strings"
	"sync/atomic"
)

// Clerk's ids are a prefix and 27 base62 characters (a KSUID: time first, then
// noise). These keep the length, the alphabet and the slow first characters: five
// characters of time and two words of eleven. For users the two words are one AES
// block over the index, so that an id leads back to its user without a table and
// a guessed one is never valid.
const (
	base62   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	timeLen  = 5
	wordLen  = 11
	idLen    = timeLen + 2*wordLen
	userTag  = "user_"
	timeBase = 2 * 62 * 62 * 62 * 62 // ids begin with 2, as Clerk's have for years
	timeStep = 31
)

// idMaker makes every id of one server.
type idMaker struct {
	seed  uint64
	block cipher.Block
	next  atomic.Uint64
}

func newIDMaker(seed uint64) *idMaker {
	var key [16]byte
	binary.BigEndian.PutUint64(key[:8], mix(seed))
	binary.BigEndian.PutUint64(key[8:], mix(seed+1))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // 16 bytes are a valid AES key
	}
	return &idMaker{seed: seed, block: block}
}

// user appends the id of the user with an index.
func (m *idMaker) user(dst []byte, index int) []byte {
	var b [16]byte
	binary.BigEndian.PutUint64(b[8:], uint64(index))
	m.block.Encrypt(b[:], b[:])
	dst = append(dst, userTag...)
	dst = appendBase62(dst, uint64(timeBase+index*timeStep), timeLen)
	dst = appendBase62(dst, binary.BigEndian.Uint64(b[:8]), wordLen)
	return appendBase62(dst, binary.BigEndian.Uint64(b[8:]), wordLen)
}

// index is the inverse of user. It reports false for ids it never made.
func (m *idMaker) index(id string) (int, bool) {
	rest, found := strings.CutPrefix(id, userTag)
	if !found || len(rest) != idLen {
		return 0, false
	}
	high, ok1 := parseBase62(rest[timeLen : timeLen+wordLen])
	low, ok2 := parseBase62(rest[timeLen+wordLen:])
	if !ok1 || !ok2 {
		return 0, false
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], high)
	binary.BigEndian.PutUint64(b[8:], low)
	m.block.Decrypt(b[:], b[:])
	index := binary.BigEndian.Uint64(b[8:])
	if binary.BigEndian.Uint64(b[:8]) != 0 || index >= maxUsers {
		return 0, false
	}
	if string(m.user(nil, int(index))) != id {
		return 0, false
	}
	return int(index), true
}

// of appends the id of a thing that belongs to a user, always the same one.
func (m *idMaker) of(dst []byte, prefix string, index int, n uint64) []byte {
	h := mix(m.seed ^ uint64(index)<<20 ^ n<<8 ^ uint64(len(prefix)))
	dst = append(dst, prefix...)
	dst = appendBase62(dst, uint64(timeBase+index*timeStep), timeLen)
	dst = appendBase62(dst, h, wordLen)
	return appendBase62(dst, mix(h), wordLen)
}

// fresh makes the id of something created while the server runs. The order of
// calls decides it, not chance, so that a test run can be repeated.
func (m *idMaker) fresh(prefix string) string {
	n := m.next.Add(1)
	h := mix(m.seed ^ mix(n))
	dst := appendBase62([]byte(prefix), uint64(3*timeBase/2)+n, timeLen)
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

func parseBase62(s string) (uint64, bool) {
	var v uint64
	for _, c := range []byte(s) {
		digit := strings.IndexByte(base62, c)
		if digit < 0 || v > (^uint64(0)-uint64(digit))/62 {
			return 0, false
		}
		v = v*62 + uint64(digit)
	}
	return v, true
}
