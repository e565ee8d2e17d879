package settings

import (
	"strings"

	"golang.org/x/net/idna"
)

// Domain is the domain of an email address, or a domain alone, as rules write
// them: in lower case, other alphabets as punycode, without a dot at its end. Each
// label is converted by itself, so that one that no host may have spoils no other.
func Domain(text string) string {
	text = strings.TrimPrefix(strings.TrimSpace(text[strings.LastIndexByte(text, '@')+1:]), "*.") // a rule covers subdomains
	labels := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".。．｡", r) })
	for i, label := range labels {
		label = strings.ToLower(strings.TrimSpace(label))
		if ascii, err := idna.Lookup.ToASCII(label); err == nil {
			label = ascii
		}
		labels[i] = label
	}
	return strings.Trim(strings.Join(labels, "."), ".")
}

// Covers reports whether a domain of a rule is that of an address, or above it.
func Covers(rule, domain string) bool {
	return domain == rule || strings.HasSuffix(domain, "."+rule)
}
