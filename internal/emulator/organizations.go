package emulator

import (
	"slices"
	"strings"
)

// organization is one customer of the sample app.
type organization struct {
	id, name, slug, domain string
	createdAt              int64 // Unix milliseconds
	createdBy              int   // index of a user
}

// The organizations by place. The first is the company that makes the sample app;
// its staff are the support agents.
const (
	orgNorthwind = iota
	orgMeridian
	orgClinic
	orgFjordbank
	orgLumen
	orgPaystackers
	orgHinode
	orgSchneider
	orgBosphorus
	orgQuanta
	orgEastgate
	orgSaigon
)

// Roles and what they allow, by Clerk's keys
// (https://clerk.com/docs/organizations/roles-permissions).
const (
	roleAdmin  = "org:admin"
	roleMember = "org:member"
)

func permissions(role string) []string {
	if role == roleAdmin {
		return []string{
			"org:sys_profile:manage", "org:sys_profile:delete",
			"org:sys_memberships:read", "org:sys_memberships:manage",
			"org:sys_domains:read", "org:sys_domains:manage",
			"org:sys_billing:read", "org:sys_billing:manage",
		}
	}
	return []string{"org:sys_memberships:read", "org:sys_billing:read"}
}

func (d *directory) newOrganizations() []organization {
	names := []string{
		"Northwind Invoices", "Meridian Health", "Clinic Partners", "Fjordbank", "Lumen HQ", "Paystackers",
		"Hinode", "Schneider & Partner", "Bosphorus", "Quantaclass", "Eastgate Law", "Saigon Labs",
	}
	// All were there before most users: spread over the first weeks of the span.
	const week = int64(7 * 24 * 60 * 60 * 1000)
	orgs := make([]organization, len(names))
	for i, n := range names {
		slug := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(n), " &", ""), " ", "-")
		orgs[i] = organization{
			id:        string(d.ids.of(nil, "org_", i, saltOrganization)),
			name:      n,
			slug:      slug,
			domain:    strings.ReplaceAll(slug, "-", "") + ".example",
			createdAt: d.start - d.span + int64(i)*week/int64(len(names)),
			createdBy: i % d.n,
		}
	}
	return orgs
}

// membership ties a user to an organization.
type membership struct {
	org   int
	admin bool
}

func (m membership) role() string {
	if m.admin {
		return roleAdmin
	}
	return roleMember
}

// memberships appends those of a user: two users in five have one, a few have two.
func (d *directory) memberships(dst []membership, i int) []membership {
	if p := d.person(i); p != nil {
		return append(dst, p.orgs...)
	}
	h := d.hash(i, saltOrganization)
	if h%5 >= 2 {
		return dst
	}
	others := uint64(len(d.orgs)) - 1                        // nobody joins the staff by chance
	first, second := 1+int(h>>8%others), 1+int(h>>24%others) //nolint:gosec // below the number of organizations
	dst = append(dst, membership{first, h>>16%16 == 0})
	if h>>32%8 == 0 && second != first {
		dst = append(dst, membership{second, false})
	}
	return dst
}

// belongs reports whether a user is a member.
func (d *directory) belongs(i, org int) bool {
	var room [2]membership
	return slices.ContainsFunc(d.memberships(room[:0], i), func(m membership) bool { return m.org == org })
}
