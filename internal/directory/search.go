package directory

import (
	"fmt"
	"strings"
	"time"

	"understudy/internal/bidi"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// Search is a parsed search text. [ParseSearch] makes it, [Search.Filter]
// turns it into what Clerk filters by.
type Search struct {
	// Text is the free text: what stands outside of any prefix.
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
	"email": {}, "phone": {}, "username": {}, "name": {},
	"id": {repeats: true}, "ext": {repeats: true}, "org": {repeats: true},
	"banned": {}, "created": {}, "active": {}, "signed-in": {},
}

// unfilterable are conditions that people expect and Clerk's GET /users does
// not have: each is refused with the reason instead of being ignored.
//
//nolint:gochecknoglobals // a table; never changed
var unfilterable = map[string]string{
	"locked":   "Clerk cannot list locked users.",
	"verified": "Clerk cannot filter by whether an address is verified.",
	"role":     "Clerk cannot filter by role. Use org: to see everyone in an organization.",
	"metadata": "Clerk cannot search metadata.",
	"plan":     "Clerk cannot filter by plan.",
	"provider": "Clerk cannot list the users of a provider without their ids there.",
	"2fa":      "Clerk cannot filter by two-step verification.",
}

// maxSearch is far above any search a person types; it bounds a pasted text.
const maxSearch = 1000

// ParseSearch reads the text of the search box. Words outside of a prefix are
// free text; a value with spaces stands in double quotes; a quoted word is free
// text even if it has a colon. The failure is fault.SearchInvalid with a
// sentence that names the part that cannot be done.
func ParseSearch(text string) (Search, error) {
	if len(text) > maxSearch {
		return Search{}, invalid("This search is too long.")
	}
	words, err := split(text)
	if err != nil {
		return Search{}, err
	}
	var search Search
	var free []string
	seen := map[string]bool{}
	for _, w := range words {
		prefix, value, found := strings.Cut(w.text, ":")
		prefix = strings.ToLower(prefix)
		if !found || w.quotedFrom == 0 || !isPrefixWord(prefix) {
			free = append(free, w.text)
			continue
		}
		rule, known := prefixes[prefix]
		if !known {
			return Search{}, refusePrefix(prefix)
		}
		if value == "" {
			return Search{}, invalid(fmt.Sprintf("%s: needs something after the colon.", prefix))
		}
		if seen[prefix] && !rule.repeats {
			return Search{}, invalid(fmt.Sprintf("%s: can stand here only once.", prefix))
		}
		seen[prefix] = true
		search.Terms = append(search.Terms, Term{Prefix: prefix, Value: value})
	}
	search.Text = strings.Join(strings.FieldsFunc(strings.Join(free, " "), isSpace), " ")
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
		parts = append(parts, t.Prefix+":"+quoteValue(t.Value))
	}
	return strings.Join(parts, " ")
}

// ExactEmail is the address when the whole search is one: it is looked up
// exactly first, and partly only if nobody has it.
func (s Search) ExactEmail() string {
	if len(s.Terms) > 0 || strings.Contains(s.Text, " ") {
		return ""
	}
	local, domain, found := strings.Cut(s.Text, "@")
	if !found || local == "" || !strings.Contains(domain, ".") || strings.Contains(domain, "@") ||
		strings.HasSuffix(domain, ".") || strings.HasPrefix(domain, ".") {
		return ""
	}
	return s.Text
}

// Filter is what Clerk is asked for. now anchors relative dates, and its
// location says where days begin. Organizations are not in it: their names
// must be looked up first, see [Search.Organizations].
func (s Search) Filter(now time.Time) (clerkapi.UserFilter, error) {
	var filter clerkapi.UserFilter
	switch id, err := clerkapi.ParseUserID(s.Text); {
	case err == nil:
		filter.UserIDs = []string{string(id)}
	case strings.Contains(s.Text, "@") && !strings.Contains(s.Text, " "):
		filter.EmailQuery = s.Text
	default:
		filter.Query = s.Text
	}
	for _, t := range s.Terms {
		if err := t.apply(&filter, now); err != nil {
			return clerkapi.UserFilter{}, err
		}
	}
	return filter, nil
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

func (t Term) apply(filter *clerkapi.UserFilter, now time.Time) error {
	switch t.Prefix {
	case "email":
		if filter.EmailQuery != "" {
			return invalid("Search for one address at a time.")
		}
		filter.EmailQuery = t.Value
	case "phone":
		filter.PhoneQuery = t.Value
	case "username":
		filter.UsernameQuery = t.Value
	case "name":
		filter.NameQuery = t.Value
	case "ext":
		filter.ExternalIDs = append(filter.ExternalIDs, t.Value)
	case "id":
		id, err := clerkapi.ParseUserID(t.Value)
		if err != nil {
			return invalid("id: takes a user id, which starts with user_.")
		}
		filter.UserIDs = append(filter.UserIDs, string(id))
	case "banned":
		return t.applyBanned(filter)
	case "created":
		return t.applyDates(now, &filter.CreatedAfter, &filter.CreatedBefore)
	case "active":
		return t.applyDates(now, &filter.LastActiveAfter, &filter.LastActiveBefore)
	case "signed-in":
		return t.applyDates(now, &filter.LastSignInAfter, &filter.LastSignInBefore)
	}
	return nil
}

func (t Term) applyBanned(filter *clerkapi.UserFilter) error {
	switch strings.ToLower(t.Value) {
	case "yes":
		banned := true
		filter.Banned = &banned
	case "no":
		banned := false
		filter.Banned = &banned
	default:
		return invalid("banned: takes yes or no.")
	}
	return nil
}

func (t Term) applyDates(now time.Time, after, before *time.Time) error {
	r, err := parseDates(t.Value, now)
	if err != nil {
		return invalid(fmt.Sprintf("%s: takes a day such as 2026-01-31, a month such as 2026-01, or an age such as <30d, with < or > before it.", t.Prefix))
	}
	*after, *before = r.after, r.before
	return nil
}

func refusePrefix(prefix string) error {
	if reason, known := unfilterable[prefix]; known {
		return invalid(reason)
	}
	return invalid(fmt.Sprintf("There is no search by %s. Put it in quotes to search for the words themselves.", quoted(prefix+":")))
}

// quoted puts what somebody typed, or pasted, into a sentence.
func quoted(text string) string { return `"` + bidi.Isolate(text) + `"` }

func invalid(sentence string) error {
	return fault.New(fault.SearchInvalid, nil).WithMessage(sentence)
}

// isPrefixWord keeps addresses such as 10:30 or https://… free text.
func isPrefixWord(s string) bool {
	if s == "" || s == "http" || s == "https" {
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
