package clerkapi

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

func TestParseBaseURL(t *testing.T) {
	accepted := map[string]string{
		"":                              "https://api.clerk.com/v1",
		"https://api.clerk.com/v1":      "https://api.clerk.com/v1",
		"https://api.clerk.com/v1/":     "https://api.clerk.com/v1",
		"https://api.clerk.com":         "https://api.clerk.com/v1",
		"https://proxy.acme.test/clerk": "https://proxy.acme.test/clerk",
		"https://proxy.acme.test:8443/": "https://proxy.acme.test:8443/v1",
		"http://127.0.0.1:4501":         "http://127.0.0.1:4501/v1",
		"http://127.8.9.10:4501/v1":     "http://127.8.9.10:4501/v1",
		"http://localhost:4501":         "http://localhost:4501/v1",
		"http://[::1]:4501":             "http://[::1]:4501/v1",
		"https://API.Clerk.com:443/v1/": "https://api.clerk.com/v1",
		"HTTPS://api.clerk.com":         "https://api.clerk.com/v1",
		"http://LOCALHOST:80/v1":        "http://localhost/v1",
		"https://[2001:DB8::1]:443":     "https://[2001:db8::1]/v1",
		"https://proxy.acme.test/Clerk": "https://proxy.acme.test/Clerk",
	}
	for address, want := range accepted {
		if got, err := ParseBaseURL(address); err != nil || got != want {
			t.Errorf("ParseBaseURL(%q) = %q, %v; want %q", address, got, err, want)
		}
	}
	refused := []string{
		"http://api.clerk.com/v1", "http://192.168.0.1", "http://localhost.evil.test",
		"http://127.0.0.1.evil.test", "http://0.0.0.0:80", "http://2130706433",
		"ftp://127.0.0.1", "file:///etc/passwd", "javascript:alert(1)", "api.clerk.com", "//api.clerk.com",
		"https:", "https://", "https:///v1", "https://:443", "https:api.clerk.com",
		"https://" + canaryKey + "@api.clerk.com", "https://a:" + canaryKey + "@api.clerk.com",
		"https://api.clerk.com/v1?x=1", "https://api.clerk.com/v1?", "https://api.clerk.com/v1#x",
		"https://api.clerk.com/v1/../v2", "https://api.clerk.com//v1", "https://api.clerk.com/a%2fb",
		"https://api.clerk.com.", "https://b\u00fccher.example", "https://api..clerk.com", "https://-a.example", "https://a_b.example",
		"https://api.clerk.com/a b", "https://api.clerk.com/\u202e", "https://a.example:", "https://a.example:123456",
		"https://" + strings.Repeat("a", 200) + ".example",
		"https://api.clerk.com/\x00" + canaryKey, "https://[::1" + canaryKey, " https://api.clerk.com",
	}
	for _, address := range refused {
		got, err := ParseBaseURL(address)
		if got != "" || fault.CodeOf(err) != fault.APIAddress {
			t.Errorf("ParseBaseURL(%q) = %q, %v", address, got, err)
		}
		wantNoCanary(t, everyPrint(err))
	}
}

func TestAManagedAddressLeavesNoChoice(t *testing.T) {
	const proxy = "https://proxy.acme.test/clerk"
	tests := []struct {
		variable, managed, want string
		code                    fault.Code
	}{
		{"", "", PublicURL, ""},
		{proxy, "", proxy, ""},
		{"", proxy, proxy, ""},
		{"https://PROXY.acme.test:443/clerk/", proxy, proxy, ""},
		{"", PublicURL, PublicURL, ""},
		{"https://api.clerk.com", PublicURL, PublicURL, ""},
		{proxy, PublicURL, "", fault.APIAddressManaged},
		{"https://api.clerk.com", proxy, "", fault.APIAddressManaged},
		{"ftp://x", PublicURL, "", fault.APIAddress},
	}
	for _, tt := range tests {
		got, err := ChooseBaseURL(tt.variable, tt.managed)
		if got != tt.want || fault.CodeOf(err) != tt.code {
			t.Errorf("variable %q, managed %q: %q, %v", tt.variable, tt.managed, got, err)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	whole := Config{Key: testKey(t), Now: nowAtNoon}
	cases := map[string]struct {
		change func(*Config)
		want   fault.Code
	}{
		"an address in the clear": {func(c *Config) { c.BaseURL = "http://api.clerk.com" }, fault.APIAddress},
		"no key":                  {func(c *Config) { c.Key = secret.Key{} }, fault.Internal},
		"no clock":                {func(c *Config) { c.Now = nil }, fault.Internal},
		"nothing":                 {func(*Config) {}, ""},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			config := whole
			test.change(&config)
			_, err := New(config)
			wantCode(t, err, test.want)
		})
	}
}

func TestClientDoesNotPrintItsKey(t *testing.T) {
	client, _ := newClient(t, "", nil)
	wantNoCanary(t, fmt.Sprintf("%v %+v %#v %+v", client, client, client, *client))
}

