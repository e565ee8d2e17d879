package clerkapi

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"

	"understudy/internal/fault"
)

func newApplication() OAuthApplication {
	return OAuthApplication{
		Name: "Understudy", RedirectURIs: []string{"http://127.0.0.1:1/callback", "http://127.0.0.1:2/callback"},
		Scopes: []string{"openid", "email"},
	}
}

func TestCreateOAuthApplication(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, `{"object":"oauth_application","id":"oa_1","client_id":"cl_1","public":true}`))
	client, _ := newClient(t, s.URL, nil)
	id, err := client.CreateOAuthApplication(t.Context(), newApplication())
	if err != nil || id != "cl_1" {
		t.Fatalf("got %q, %v", id, err)
	}
	sent := s.requests()
	if len(sent) != 1 || sent[0].method != http.MethodPost || sent[0].path != "/v1/oauth_applications" {
		t.Fatalf("requests = %+v", sent)
	}
	var got any
	if err := json.Unmarshal([]byte(sent[0].body), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"name": "Understudy", "scopes": "openid email", "public": true, "pkce_required": true,
		"redirect_uris": []any{"http://127.0.0.1:1/callback", "http://127.0.0.1:2/callback"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("body = %v, want %v", got, want)
	}
}

// TestAnOAuthApplicationIsAskedForOnce: a second one would stay at Clerk, unused.
func TestAnOAuthApplicationIsAskedForOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		body   string
		want   fault.Code
	}{
		"broken":         {http.StatusInternalServerError, `{}`, fault.ClerkBroken},
		"busy":           {http.StatusTooManyRequests, `{}`, fault.ClerkBusy},
		"forbidden":      {http.StatusForbidden, `{"errors":[{"code":"oauth_not_enabled"}]}`, fault.ClerkForbidden},
		"nothing":        {http.StatusOK, `{}`, fault.ClerkAnswer},
		"null":           {http.StatusOK, `null`, fault.ClerkAnswer},
		"confidential":   {http.StatusOK, `{"client_id":"cl_1","public":false,"client_secret":"Canary"}`, fault.ClerkAnswer},
		"a markup of id": {http.StatusOK, `{"client_id":"<b>","public":true}`, fault.ClerkAnswer},
		"a number":       {http.StatusOK, `{"client_id":1,"public":true}`, fault.ClerkAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(tt.status, tt.body))
			client, _ := newClient(t, s.URL, nil)
			_, err := client.CreateOAuthApplication(t.Context(), newApplication())
			wantCode(t, err, tt.want)
			if sent := s.requests(); len(sent) != 1 {
				t.Errorf("%d requests", len(sent))
			}
		})
	}
}

func TestFindOAuthApplication(t *testing.T) {
	const registered = `{"client_id":"cl_1","name":"Understudy","public":true,"scopes":"openid  email","redirect_uris":["http://127.0.0.1:1/callback"]}`
	for name, tt := range map[string]struct {
		body string
		want OAuthApplication
		code fault.Code
	}{
		"registered": {`{"data":[` + registered + `],"total_count":1}`, OAuthApplication{
			ClientID: "cl_1", Name: "Understudy", Public: true, Scopes: []string{"openid", "email"}, RedirectURIs: []string{"http://127.0.0.1:1/callback"},
		}, ""},
		"behind one whose name has the id in it": {`{"data":[{"client_id":"cl_2","name":"cl_1"},5,` + registered + `]}`, OAuthApplication{
			ClientID: "cl_1", Name: "Understudy", Public: true, Scopes: []string{"openid", "email"}, RedirectURIs: []string{"http://127.0.0.1:1/callback"},
		}, ""},
		"poor":               {`{"data":[{"client_id":"cl_1","redirect_uris":null,"scopes":7,"public":"yes"}]}`, OAuthApplication{ClientID: "cl_1"}, ""},
		"not registered":     {`{"data":[],"total_count":0}`, OAuthApplication{}, fault.ClerkNotFound},
		"another's":          {`{"data":[{"client_id":"cl_2"}]}`, OAuthApplication{}, fault.ClerkNotFound},
		"no list":            {`{"data":7}`, OAuthApplication{}, fault.ClerkAnswer},
		"not what was asked": {`[]`, OAuthApplication{}, fault.ClerkAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, tt.body))
			client, _ := newClient(t, s.URL, nil)
			got, err := client.FindOAuthApplication(t.Context(), "cl_1")
			wantCode(t, err, tt.code)
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
			if sent := s.requests()[0]; sent.method != http.MethodGet || sent.path != "/v1/oauth_applications" || sent.query != "limit=100&name_query=cl_1" {
				t.Errorf("%s %s?%s", sent.method, sent.path, sent.query)
			}
		})
	}
}
