package clerkapi_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/emulator/odd"
	"understudy/internal/fault"
)

// oddly makes each change to the answer at a path, and hands it to look.
func oddly(t *testing.T, clerk *emulator.Running, path string, look func(t *testing.T, change odd.Change)) {
	t.Helper()
	changes, err := odd.Changes(t.Context(), clerk, path)
	if err != nil || len(changes) == 0 {
		t.Fatalf("%d changes, %v", len(changes), err)
	}
	before, _, _ := strings.Cut(path, "?")
	for _, change := range changes {
		clerk.Server().ClearFaults()
		if err := clerk.Server().Inject(change.Fault(before)); err != nil {
			t.Fatal(err)
		}
		look(t, change)
	}
	clerk.Server().ClearFaults()
}

// isBool reports whether a change puts a yes or a no.
func isBool(change odd.Change) bool { return change.Kind == "true" || change.Kind == "false" }

func TestAnOddFieldOfAUserSpoilsNoOtherRow(t *testing.T) {
	client, clerk := start(t)
	ask := func() ([]clerkapi.User, error) {
		return client.ListUsers(t.Context(), clerkapi.UserPage{Limit: 2, Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}})
	}
	whole, err := ask()
	if err != nil {
		t.Fatal(err)
	}
	oddly(t, clerk, "/v1/users?limit=2&order_by=-created_at", func(t *testing.T, change odd.Change) {
		t.Helper()
		if !strings.HasPrefix(change.Field, "/0") || change.Field == "/0" && change.Kind == "missing" {
			return
		}
		got, err := ask()
		if err != nil || len(got) != 2 || !reflect.DeepEqual(got[1], whole[1]) {
			t.Errorf("%v: %d rows, %v", change, len(got), err)
			return
		}
		if got[0].Garbled != (change.Field == "/0" || change.Field == "/0/id") || !got[0].Garbled && got[0].ID != whole[0].ID {
			t.Errorf("%v: %+v", change, got[0])
		}
	})
}

func TestAnOddFieldOfAUserNeverClearsThem(t *testing.T) {
	client, clerk := start(t)
	id := withEverything(t, client)
	oddly(t, clerk, "/v1/users/"+id.String(), func(t *testing.T, change odd.Change) {
		t.Helper()
		got, err := client.GetUser(t.Context(), id)
		if change.Field == "/id" {
			if fault.CodeOf(err) != fault.ClerkAnswer {
				t.Errorf("%v: %v", change, err)
			}
			return
		}
		if err != nil || got.ID != id {
			t.Errorf("%v: %+v, %v", change, got, err)
			return
		}
		want := clerkapi.Unread{}
		isAddress := strings.HasSuffix(change.Field, "/email_address")
		switch {
		case change.Field == "/banned":
			want.Banned = !isBool(change)
		case change.Field == "/locked":
			want.Locked = !isBool(change)
		case change.Field == "/deprovisioned":
			want.Deprovision = !isBool(change) && change.Kind != "missing" && change.Kind != "null"
		case change.Field == "/last_sign_in_at":
			want.LastSignIn = !slices.Contains([]string{"missing", "null", "a number"}, change.Kind)
		case change.Field == "/public_metadata":
			want.Metadata = !strings.HasSuffix(change.Kind, "object")
		case change.Field == "/private_metadata":
			want.Metadata = !strings.HasSuffix(change.Kind, "object") && change.Kind != "missing" && change.Kind != "null"
		case change.Field == "/email_addresses", change.Field == "/external_accounts":
			want.Addresses = change.Kind != "an empty array"
		case change.Field == "/enterprise_accounts", change.Field == "/saml_accounts":
			want.Addresses = !slices.Contains([]string{"missing", "null", "an empty array"}, change.Kind)
		case strings.HasPrefix(change.Field, "/email_addresses/") && isAddress:
			want.Addresses = change.Kind != "a text"
		case strings.HasPrefix(change.Field, "/external_accounts/") && isAddress:
			want.Addresses = !slices.Contains([]string{"missing", "null", "a text", "an empty text"}, change.Kind)
		case strings.HasPrefix(change.Field, "/email_addresses/") && strings.Count(change.Field, "/") == 2:
			want.Addresses = change.Kind != "missing"
		case strings.HasPrefix(change.Field, "/external_accounts/") && strings.Count(change.Field, "/") == 2:
			want.Addresses = change.Kind != "missing" && !strings.HasSuffix(change.Kind, "object")
		}
		if got.Unread != want {
			t.Errorf("%v: unread %+v, want %+v", change, got.Unread, want)
		}
	})
}

