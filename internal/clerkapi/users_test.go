package clerkapi

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"time"

	"understudy/internal/fault"
)

const janeJSON = `{
	"id": "user_jane", "object": "user", "external_id": null, "username": "jane",
	"first_name": "Jane", "last_name": null,
	"primary_email_address_id": "idn_2", "primary_phone_number_id": null,
	"email_addresses": [
		{"id": "idn_1", "email_address": "old@acme.test", "verification": null},
		{"id": "idn_2", "email_address": "jane@acme.test", "verification": {"status": "verified"}}
	],
	"phone_numbers": [{"phone_number": "+15550100", "verification": {"status": "unverified"}}],
	"external_accounts": [{"provider": "oauth_google", "email_address": "jane@gmail.test"}],
	"image_url": "https://img.test/jane", "has_image": true,
	"banned": false, "locked": true, "deprovisioned": true,
	"two_factor_enabled": true, "password_enabled": true,
	"public_metadata": {"plan": "gold"}, "private_metadata": {"never": "read"},
	"created_at": 1700000000000, "updated_at": 1700000001000,
	"last_active_at": 1700000002000, "last_sign_in_at": null
}`

func jane() User {
	return User{
		ID: userID("user_jane"), Username: "jane", FirstName: "Jane", Email: "jane@acme.test",
		Emails: []Contact{
			{Value: "old@acme.test"},
			{Value: "jane@acme.test", Verified: true, Primary: true},
		},
		Phones:   []Contact{{Value: "+15550100"}},
		Accounts: []ExternalAccount{{Provider: "google", Email: "jane@gmail.test"}},
		ImageURL: "https://img.test/jane", HasImage: true,
		Locked: true, Deprovision: true, TwoFactor: true, Password: true,
		CreatedAt:    time.UnixMilli(1700000000000).UTC(),
		UpdatedAt:    time.UnixMilli(1700000001000).UTC(),
		LastActiveAt: time.UnixMilli(1700000002000).UTC(),
	}
}

func TestListUsersReadsAUser(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, "["+janeJSON+"]"))
	client, _ := newClient(t, s.URL, nil)

	users, err := client.ListUsers(t.Context(), UserPage{Limit: 100})
	if err != nil {
		t.Fatal(everyPrint(err))
	}
	if want := []User{jane()}; !reflect.DeepEqual(users, want) {
		t.Errorf("users =\n%+v, want\n%+v", users, want)
	}
	if got := len(s.requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
	sent := s.requests()[0]
	if got := sent.header.Get("Authorization"); got != "Bearer "+canaryKey {
		t.Errorf("Authorization = %q", got)
	}
	if got := sent.header.Get("Clerk-Api-Version"); got != "2026-05-12" {
		t.Errorf("Clerk-API-Version = %q", got)
	}
	if got := sent.header.Get("User-Agent"); got != "understudy/test" {
		t.Errorf("User-Agent = %q", got)
	}
	if got := sent.header.Get("Accept-Encoding"); got != "gzip" {
		t.Errorf("Accept-Encoding = %q", got)
	}
}

func TestGetUserHasPublicMetadata(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, janeJSON))
	client, _ := newClient(t, s.URL, nil)

	user, err := client.GetUser(t.Context(), userID("user_jane"))
	if err != nil {
		t.Fatal(everyPrint(err))
	}
	want := jane()
	want.PublicMetadata = []byte(`{"plan": "gold"}`)
	want.Metadata = MetadataOf(want.PublicMetadata, []byte(`{"never": "read"}`), nil)
	if !reflect.DeepEqual(user, want) {
		t.Errorf("user =\n%+v, want\n%+v", user, want)
	}
	if got := s.requests()[0].path; got != "/v1/users/user_jane" {
		t.Errorf("path = %q", got)
	}
}

