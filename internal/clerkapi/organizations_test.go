package clerkapi

import (
	"net/http"
	"reflect"
	"testing"

	"understudy/internal/fault"
)

func TestFindOrganizations(t *testing.T) {
	cases := map[string]struct {
		query, sent, body string
		want              []Organization
		code              fault.Code
	}{
		"found": {
			"acme & co", "limit=20&query=acme+%26+co", `{"data":[{"id":"org_1","name":"Acme & Co","slug":"acme"}],"total_count":1}`,
			[]Organization{{ID: organizationID("org_1"), Name: "Acme & Co", Slug: "acme"}},
			"",
		},
		"none":         {"x", "limit=20&query=x", `{"data":[],"total_count":0}`, []Organization{}, ""},
		"any":          {"", "limit=20", `{"data":[],"total_count":0}`, []Organization{}, ""},
		"no data":      {"x", "limit=20&query=x", `{}`, nil, fault.ClerkAnswer},
		"no id":        {"x", "limit=20&query=x", `{"data":[{"name":"Acme"}]}`, []Organization{{Name: "Acme"}}, ""},
		"a bare array": {"x", "limit=20&query=x", `[]`, nil, fault.ClerkAnswer},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, test.body))
			client, _ := newClient(t, s.URL, nil)
			got, err := client.FindOrganizations(t.Context(), test.query, 20)
			wantCode(t, err, test.code)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("organizations = %+v, want %+v", got, test.want)
			}
			if sent := s.requests()[0]; sent.path != "/v1/organizations" || sent.query != test.sent {
				t.Errorf("%s?%s, want ?%s", sent.path, sent.query, test.sent)
			}
		})
	}
}

func TestMemberships(t *testing.T) {
	cases := map[string]struct {
		handler http.HandlerFunc
		want    []Membership
		code    fault.Code
	}{
		"one": {
			reply(200, `{"data":[{"role":"org:admin","permissions":["org:sys_memberships:manage"],
				"organization":{"id":"org_1","name":"Acme","slug":"acme"}}],"total_count":1}`),
			[]Membership{{OrganizationID: organizationID("org_1"), OrganizationName: "Acme", Role: "org:admin", Permissions: []string{"org:sys_memberships:manage"}}},
			"",
		},
		"none":            {reply(200, `{"data":[],"total_count":0}`), nil, ""},
		"no data":         {reply(200, `{}`), nil, fault.ClerkAnswer},
		"no organization": {reply(200, `{"data":[{"role":"org:admin","permissions":[],"organization":null}]}`), []Membership{{Role: "org:admin"}}, ""},
		"wrong type":      {reply(200, `{"data":7}`), nil, fault.ClerkAnswer},
		"user gone":       {reply(404, clerkError("resource_not_found", "")), nil, fault.UserGone},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, test.handler)
			client, _ := newClient(t, s.URL, nil)
			got, err := client.Memberships(t.Context(), userID("user_jane"))
			wantCode(t, err, test.code)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("memberships = %+v, want %+v", got, test.want)
			}
			if sent := s.requests()[0]; sent.path != "/v1/users/user_jane/organization_memberships" || sent.query != "limit=500" {
				t.Errorf("%s?%s", sent.path, sent.query)
			}
		})
	}
}
