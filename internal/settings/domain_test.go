package settings_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"understudy/internal/settings"
)

// FuzzDomain writes a domain and one below it as others may, and expects the rule
// for it to cover both.
func FuzzDomain(f *testing.F) {
	f.Add("acme", "mail")
	f.Add("bücher", "büro_1")
	f.Add("straße", "ＷＷＷ")
	f.Add("例え", "-")
	f.Fuzz(func(t *testing.T, name, below string) {
		rule, err := idna.Lookup.ToASCII(name + ".example")
		if err != nil || !utf8.ValidString(name) || !utf8.ValidString(below) || strings.ContainsAny(name, "@.。．｡ ") || name == "" || strings.ContainsAny(below, "@") {
			return // no rule can name it
		}
		for _, domain := range []string{name + ".example", name + ".EXAMPLE.", name + "。example", rule, below + "." + name + ".example", below + ".x." + rule + ".."} {
			if got := settings.Domain("a@" + domain); !settings.Covers(rule, got) {
				t.Errorf("%q became %q, which %q does not cover", domain, got, rule)
			}
		}
		for _, other := range []string{"x" + rule, rule + ".org", "example"} {
			if settings.Covers(rule, settings.Domain("a@"+other)) {
				t.Errorf("%q covers %q", rule, other)
			}
		}
	})
}

func TestADomainIsReadHoweverItIsWritten(t *testing.T) {
	for _, written := range []string{"acme.com", "*.acme.com", "@acme.com", " *.ACME.com. ", "me@acme.com"} {
		if got := settings.Domain(written); got != "acme.com" {
			t.Errorf("%q is read as %q", written, got)
		}
	}
}
