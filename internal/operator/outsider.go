package operator

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// The most that somebody may type of themselves: RFC 5321 allows no longer address.
const (
	maxName    = 100
	maxAddress = 254
)

// addressForm has one mailbox at one domain, and nothing that lists or quotes
// addresses.
var addressForm = regexp.MustCompile(`^[^\s@<>()\[\]\\,;:"]+@[^\s@<>()\[\]\\,;:"]+\.[^\s@<>()\[\]\\,;:".]+$`)

// Outsider is somebody who acts though they are no user of the instance. Nothing can
// prove who they are. The failures are fault.OperatorName and fault.OperatorAddress.
func Outsider(name, address string) (Operator, error) {
	name, address = strings.TrimSpace(name), strings.ToLower(strings.TrimSpace(address))
	switch {
	case name == "" || !isLine(name, maxName):
		return Operator{}, fault.New(fault.OperatorName, nil)
	case !isLine(address, maxAddress) || !addressForm.MatchString(address):
		return Operator{}, fault.New(fault.OperatorAddress, nil)
	}
	return Operator{Outside: true, Name: name, Email: address}, nil
}

func isLine(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// IsNobody reports whether it is not known who acts.
func (o Operator) IsNobody() bool { return o.ID.IsZero() && !o.Outside }

// RecordID names the operator in the audit log, which holds no address. For an outsider
// it is the beginning of the address's SHA-256, so somebody who knows the address can
// compare. It is "" for nobody.
func (o Operator) RecordID() string {
	if !o.Outside {
		return o.ID.String()
	}
	const digits = 32
	sum := sha256.Sum256([]byte(o.Email))
	return "address_" + hex.EncodeToString(sum[:])[:digits]
}

// Sub names the operator to Clerk, in the actor payload.
func (o Operator) Sub() string {
	if o.Outside {
		return o.Email
	}
	return o.ID.String()
}

// Is reports whether a user is the operator: an outsider is the one who has their
// address, verified or not.
func (o Operator) Is(user clerkapi.User) bool {
	if !o.Outside {
		return !o.ID.IsZero() && user.ID == o.ID
	}
	hasIt := func(address string) bool { return strings.EqualFold(strings.TrimSpace(address), o.Email) }
	return hasIt(user.Email) || slices.ContainsFunc(user.Emails, func(c clerkapi.Contact) bool { return hasIt(c.Value) })
}
