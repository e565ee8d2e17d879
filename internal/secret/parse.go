package secret

import (
	"slices"
	"strings"
	"unicode"

	"understudy/internal/fault"
)

const (
	// maxPasted is the most that is looked at. A .env file is far below it.
	maxPasted = 64 << 10

	// minBody and maxBody bound what follows the prefix. Clerk's keys have 42
	// or 43 characters there; the bounds leave room for it to change that.
	minBody = 20
	maxBody = 128
)

// ParseKey finds the one secret key in what somebody pasted: the key alone, or
// in quotes, after "Bearer", in an assignment such as
// export CLERK_SECRET_KEY="…"; or in a whole .env file with comments and other
// variables. Invisible characters that chats and documents add are dropped.
//
// A key assigned to a variable counts only if the variable's name says Clerk,
// because Stripe's keys look the same and must not be sent to Clerk. The same
// key twice is one key.
//
// A refusal is a *fault.Error with one of the Key… codes. It never holds
// anything of what was pasted.
func ParseKey(pasted string) (Key, error) {
	if len(pasted) > maxPasted {
		return Key{}, fault.New(fault.KeyTooLong, nil)
	}
	found := scan(strings.Map(visible, pasted))
	switch {
	case len(found.keys) > 1:
		return Key{}, fault.New(fault.KeySeveral, nil)
	case len(found.keys) == 1:
		return checked(found.keys[0])
	case found.publishable:
		return Key{}, fault.New(fault.KeyPublishable, nil)
	case found.webhook:
		return Key{}, fault.New(fault.KeyWebhook, nil)
	case found.foreign:
		return Key{}, fault.New(fault.KeyUnrecognized, nil).
			WithMessage("That key is set as something else than CLERK_SECRET_KEY.")
	case found.words == 0:
		return Key{}, fault.New(fault.KeyMissing, nil)
	default:
		return Key{}, fault.New(fault.KeyUnrecognized, nil)
	}
}

// findings is what a text holds.
type findings struct {
	keys        []string // words that are, or are meant to be, secret keys; each once
	publishable bool
	webhook     bool
	foreign     bool // a key in a variable of somebody else
	words       int
}

func scan(text string) findings {
	var found findings
	for line := range strings.Lines(text) {
		before := ""
		for _, word := range strings.FieldsFunc(withoutComment(line), separates) {
			found.add(word, before)
			before = word
		}
	}
	return found
}

// add sorts in one word; before is the word that precedes it on its line.
func (f *findings) add(word, before string) {
	f.words++
	switch {
	case strings.HasPrefix(word, "pk_test_"), strings.HasPrefix(word, "pk_live_"):
		f.publishable = true
	case strings.HasPrefix(word, "whsec_"):
		f.webhook = true
	case !meantAsKey(word):
	case isVariable(before) && !strings.Contains(before, "CLERK"):
		f.foreign = true
	case !slices.Contains(f.keys, word):
		f.keys = append(f.keys, word)
	}
}

// checked turns a word that is meant as a key into one, or says what is wrong
// with it.
func checked(word string) (Key, error) {
	body, ok := strings.CutPrefix(word, testPrefix)
	if !ok {
		body, ok = strings.CutPrefix(word, livePrefix)
	}
	switch {
	case strings.Contains(body, testPrefix), strings.Contains(body, livePrefix):
		return Key{}, fault.New(fault.KeySeveral, nil)
	case isMasked(word):
		return Key{}, fault.New(fault.KeyTruncated, nil)
	case strings.ContainsFunc(word, isForeignLetter):
		return Key{}, fault.New(fault.KeyLookalike, nil)
	case !ok:
		return Key{}, fault.New(fault.KeyTruncated, nil)
	case strings.ContainsFunc(body, func(r rune) bool { return !isAlphanumeric(r) }):
		return Key{}, fault.New(fault.KeyUnrecognized, nil)
	case len(body) < minBody:
		return Key{}, fault.New(fault.KeyTruncated, nil)
	case len(body) > maxBody:
		return Key{}, fault.New(fault.KeyTooLong, nil)
	}
	return newKey(word), nil
}

// meantAsKey reports whether a word begins like a secret key, is one that was
// cut off within its prefix, or begins with letters that look like the prefix:
// the underscores stand where they should and every other letter is right or
// from another alphabet.
func meantAsKey(word string) bool {
	for _, prefix := range []string{testPrefix, livePrefix} {
		if len(word) >= len("sk_") && strings.HasPrefix(prefix, word) || resembles(word, prefix) {
			return true
		}
	}
	return false
}

func resembles(word, prefix string) bool {
	runes := []rune(word)
	if len(runes) < len(prefix) {
		return false
	}
	for i, want := range prefix {
		got := narrow(runes[i])
		if got != want && (want == '_' || !isForeignLetter(got)) {
			return false
		}
	}
	return true
}

// isMasked tells a shortened or hidden key, as in sk_live_•••• or sk_live_abc….
func isMasked(word string) bool {
	return strings.Contains(word, "..") || strings.ContainsAny(word, "…*•●∗⋯")
}

// isVariable reports whether a word has the form of an environment variable.
func isVariable(word string) bool {
	return strings.Contains(word, "_") && word == strings.ToUpper(word)
}

// withoutComment cuts a line at the # that begins a comment in a .env file:
// at its start or after a space.
func withoutComment(line string) string {
	if strings.HasPrefix(line, "#") {
		return ""
	}
	for _, mark := range []string{" #", "\t#"} {
		line, _, _ = strings.Cut(line, mark)
	}
	return line
}

// separates reports whether a character stands between words: spaces of every
// alphabet, quotes of every language, and the punctuation of assignments.
func separates(r rune) bool {
	return unicode.IsSpace(r) ||
		strings.ContainsRune("=:;,()[]{}<>", r) ||
		strings.ContainsRune("\"'`“”„‟‘’‚‛«»‹›′″´＂＇", r)
}

// visible drops the characters that cannot be seen: the byte order mark,
// zero-width and direction marks, soft hyphens, and controls but for the ones
// that separate lines and words.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return r
	case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == '\u034f':
		return -1
	}
	return r
}

// narrow turns the full-width form of an ASCII character into the character.
func narrow(r rune) rune {
	const first, last, distance = '\uff01', '\uff5e', 0xfee0
	if r >= first && r <= last {
		return r - distance
	}
	return r
}

func isForeignLetter(r rune) bool {
	return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || narrow(r) != r)
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}
