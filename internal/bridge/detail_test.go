package bridge

import (
	"reflect"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/operator"
)

func TestDetailOf(t *testing.T) {
	added, used := noon.Add(-48*time.Hour), noon.Add(-time.Hour)
	d := directory.Detail{At: noon, User: clerkapi.User{
		ID:     "user_1",
		Emails: []clerkapi.Contact{{Value: "a@b.c", Verified: true, Primary: true}},
		Accounts: []clerkapi.ExternalAccount{
			{Provider: "oauth_google", Email: "a@b.c", AddedAt: added},
			{Provider: "saml_okta", Connection: "Acme Okta", Enterprise: true, UsedAt: used},
			{Provider: "\xff"},
		},
		Wallets:        []clerkapi.Contact{{Value: "0xd8dA", AddedAt: added}},
		Passkeys:       []clerkapi.Passkey{{Name: "MacBook", UsedAt: used}, {}},
		Locked:         true,
		Lockout:        time.Hour,
		PublicMetadata: []byte(`{"plan":"team"}`),
	}}
	got := DetailOf(d, operator.Operator{ID: "user_2"})
	if got.PublicMetadata != "{\n  \"plan\": \"team\"\n}" || got.Row.Self || got.LockedUntil != stamp(noon.Add(time.Hour)) {
		t.Errorf("got %+v", got)
	}
	ways := []any{got.Emails, got.Accounts, got.Wallets, got.Passkeys}
	if want := []any{
		[]Contact{{"a@b.c", true, true, ""}},
		[]Account{{"Google", "a@b.c", false, stamp(added), ""}, {"Acme Okta", "", true, "", stamp(used)}, {Name: "\xff"}},
		[]Contact{{"0xd8dA", false, false, stamp(added)}},
		[]Passkey{{"MacBook", stamp(used)}, {}},
	}; !reflect.DeepEqual(ways, want) {
		t.Errorf("got %+v\nwant %+v", ways, want)
	}
	if got.Phones == nil {
		t.Error("an empty list would arrive as null")
	}
	for _, raw := range []string{"", "{}", " {} ", "{"} {
		d.User.PublicMetadata = []byte(raw)
		if got := DetailOf(d, operator.Operator{}).PublicMetadata; got != "" {
			t.Errorf("%q becomes %q", raw, got)
		}
	}
}

func TestALockIsSaidToEndOnlyIfItDoes(t *testing.T) {
	for name, user := range map[string]clerkapi.User{
		"not locked":         {Lockout: time.Hour},
		"locked for good":    {Locked: true},
		"locked, none known": {Locked: true, Lockout: 0},
	} {
		if got := DetailOf(directory.Detail{At: noon, User: user}, operator.Operator{}).LockedUntil; got != "" {
			t.Errorf("%s: until %s", name, got)
		}
	}
}

// TestARowSaysTheBestThereIs: users without a primary address are normal.
func TestARowSaysTheBestThereIs(t *testing.T) {
	contact := func(value string) clerkapi.Contact { return clerkapi.Contact{Value: value} }
	verified := clerkapi.Contact{Value: "b@example.com", Verified: true}
	account := clerkapi.ExternalAccount{Provider: "saml_okta", Email: "sso@acme.example", Enterprise: true}
	for name, tt := range map[string]struct {
		user                            clerkapi.User
		email, contact, named, initials string
	}{
		"a primary address": {clerkapi.User{Email: "p@example.com", Emails: []clerkapi.Contact{verified}}, "p@example.com", "p@example.com", "p@example.com", "P"},
		"addresses, none primary": {
			clerkapi.User{Emails: []clerkapi.Contact{contact("a@example.com"), verified}, Phones: []clerkapi.Contact{contact("+1")}},
			"b@example.com", "b@example.com", "b@example.com", "B",
		},
		"addresses, none verified": {clerkapi.User{Emails: []clerkapi.Contact{contact("a@example.com"), contact("c@example.com")}}, "a@example.com", "a@example.com", "a@example.com", "A"},
		"a phone number":           {clerkapi.User{Phones: []clerkapi.Contact{contact("+442079460912")}, Username: "nomail"}, "", "+442079460912", "nomail", "N"},
		"only a phone number":      {clerkapi.User{Phones: []clerkapi.Contact{contact("+442079460912")}}, "", "+442079460912", "+442079460912", "4"},
		"only a wallet":            {clerkapi.User{Wallets: []clerkapi.Contact{contact("0xd8dA")}}, "", "0xd8dA", "0xd8dA", "0"},
		"only a company's sign-in": {clerkapi.User{Accounts: []clerkapi.ExternalAccount{{Provider: "google"}, account}}, "", "sso@acme.example", "sso@acme.example", "S"},
		"only a passkey":           {clerkapi.User{Passkeys: []clerkapi.Passkey{{Name: "Key"}}}, "", "", "", ""},
		"a name":                   {clerkapi.User{FirstName: "Ada", Phones: []clerkapi.Contact{contact("+1")}}, "", "+1", "Ada", "A"},
	} {
		row := RowOf(tt.user, operator.Operator{})
		if row.Email != tt.email || row.Contact != tt.contact || row.Initials != tt.initials {
			t.Errorf("%s: got %+v", name, row)
		}
		if named := NamesOf([]clerkapi.User{tt.user})[0].Name; named != tt.named {
			t.Errorf("%s: is called %q, want %q", name, named, tt.named)
		}
	}
}

func TestMembershipsOf(t *testing.T) {
	got := MembershipsOf([]clerkapi.Membership{
		{OrganizationID: "org_1", OrganizationName: "Meridian", Role: "org:billing_admin"},
		{OrganizationID: "org_2", Role: "org:billing_admin", Title: " Rechnungen "},
		{},
	})
	want := []Membership{{"org_1", "Meridian", "Billing admin"}, {"org_2", "org_2", "Rechnungen"}, {}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if MembershipsOf(nil) == nil {
		t.Error("an empty list would arrive as null")
	}
}

// TestSessionsOfHidesNobodyWhoIsIn: of a session that cannot be read it is not known
// that it is over, or that nobody acts in it.
func TestSessionsOfHidesNobodyWhoIsIn(t *testing.T) {
	got := SessionsOf([]clerkapi.Session{
		{ID: "sess_1", Status: "active", Browser: "Chrome", Device: "Macintosh", City: "Leeds", Country: "UK", LastActiveAt: noon},
		{ID: "sess_2", Status: "ended"},
		{ID: "sess_3", Status: "pending", Country: "UK", Mobile: true, Tasks: []string{"choose-organization"}, Actor: &clerkapi.Actor{Sub: "user_2"}},
		{Actor: &clerkapi.Actor{}},
	})
	want := []UserSession{
		{ID: "sess_1", Browser: "Chrome", Device: "Macintosh", Place: "Leeds, UK", LastActiveAt: stamp(noon), Waiting: []string{}},
		{ID: "sess_3", Mobile: true, Place: "UK", Impersonated: true, OperatorID: "user_2", Waiting: []string{"choose-organization"}},
		{Impersonated: true, Waiting: []string{}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if SessionsOf(nil) == nil {
		t.Error("an empty list would arrive as null")
	}
}