// withEverything is a user with two addresses, an account and an organization.
func withEverything(t *testing.T, client *clerkapi.Client) clerkapi.UserID {
	t.Helper()
	users, err := client.ListUsers(t.Context(), clerkapi.UserPage{Limit: 300})
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range users {
		if len(user.Emails) == 2 && len(user.Accounts) > 0 {
			if in, err := client.Memberships(t.Context(), user.ID); err == nil && len(in) > 0 {
				return user.ID
			}
		}
	}
	t.Fatal("nobody has everything")
	return clerkapi.UserID{}
}

func TestAnOddFieldOfAMembershipSpoilsNoOther(t *testing.T) {
	client, clerk := start(t)
	id := withEverything(t, client)
	oddly(t, clerk, "/v1/users/"+id.String()+"/organization_memberships", func(t *testing.T, change odd.Change) {
		t.Helper()
		got, err := client.Memberships(t.Context(), id)
		if change.Field == "/data" {
			isList := strings.HasSuffix(change.Kind, "array")
			if (err == nil) != isList || err != nil && !strings.Contains(fault.From(err).Sentence(), "memberships") {
				t.Errorf("%v: %v", change, err)
			}
			return
		}
		if err != nil || len(got) == 0 && change.Kind != "missing" {
			t.Errorf("%v: %+v, %v", change, got, err)
			return
		}
		switch change.Field {
		case "/data/0/role":
			if (got[0].Role == "") != (change.Kind != "a text") {
				t.Errorf("%v: role %q", change, got[0].Role)
			}
		case "/data/0/permissions":
			if got[0].UnreadPermissions != (change.Kind != "an empty array") {
				t.Errorf("%v: %+v", change, got[0])
			}
		case "/data/0/organization/id":
			if !got[0].OrganizationID.IsZero() {
				t.Errorf("%v: %+v", change, got[0])
			}
		}
	})
}

func TestAnOddFieldOfAnOrganizationSpoilsNoOther(t *testing.T) {
	client, clerk := start(t)
	whole, err := client.FindOrganizations(t.Context(), "", 2)
	if must(t, whole, err); len(whole) != 2 {
		t.Fatalf("%+v", whole)
	}
	oddly(t, clerk, "/v1/organizations?limit=2", func(t *testing.T, change odd.Change) {
		t.Helper()
		if !strings.HasPrefix(change.Field, "/data/0") || change.Field == "/data/0" && change.Kind == "missing" {
			return
		}
		got, err := client.FindOrganizations(t.Context(), "", 2)
		if err != nil || len(got) != 2 || got[1] != whole[1] {
			t.Errorf("%v: %+v, %v", change, got, err)
			return
		}
		if got[0].ID.IsZero() != (change.Field == "/data/0" || change.Field == "/data/0/id") {
			t.Errorf("%v: %+v", change, got[0])
		}
	})
}

func TestAnOddInstanceIsTakenOrNamed(t *testing.T) {
	client, clerk := start(t)
	oddly(t, clerk, "/v1/instance", func(t *testing.T, change odd.Change) {
		t.Helper()
		_, err := client.Instance(t.Context())
		decides := change.Field == "/id" || change.Field == "/environment_type"
		if (err != nil) != decides || err != nil && !strings.Contains(fault.From(err).Sentence(), "instance") {
			t.Errorf("%v: %v", change, err)
		}
	})
	oddly(t, clerk, "/v1/domains", func(t *testing.T, change odd.Change) {
		t.Helper()
		_, err := client.Domains(t.Context())
		nothing := change.Kind == "missing" || change.Kind == "null"
		isText := strings.HasSuffix(change.Kind, "text")
		decides := false
		switch change.Field {
		case "/data":
			decides = !strings.HasSuffix(change.Kind, "array") || change.Kind == "an array"
		case "/data/0":
			decides = change.Kind != "missing"
		case "/data/0/frontend_api_url":
			decides = change.Kind != "a text"
		case "/data/0/proxy_url":
			decides = !nothing && !isText
		case "/data/0/is_satellite":
			decides = !nothing && !isBool(change)
		}
		if (err != nil) != decides || err != nil && !strings.Contains(fault.From(err).Sentence(), "domain") {
			t.Errorf("%v: %v", change, err)
		}
	})
}