// TestNoPathIsMadeOfTheZeroID, since it would be the path of another call.
func TestNoPathIsMadeOfTheZeroID(t *testing.T) {
	calls := map[string]func(context.Context, *Client) error{
		"GetUser":          func(ctx context.Context, c *Client) error { _, err := c.GetUser(ctx, UserID{}); return err },
		"Memberships":      func(ctx context.Context, c *Client) error { _, err := c.Memberships(ctx, UserID{}); return err },
		"Sessions":         func(ctx context.Context, c *Client) error { _, err := c.Sessions(ctx, UserID{}); return err },
		"RevokeActorToken": func(ctx context.Context, c *Client) error { return c.RevokeActorToken(ctx, ActorTokenID{}) },
		"RevokeSession":    func(ctx context.Context, c *Client) error { return c.RevokeSession(ctx, SessionID{}) },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, "{}"))
			client, _ := newClient(t, s.URL, nil)
			wantCode(t, call(t.Context(), client), fault.IDInvalid)
			if got := len(s.requests()); got != 0 {
				t.Errorf("%d requests were made", got)
			}
		})
	}
}

func TestInstance(t *testing.T) {
	cases := map[string]struct {
		body string
		want Instance
		code fault.Code
	}{
		"development":    {`{"object":"instance","id":"ins_1","environment_type":"development","allowed_origins":null}`, Instance{instanceID("ins_1"), secret.Development}, ""},
		"production":     {`{"id":"ins_1","environment_type":"production"}`, Instance{instanceID("ins_1"), secret.Production}, ""},
		"another kind":   {`{"id":"ins_1","environment_type":"staging"}`, Instance{}, fault.ClerkAnswer},
		"no kind":        {`{"id":"ins_1"}`, Instance{}, fault.ClerkAnswer},
		"no id":          {`{"environment_type":"production"}`, Instance{}, fault.ClerkAnswer},
		"not an object":  {`[]`, Instance{}, fault.ClerkAnswer},
		"two documents":  {`{"id":"ins_1","environment_type":"production"}{}`, Instance{}, fault.ClerkAnswer},
		"an id with dot": {`{"id":"ins_1.x","environment_type":"production"}`, Instance{}, fault.ClerkAnswer},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, test.body))
			client, _ := newClient(t, s.URL, nil)
			got, err := client.Instance(t.Context())
			wantCode(t, err, test.code)
			if got != test.want {
				t.Errorf("instance = %+v, want %+v", got, test.want)
			}
			if sent := s.requests()[0]; sent.path != "/v1/instance" || sent.query != "" {
				t.Errorf("%s?%s", sent.path, sent.query)
			}
		})
	}
}

func TestDomains(t *testing.T) {
	cases := map[string]struct {
		body string
		want []Domain
		code fault.Code
	}{
		"two": {
			`{"data":[{"name":"acme.test","is_satellite":false,"frontend_api_url":"https://clerk.acme.test","proxy_url":null},
				{"name":"shop.test","is_satellite":true,"frontend_api_url":"https://clerk.shop.test","proxy_url":"https://shop.test/clerk"}],"total_count":2}`,
			[]Domain{
				{Name: "acme.test", FrontendAPI: "https://clerk.acme.test"},
				{Name: "shop.test", FrontendAPI: "https://clerk.shop.test", Proxy: "https://shop.test/clerk", Satellite: true},
			},
			"",
		},
		"none":            {`{"data":[],"total_count":0}`, []Domain{}, ""},
		"no data":         {`{"total_count":0}`, nil, fault.ClerkAnswer},
		"no frontend api": {`{"data":[{"name":"acme.test"}]}`, nil, fault.ClerkAnswer},
		"no name":         {`{"data":[{"frontend_api_url":"https://clerk.acme.test"}]}`, []Domain{{FrontendAPI: "https://clerk.acme.test"}}, ""},
		"a satellite without an address": {
			`{"data":[{"name":"acme.test","frontend_api_url":"https://clerk.acme.test"},{"name":"shop.test","is_satellite":true}]}`,
			[]Domain{{Name: "acme.test", FrontendAPI: "https://clerk.acme.test"}, {Name: "shop.test", Satellite: true}},
			"",
		},
		"a domain without an address beside one with": {
			`{"data":[{"name":"new.test"},{"name":"acme.test","frontend_api_url":"https://clerk.acme.test"},{"frontend_api_url":7},{"name":"x","frontend_api_url":"https://x","is_satellite":7},5]}`,
			[]Domain{{Name: "acme.test", FrontendAPI: "https://clerk.acme.test"}},
			"",
		},
		"satellites alone": {`{"data":[{"name":"acme.test"},{"name":"shop.test","is_satellite":true}]}`, nil, fault.ClerkAnswer},
		"an odd proxy":     {`{"data":[{"name":"acme.test","frontend_api_url":"https://clerk.acme.test","proxy_url":7}]}`, nil, fault.ClerkAnswer},
		"an odd satellite": {`{"data":[{"name":"acme.test","frontend_api_url":"https://clerk.acme.test","is_satellite":"no"}]}`, nil, fault.ClerkAnswer},
		"wrong type":       {`{"data":{}}`, nil, fault.ClerkAnswer},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, test.body))
			client, _ := newClient(t, s.URL, nil)
			got, err := client.Domains(t.Context())
			wantCode(t, err, test.code)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("domains = %+v, want %+v", got, test.want)
			}
			if sent := s.requests()[0]; sent.path != "/v1/domains" || sent.query != "" {
				t.Errorf("%s?%s", sent.path, sent.query)
			}
		})
	}
}

func TestCloseIdle(t *testing.T) {
	closed := make(chan struct{})
	s := httptest.NewUnstartedServer(reply(http.StatusOK, janeJSON))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			close(closed)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	client, _ := newClient(t, s.URL, nil)
	if _, err := client.GetUser(t.Context(), userID("user_jane")); err != nil {
		t.Fatal(everyPrint(err))
	}
	client.CloseIdle()
	<-closed
}