func TestPrivateMetadataIsOfTheUserAskedFor(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, janeJSON))
	client, _ := newClient(t, s.URL, nil)

	got, err := client.PrivateMetadata(t.Context(), userID("user_jane"))
	if err != nil || string(got) != `{"never": "read"}` {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := client.PrivateMetadata(t.Context(), userID("user_other")); fault.CodeOf(err) != fault.ClerkAnswer {
		t.Errorf("somebody else's: got %v", err)
	}
	if _, err := client.PrivateMetadata(t.Context(), UserID{}); fault.CodeOf(err) != fault.IDInvalid {
		t.Errorf("no id: got %v", err)
	}
}

// TestMetadataMayForbidImpersonation has public and private metadata, in several
// spellings.
func TestMetadataMayForbidImpersonation(t *testing.T) {
	tests := []struct {
		name, public, private string
		want                  bool
	}{
		{"no metadata", `null`, `null`, false},
		{"empty", `{}`, `{}`, false},
		{"something else", `{"plan": "team"}`, `{"no_impersonations": true}`, false},
		{"public", `{"no_impersonation": true}`, `{}`, true},
		{"private", `{}`, `{"no_impersonation": true}`, true},
		{"no", `{"no_impersonation": false}`, `{"no_impersonation": false}`, false},
		{"no in one, yes in the other", `{"no_impersonation": false}`, `{"no_impersonation": true}`, true},
		{"nothing", `{"no_impersonation": null}`, `{}`, false},
		{"a word", `{}`, `{"no_impersonation": "yes"}`, true},
		{"in capitals", `{"No_Impersonation": true}`, `{}`, true},
		{"in one word", `{}`, `{"noImpersonation": true}`, true},
		{"no and yes at once", `{}`, `{"no_impersonation": false, "NO_IMPERSONATION": true}`, true},
		{"deeper", `{"support": {"no_impersonation": true}}`, `{}`, false},
		{"no object", `[]`, `"no_impersonation"`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, fmt.Sprintf(`{"id": "user_a", "public_metadata": %s, "private_metadata": %s}`, tt.public, tt.private)))
			client, _ := newClient(t, s.URL, nil)
			user, err := client.GetUser(t.Context(), userID("user_a"))
			if err != nil || user.NoImpersonation != tt.want {
				t.Errorf("got %t, %v", user.NoImpersonation, err)
			}
		})
	}
}

