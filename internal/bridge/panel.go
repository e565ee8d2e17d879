package bridge

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/operator"
	"understudy/internal/workspace"
)

// PanelCalls fill the panel of one user.
type PanelCalls struct{ *Scope }

// GetUser returns what the panel shows of one user. Ahead of the panel, nobody waits
// for it.
func (c *PanelCalls) GetUser(requestID, userID string, ahead bool) (UserDetail, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) (d UserDetail, err error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return d, err
		}
		if ahead {
			ctx = clerkapi.InBackground(ctx)
		}
		detail, err := w.Directory.Detail(ctx, id)
		if err != nil {
			return d, err
		}
		return detailOf(detail, w.KnownOperator()), nil
	})
}

// GetMemberships returns the organizations of a user for the panel. They come beside
// the rest, never before it.
func (c *PanelCalls) GetMemberships(requestID, userID string) ([]Membership, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) ([]Membership, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return nil, err
		}
		all, err := w.Directory.Memberships(clerkapi.InBackground(ctx), id)
		return membershipsOf(all), err
	})
}

// GetSessions returns where a user is signed in, and who is as them. It comes beside
// the rest, never before it.
func (c *PanelCalls) GetSessions(requestID, userID string) ([]UserSession, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) ([]UserSession, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return nil, err
		}
		all, err := w.Sessions(clerkapi.InBackground(ctx), id)
		return sessionsOf(all), err
	})
}

// GetPrivateMetadata returns the private metadata of a user as indented JSON, ""
// without any. It is asked for on its own and kept nowhere.
func (c *PanelCalls) GetPrivateMetadata(requestID, userID string) (string, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) (string, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return "", err
		}
		raw, err := w.PrivateMetadata(ctx, id)
		return metadataOf(raw), err
	})
}

// OpenInDashboard opens a user's page in Clerk's dashboard, in the default browser.
func (c *PanelCalls) OpenInDashboard(userID string) error {
	return c.openPage(func(*workspace.Workspace) (string, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return "", err
		}
		return clerkapi.DashboardOf(id), nil
	})
}

// UserDetail is what the panel shows of one user.
type UserDetail struct {
	Row         UserRow   `json:"row"`
	ExternalID  string    `json:"externalID"`
	Emails      []Contact `json:"emails"`
	Phones      []Contact `json:"phones"`
	Wallets     []Contact `json:"wallets"`
	Accounts    []Account `json:"accounts"`
	Passkeys    []Passkey `json:"passkeys"`
	TwoFactor   bool      `json:"twoFactor"`
	TOTP        bool      `json:"totp"` // an authenticator app is one of the second factors
	BackupCodes bool      `json:"backupCodes"`
	Password    bool      `json:"password"`
	// LockedUntil is when Clerk unlocks them by itself, "" if it does not say.
	LockedUntil    string `json:"lockedUntil"`
	LastActiveAt   string `json:"lastActiveAt"` // day precision
	UpdatedAt      string `json:"updatedAt"`
	PublicMetadata string `json:"publicMetadata"` // indented JSON, "" when empty
	UnsafeMetadata string `json:"unsafeMetadata"` // indented JSON, "" when empty
}

// Contact is an email address, a phone number or a web3 wallet.
type Contact struct {
	Value    string `json:"value"`
	Verified bool   `json:"verified"`
	Primary  bool   `json:"primary"`
	AddedAt  string `json:"addedAt"`
}

// Account is a sign-in elsewhere: at a provider, or of the user's company.
type Account struct {
	Name       string `json:"name"` // "Google", "Okta"; "" if Clerk does not say
	Email      string `json:"email"`
	Enterprise bool   `json:"enterprise"`
	AddedAt    string `json:"addedAt"`
	UsedAt     string `json:"usedAt"`
}

// Passkey is a passkey of the user.
type Passkey struct {
	Name   string `json:"name"` // "" if Clerk does not say
	UsedAt string `json:"usedAt"`
}

// Membership is a place in an organization.
type Membership struct {
	ID   string `json:"id"` // of the organization
	Name string `json:"name"`
	Role string `json:"role"`
}

