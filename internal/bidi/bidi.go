// Package bidi keeps the direction of a name from turning the sentence that it is
// put into. The Unicode Bidirectional Algorithm (UAX #9) is where the marks are from.
package bidi

import "strings"

const (
	firstStrong = "\u2068" // isolates what follows, in the direction of its first letter
	pop         = "\u2069" // ends that
)

// Isolate puts a name between marks that keep its direction inside of it. Marks of
// its own, which could end them early or turn what follows, are taken out. A sentence
// that joins several names isolates each of them.
func Isolate(name string) string { return firstStrong + Clean(name) + pop }

// Embed isolates a name where something in it could turn the sentence that it is put
// into. The window does the same in frontend/src/text/isolate.ts.
func Embed(name string) string {
	if strings.ContainsFunc(name, turns) {
		return Isolate(name)
	}
	return name
}

// turns reports whether a character is a mark, or of a script that may be written from
// right to left.
func turns(r rune) bool {
	switch {
	case isMark(r), '\u0590' <= r && r <= '\u08ff':
		return true
	case '\ufb1d' <= r && r <= '\ufdff', '\ufe70' <= r && r <= '\ufefe':
		return true
	default:
		return 0x10800 <= r && r <= 0x10fff || 0x1e800 <= r && r <= 0x1efff
	}
}

// Clean takes the marks of direction out of a name.
func Clean(name string) string {
	return strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, name)
}

// isMark reports whether a character does nothing but set a direction.
func isMark(r rune) bool {
	switch {
	case r == '\u061c', r == '\u200e', r == '\u200f': // Arabic, left-to-right and right-to-left mark
		return true
	case '\u202a' <= r && r <= '\u202e': // embeddings and overrides
		return true
	default:
		return '\u2066' <= r && r <= '\u2069' // isolates
	}
}
