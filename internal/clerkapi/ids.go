package clerkapi

import (
	"regexp"

	"understudy/internal/fault"
)

// ID names one thing of a kind at Clerk. Only the Parse functions make one, since the
// SDK joins paths without escaping: "../organizations" would be another endpoint. The
// zero ID names nothing. IDs can be compared.
type ID[Kind any] struct{ text string }

type (
	// UserID names a user: "user_" and base62.
	UserID = ID[userKind]
	// ActorTokenID names an actor token: "act_" and base62.
	ActorTokenID = ID[actorTokenKind]
	// SessionID names a session: "sess_" and base62.
	SessionID = ID[sessionKind]
	// OrganizationID names an organization: "org_" and base62.
	OrganizationID = ID[organizationKind]
	// InstanceID names a Clerk instance: "ins_" and base62.
	InstanceID = ID[instanceKind]
)

type (
	userKind         struct{}
	actorTokenKind   struct{}
	sessionKind      struct{}
	organizationKind struct{}
	instanceKind     struct{}
)

// Must returns an id that is known to be one, in tests. It panics on an error.
func Must[Kind any](id ID[Kind], err error) ID[Kind] {
	if err != nil {
		panic(err)
	}
	return id
}

// String is the id as Clerk writes it, "" of the zero ID.
func (id ID[Kind]) String() string { return id.text }

// IsZero reports whether the id names nothing.
func (id ID[Kind]) IsZero() bool { return id.text == "" }

// MarshalText is the id as Clerk writes it, for JSON.
func (id ID[Kind]) MarshalText() ([]byte, error) { return []byte(id.text), nil }

func texts[Kind any](ids []ID[Kind]) []string {
	all := make([]string, 0, len(ids))
	for _, id := range ids {
		all = append(all, id.String())
	}
	return all
}

// given returns fault.IDInvalid for the zero ID, which would make the path of another
// call.
func (id ID[Kind]) given() error {
	if id.IsZero() {
		return fault.New(fault.IDInvalid, nil)
	}
	return nil
}

var (
	userIDForm         = regexp.MustCompile(`^user_[A-Za-z0-9]{1,64}$`)
	actorTokenIDForm   = regexp.MustCompile(`^act_[A-Za-z0-9]{1,64}$`)
	sessionIDForm      = regexp.MustCompile(`^sess_[A-Za-z0-9]{1,64}$`)
	organizationIDForm = regexp.MustCompile(`^org_[A-Za-z0-9]{1,64}$`)
	instanceIDForm     = regexp.MustCompile(`^ins_[A-Za-z0-9]{1,64}$`)
)

// ParseUserID returns fault.IDInvalid for anything but a user id.
func ParseUserID(s string) (UserID, error) { return parseID[userKind](userIDForm, s) }

// ParseActorTokenID returns fault.IDInvalid for anything but an actor token id.
func ParseActorTokenID(s string) (ActorTokenID, error) {
	return parseID[actorTokenKind](actorTokenIDForm, s)
}

// ParseSessionID returns fault.IDInvalid for anything but a session id.
func ParseSessionID(s string) (SessionID, error) { return parseID[sessionKind](sessionIDForm, s) }

// ParseOrganizationID returns fault.IDInvalid for anything but an organization id.
func ParseOrganizationID(s string) (OrganizationID, error) {
	return parseID[organizationKind](organizationIDForm, s)
}

// ParseInstanceID returns fault.IDInvalid for anything but an instance id.
func ParseInstanceID(s string) (InstanceID, error) { return parseID[instanceKind](instanceIDForm, s) }

func parseID[Kind any](form *regexp.Regexp, s string) (ID[Kind], error) {
	if !form.MatchString(s) {
		return ID[Kind]{}, fault.New(fault.IDInvalid, nil)
	}
	return ID[Kind]{s}, nil
}
