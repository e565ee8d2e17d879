package emulator

import "time"

// The ways in that only people with a story have: passkeys, the sign-in of a
// company, and devices on which they are signed in already.

type passkeyResource struct {
	ID           string               `json:"id"`
	Object       string               `json:"object"`
	Name         string               `json:"name"`
	LastUsedAt   int64                `json:"last_used_at"`
	Verification verificationResource `json:"verification"`
}

type enterpriseResource struct {
	ID                  string               `json:"id"`
	Object              string               `json:"object"`
	Protocol            string               `json:"protocol"`
	Provider            string               `json:"provider"`
	Active              bool                 `json:"active"`
	EmailAddress        string               `json:"email_address"`
	FirstName           *string              `json:"first_name"`
	LastName            *string              `json:"last_name"`
	ProviderUserID      *string              `json:"provider_user_id"`
	Verification        verificationResource `json:"verification"`
	Connection          enterpriseConnection `json:"enterprise_connection"`
	LastAuthenticatedAt *int64               `json:"last_authenticated_at"`
}

type enterpriseConnection struct {
	ID               string   `json:"id"`
	Protocol         string   `json:"protocol"`
	Provider         string   `json:"provider"`
	Name             string   `json:"name"`
	Logo             *string  `json:"logo_public_url"`
	Domains          []string `json:"domains"`
	Active           bool     `json:"active"`
	SyncsAttributes  bool     `json:"sync_user_attributes"`
	NoIdentification bool     `json:"disable_additional_identifications"`
	AllowsSubdomains bool     `json:"allow_subdomains"`
	AllowsIDPStart   bool     `json:"allow_idp_initiated"`
	CreatedAt        int64    `json:"created_at"`
	UpdatedAt        int64    `json:"updated_at"`
}

// hasPassword is not so for those who came in by what needs none.
func (d *directory) hasPassword(i int) bool {
	p := d.person(i)
	return p == nil || p.email != "" || len(p.passkeys) == 0 && p.sso == "" && p.wallet == "" && p.phone == ""
}

func (d *directory) passkeys(i int) []passkeyResource {
	found := []passkeyResource{}
	p := d.person(i)
	if p == nil {
		return found
	}
	at, _ := d.lastSignIn(i)
	for n, name := range p.passkeys {
		found = append(found, passkeyResource{
			ID: string(d.ids.of(nil, "idn_", i, uint64('k'+n))), Object: "passkey", Name: name, LastUsedAt: at,
			Verification: verificationResource{Object: "verification_passkey", Status: "verified", Strategy: "passkey"},
		})
	}
	return found
}

func (d *directory) enterpriseAccounts(i int) []enterpriseResource {
	p := d.person(i)
	if p == nil || p.sso == "" {
		return []enterpriseResource{}
	}
	const provider = "saml_okta"
	return []enterpriseResource{{
		ID: string(d.ids.of(nil, "ent_", i, 's')), Object: "enterprise_account", Protocol: "saml", Provider: provider,
		Active: true, EmailAddress: p.sso, LastAuthenticatedAt: optionalTime(d.lastSignIn(i)),
		Verification: verificationResource{Object: "verification_saml", Status: "verified", Strategy: "saml"},
		Connection: enterpriseConnection{
			ID: string(d.ids.of(nil, "entconn_", i, 's')), Protocol: "saml", Provider: provider,
			Name: "Company sign-in (Okta)", Domains: []string{}, Active: true,
			SyncsAttributes: true, CreatedAt: d.createdAt(i), UpdatedAt: d.createdAt(i),
		},
	}}
}

// device is a browser in which somebody is signed in.
type device struct {
	browser, kind, city, country string
	mobile                       bool
	active                       time.Duration // how long ago
}

// signedInBefore are the sessions that people have had since before the start: they
// are not among those that a test sees begin.
func (d *directory) signedInBefore(start time.Time) map[string]*session {
	sessions := map[string]*session{}
	for i, p := range d.people {
		for n, x := range p.devices {
			const week = 7 * 24 * time.Hour
			id := func(tag string) string { return string(d.ids.of(nil, tag, i, uint64('d'+n))) } //nolint:gosec // an index is not negative
			activeAt := start.Add(-x.active)
			began := activeAt.Add(-time.Hour)
			sessions[id("sess_")] = &session{
				id: id("sess_"), client: id("client_"), user: i, status: statusActive,
				createdAt: began, updatedAt: activeAt, activeAt: activeAt, expiresAt: start.Add(week),
				browser: activity{
					Object: "session_activity", ID: id("sess_activity_"), DeviceType: x.kind, IsMobile: x.mobile,
					BrowserName: x.browser, IPAddress: "192.0.2.7", City: x.city, Country: x.country,
				},
			}
		}
	}
	return sessions
}
