package secret

import (
	"regexp"
	"strings"
	"unicode"
)

// tokenKind tells the parts of a text apart that say what belongs together.
type tokenKind int

const (
	wordToken tokenKind = iota
	assignToken
	commaToken
	endToken  // of a statement within a line
	lineToken // the beginning of a line that has something
	openToken
	closeToken
	tagEndToken     // > of <tag>
	tagClosingToken // of <tag/>
)

type token struct {
	kind   tokenKind
	text   string // of a word; the bracket that is opened or closed
	at     int    // where it begins in the text, in bytes
	indent int    // of a line
	item   bool   // the line begins with a dash: an item of a list
	tight  bool   // a word with = right behind it, as in an .env file
}

// tokenizer cuts settings and code of any language into tokens. Quotes, spaces
// and what it does not know stand between words and mean nothing.
type tokenizer struct {
	text   string
	at     int
	tokens []token
	inTag  bool
}

func tokenize(text string) []token {
	t := &tokenizer{text: text}
	for t.at < len(text) {
		t.line()
	}
	return t.tokens
}

// line reads one line. A line that has nothing, or a comment alone, is no line.
func (t *tokenizer) line() {
	end := len(t.text)
	if i := strings.IndexByte(t.text[t.at:], '\n'); i >= 0 {
		end = t.at + i
	}
	line := withoutComment(t.text[t.at:end])
	stop, indent := t.at+len(line), 0
	for ; t.at < stop && isIndent(t.text[t.at]); t.at++ {
		indent++
	}
	first := token{kind: lineToken, at: t.at, indent: indent}
	begun := len(t.tokens)
	for t.at < stop && (strings.HasPrefix(t.text[t.at:stop], "- ") || t.text[t.at:stop] == "-") {
		item := first
		item.item = true
		t.tokens = append(t.tokens, item)
		begun = len(t.tokens)
		for t.at++; t.at < stop && isIndent(t.text[t.at]); t.at++ {
			first.indent++
		}
		first.indent++
	}
	if begun == 0 || !t.tokens[begun-1].item {
		t.tokens = append(t.tokens, first)
		begun = len(t.tokens)
	}
	for t.at < stop {
		t.next(stop)
	}
	if len(t.tokens) == begun && !t.tokens[begun-1].item {
		t.tokens = t.tokens[:begun-1]
	}
	t.at = min(end+1, len(t.text))
}

// next reads one token, or skips one character.
func (t *tokenizer) next(stop int) {
	rest := t.text[t.at:stop]
	switch c := rest[0]; c {
	case '=', ':':
		length := 1
		for length < len(rest) && strings.IndexByte("=:>", rest[length]) >= 0 {
			length++
		}
		t.add(token{kind: assignToken}, length)
	case ',':
		t.add(token{kind: commaToken}, 1)
	case ';', '&', '?':
		t.add(token{kind: endToken}, 1)
	case '{', '[', '(':
		t.add(token{kind: openToken, text: string(c)}, 1)
	case '}', ']', ')':
		t.add(token{kind: closeToken, text: opener(c)}, 1)
	case '<':
		t.openTag(rest)
	case '>':
		if t.inTag {
			t.inTag = false
			t.add(token{kind: tagEndToken}, 1)
		} else {
			t.at++
		}
	default:
		t.word(rest)
	}
}

func opener(closer byte) string {
	switch closer {
	case '}':
		return "{"
	case ']':
		return "["
	}
	return "("
}

// openTag takes < for the beginning of a tag where a line or another tag ended:
// elsewhere it compares, or is of a type.
func (t *tokenizer) openTag(rest string) {
	before := t.tokens[len(t.tokens)-1].kind
	switch {
	case strings.HasPrefix(rest, "</"):
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			end = len(rest) - 1
		}
		t.add(token{kind: closeToken, text: "<"}, end+1)
	case len(rest) > 1 && isAlphanumeric(rune(rest[1])) && (before == lineToken || before == tagEndToken || before == tagClosingToken || before == closeToken):
		t.inTag = true
		t.add(token{kind: openToken, text: "<"}, 1)
	default:
		t.at++
	}
}

// word reads a word, or skips a character between words.
func (t *tokenizer) word(rest string) {
	if t.inTag && strings.HasPrefix(rest, "/>") {
		t.inTag = false
		t.add(token{kind: tagClosingToken}, 2)
		return
	}
	length := len(rest)
	for i, r := range rest {
		isAddress := r == ':' && strings.HasPrefix(rest[i:], "://") && i > 0
		if separates(r) && !isAddress || t.inTag && strings.HasPrefix(rest[i:], "/>") {
			length = i
			break
		}
	}
	if length == 0 {
		_, size := firstRune(rest)
		t.at += size
		return
	}
	word := rest[:length]
	if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII }) {
		t.add(token{kind: wordToken, text: word, tight: strings.HasPrefix(rest[length:], "=")}, length)
	} else {
		t.at += length
	}
}

func (t *tokenizer) add(next token, length int) {
	next.at = t.at
	t.tokens = append(t.tokens, next)
	t.at += length
}

func firstRune(text string) (rune, int) {
	for i, r := range text {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(text)
}

func isIndent(c byte) bool { return c == ' ' || c == '\t' }

// keyAndComment is a whole key with a comment right behind it, as dotenv reads it:
// no key has such a character.
var keyAndComment = regexp.MustCompile(`sk_(?:test|live)_[0-9A-Za-z]{20,}(#|//)`)

// withoutComment cuts a line at what begins a comment: # at its start, after a
// space or after a key, // at its start or after a key, and ; at its start.
func withoutComment(line string) string {
	start := strings.TrimSpace(line)
	for _, mark := range []string{"#", "//", ";"} {
		if strings.HasPrefix(start, mark) {
			return ""
		}
	}
	for _, mark := range []string{" #", "\t#"} {
		line, _, _ = strings.Cut(line, mark)
	}
	if at := keyAndComment.FindStringSubmatchIndex(line); at != nil {
		line = line[:at[2]]
	}
	return line
}

// separates reports whether a character stands between words: spaces of every
// alphabet, quotes of every language, and the punctuation of assignments.
func separates(r rune) bool {
	return unicode.IsSpace(r) ||
		strings.ContainsRune("=:;,()[]{}<>&?|\\", r) ||
		strings.ContainsRune("\"'`“”„‟‘’‚‛«»‹›′″´＂＇", r)
}
