package secret

import "slices"

// piece is a word of a statement.
type piece struct {
	text     string
	assigned bool // = or : follows
	value    bool // it is a key, not a name
}

// statement is what stands together: an assignment, or the words before a bracket.
type statement []piece

// names gives the words that name what comes next, the nearest first: the name
// of the assignment, chained ones, and the words before it back to the value of
// the assignment before.
func (s statement) names() []piece {
	var found []piece
	wasAssigned := false // the piece behind this one has a name of its own before it
	for i, p := range slices.Backward(s) {
		isValueOfBefore := i > 0 && s[i-1].assigned
		switch {
		case p.value:
			if wasAssigned {
				return found
			}
			continue
		case isValueOfBefore && !p.assigned && wasAssigned:
			return found
		}
		wasAssigned = wasAssigned || p.assigned
		found = append(found, p)
	}
	return found
}

// isOpen reports whether the value of an assignment has yet to come.
func (s statement) isOpen() bool { return len(s) > 0 && s[len(s)-1].assigned }

// frame is a part of the text that others stand in: brackets, a tag, a section,
// or a line that others are indented under.
type frame struct {
	parent  *frame
	depth   int
	bracket string // "{", "[", "(", "<", a section or indented lines
	indent  int
	item    bool
	label   statement // the statement before the part
	// called is the part's own name, as in {"name": "X", "value": …}.
	called []piece
}

const (
	section  = "section"
	indented = ""
)

// candidate is a word that is meant as a secret key, and what stands around it.
type candidate struct {
	word    string
	at      int
	own     []piece
	earlier []piece // of the line or the item before, where own is empty
	called  []piece // of its part, until here
	in      *frame
}

// verdict tells whose the key is: the innermost names that say so decide.
func (c candidate) verdict(mentions []mention) verdict {
	levels := [][]piece{c.own}
	if len(c.own) == 0 {
		levels = append(levels, c.earlier)
	} else if isPlaceholder(c.own[0].text) {
		called := c.called
		if called == nil {
			called = c.in.called
		}
		levels = append(levels, called)
	}
	for f := c.in; f != nil; f = f.parent {
		levels = append(levels, f.label.names())
		if f.bracket == "<" && len(f.label) > 0 && isPlaceholder(f.label[0].text) && f.parent != nil {
			levels = append(levels, f.parent.called)
		}
	}
	named := false
	for depth, names := range levels {
		switch judge(names) {
		case clerk:
			if depth == 0 {
				return clerks
			}
			return context
		case vendor:
			return vendors
		case other:
			return others
		case kind:
			named = true
		case nothing:
		}
	}
	if named {
		return others
	}
	return mentioned(mentions, c.at)
}

// judge asks names, the nearest first. Names that say both Clerk and another vendor
// are not Clerk's.
func judge(names []piece) said {
	result := nothing
	for _, name := range names {
		switch says := name.say(); says {
		case vendor:
			if result == nothing || result == kind || result == clerk {
				return vendor
			}
		case clerk, other:
			if result == nothing || result == kind {
				result = says
			}
		case kind:
			result = max(result, kind)
		case nothing:
		}
	}
	return result
}

// mention is a vendor's name anywhere in a text, comments included.
type mention struct {
	at   int
	says said
}

func mentionsIn(text string) []mention {
	var all []mention
	for _, place := range anyName.FindAllStringIndex(text, -1) {
		all = append(all, mention{place[0], piece{text: text[place[0]:place[1]]}.mention()})
	}
	return all
}

// mentioned decides about a key without any name: by the vendor that the text
// mentions last before it, else first after it.
func mentioned(mentions []mention, at int) verdict {
	says := nothing
	for _, m := range mentions {
		if m.at > at && says != nothing {
			break
		}
		says = m.says
	}
	if says == vendor {
		return vendors
	}
	return nobodys
}

// isPlaceholder reports whether a name only says that a value follows, whose name
// stands beside it.
func isPlaceholder(name string) bool {
	return slices.Contains([]string{"value", "Value", "VALUE", "val", "string", "default"}, name)
}

// isNaming reports whether a name says that the name of something follows.
func isNaming(name string) bool {
	return slices.Contains([]string{"name", "Name", "NAME", "key", "Key", "KEY", "variable", "id", "var"}, name)
}
