package secret

import (
	"encoding/binary"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"understudy/internal/sentence"
)

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

func isPublishable(word string) bool {
	return strings.HasPrefix(word, "pk_test_") || strings.HasPrefix(word, "pk_live_")
}

func isWebhook(word string) bool { return strings.HasPrefix(word, "whsec_") }

// isMasked tells a shortened or hidden key, as in sk_live_•••• or sk_live_abc….
func isMasked(word string) bool {
	return strings.Contains(word, "..") || strings.ContainsAny(word, "…*•●∗⋯")
}

// firstWrong finds the first character that no key has at its place, counted
// from 1; 0 if there is none.
func firstWrong(word string) (at int, wrong rune) {
	prefix := []rune(testPrefix)
	for i, r := range []rune(word) {
		if i < len(prefix) && isForeignLetter(r) || i >= len(prefix) && !isAlphanumeric(r) {
			return i + 1, r
		}
	}
	return 0, 0
}

// describe names one character. It names the alphabet of a letter that is not ASCII,
// since its shape may be that of the right letter.
func describe(r rune) sentence.Sentence {
	character, code := string(r), fmt.Sprintf("U+%04X", r)
	from := alphabet(r)
	switch {
	case r == unicode.ReplacementChar:
		return sentence.Of("character.unreadable")
	case narrow(r) != r:
		return sentence.Of("character.full_width", "character", character)
	case unicode.IsMark(r):
		return sentence.Of("character.accent", "code", code)
	case r > unicode.MaxASCII && unicode.IsGraphic(r) && !from.IsZero():
		return sentence.Of("character.foreign", "alphabet", from, "character", character, "code", code)
	case r > unicode.MaxASCII && unicode.IsGraphic(r):
		return sentence.Of("character.letter", "character", character, "code", code)
	case r > unicode.MaxASCII:
		return sentence.Of("character.code", "code", code)
	}
	return sentence.Of("character", "character", character)
}

// alphabet is the name of the script that a letter is from, zero for one without a name
// here.
func alphabet(r rune) sentence.Sentence {
	for _, script := range []struct {
		table *unicode.RangeTable
		name  sentence.Sentence
	}{
		{unicode.Cyrillic, sentence.Of("alphabet.cyrillic")},
		{unicode.Greek, sentence.Of("alphabet.greek")},
		{unicode.Armenian, sentence.Of("alphabet.armenian")},
		{unicode.Hebrew, sentence.Of("alphabet.hebrew")},
		{unicode.Arabic, sentence.Of("alphabet.arabic")},
		{unicode.Cherokee, sentence.Of("alphabet.cherokee")},
		{unicode.Han, sentence.Of("alphabet.han")},
		{unicode.Latin, sentence.Of("alphabet.latin")},
	} {
		if unicode.Is(script.table, r) {
			return script.name
		}
	}
	return sentence.Sentence{}
}

// fromUTF16 reads a text that begins with a byte order mark of UTF-16, as
// PowerShell's > writes files. Without one its NULs are dropped as invisible.
func fromUTF16(text string) string {
	var order binary.ByteOrder
	switch {
	case len(text)%2 != 0:
		return text
	case strings.HasPrefix(text, "\xff\xfe"):
		order = binary.LittleEndian
	case strings.HasPrefix(text, "\xfe\xff"):
		order = binary.BigEndian
	default:
		return text
	}
	var units []uint16
	for i := 2; i+1 < len(text); i += 2 {
		units = append(units, order.Uint16([]byte(text[i:i+2])))
	}
	return string(utf16.Decode(units))
}

// plain makes what others wrote for a program what it stands for: escapes such
// as \n at the end of a value that `vercel env pull` wrote, and \" in JSON in a
// string. It drops what cannot be seen.
func plain(text string) string {
	text = escape.ReplaceAllStringFunc(html.UnescapeString(text), unescape)
	return strings.Map(visible, strings.ReplaceAll(strings.ReplaceAll(text, "\\\r\n", " "), "\\\n", " "))
}

var escape = regexp.MustCompile("\\\\+(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt\"'`/])")

func unescape(text string) string {
	what := strings.TrimLeft(text, `\`)
	switch what[0] {
	case 'n', 'r':
		return "\n"
	case 't':
		return "\t"
	case 'u', 'x':
		code, _ := strconv.ParseUint(what[1:], 16, 16) // the expression lets only digits pass
		return string(rune(code))
	}
	return what
}

// visible drops the characters that cannot be seen: the byte order mark,
// zero-width and direction marks, soft hyphens, and controls but for the ones
// that separate lines and words.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return r
	case unicode.Is(unicode.Cf, r), unicode.IsControl(r), strings.ContainsRune(blank, r):
		return -1
	}
	return r
}

// blank characters count as letters or marks and show nothing: the joiner of
// graphemes, the fillers of Hangul, the selectors of variants.
const blank = "\u034f\u115f\u1160\u3164\uffa0\ufe0e\ufe0f"

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
