package emulator

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func ids(users []userResource) []string {
	list := []string{}
	for _, u := range users {
		list = append(list, u.ID)
	}
	return list
}

// everybody reads the whole directory by cursor, newest first.
func everybody(s *stand) []userResource {
	s.t.Helper()
	var all []userResource
	cursor := ""
	for {
		page := get[[]userResource](s, "/users?limit=70"+cursor)
		all = append(all, page...)
		if len(page) < 70 {
			return all
		}
		cursor = "&starting_after=" + page[len(page)-1].ID
	}
}

func TestCursorWalksTheWholeDirectory(t *testing.T) {
	s := newStand(t)
	newestFirst := everybody(s)
	if len(newestFirst) != 300 || !slices.IsSortedFunc(newestFirst, func(a, b userResource) int { return cmp.Compare(b.CreatedAt, a.CreatedAt) }) {
		t.Fatalf("%d users, or not newest first", len(newestFirst))
	}
	var oldestFirst []userResource
	for after := ""; ; {
		page := get[[]userResource](s, "/users?limit=100&order_by=%2Bcreated_at"+after)
		oldestFirst = append(oldestFirst, page...)
		if len(page) < 100 {
			break
		}
		after = "&starting_after=" + page[len(page)-1].ID
	}
	slices.Reverse(oldestFirst)
	if !reflect.DeepEqual(ids(oldestFirst), ids(newestFirst)) {
		t.Error("the two directions list different users")
	}
}

