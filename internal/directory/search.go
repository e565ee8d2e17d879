package directory

import (
	"strings"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Search is a parsed search text. [ParseSearch] makes it, [Search.Asks]
// turns it into what Clerk filters by.
type Search struct {
	// Text is the free text, outside of any prefix.
	Text string
	// Terms are the prefixed conditions in the order they were typed.
	Terms []Term
}

// Term is one prefixed condition, such as banned:yes.
type Term struct {
	Prefix string
	Value  string
}

// prefixes lists what can be searched by, with whether a prefix may stand
// several times (Clerk takes lists for those).
//
//nolint:gochecknoglobals // the grammar; never changed
var prefixes = map[string]struct{ repeats bool }{
	"email": {}, "phone": {}, "username": {}, "name": {}, "wallet": {},
	"id": {repeats: true}, "ext": {repeats: true}, "org": {repeats: true},
	"banned": {}, "created": {}, "active": {}, "signed-in": {},
}

// unfilterable are conditions that people expect and Clerk's GET /users does
// not have: each is refused with the reason instead of being ignored.
//
//nolint:gochecknoglobals // a table; never changed
var unfilterable = map[string]sentence.Sentence{
	"locked":   sentence.Of("search_invalid.by_locked"),
	"verified": sentence.Of("search_invalid.by_verified"),
	"role":     sentence.Of("search_invalid.by_role"),
	"metadata": sentence.Of("search_invalid.by_metadata"),
	"plan":     sentence.Of("search_invalid.by_plan"),
	"provider": sentence.Of("search_invalid.by_provider"),
	"2fa":      sentence.Of("search_invalid.by_2fa"),
}

// maxSearch bounds a pasted text, in bytes. A hundred addresses fit in it, each
// as long as one may be and with a name before it.
const maxSearch = 32 << 10

// maxListed is how many values Clerk takes in one list.
const maxListed = 100

// ParseSearch reads the text of the search box. Words outside of a prefix are
// free text; a value with spaces stands in double quotes, if it is no telephone
// number; a quoted word is free text even if it has a colon. Of free text only what it means is kept, see
// [understand]; a list of external ids becomes conditions. The failure is fault.SearchInvalid with a
// sentence that names the part that cannot be done.
func ParseSearch(text string) (Search, error) {
	if len(text) > maxSearch {
		return Search{}, invalid(sentence.Of("search_invalid.too_long"))
	}
	words, err := split(text)
	if err != nil {
		return Search{}, err
	}
	words = joinNumbers(words)
	var search Search
	var free []string
	seen := map[string]bool{}
	for _, w := range words {
		prefix, value, found := strings.Cut(w.text, ":")
		prefix = strings.ToLower(prefix)
		if !found || w.quotedFrom == 0 || !isPrefixWord(prefix) {
			if w.newLine && len(free) > 0 {
				free = append(free, ",")
			}
			free = append(free, w.text)
			continue
		}
		rule, known := prefixes[prefix]
		if !known {
			return Search{}, refusePrefix(prefix)
		}
		if w.quotedFrom < 0 {
			value = tidy(prefix, value)
		}
		if value == "" {
			return Search{}, invalid(sentence.Of("search_invalid.empty", "prefix", prefix))
		}
		if seen[prefix] && !rule.repeats {
			return Search{}, invalid(sentence.Of("search_invalid.twice", "prefix", prefix))
		}
		seen[prefix] = true
		search.Terms = append(search.Terms, Term{Prefix: prefix, Value: value})
	}
	search.Text = understand(strings.Join(strings.FieldsFunc(strings.Join(free, " "), isSpace), " "))
	if ids := externalIDs(search.Text); len(ids) > 0 {
		search.Text = ""
		for _, id := range ids {
			search.Terms = append(search.Terms, Term{Prefix: "ext", Value: id})
		}
	}
	return search, nil
}

// String is the text again, in canonical form: free text first. Parsing it
// gives the same search.
func (s Search) String() string {
	var parts []string
	if s.Text != "" {
		for w := range strings.SplitSeq(s.Text, " ") {
			parts = append(parts, quoteWord(w))
		}
	}
	for _, t := range s.Terms {
		parts = append(parts, t.Prefix+":"+quoteValue(t.Prefix, t.Value))
	}
	return strings.Join(parts, " ")
}

// Organizations are the values of org: terms: names, slugs or ids.
func (s Search) Organizations() []string {
	var found []string
	for _, t := range s.Terms {
		if t.Prefix == "org" {
			found = append(found, t.Value)
		}
	}
	return found
}

func refusePrefix(prefix string) error {
	if reason, known := unfilterable[prefix]; known {
		return invalid(reason)
	}
	return invalid(sentence.Of("search_invalid.prefix", "prefix", prefix))
}

func invalid(says sentence.Sentence) error {
	return fault.New(fault.SearchInvalid, nil).Saying(says)
}

// isPrefixWord keeps addresses such as 10:30, https://… or mailto:… free text.
func isPrefixWord(s string) bool {
	if s == "" || s == "http" || s == "https" || s == "mailto" || s == "tel" {
		return false
	}
	letters := false
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z':
			letters = true
		case r == '-', '0' <= r && r <= '9':
		default:
			return false
		}
	}
	return letters
}
