package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Metadata is some names at the top of a user's metadata, and the values of each
// that a rule is about. It is one value, as a list is: see [isOneValue].
type Metadata map[string][]string

var (
	metadataName  = regexp.MustCompile(`^[^\s=,;]{1,100}$`)
	metadataValue = regexp.MustCompile(`^[^\s,;=]([^\t\n\v\f\r,;]{0,98}[^\s,;])?$`)
)

// quotes are what people put around a value.
const quotes = "\"'“”„‘’«»"

// UnmarshalJSON replaces what there was: encoding/json would add to it.
func (m *Metadata) UnmarshalJSON(text []byte) error {
	var fresh map[string][]string
	if err := json.Unmarshal(text, &fresh); err != nil {
		return fmt.Errorf("decode metadata: %w", err)
	}
	*m = fresh
	return nil
}

// Lines are "role=admin", one for each value, in order.
func (m Metadata) Lines() []string {
	lines := []string{}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		for _, value := range m[name] {
			lines = append(lines, name+"="+value)
		}
	}
	return lines
}

// MetadataOf reads what [Metadata.Lines] writes. A line without a value gives an
// empty one, which no rule may have. Quotes around a value are not part of it: with
// them no user would have it, and the rule would protect nobody.
func MetadataOf(lines []string) Metadata {
	var m Metadata
	for _, line := range lines {
		if m == nil {
			m = Metadata{}
		}
		name, value, _ := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		m[name] = append(m[name], strings.TrimSpace(strings.Trim(strings.TrimSpace(value), quotes)))
	}
	return m
}

func (m Metadata) valid() bool {
	for name, values := range m {
		if !metadataName.MatchString(name) || len(values) == 0 || !areAll(values, metadataValue) {
			return false
		}
	}
	return len(m) <= maxListed
}

func (m Metadata) clone() Metadata {
	if m == nil {
		return nil
	}
	fresh := Metadata{}
	for name, values := range m {
		fresh[name] = slices.Clone(values)
	}
	return fresh
}

// isOneValue reports whether a field holds an object whose names are not fields:
// one such object replaces another as a whole.
func isOneValue(field string) bool { return field == "metadata" }