// Each filter is checked against a look at every user as the API shows them.
func TestFilters(t *testing.T) {
	s := newStand(t, func(c *Config) { c.Users = 1200 })
	all := everybody(s)
	someone := all[slices.IndexFunc(all, func(u userResource) bool {
		return len(u.PhoneNumbers) > 0 && u.Username != nil && u.LastSignInAt != nil && u.ExternalID != nil
	})]
	google := all[slices.IndexFunc(all, func(u userResource) bool { return len(u.ExternalAccounts) > 0 })].ExternalAccounts[0].ProviderUserID
	wallet := all[slices.IndexFunc(all, func(u userResource) bool { return len(u.Web3Wallets) > 0 })].Web3Wallets[0].Web3Wallet
	org := s.server.users.orgs[orgMeridian].id
	inOrg := func(u userResource) bool { return s.server.users.belongs(indexOf(s.server.users, u.ID), orgMeridian) }
	hasEmail := func(u userResource, match func(string) bool) bool {
		return slices.ContainsFunc(u.EmailAddresses, func(e emailAddressResource) bool { return match(e.EmailAddress) })
	}
	name := func(u userResource) string {
		return strings.ToLower(deref(u.FirstName) + " " + deref(u.LastName))
	}
	esc := url.QueryEscape
	cases := []struct {
		name, query string
		want        func(userResource) bool
	}{
		{"query by name", "query=PRIYA", func(u userResource) bool {
			return strings.Contains(name(u), "priya") || strings.Contains(deref(u.Username), "priya") ||
				hasEmail(u, func(e string) bool { return strings.Contains(e, "priya") })
		}},
		{"query by full name", "query=priya+raman", func(u userResource) bool { return strings.Contains(name(u), "priya raman") }},
		{"query by part of an id", "query=" + someone.ID[8:20], func(u userResource) bool { return u.ID == someone.ID }},
		{"query not by external id", "query=crm-", func(userResource) bool { return false }},
		{"query by wallet", "query=" + wallet[4:20], func(u userResource) bool { return len(u.Web3Wallets) > 0 && u.Web3Wallets[0].Web3Wallet == wallet }},
		{"email_address_query", "email_address_query=MERIDIAN", func(u userResource) bool {
			return hasEmail(u, func(e string) bool { return strings.Contains(e, "meridian") })
		}},
		{"phone_number_query", "phone_number_query=5550", func(u userResource) bool {
			return len(u.PhoneNumbers) > 0 && strings.Contains(u.PhoneNumbers[0].PhoneNumber, "5550")
		}},
		{"username_query", "username_query=a", func(u userResource) bool { return strings.Contains(deref(u.Username), "a") }},
		{"name_query", "name_query=S%C3%B8ren", func(u userResource) bool { return strings.Contains(name(u), "søren") }},
		{"email_address", "email_address=maya@northwind.example&email_address=nobody@x.example&email_address=" + esc(someone.EmailAddresses[0].EmailAddress), func(u userResource) bool {
			return u.ID == s.server.OperatorID() || u.ID == someone.ID
		}},
		{"phone_number", "phone_number=" + esc(someone.PhoneNumbers[0].PhoneNumber), func(u userResource) bool { return u.ID == someone.ID }},
		{"username", "username=" + *someone.Username, func(u userResource) bool { return u.ID == someone.ID }},
		{"web3_wallet", "web3_wallet=" + wallet, func(u userResource) bool { return len(u.Web3Wallets) > 0 && u.Web3Wallets[0].Web3Wallet == wallet }},
		{"external_id", "external_id=" + *someone.ExternalID, func(u userResource) bool { return u.ID == someone.ID }},
		{"external_id excluded", "external_id=-" + *someone.ExternalID, func(u userResource) bool { return u.ID != someone.ID }},
		{"user_id", "user_id=" + someone.ID + "&user_id=%2B" + s.server.OperatorID(), func(u userResource) bool {
			return u.ID == someone.ID || u.ID == s.server.OperatorID()
		}},
		{"user_id with a bare plus", "user_id=+" + someone.ID, func(u userResource) bool { return u.ID == someone.ID }},
		{"user_id excluded", "user_id=-" + someone.ID, func(u userResource) bool { return u.ID != someone.ID }},
		{"user_id unknown", "user_id=user_unknown", func(userResource) bool { return false }},
		{"organization_id", "organization_id=" + org, inOrg},
		{"organization_id excluded", "organization_id=-" + org, func(u userResource) bool { return !inOrg(u) }},
		{"provider", "provider=oauth_google&provider_user_id=" + google, func(u userResource) bool {
			return len(u.ExternalAccounts) > 0 && u.ExternalAccounts[0].ProviderUserID == google
		}},
		{"another provider", "provider=oauth_apple&provider_user_id=" + google, func(userResource) bool { return false }},
		{"banned", "banned=true", func(u userResource) bool { return u.Banned }},
		{"not banned", "banned=false", func(u userResource) bool { return !u.Banned }},
		{"created before", fmt.Sprintf("created_at_before=%d", someone.CreatedAt), func(u userResource) bool { return u.CreatedAt < someone.CreatedAt }},
		{"created after", fmt.Sprintf("created_at_after=%d", someone.CreatedAt), func(u userResource) bool { return u.CreatedAt > someone.CreatedAt }},
		{"signed in before", fmt.Sprintf("last_sign_in_at_before=%d", *someone.LastSignInAt), func(u userResource) bool {
			return u.LastSignInAt != nil && *u.LastSignInAt < *someone.LastSignInAt
		}},
		{"signed in after", fmt.Sprintf("last_sign_in_at_after=%d", *someone.LastSignInAt), func(u userResource) bool {
			return u.LastSignInAt != nil && *u.LastSignInAt > *someone.LastSignInAt
		}},
		{"active before", fmt.Sprintf("last_active_at_before=%d", *someone.LastActiveAt), func(u userResource) bool {
			return u.LastActiveAt != nil && *u.LastActiveAt < *someone.LastActiveAt
		}},
		{"active after", fmt.Sprintf("last_active_at_after=%d", *someone.LastActiveAt), func(u userResource) bool {
			return u.LastActiveAt != nil && *u.LastActiveAt > *someone.LastActiveAt
		}},
		{"active since", fmt.Sprintf("last_active_at_since=%d", *someone.LastActiveAt), func(u userResource) bool {
			return u.LastActiveAt != nil && *u.LastActiveAt >= *someone.LastActiveAt
		}},
		{"several at once", "banned=false&organization_id=" + org + "&query=a", func(u userResource) bool {
			return !u.Banned && inOrg(u)
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			want := []string{}
			for _, u := range all {
				if c.want(u) {
					want = append(want, u.ID)
				}
			}
			var got []userResource
			for len(got)%500 == 0 && len(got) <= len(all) {
				page := get[[]userResource](s, fmt.Sprintf("/users?limit=500&offset=%d&%s", len(got), c.query))
				if got = append(got, page...); len(page) == 0 {
					break
				}
			}
			if !slices.Equal(ids(got), want) {
				t.Errorf("found %d users, want %d", len(got), len(want))
			}
			if count := get[totalCount](s, "/users/count?"+c.query); count.TotalCount != len(want) {
				t.Errorf("counted %d users, want %d", count.TotalCount, len(want))
			}
		})
	}
}

