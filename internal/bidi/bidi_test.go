package bidi

import (
	"strings"
	"testing"
)

func TestIsolate(t *testing.T) {
	for name, want := range map[string]string{
		"":                                "\u2068\u2069",
		"Jonas Weber":                     "\u2068Jonas Weber\u2069",
		"נועה":                            "\u2068נועה\u2069",
		"\u202egnp.exe":                   "\u2068gnp.exe\u2069",
		"a\u2069 is \u2067b":              "\u2068a is b\u2069",
		"\u200e\u200f\u061ca\u202a\u2066": "\u2068a\u2069",
	} {
		if got := Isolate(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}

// FuzzIsolate checks that no name keeps marks of its own, so that only the pair
// around it counts.
func FuzzIsolate(f *testing.F) {
	f.Add("a\u2069\u202eb")
	f.Fuzz(func(t *testing.T, name string) {
		inner := strings.TrimSuffix(strings.TrimPrefix(Isolate(name), firstStrong), pop)
		if strings.ContainsFunc(inner, isMark) || Isolate(Isolate(name)) != Isolate(name) {
			t.Errorf("%q became %q", name, Isolate(name))
		}
	})
}
