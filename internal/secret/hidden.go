package secret

import (
	"fmt"
	"log/slog"
)

// redacted stands wherever a secret would otherwise be printed.
const redacted = "[redacted]"

// hidden holds a string and is every way the standard library has to print one.
//
// The string is behind a pointer because package fmt calls no methods on
// unexported fields: of a struct with a secret in such a field it would print
// the characters, of a pointer it prints the address. Since two equal secrets
// then have different pointers, == would mislead, so it does not compile.
type hidden struct {
	_     [0]func()
	value *string
}

func hide(value string) hidden { return hidden{value: &value} }

// Reveal returns the secret itself. Call it only where the secret leaves for
// the one place it is meant for.
func (h hidden) Reveal() string {
	if h.value == nil {
		return ""
	}
	return *h.value
}

// IsZero reports whether there is no secret.
func (h hidden) IsZero() bool { return h.Reveal() == "" }

// String returns a mark in place of the secret, as all the methods below do.
func (hidden) String() string { return redacted }

// GoString is what %#v prints.
func (hidden) GoString() string { return redacted }

// Format is what every verb of package fmt prints, %x and %d among them.
func (hidden) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue is what package slog logs.
func (hidden) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText is what XML and map keys in JSON get.
func (hidden) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON is what JSON gets.
func (hidden) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
