package clerkapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Metadata is the public, private and unsafe metadata of a user, for rules to ask.
// Private metadata is nobody's to see, so Metadata does not print itself: package
// fmt prints the address of a pointer, and encoders get nothing. The zero value is
// metadata that cannot be read.
type Metadata struct{ parts *[3]jsontext.Value }

// MetadataOf holds three raw JSON values; one that is missing or null is empty.
func MetadataOf(public, private, unsafe []byte) Metadata {
	return Metadata{&[3]jsontext.Value{public, private, unsafe}}
}

// Format is what every verb of package fmt prints.
func (Metadata) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[metadata]")) }

// Says reports whether one of the values stands under a name at the top, alone or
// in a list. Numbers, true and false are compared as JSON writes them. Capitals
// and what joins the words of a name make no difference: a rule is to find whom it
// protects. isRead is false if something there cannot be compared.
func (m Metadata) Says(name string, values []string) (says, isRead bool) {
	if m.parts == nil {
		return false, false
	}
	isRead = true
	for _, part := range m.parts {
		found, ok := partSays(part, joined(name), values)
		says, isRead = says || found, isRead && ok
	}
	return says, says || isRead
}

func partSays(part jsontext.Value, name string, values []string) (says, isRead bool) {
	if len(part) == 0 || string(part) == "null" {
		return false, true
	}
	var fields map[string]jsontext.Value
	if object(part) == nil || unmarshal(part, &fields) != nil {
		return false, false
	}
	isRead = true
	for field, value := range fields {
		if joined(field) == name {
			found, ok := isOneOf(value, values)
			says, isRead = says || found, isRead && ok
		}
	}
	return says, isRead
}

// isOneOf compares what stands under a name with the values of a rule.
func isOneOf(value jsontext.Value, values []string) (is, isRead bool) {
	switch value.Kind() {
	case 'n':
		return false, true
	case '{':
		return false, false
	case '[':
		var items []jsontext.Value
		isRead = unmarshal(value, &items) == nil
		for _, item := range items {
			found, ok := isOneOf(item, values)
			is, isRead = is || found, isRead && ok
		}
		return is, isRead
	case '"':
		return isText(value, values)
	default: // a number, true or false
		return isEqual(string(value), values), true
	}
}

func isText(value jsontext.Value, values []string) (is, isRead bool) {
	var text string
	if unmarshal(value, &text) != nil {
		return false, false
	}
	return isEqual(text, values), true
}

func isEqual(text string, values []string) bool {
	return slices.ContainsFunc(values, func(one string) bool {
		return strings.EqualFold(strings.TrimSpace(text), strings.TrimSpace(one))
	})
}

// joined is a name without what tells "isAdmin", "is_admin" and "is-admin" apart.
func joined(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}