// TestListUsersQuery pins the query of every parameter.
func TestListUsersQuery(t *testing.T) {
	yes, no := true, false
	at := time.UnixMilli(1700000000123)
	cases := map[string]struct {
		page UserPage
		want string
	}{
		"nothing":            {UserPage{}, "limit=100"},
		"offset":             {UserPage{Offset: 300}, "limit=100&offset=300"},
		"cursor":             {UserPage{After: userID("user_z")}, "limit=100&starting_after=user_z"},
		"cursor with order":  {UserPage{After: userID("user_z"), Order: Order{ByCreated, true}}, "limit=100&order_by=-created_at&starting_after=user_z"},
		"ascending":          {UserPage{Order: Order{ByEmail, false}}, "limit=100&order_by=email_address"},
		"descending":         {UserPage{Order: Order{ByLastSignIn, true}}, "limit=100&order_by=-last_sign_in_at"},
		"query":              {UserPage{Filter: UserFilter{Query: "jané & co"}}, "limit=100&query=jan%C3%A9+%26+co"},
		"email query":        {UserPage{Filter: UserFilter{EmailQuery: "a+b@c"}}, "email_address_query=a%2Bb%40c&limit=100"},
		"phone query":        {UserPage{Filter: UserFilter{PhoneQuery: "+49"}}, "limit=100&phone_number_query=%2B49"},
		"username query":     {UserPage{Filter: UserFilter{UsernameQuery: "ja"}}, "limit=100&username_query=ja"},
		"name query":         {UserPage{Filter: UserFilter{NameQuery: "ja"}}, "limit=100&name_query=ja"},
		"user ids":           {UserPage{Filter: UserFilter{UserIDs: []string{"user_a", "-user_b"}}}, "limit=100&user_id=user_a&user_id=-user_b"},
		"emails":             {UserPage{Filter: UserFilter{Emails: []string{"a+b@c.d"}}}, "email_address=a%2Bb%40c.d&limit=100"},
		"external ids":       {UserPage{Filter: UserFilter{ExternalIDs: []string{"17", "-5", "+6"}}}, "external_id=17&external_id=%2B-5&external_id=%2B%2B6&limit=100"},
		"organizations":      {UserPage{Filter: UserFilter{Organizations: []OrganizationID{organizationID("org_a"), organizationID("org_b")}}}, "limit=100&organization_id=org_a&organization_id=org_b"},
		"banned":             {UserPage{Filter: UserFilter{Banned: &yes}}, "banned=true&limit=100"},
		"not banned":         {UserPage{Filter: UserFilter{Banned: &no}}, "banned=false&limit=100"},
		"created before":     {UserPage{Filter: UserFilter{CreatedBefore: at}}, "created_at_before=1700000000123&limit=100"},
		"created after":      {UserPage{Filter: UserFilter{CreatedAfter: at}}, "created_at_after=1700000000123&limit=100"},
		"last active before": {UserPage{Filter: UserFilter{LastActiveBefore: at}}, "last_active_at_before=1700000000123&limit=100"},
		"last active after":  {UserPage{Filter: UserFilter{LastActiveAfter: at}}, "last_active_at_after=1700000000123&limit=100"},
		"signed in before":   {UserPage{Filter: UserFilter{LastSignInBefore: at}}, "last_sign_in_at_before=1700000000123&limit=100"},
		"signed in after":    {UserPage{Filter: UserFilter{LastSignInAfter: at}}, "last_sign_in_at_after=1700000000123&limit=100"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, "[]"))
			client, _ := newClient(t, s.URL, nil)
			test.page.Limit = 100
			users, err := client.ListUsers(t.Context(), test.page)
			if err != nil || len(users) != 0 {
				t.Fatalf("users = %v, %s", users, everyPrint(err))
			}
			if got := s.requests()[0]; got.path != "/v1/users" || got.query != test.want {
				t.Errorf("%s?%s, want /v1/users?%s", got.path, got.query, test.want)
			}
		})
	}
}

func TestListUsersRefusesWhatClerkWould(t *testing.T) {
	cases := map[string]struct {
		page UserPage
		want fault.Code
	}{
		"no limit":              {UserPage{}, fault.Internal},
		"limit too high":        {UserPage{Limit: 501}, fault.Internal},
		"negative offset":       {UserPage{Limit: 1, Offset: -1}, fault.Internal},
		"cursor and offset":     {UserPage{Limit: 1, Offset: 1, After: userID("user_a")}, fault.Internal},
		"cursor in other order": {UserPage{Limit: 1, After: userID("user_a"), Order: Order{Field: ByEmail}}, fault.Internal},
		"101 exact values":      {UserPage{Limit: 1, Filter: UserFilter{Emails: make([]string, 101)}}, fault.SearchInvalid},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, "[]"))
			client, _ := newClient(t, s.URL, nil)
			_, err := client.ListUsers(t.Context(), test.page)
			wantCode(t, err, test.want)
			if got := len(s.requests()); got != 0 {
				t.Errorf("%d requests were made", got)
			}
		})
	}
}

func TestCountUsers(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, `{"object":"total_count","total_count":926000}`))
	client, _ := newClient(t, s.URL, nil)
	got, err := client.CountUsers(t.Context(), UserFilter{Query: "jane"})
	if err != nil || got != 926000 {
		t.Errorf("count = %d, %v", got, err)
	}
	if sent, _ := url.ParseQuery(s.requests()[0].query); !reflect.DeepEqual(sent, url.Values{"query": {"jane"}}) {
		t.Errorf("query = %v", sent)
	}
}

func TestANameHasNoMarksOfDirection(t *testing.T) {
	user := User{FirstName: "\u202eronI", LastName: "Haddad\u2069\u2067"}
	if got := user.Name(); got != "ronI Haddad" {
		t.Errorf("name = %q", got)
	}
}
