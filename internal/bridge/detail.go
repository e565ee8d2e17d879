package bridge

import (
	"cmp"
	"slices"
	"strings"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/operator"
)

// DetailOf converts what the panel shows.
func DetailOf(d directory.Detail, self operator.Operator) UserDetail {
	u := d.User
	detail := UserDetail{
		Row: RowOf(u, self), ExternalID: u.ExternalID,
		Emails: list(u.Emails, contactOf), Phones: list(u.Phones, contactOf), Wallets: list(u.Wallets, contactOf),
		Accounts: list(u.Accounts, accountOf), Passkeys: list(u.Passkeys, passkeyOf),
		TwoFactor: u.TwoFactor, TOTP: u.TOTP, BackupCodes: u.BackupCodes,
		Password:     u.Password,
		LastActiveAt: stamp(u.LastActiveAt), UpdatedAt: stamp(u.UpdatedAt),
		PublicMetadata: MetadataOf(u.PublicMetadata),
		UnsafeMetadata: MetadataOf(u.UnsafeMetadata),
	}
	if u.Locked && u.Lockout > 0 {
		detail.LockedUntil = stamp(d.At.Add(u.Lockout))
	}
	return detail
}

// MembershipsOf converts the places of a user in organizations.
func MembershipsOf(all []clerkapi.Membership) []Membership {
	return list(all, func(m clerkapi.Membership) Membership {
		return Membership{ID: string(m.OrganizationID), Name: cmp.Or(m.OrganizationName, string(m.OrganizationID)), Role: m.RoleName()}
	})
}

// SessionsOf converts those of the sessions that are not over.
func SessionsOf(all []clerkapi.Session) []UserSession {
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
		ID: string(s.ID), Browser: s.Browser, Device: s.Device, Mobile: s.Mobile,
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

func contactOf(c clerkapi.Contact) Contact {
	return Contact{Value: c.Value, Verified: c.Verified, Primary: c.Primary, AddedAt: stamp(c.AddedAt)}
}

func accountOf(a clerkapi.ExternalAccount) Account {
	return Account{
		Name: cmp.Or(a.Connection, providerName(a.Provider)), Email: a.Email, Enterprise: a.Enterprise,
		AddedAt: stamp(a.AddedAt), UsedAt: stamp(a.UsedAt),
	}
}

func passkeyOf(p clerkapi.Passkey) Passkey { return Passkey{Name: p.Name, UsedAt: stamp(p.UsedAt)} }

// providerName makes a provider readable: "Linkedin oidc" of "oauth_linkedin_oidc".
func providerName(provider string) string {
	return capitalized(strings.ReplaceAll(strings.TrimPrefix(provider, "oauth_"), "_", " "))
}
