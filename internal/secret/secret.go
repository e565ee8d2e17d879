// Package secret holds the two values that must never be seen: the operator's
// Clerk secret key and the ticket URL of an impersonation. Both are types that
// cannot print themselves, so that a log line, an error, a JSON encoder or a
// debugger's %v shows a mark in their place. The only way to the value is the
// method Reveal, which is easy to search for.
package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Environment is what a key says about itself: Clerk puts the kind of instance
// into the prefix of the key (https://clerk.com/docs/deployments/clerk-environment-variables).
type Environment string

// The two kinds of Clerk instance.
const (
	Development Environment = "development"
	Production  Environment = "production"
)

// Beginnings of secret keys. Stripe's begin the same way, see [ParseKey].
const (
	testPrefix = "sk_test_"
	livePrefix = "sk_live_"
)

// Key is a Clerk secret key. The zero value is no key. Make one with [ParseKey].
type Key struct{ hidden }

// newKey copies the key, so that it does not hold the text that it was found in.
func newKey(value string) Key { return Key{hide(strings.Clone(value))} }

// Environment is read off the prefix, sk_test_ or sk_live_.
func (k Key) Environment() Environment {
	if strings.HasPrefix(k.Reveal(), livePrefix) {
		return Production
	}
	return Development
}

// Hint is what the operator may see of the key: prefix and last four
// characters, as in "sk_live_…x7Q2".
func (k Key) Hint() string {
	const tail = 4
	value := k.Reveal()
	if len(value) < len(livePrefix)+tail {
		return ""
	}
	return value[:len(livePrefix)] + "…" + value[len(value)-tail:]
}

// Fingerprint is the first 16 hex digits of the key's SHA-256: enough to tell
// two keys apart, useless for anything else (a key has over 200 bits).
func (k Key) Fingerprint() string {
	if k.IsZero() {
		return ""
	}
	sum := sha256.Sum256([]byte(k.Reveal()))
	return hex.EncodeToString(sum[:8])
}

// TicketURL is the address that signs a browser in as the user. It is secret, since
// it gives the session to everybody who has it. The zero value is no ticket.
type TicketURL struct{ hidden }

// NewTicketURL wraps an address. It does not check it: package impersonation
// does, before anything is opened.
func NewTicketURL(address string) TicketURL { return TicketURL{hide(address)} }
