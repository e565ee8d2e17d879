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
		ID:     userID("user_1"),
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
	got := detailOf(d, operator.Operator{ID: userID("user_2")})
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
		if got := detailOf(d, operator.Operator{}).PublicMetadata; got != "" {
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
		if got := detailOf(directory.Detail{At: noon, User: user}, operator.Operator{}).LockedUntil; got != "" {
			t.Errorf("%s: until %s", name, got)
		}
	}
}

func TestMembershipsOf(t *testing.T) {
	got := membershipsOf([]clerkapi.Membership{
		{OrganizationID: organizationID("org_1"), OrganizationName: "Meridian", Role: "org:billing_admin"},
		{OrganizationID: organizationID("org_2"), Role: "org:billing_admin", Title: " Rechnungen "},
		{},
	})
	want := []Membership{{"org_1", "Meridian", "Billing admin"}, {"org_2", "org_2", "Rechnungen"}, {}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if membershipsOf(nil) == nil {
		t.Error("an empty list would arrive as null")
	}
}

// TestSessionsOfHidesNobodyWhoIsIn: of a session that cannot be read it is not known
// that it is over, or that nobody acts in it.
func TestSessionsOfHidesNobodyWhoIsIn(t *testing.T) {
	got := sessionsOf([]clerkapi.Session{
		{ID: sessionID("sess_1"), Status: "active", Browser: "Chrome", Device: "Macintosh", City: "Leeds", Country: "UK", LastActiveAt: noon},
		{ID: sessionID("sess_2"), Status: "ended"},
		{ID: sessionID("sess_3"), Status: "pending", Country: "UK", Mobile: true, Tasks: []string{"choose-organization"}, Actor: &clerkapi.Actor{Sub: "user_2"}},
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
	if sessionsOf(nil) == nil {
		t.Error("an empty list would arrive as null")
	}
}
