package directory

import (
	"regexp"
	"strings"

	"understudy/internal/clerkapi"
)

// The window reads pasted text the same way, in features/users/search/pasted.ts:
// testdata/pasted.json holds both to it.
var (
	separators = regexp.MustCompile(`[,;]`)
	// bracketed is what stands in brackets beside a name.
	bracketed = regexp.MustCompile(`<([^<>]+)>|\(([^()]+)\)|\[([^\[\]]+)\]`)
	// linked is a web address that ends in a user id.
	linked = regexp.MustCompile(`^[^ ]*[/=](user_[A-Za-z0-9]+)/?(?:[?#][^ ]*)?$`)
	scheme = regexp.MustCompile(`(?i)^(mailto|tel):`)
	// parameters are an extension and the like after a number.
	parameters = regexp.MustCompile(`(?i)(\btel:[^;,]+)(?:;[a-z-]+=[^;, <>()\[\]"']*)+`)
	inName     = regexp.MustCompile(`^[\p{L}\p{M}'’. -]+$`)
	pairs      = []marks{ //nolint:gochecknoglobals // a table; never changed
		{"<", ">"}, {"(", ")"}, {"[", "]"}, {"{", "}"}, {`"`, `"`}, {"'", "'"}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"„", "“"},
	}
	// endings are what stands around a copied value: spaces, marks that nobody sees,
	// and the commas and dots of the sentence or list it stood in.
	beginning = regexp.MustCompile(`^[ ,;\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}]+`)
	ending    = regexp.MustCompile(`[ ,;.\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}]+$`)
)

// understand takes off what a value wore where it was copied: a name before an
// address in brackets, quotes, commas, mailto:, the rest of a link. A list comes
// back with commas, and "Last, First" the other way round. Understanding the
// answer gives the answer.
func understand(text string) string {
	for {
		next := undress(text)
		if next == text {
			return text
		}
		text = next
	}
}

func undress(text string) string {
	text = parameters.ReplaceAllString(text, "$1")
	if values := inBrackets(text); len(values) > 0 {
		return inList(values)
	}
	items := itemsOf(text)
	switch {
	case len(items) == 0:
		return text
	case len(items) == 1:
		if words := bareAll(strings.Fields(items[0])); len(words) > 1 && all(words, isValue) {
			return inList(words)
		}
		return items[0]
	case all(items, isValue) || all(items, isPhone) || all(items, isNumbered):
		return inList(items)
	case len(items) == 2 && strings.Contains(text, ",") && all(items, inName.MatchString):
		return items[1] + " " + items[0]
	}
	return strings.Join(items, " ")
}

func inList(values []string) string { return strings.Join(distinct(values), ", ") }

// distinct leaves out what was there before.
func distinct(values []string) []string {
	var found []string
	seen := map[string]bool{}
	for _, value := range values {
		if !seen[value] {
			seen[value] = true
			found = append(found, value)
		}
	}
	return found
}

// inBrackets returns the values of a text of which one at least stands in brackets
// after a name; nil if none does. Names are left out.
func inBrackets(text string) []string {
	var values []string
	any := false
	for _, item := range separators.Split(text, -1) {
		found := false
		for _, match := range bracketed.FindAllStringSubmatch(item, -1) {
			value := bare(match[1] + match[2] + match[3])
			if isValue(value) || match[1] != "" && isPhone(value) {
				values = append(values, value)
				found, any = true, true
			}
		}
		if value := bare(item); !found && isValue(value) {
			values = append(values, value)
		}
	}
	if !any {
		return nil
	}
	return values
}

// itemsOf cuts a text at commas and semicolons, and each item out of its wrapping.
func itemsOf(text string) []string { return bareAll(separators.Split(text, -1)) }

func bareAll(texts []string) []string {
	var items []string
	for _, text := range texts {
		if item := bare(text); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// bare takes a value out of its wrapping.
func bare(text string) string {
	for {
		next := unwrap(text)
		if next == text {
			return text
		}
		text = next
	}
}

func unwrap(text string) string {
	text = beginning.ReplaceAllString(text, "")
	text = ending.ReplaceAllString(text, "")
	if found := scheme.FindString(text); found != "" {
		text, _, _ = strings.Cut(text[len(found):], "?")
		return strings.NewReplacer("%40", "@", "%2B", "+", "%2b", "+", "%20", " ").Replace(text)
	}
	if match := linked.FindStringSubmatch(text); match != nil {
		return match[1]
	}
	if inner := strings.Trim(text, "'\"`‘’“”„«»<>()[]{}"); isValue(inner) {
		return inner
	}
	for _, pair := range pairs {
		if inner, wraps := pair.within(text); wraps {
			return inner
		}
		// Half of a pair is left where not all was marked for copying, or a comma stood within.
		if inner, opened := strings.CutPrefix(text, pair.open); opened && !strings.Contains(inner, pair.close) {
			return inner
		}
		if inner, closed := strings.CutSuffix(text, pair.close); closed && !strings.Contains(inner, pair.open) {
			return inner
		}
	}
	return text
}

// marks are a pair of brackets or quotes.
type marks struct{ open, close string }

// within returns the text between marks that belong together: not those of "(a) (b)".
func (m marks) within(text string) (string, bool) {
	inner, opened := strings.CutPrefix(text, m.open)
	inner, closed := strings.CutSuffix(inner, m.close)
	isNested := strings.HasPrefix(inner, m.open) && strings.HasSuffix(inner, m.close)
	return inner, opened && closed && (m.open == m.close || isNested || !strings.ContainsAny(inner, m.open+m.close))
}

// tidy is the value of a condition without what was copied along with it.
func tidy(prefix, value string) string {
	switch prefix {
	case "email", "phone", "id", "wallet":
		return bare(parameters.ReplaceAllString(value, "$1"))
	}
	return strings.TrimRight(value, ",;")
}

// isValue tells a whole address or a user id, which nobody takes for words.
func isValue(text string) bool { return isAddress(text) || isUserID(text) }

func isUserID(text string) bool {
	_, err := clerkapi.ParseUserID(text)
	return err == nil
}

func all(items []string, is func(string) bool) bool {
	for _, item := range items {
		if !is(item) {
			return false
		}
	}
	return true
}