func TestEveryOrder(t *testing.T) {
	s := newStand(t)
	number := func(v *int64) *string {
		if v == nil {
			return nil
		}
		text := fmt.Sprintf("%020d", *v)
		return &text
	}
	lower := func(v *string) *string {
		if v == nil {
			return nil
		}
		text := strings.ToLower(*v)
		return &text
	}
	fields := map[string]func(userResource) *string{
		"created_at":      func(u userResource) *string { return number(&u.CreatedAt) },
		"updated_at":      func(u userResource) *string { return number(&u.UpdatedAt) },
		"last_active_at":  func(u userResource) *string { return number(u.LastActiveAt) },
		"last_sign_in_at": func(u userResource) *string { return number(u.LastSignInAt) },
		"first_name":      func(u userResource) *string { return lower(u.FirstName) },
		"last_name":       func(u userResource) *string { return lower(u.LastName) },
		"username":        func(u userResource) *string { return u.Username },
		"email_address": func(u userResource) *string {
			return optional(s.server.users.appendEmail(nil, indexOf(s.server.users, u.ID)))
		},
		"phone_number": func(u userResource) *string {
			return optional(s.server.users.appendPhone(nil, indexOf(s.server.users, u.ID)))
		},
		"web3wallet": func(u userResource) *string {
			return optional(s.server.users.appendWallet(nil, indexOf(s.server.users, u.ID)))
		},
	}
	for field, value := range fields {
		for _, sign := range []string{"", "-"} {
			t.Run(sign+field, func(t *testing.T) {
				page := get[[]userResource](s, "/users?limit=500&order_by="+sign+field)
				if len(page) != 300 {
					t.Fatalf("%d users", len(page))
				}
				for k := 1; k < len(page); k++ {
					a, b := value(page[k-1]), value(page[k])
					if a == nil && b != nil {
						t.Fatal("a user without a value stands before one with")
					}
					if a != nil && b != nil && (sign == "" && *a > *b || sign == "-" && *a < *b) {
						t.Fatalf("%s stands before %s", *a, *b)
					}
				}
				part := get[[]userResource](s, "/users?limit=40&offset=130&order_by="+sign+field)
				if !slices.Equal(ids(part), ids(page[130:170])) {
					t.Error("an offset shows other users than the whole list")
				}
				listed := "&user_id=" + page[7].ID + "&user_id=" + page[299].ID + "&user_id=" + page[120].ID
				few := get[[]userResource](s, "/users?order_by="+sign+field+listed)
				if want := []string{page[7].ID, page[120].ID, page[299].ID}; !slices.Equal(ids(few), want) {
					t.Error("an exact list is ordered otherwise")
				}
			})
		}
	}
}

func TestParametersThatAreRefused(t *testing.T) {
	s := newStand(t)
	operator := s.server.OperatorID()
	cases := []struct{ name, query, code, param string }{
		{"limit 0", "limit=0", "form_param_value_invalid", "limit"},
		{"limit 501", "limit=501", "form_param_value_invalid", "limit"},
		{"limit a word", "limit=ten", "form_param_format_invalid", "limit"},
		{"offset negative", "offset=-1", "form_param_value_invalid", "offset"},
		{"order unknown", "order_by=age", "form_param_value_invalid", "order_by"},
		{"cursor in another order", "order_by=-last_sign_in_at&starting_after=" + operator, "form_param_value_invalid", "starting_after"},
		{"cursor with offset", "offset=10&starting_after=" + operator, "form_param_value_invalid", "starting_after"},
		{"cursor unknown", "starting_after=user_x", "form_param_value_invalid", "starting_after"},
		{"banned a word", "banned=maybe", "form_param_format_invalid", "banned"},
		{"time a word", "created_at_after=today", "form_param_format_invalid", "created_at_after"},
		{"provider alone", "provider=oauth_google", "form_param_missing", "provider_user_id"},
		{"provider id alone", "provider_user_id=1", "form_param_missing", "provider"},
		{"101 ids", strings.Repeat("user_id=user_x&", 101), "form_param_value_invalid", "user_id"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, code, param := s.refusal(http.MethodGet, "/users?"+c.query, "")
			if status != http.StatusUnprocessableEntity || code != c.code || param != c.param {
				t.Errorf("%d %s %s, want 422 %s %s", status, code, param, c.code, c.param)
			}
		})
	}
	t.Run("cursor with offset 0 and created_at", func(t *testing.T) {
		if page := get[[]userResource](s, "/users?offset=0&order_by=-created_at&starting_after="+operator); len(page) != 0 {
			t.Errorf("%d users come after the oldest", len(page))
		}
	})
}
