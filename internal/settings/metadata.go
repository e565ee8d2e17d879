package settings

import (
	"regexp"
	"slices"
)

// Metadata is some names at the top of a user's metadata, and the values of each
// that a rule is about. It is one value, as a list is: see [isOneValue].
type Metadata map[string][]string

var (
	metadataName  = regexp.MustCompile(`^[^\s=,;]{1,100}$`)
	metadataValue = regexp.MustCompile(`^[^\s,;=]([^\t\n\v\f\r,;]{0,98}[^\s,;])?$`)
)

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
