package directory

import (
	"strings"

	"understudy/internal/sentence"
)

// word is one word of a search text with its quotes taken off.
type word struct {
	text string
	// quotedFrom is where in text the first quote stood, -1 without one. A word
	// that starts with a quote is free text.
	quotedFrom int
	// newLine says that the word is the first of a line after another.
	newLine bool
}

// split cuts a search text at spaces outside of double quotes. Within quotes a
// backslash keeps the next character as it is.
func split(text string) ([]word, error) {
	var words []word
	var current strings.Builder
	quotedFrom, inWord, inQuotes, escaped, newLine := -1, false, false, false, false
	end := func() {
		if inWord && (current.Len() > 0 || quotedFrom > 0) {
			words = append(words, word{text: current.String(), quotedFrom: quotedFrom, newLine: newLine})
			newLine = false
		}
		current.Reset()
		quotedFrom, inWord = -1, false
	}
	for _, r := range strings.ToValidUTF8(text, "�") {
		switch {
		case escaped:
			current.WriteRune(r)
			escaped = false
		case inQuotes && r == '\\':
			escaped = true
		case r == '"':
			if quotedFrom < 0 {
				quotedFrom = current.Len()
			}
			inQuotes, inWord = !inQuotes, true
		case !inQuotes && isSpace(r):
			end()
			newLine = newLine || r == '\n' || r == '\r'
		case isSpace(r):
			current.WriteRune(' ')
		default:
			current.WriteRune(r)
			inWord = true
		}
	}
	if inQuotes {
		return nil, invalid(sentence.Of("search_invalid.quote"))
	}
	end()
	return words, nil
}

// joinNumbers makes one word of phone: and the number after it, which people write
// with spaces.
func joinNumbers(words []word) []word {
	var joined []word
	for _, w := range words {
		if last := len(joined) - 1; last >= 0 && joined[last].goesOn(w) {
			joined[last].text += " " + w.text
		} else {
			joined = append(joined, w)
		}
	}
	return joined
}

// goesOn tells whether w is the next part of a telephone number.
func (before word) goesOn(w word) bool {
	prefix, number, _ := strings.Cut(before.text, ":")
	return strings.EqualFold(prefix, "phone") && before.quotedFrom < 0 && w.quotedFrom < 0 && !w.newLine &&
		len(noDigit.ReplaceAllString(number, "")) < mostDigits && dialled.MatchString(bare(number+" "+w.text))
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u3000'
}

// quoteWord writes one word of free text so that it is read back as the same
// free text.
func quoteWord(w string) string {
	prefix, _, found := strings.Cut(w, ":")
	if (found && isPrefixWord(strings.ToLower(prefix))) || strings.ContainsAny(w, `"`) {
		return quote(w)
	}
	return w
}

// quoteValue writes the value of a condition so that it is read back as it is.
func quoteValue(prefix, v string) string {
	if strings.ContainsAny(v, "\" \t") || tidy(prefix, v) != v {
		return quote(v)
	}
	return v
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
