// Package secret holds the two values that must never be seen: the operator's
// Clerk secret key and the ticket URL of an impersonation. Both are types that
// cannot print themselves, so that a log line, an error, a JSON encoder or a
// debugger's %v shows a mark in their place. The only ways to the value are
// [Key.Reveal] and [TicketURL.Reveal], which are easy to search for.
package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
)

// Environment is what a key says about itself: Clerk puts the kind of instance
// into the prefix of the key (https://clerk.com/docs/deployments/clerk-environment-variables).
type Environment string

// The two kinds of Clerk instance.
const (
	Development Environment = "development"
	Production  Environment = "production"
)

const (
	testPrefix = "sk_test_"
	livePrefix = "sk_live_"
)

// redacted stands wherever a secret would otherwise be printed.
const redacted = "[redacted]"

// Key is a Clerk secret key. The zero value is no key. Make one with [ParseKey].
type Key struct{ value string }

// Reveal returns the key itself. Only the HTTP client and the keychain call it.
func (k Key) Reveal() string { return k.value }

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.value == "" }

// Environment is read off the prefix, sk_test_ or sk_live_.
func (k Key) Environment() Environment {
	if len(k.value) > len(livePrefix) && k.value[:len(livePrefix)] == livePrefix {
		return Production
	}
	return Development
}

// Hint is what the operator may see of the key: prefix and last four
// characters, as in "sk_live_…x7Q2".
func (k Key) Hint() string {
	const tail = 4
	if len(k.value) < len(livePrefix)+tail {
		return ""
	}
	return k.value[:len(livePrefix)] + "…" + k.value[len(k.value)-tail:]
}

// Fingerprint is the first 16 hex digits of the key's SHA-256: enough to tell
// two keys apart, useless for anything else (a key has over 200 bits).
func (k Key) Fingerprint() string {
	if k.IsZero() {
		return ""
	}
	sum := sha256.Sum256([]byte(k.value))
	return hex.EncodeToString(sum[:8])
}

// TicketURL is the address that signs a browser in as the user: whoever has it,
// has the session. The zero value is no ticket.
type TicketURL struct{ value string }

// NewTicketURL wraps an address. It does not check it: package impersonation
// does, before anything is opened.
func NewTicketURL(address string) TicketURL { return TicketURL{value: address} }

// Reveal returns the address. Only what opens or copies it calls this.
func (t TicketURL) Reveal() string { return t.value }

// IsZero reports whether there is no ticket.
func (t TicketURL) IsZero() bool { return t.value == "" }

// The methods below are every way the standard library has to print a value.

func (Key) String() string                     { return redacted }
func (Key) GoString() string                   { return redacted }
func (Key) Format(f fmt.State, _ rune)         { _, _ = f.Write([]byte(redacted)) }
func (Key) LogValue() slog.Value               { return slog.StringValue(redacted) }
func (Key) MarshalText() ([]byte, error)       { return []byte(redacted), nil }
func (Key) MarshalJSON() ([]byte, error)       { return []byte(`"` + redacted + `"`), nil }
func (TicketURL) String() string               { return redacted }
func (TicketURL) GoString() string             { return redacted }
func (TicketURL) Format(f fmt.State, _ rune)   { _, _ = f.Write([]byte(redacted)) }
func (TicketURL) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (TicketURL) MarshalText() ([]byte, error) { return []byte(redacted), nil }
func (TicketURL) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