// UserSession is a session of the user that is not over, with its device.
type UserSession struct {
	ID      string `json:"id"` // "" if it cannot be read
	Browser string `json:"browser"`
	Device  string `json:"device"` // "Macintosh"
	Mobile  bool   `json:"mobile"`
	Place   string `json:"place"` // "Leeds, UK"
	// Impersonated: somebody else is signed in as the user. OperatorID is who, in the
	// words of their tool, "" if it does not say.
	Impersonated bool     `json:"impersonated"`
	OperatorID   string   `json:"operatorID"`
	CreatedAt    string   `json:"createdAt"`
	LastActiveAt string   `json:"lastActiveAt"`
	Waiting      []string `json:"waiting"` // as in Impersonation
}

// detailOf converts what the panel shows.
func detailOf(d directory.Detail, self operator.Operator) UserDetail {
	u := d.User
	detail := UserDetail{
		Row: rowOf(u, self), ExternalID: u.ExternalID,
		Emails: list(u.Emails, contactOf), Phones: list(u.Phones, contactOf), Wallets: list(u.Wallets, contactOf),
		Accounts: list(u.Accounts, accountOf), Passkeys: list(u.Passkeys, passkeyOf),
		TwoFactor: u.TwoFactor, TOTP: u.TOTP, BackupCodes: u.BackupCodes,
		Password:     u.Password,
		LastActiveAt: stamp(u.LastActiveAt), UpdatedAt: stamp(u.UpdatedAt),
		PublicMetadata: metadataOf(u.PublicMetadata),
		UnsafeMetadata: metadataOf(u.UnsafeMetadata),
	}
	if u.Locked && u.Lockout > 0 {
		detail.LockedUntil = stamp(d.At.Add(u.Lockout))
	}
	return detail
}

func contactOf(c clerkapi.Contact) Contact {
	return Contact{Value: c.Value, Verified: c.Verified, Primary: c.Primary, AddedAt: stamp(c.AddedAt)}
}

func accountOf(a clerkapi.ExternalAccount) Account {
	return Account{
		Name: cmp.Or(a.Connection, providerName(a.Provider)), Email: a.Email, Enterprise: a.Enterprise,
		AddedAt: stamp(a.AddedAt), UsedAt: stamp(a.UsedAt),
	}
}

// providerName makes a provider readable: "Linkedin oidc" of "oauth_linkedin_oidc".
func providerName(provider string) string {
	return capitalized(strings.ReplaceAll(strings.TrimPrefix(provider, "oauth_"), "_", " "))
}

func passkeyOf(p clerkapi.Passkey) Passkey { return Passkey{Name: p.Name, UsedAt: stamp(p.UsedAt)} }

// metadataOf indents a JSON object; an empty one is not worth showing.
func metadataOf(raw []byte) string {
	var out bytes.Buffer
	if len(raw) == 0 || string(bytes.TrimSpace(raw)) == "{}" || json.Indent(&out, raw, "", "  ") != nil {
		return ""
	}
	return out.String()
}

// membershipsOf converts the places of a user in organizations.
func membershipsOf(all []clerkapi.Membership) []Membership {
	return list(all, func(m clerkapi.Membership) Membership {
		return Membership{ID: m.OrganizationID.String(), Name: cmp.Or(m.OrganizationName, m.OrganizationID.String()), Role: m.RoleName()}
	})
}

// sessionsOf converts those of the sessions that are not over.
func sessionsOf(all []clerkapi.Session) []UserSession {
	sessions := []UserSession{}
	for _, s := range all {
		if !s.Over() {
			sessions = append(sessions, sessionOf(s))
		}
	}
	return sessions
}

func sessionOf(s clerkapi.Session) UserSession {
	session := UserSession{
		ID: s.ID.String(), Browser: s.Browser, Device: s.Device, Mobile: s.Mobile,
		Place:        strings.Join(slices.DeleteFunc([]string{s.City, s.Country}, func(part string) bool { return part == "" }), ", "),
		Impersonated: s.Actor != nil,
		CreatedAt:    stamp(s.CreatedAt), LastActiveAt: stamp(s.LastActiveAt),
		Waiting: append([]string{}, s.Tasks...),
	}
	if s.Actor != nil {
		session.OperatorID = s.Actor.Sub
	}
	return session
}
