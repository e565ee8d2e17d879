package secret

import "slices"

// reader goes through the tokens of a text and keeps track of what each word
// stands in. It follows brackets, indentation, sections and tags of all formats
// at once, since nobody says which one a text has. Where it loses track a key has
// fewer names around it, and is refused rather than taken.
type reader struct {
	tokens     []token
	in         *frame
	current    statement
	earlier    statement // an item or line before, that the next one may belong to
	before     statement // the line before
	indent     int
	words      []string
	candidates []candidate
	isTooDeep  bool
}

const (
	// maxDepth and maxStatement bound the work on a text that is made to cost time.
	maxDepth     = 200
	maxStatement = 100
)

// read gives all words of a text and those that are meant as keys. It gives none
// of a text that is nested too deep to be followed.
func read(text string) ([]string, []candidate) {
	r := &reader{tokens: tokenize(text), in: &frame{bracket: section, indent: -1}}
	for i := 0; i < len(r.tokens) && !r.isTooDeep; i++ {
		switch t := r.tokens[i]; t.kind {
		case lineToken:
			r.line(t)
			if end := r.sectionEnd(i); end > 0 {
				r.section(r.tokens[i+1 : end])
				i = end - 1
			} else if t.indent == 0 && !t.item && r.isEnvLine(i+1) {
				r.leaveBrackets()
			}
		case wordToken:
			r.word(t, i+1 < len(r.tokens) && r.tokens[i+1].kind == assignToken)
		case assignToken:
			if n := len(r.current); n > 0 {
				r.current[n-1].assigned = true
			}
		case commaToken:
			r.comma()
		case endToken:
			r.end()
			r.earlier = nil
		case openToken:
			r.open(t.text, i > 0 && r.tokens[i-1].kind == lineToken)
		case closeToken:
			r.close(t.text)
		case tagEndToken:
			if r.in.bracket == "<" && r.in.label == nil {
				r.in.label = asNames(r.current)
			}
			r.current = nil
		case tagClosingToken:
			r.close("<")
		}
	}
	if r.isTooDeep {
		return []string{""}, nil
	}
	return r.words, r.candidates
}

// enter begins a part within the one that is being read.
func (r *reader) enter(part frame) {
	part.parent, part.depth = r.in, r.in.depth+1
	r.in = &part
	r.isTooDeep = part.depth > maxDepth
}

func (r *reader) word(t token, isName bool) {
	r.words = append(r.words, t.text)
	isKey := meantAsKey(t.text)
	if isKey && isName {
		_, err := checked(t.text)
		isKey = err == nil
	}
	if isKey {
		r.candidates = append(r.candidates, candidate{
			word: t.text, at: t.at, own: r.current.names(), earlier: r.earlier.names(), called: r.in.called, in: r.in,
		})
	}
	if len(r.current) == maxStatement {
		r.current = slices.Clone(r.current[1:])
	}
	r.current = append(r.current, piece{text: t.text, value: isKey || isPublishable(t.text) || isWebhook(t.text)})
	if n := len(r.current); n > 1 && r.current[n-2].assigned && isNaming(r.current[n-2].text) {
		r.in.called = []piece{{text: t.text, assigned: true}}
	}
}

// end closes a statement.
func (r *reader) end() { r.current = nil }

// comma closes an item. An item without a name of its own belongs to the name before
// it, as b and c do in "keys: a, b, c".
func (r *reader) comma() {
	if len(r.current.names()) > 0 {
		r.earlier = r.current
	}
	r.end()
}

// line begins a line, and leaves the lines that it is not indented under.
func (r *reader) line(t token) {
	r.before = r.current
	switch {
	case r.current.isOpen():
		r.earlier = r.current
	case !r.inBrackets():
		r.earlier = nil
	}
	if r.inBrackets() {
		r.end()
		return
	}
	if r.current.isOpen() {
		r.enter(frame{bracket: indented, indent: r.indent, label: r.current})
	}
	r.end()
	for r.in.bracket == indented && (r.in.indent > t.indent || r.in.indent == t.indent && (r.in.item || !t.item)) {
		r.in = r.in.parent
	}
	r.indent = t.indent
	if t.item {
		r.enter(frame{bracket: indented, indent: t.indent, item: true})
	}
}

func (r *reader) inBrackets() bool {
	for f := r.in; f != nil; f = f.parent {
		if f.bracket != indented && f.bracket != section {
			return true
		}
	}
	return false
}

// leaveBrackets gives up brackets that were opened and not closed: a bracket in
// the value of a line must not hold the lines below.
func (r *reader) leaveBrackets() {
	for r.in.bracket != section {
		r.in = r.in.parent
	}
}

// isEnvLine reports whether a line begins as in an .env file, NAME=.
func (r *reader) isEnvLine(i int) bool {
	if i < len(r.tokens) && r.tokens[i].text == "export" {
		i++
	}
	return i < len(r.tokens) && r.tokens[i].kind == wordToken && r.tokens[i].tight
}

// sectionEnd gives the end of a line that is the header of a section, as
// [stripe.live] in TOML, -1 if the line at i is none.
func (r *reader) sectionEnd(i int) int {
	if i+1 >= len(r.tokens) || r.tokens[i].item || r.inBrackets() || r.tokens[i+1].kind != openToken || r.tokens[i+1].text != "[" {
		return -1
	}
	for i++; i < len(r.tokens) && r.tokens[i].kind != lineToken; i++ {
		t := r.tokens[i]
		isBracket := (t.kind == openToken || t.kind == closeToken) && t.text == "["
		if !isBracket && (t.kind != wordToken || meantAsKey(t.text)) {
			return -1
		}
	}
	if r.tokens[i-1].kind != closeToken {
		return -1
	}
	return i
}

func (r *reader) section(tokens []token) {
	r.in = &frame{bracket: section, indent: -1}
	for _, t := range tokens {
		if t.kind == wordToken {
			r.words = append(r.words, t.text)
			r.in.label = append(r.in.label, piece{text: t.text, assigned: true})
		}
	}
	r.earlier = nil
}

// open begins brackets: the words before them are their label, or the line
// before if they are the first of theirs.
func (r *reader) open(bracket string, isFirst bool) {
	label := r.current
	if bracket == "<" {
		label = nil
	} else if isFirst && len(label) == 0 {
		label = r.before
	}
	if len(label) == 1 {
		label = asNames(label)
	}
	r.enter(frame{bracket: bracket, label: label})
	r.end()
	r.earlier = nil
}

// asNames makes the first word of a label a name: of a tag, a block, a function.
func asNames(label statement) statement {
	named := slices.Clone(label)
	if len(named) > 0 {
		named[0].assigned = true
	}
	return named
}

// close ends brackets. After the ones of an index or a call their words go on
// with what is said: ENV["X"] = … names X.
func (r *reader) close(bracket string) {
	closing := r.in
	for closing != nil && closing.bracket != bracket {
		closing = closing.parent
	}
	if closing == nil {
		return
	}
	inner := r.current
	r.current, r.earlier, r.in = nil, nil, closing.parent
	switch bracket {
	case "[", "(":
		all := slices.Concat(closing.label, inner)
		r.current = all[max(0, len(all)-maxStatement):]
	case "<":
		if len(closing.label) > 0 && isNaming(closing.label[0].text) && len(inner) > 0 {
			r.in.called = inner.names()
		}
	}
}
