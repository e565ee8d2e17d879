package bridge

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/operator"
)

func TestAViewIsInTheOrderOfItsColumn(t *testing.T) {
	for sort, want := range map[string]clerkapi.OrderField{
		"created_at": clerkapi.ByCreated, "last_sign_in_at": clerkapi.ByLastSignIn, "first_name": clerkapi.ByFirstName,
		"email_address": clerkapi.ByEmail, "username": clerkapi.ByUsername, "shoe_size": clerkapi.ByCreated, "": clerkapi.ByCreated,
	} {
		for _, descending := range []bool{true, false} {
			got := View{Sort: sort, Descending: descending}.viewOf(noon).Order
			if got != (clerkapi.Order{Field: want, Descending: descending}) {
				t.Errorf("%q, descending %v: got %+v", sort, descending, got)
			}
		}
	}
}

func TestRowOf(t *testing.T) {
	full := clerkapi.User{
		ID: userID("user_1"), FirstName: "Priya", LastName: "Raman", Email: "priya@meridian.org", Username: "priya.r",
		Banned: true, Deprovision: true, CreatedAt: noon, LastSignInAt: noon.Add(time.Minute),
	}
	want := UserRow{
		ID: "user_1", Name: "Priya Raman", Email: "priya@meridian.org", Contact: "priya@meridian.org", Username: "priya.r", Initials: "PR",
		CreatedAt: "2026-11-22T12:00:00Z", LastSignInAt: "2026-11-22T12:01:00Z", Banned: true, Deprovisioned: true, Self: true,
	}
	if got := rowOf(full, operator.Operator{ID: userID("user_1")}); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	full.HasImage, full.ImageURL = true, "https://img.clerk.com/a"
	if got := rowOf(full, operator.Operator{}).Picture; got != "/avatar?of=https%3A%2F%2Fimg.clerk.com%2Fa" {
		t.Errorf("the picture is at %q", got)
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
		row := rowOf(tt.user, operator.Operator{})
		if row.Email != tt.email || row.Contact != tt.contact || row.Initials != tt.initials {
			t.Errorf("%s: got %+v", name, row)
		}
		if named := namesOf([]clerkapi.User{tt.user})[0].Name; named != tt.named {
			t.Errorf("%s: is called %q, want %q", name, named, tt.named)
		}
	}
}

func TestInitials(t *testing.T) {
	tests := []struct{ first, last, username, email, want string }{
		{"Priya", "Raman", "x", "y", "PR"},
		{"priya", "", "", "", "P"},
		{"", "", "p.raman", "", "P"},
		{"", "", "", "raman@m.org", "R"},
		{"", "", "", "", ""},
		{"<script>", "=cmd", "", "", "SC"},
		{"علي", "", "", "", "ع"},
		{"\u202eevil", "", "", "", "E"},
	}
	for _, tt := range tests {
		if got := initials(tt.first, tt.last, tt.username, tt.email); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}

func TestUsersRequest(t *testing.T) {
	r := UsersRequest{View: View{Query: "lind", Sort: "last_sign_in_at", Descending: true}, Index: 100, AfterID: "user_1", BeforeID: "user_2", Total: -1}
	got, err := r.requestOf(noon)
	want := directory.Request{
		View:  directory.View{Query: "lind", Order: clerkapi.Order{Field: clerkapi.ByLastSignIn, Descending: true}, PinnedAt: noon},
		Index: 100, After: userID("user_1"), Before: userID("user_2"), Total: -1,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	r.View.PinnedAt, r.View.Sort, r.Index = noon.Add(-time.Hour).UnixMilli(), "anything", -5
	if got, _ = r.requestOf(noon); !got.View.PinnedAt.Equal(noon.Add(-time.Hour)) || got.View.Order.Field != clerkapi.ByCreated || got.Index != 0 {
		t.Errorf("got %+v", got)
	}
	for _, wrong := range []UsersRequest{{AfterID: "../organizations"}, {BeforeID: "../organizations"}} {
		if _, err := wrong.requestOf(noon); fault.CodeOf(err) != fault.IDInvalid {
			t.Errorf("%+v: got %v", wrong, err)
		}
	}
}

// TestACountIsExactOrASentence: a float takes 2^53+1 for 2^53.
func TestACountIsExactOrASentence(t *testing.T) {
	for count, passes := range map[int64]bool{0: true, 1<<53 - 1: true, 1 << 53: false, 1<<53 + 1: false, math.MaxInt64: false} {
		got, err := countOf(count, nil)
		if failure := fault.From(err); passes != (err == nil) || passes && (got != count || int64(float64(got)) != got) ||
			!passes && !strings.Contains(failure.Sentence(), strconv.FormatInt(count, 10)) {
			t.Errorf("%d: %d, %v", count, got, err)
		}
	}
	if _, err := countOf(0, fault.New(fault.ClerkTimeout, nil)); fault.CodeOf(err) != fault.ClerkTimeout {
		t.Errorf("got %v", err)
	}
}
