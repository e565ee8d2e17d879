package clerkapi

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"understudy/internal/bidi"
	"understudy/internal/secret"
)

// Instance is what GET /instance says of the instance behind a key.
type Instance struct {
	ID          InstanceID
	Environment secret.Environment
}

// Domain is one entry of GET /domains.
type Domain struct {
	Name string
	// FrontendAPI is the address whose host ticket URLs must have, for example
	// "https://clerk.acme.com".
	FrontendAPI string
	// Proxy is the address in front of the Frontend API, where one is set up.
	Proxy     string
	Satellite bool
}

// User is one row of GET /users.
type User struct {
	ID         UserID
	ExternalID string
	Username   string
	FirstName  string
	LastName   string
	// Email is the address whose id is primary_email_address_id; "" without one.
	Email        string
	Emails       []Contact
	Phones       []Contact
	Wallets      []Contact
	Accounts     []ExternalAccount
	Passkeys     []Passkey
	ImageURL     string
	HasImage     bool
	Banned       bool
	Locked       bool
	Lockout      time.Duration // how much longer Clerk locks them; 0: not known
	Deprovision  bool
	TwoFactor    bool
	TOTP         bool // an authenticator app is one of the second factors
	BackupCodes  bool
	Password     bool
	CreatedAt    time.Time
	UpdatedAt    time.Time
	LastActiveAt time.Time // day precision; zero: never
	LastSignInAt time.Time // zero: never
	// NoImpersonation: the public or private metadata has a "no_impersonation"
	// that is neither false nor null.
	NoImpersonation bool
	// Metadata answers rules; in lists it cannot be read.
	Metadata Metadata
	// PublicMetadata and UnsafeMetadata are raw JSON objects; nil in lists.
	PublicMetadata, UnsafeMetadata []byte
	Unread                         Unread
	// Garbled: nothing of the user could be read but, at best, the id. Only lists
	// have such users.
	Garbled bool
}

// Name is first and last name, "" without either. A mark of direction in one of them
// would turn the other as well, so both are without.
func (u User) Name() string {
	return strings.TrimSpace(bidi.Clean(u.FirstName) + " " + bidi.Clean(u.LastName))
}

// Unread says which fields of a user could not be read and are therefore empty. It
// has those that rules decide by, or whose empty value would mean something else.
type Unread struct {
	Banned, Locked, Deprovision bool
	Addresses                   bool // an email address, of the user or of an account
	Metadata                    bool // public or private; false in lists
	LastSignIn                  bool // unreadable, while an empty one means never
}

// Membership is a user's place in an organization. Its id, its role and its
// permissions decide, its name is only shown: each is empty if it cannot be read.
type Membership struct {
	OrganizationID   OrganizationID
	OrganizationName string
	Role             string // "org:admin"
	Title            string // the instance's own name of the role, "" if it gives none
	Permissions      []string
	// UnreadPermissions is true if not all of the permissions could be read.
	UnreadPermissions bool
}

// RoleName is what the instance calls the role, or else the role made readable:
// "Billing admin" of "org:billing_admin".
func (m Membership) RoleName() string {
	if title := strings.TrimSpace(bidi.Clean(m.Title)); title != "" {
		return title
	}
	words := strings.ReplaceAll(strings.TrimPrefix(m.Role, "org:"), "_", " ")
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// Organization is one answer of GET /organizations. Its id is empty if it cannot
// be read.
type Organization struct {
	ID   OrganizationID
	Name string
	Slug string
}

// UserFilter is what GET /users and GET /users/count filter by. Zero fields
// do not filter.
type UserFilter struct {
	Query         string // matches partly in many fields, see Clerk's docs
	EmailQuery    string
	PhoneQuery    string
	UsernameQuery string
	NameQuery     string
	UserIDs       []string
	Emails        []string
	Phones        []string
	Usernames     []string
	Wallets       []string
	ExternalIDs   []string
	Organizations []OrganizationID
	Banned        *bool
	// Bounds in Clerk are milliseconds; Before and After are both exclusive.
	CreatedBefore, CreatedAfter       time.Time
	LastActiveBefore, LastActiveAfter time.Time
	LastSignInBefore, LastSignInAfter time.Time
}

// Order is an order_by field with its direction.
type Order struct {
	Field      OrderField
	Descending bool
}

// OrderField is a field that Clerk can sort by.
type OrderField string

// The orders that the users table offers.
const (
	ByCreated    OrderField = "created_at"
	ByLastSignIn OrderField = "last_sign_in_at"
	ByFirstName  OrderField = "first_name"
	ByEmail      OrderField = "email_address"
	ByUsername   OrderField = "username"
)

// UserPage asks for one page of GET /users.
type UserPage struct {
	Filter UserFilter
	Order  Order
	Limit  int // 1 to 500
	// Offset and After exclude each other; After works only with ByCreated.
	Offset int
	After  UserID
}

// ActorTokenRequest is the body of POST /actor_tokens.
type ActorTokenRequest struct {
	UserID UserID
	// Actor is sent as it is; "sub" is the operator's user id.
	Actor Actor
	// LinkLife is how long the ticket works, SessionLength how long the session
	// lasts at most. Both in whole seconds.
	LinkLife      time.Duration
	SessionLength time.Duration
}

// Actor is the payload that Clerk keeps with the session and puts into the
// act claim of its tokens. It holds ids only: the customer's app can read it.
type Actor struct {
	Sub string `json:"sub"`
	Iss string `json:"iss,omitempty"`
	RID string `json:"rid,omitempty"`
	Log string `json:"log,omitempty"`
	Ref string `json:"ref,omitempty"`
	// Type is what other tools put there. It is read, and never sent: "agent" hides
	// Clerk's banner.
	Type string `json:"-"`
}

// ActorToken is the answer of POST /actor_tokens. Only the id is checked; the
// rest is empty where Clerk's answer is odd, so that the token can be revoked.
type ActorToken struct {
	ID     ActorTokenID
	Status string // "pending" when fresh
	UserID UserID
	URL    secret.TicketURL // may be zero: url is optional in Clerk's schema
}

// Session is one entry of GET /sessions.
type Session struct {
	// ID is empty for a session that cannot be ended: the answer does not say which
	// one it is, or that it is the user's.
	ID           SessionID
	UserID       UserID
	Status       string   // "active", "pending", "revoked", …, see [Session.Over]; "": unreadable
	Actor        *Actor   // nil: not an impersonation; empty: unreadable
	Tasks        []string // for a pending one: "choose-organization", …
	CreatedAt    time.Time
	ExpireAt     time.Time
	LastActiveAt time.Time
	Browser      string
	Device       string // "Macintosh", "iPhone"
	Mobile       bool
	City         string
	Country      string
}
