package emulator

import (
	"net/http"
	"strings"
	"time"
)

// longWord is as long as a word can be that nobody can break.
func longWord(letters string) string {
	const length = 60
	return strings.Repeat(letters, length)[:length]
}

// extremes are what the scene of that name makes of users, by their primary address.
func extremes() map[string]func(*userResource) {
	early := time.Unix(1, 0).UnixMilli()
	late := time.Date(2100, time.January, 1, 12, 0, 0, 0, time.UTC).UnixMilli()
	senseless := int64(-1)
	return map[string]func(*userResource){
		"priya.raman@meridianhealth.example": func(u *userResource) {
			first, last, username := longWord("Donaudampf"), longWord("Wolfeschlegel"), longWord("username")
			u.FirstName, u.LastName, u.Username, u.ExternalID = &first, &last, &username, &username
			for i := range u.EmailAddresses {
				u.EmailAddresses[i].EmailAddress = longWord("postfach") + "@" + longWord("gesellschaft") + ".example"
			}
			for i := range u.ExternalAccounts {
				u.ExternalAccounts[i].Provider = "oauth_custom_" + longWord("provider")
			}
		},
		"noor.haddad@northwind.example": func(u *userResource) {
			first, last := "محمد عبد الله", "الخوارزمي"
			u.FirstName, u.LastName = &first, &last
		},
		"tomas@ferreira-studio.example": func(u *userResource) {
			const size = 500 << 10
			u.PublicMetadata.Notes = strings.Repeat("x", size)
		},
		"ingrid.solheim@fjordbank.example": func(u *userResource) {
			u.CreatedAt, u.UpdatedAt, u.LastSignInAt, u.LastActiveAt = early, late, &late, &late
		},
		"seun@paystackers.example": func(u *userResource) {
			u.CreatedAt, u.LastSignInAt, u.LastActiveAt = senseless, &senseless, &senseless
		},
	}
}

// user is a user as things stand.
func (s *Server) user(i int, r *http.Request) userResource {
	u := s.users.user(i, baseURL(r))
	if s.Scene().Extremes {
		if change := extremes()[string(s.users.appendEmail(nil, i))]; change != nil {
			change(&u)
		}
	}
	return u
}

// membership is one of an organization as things stand.
func (s *Server) membership(m membershipResource) membershipResource {
	if s.Scene().Extremes {
		m.Role, m.RoleName, m.Organization.Name = "org:"+longWord("board"), longWord("Verwaltungsrat"), longWord("Gesellschaft")
	}
	return m
}
