package clerkapi

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

// waysJSON is a user who comes in by anything but an address.
const waysJSON = `{"id":"user_1","banned":false,"locked":true,"lockout_expires_in_seconds":%s,
 "email_addresses":[{"id":"idn_1","email_address":"old@example.com","verification":null,"created_at":1000}],
 "phone_numbers":[],"public_metadata":{},"primary_web3_wallet_id":"idn_2",
 "web3_wallets":[{"id":"idn_2","web3_wallet":"0xd8dA","verification":{"status":"verified"},"created_at":2000},7],
 "passkeys":[{"name":"MacBook","last_used_at":3000},7],
 "external_accounts":[{"provider":"oauth_google","email_address":"g@example.com","created_at":4000}],
 "enterprise_accounts":[{"provider":"saml_okta","email_address":"e@acme.example","enterprise_connection":{"name":"Acme Okta"},"last_authenticated_at":5000}],
 "saml_accounts":[{"provider":"saml_okta","email_address":"e@acme.example","saml_connection":{"name":"Acme Okta"}},
  {"provider":"saml_custom","email_address":"s@acme.example","saml_connection":null}]}`

func TestGetUserReadsEveryWayIn(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, fmt.Sprintf(waysJSON, "3600")))
	client, _ := newClient(t, s.URL, nil)
	got, err := client.GetUser(t.Context(), userID("user_1"))
	if err != nil {
		t.Fatal(err)
	}
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
	want := User{
		Emails:   []Contact{{Value: "old@example.com", AddedAt: at(1)}},
		Wallets:  []Contact{{Value: "0xd8dA", Verified: true, Primary: true, AddedAt: at(2)}},
		Passkeys: []Passkey{{Name: "MacBook", UsedAt: at(3)}, {}},
		Accounts: []ExternalAccount{
			{Provider: "google", Email: "g@example.com", AddedAt: at(4)},
			{Provider: "saml_okta", Email: "e@acme.example", Enterprise: true, Connection: "Acme Okta", UsedAt: at(5)},
			{Provider: "saml_custom", Email: "s@acme.example", Enterprise: true},
		},
		Lockout: time.Hour,
	}
	seen := User{Emails: got.Emails, Wallets: got.Wallets, Passkeys: got.Passkeys, Accounts: got.Accounts, Lockout: got.Lockout}
	if !reflect.DeepEqual(seen, want) || got.Email != "" || got.Address() != "old@example.com" || got.Unread.Addresses {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestALockoutOfAnotherKindIsNotKnown(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90": 90 * time.Second, "0.5": time.Second / 2, "0": 0, "-1": 0, "1e300": 0, "null": 0, `"3600"`: 0, "{}": 0, "[]": 0, "true": 0,
	} {
		user, err := decodeUser(fmt.Appendf(nil, waysJSON, text))
		if err != nil || user.Lockout != want {
			t.Errorf("%s: %v, %v", text, user.Lockout, err)
		}
	}
}

// TestAnUnreadCompanyAccountClearsNobody: its address may be at a protected domain.
func TestAnUnreadCompanyAccountClearsNobody(t *testing.T) {
	whole := fmt.Sprintf(waysJSON, "1")
	for _, field := range []string{"enterprise_accounts", "saml_accounts"} {
		for value, isUnread := range map[string]bool{
			"null": false, "[]": false, `[{"email_address":null}]`: false, `[{}]`: false, `[{"email_address":"a@b.example"}]`: false,
			"{}": true, `"x"`: true, "1": true, "true": true, "[null]": true, "[1]": true, `[{"email_address":1}]`: true, `[{"email_address":{}}]`: true,
		} {
			body := strings.Replace(whole, `"`+field+`":`, `"`+field+`":`+value+`,"other":`, 1)
			user, err := decodeUser([]byte(body))
			if err != nil || user.Unread.Addresses != isUnread {
				t.Errorf("%s is %s: unread %v, %v", field, value, user.Unread.Addresses, err)
			}
		}
	}
}

// TestMembershipsComeInLargePages: somebody in a thousand organizations takes three
// requests, the last of which is empty.
func TestMembershipsComeInLargePages(t *testing.T) {
	page := `{"data":[` + strings.TrimSuffix(strings.Repeat(`{"role":"org:custom","role_name":"Auditor","permissions":[],"organization":{"id":"org_1"}},`, 500), ",") + `]}`
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		body := page
		if r.URL.Query().Get("offset") == "1000" {
			body = `{"data":[]}`
		}
		reply(http.StatusOK, body)(w, r)
	})
	client, _ := newClient(t, s.URL, nil)
	all, err := client.Memberships(t.Context(), userID("user_1"))
	if err != nil || len(all) != 1000 || all[999].RoleName() != "Auditor" || all[999].Role != "org:custom" {
		t.Fatalf("%d memberships, %v", len(all), err)
	}
	var asked []string
	for _, sent := range s.requests() {
		asked = append(asked, sent.query)
	}
	if want := []string{"limit=500", "limit=500&offset=500", "limit=500&offset=1000"}; !reflect.DeepEqual(asked, want) {
		t.Errorf("asked %q", asked)
	}
}
