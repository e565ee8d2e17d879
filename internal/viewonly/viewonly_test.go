package viewonly

import (
	"strings"
	"testing"
)

func judge(tb testing.TB, change func(*Rules)) *Judge {
	tb.Helper()
	rules := Rules{
		Frontends: []string{"https://clerk.acme.com", "https://acme.com/__clerk"},
		Home:      "https://acme.com",
		Paths:     []string{"/api/search", "/api/*/find", "https://api.acme.com/find"},
		Hosts:     []string{"live.acme.com", "localhost:3000"},
	}
	if change != nil {
		change(&rules)
	}
	j, err := New(rules)
	if err != nil {
		tb.Fatal(err)
	}
	return j
}

const ticketForm = "strategy=ticket&ticket=eyJ"

func form(method, url, body string) Request {
	return Request{Method: method, URL: url, ContentType: "application/x-www-form-urlencoded", Body: []byte(body), Whole: true}
}

func TestKinds(t *testing.T) {
	j := judge(t, nil)
	for _, tt := range []struct {
		kind        Kind
		method, url string
	}{
		{Read, "GET", "https://acme.com/invoices/4471?tab=all#x"},
		{Read, "HEAD", "https://acme.com//odd/%2f/.."},
		{Read, "OPTIONS", "https://clerk.acme.com/v1/me"},
		{Read, "GET", "https://acme.com/100%"},
		{Read, "GET", "data:text/html,hi"},
		{Read, "GET", "blob:https://acme.com/0d5c"},
		{Read, "GET", "https://acme.com/x?_method=HEAD"},
		{Read, "GET", "https://acme.com/_method=DELETE"},
		{Account, "GET", "wss://live.acme.com/"},

		{SignIn, "POST", "https://clerk.acme.com/v1/client"},
		{SignIn, "PUT", "https://clerk.acme.com/v1/client"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client?_method=PUT&__clerk_api_version=2026-05-12"},
		{SignIn, "POST", "https://CLERK.acme.com:443/v1/client/sign_ins"},
		{SignIn, "POST", "https://acme.com/__clerk/v1/client/sign_ins?_clerk_js_version=6"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/touch"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/tokens"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/tokens/supabase"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/end"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/remove"},
		{SignIn, "POST", "https://clerk.acme.com/v1/client/sessions?_method=DELETE"},
		{SignIn, "DELETE", "https://clerk.acme.com/v1/client/sessions"},
		{SignIn, "POST", "https://clerk.acme.com/v1/environment?_method=patch"},
		{SignIn, "POST", "https://clerk.acme.com/v1/dev_browser"},
		{SignIn, "POST", "https://clerk.acme.com/v1/dev_browser/set_first_party_cookie"},

		{Account, "POST", "https://clerk.acme.com/v1/me"},
		{Account, "POST", "https://clerk.acme.com/v1/me/change_password"},
		{Account, "POST", "https://acme.com/__clerk/v1/me/email_addresses"},
		{Account, "POST", "https://acme.com/__CLERK/V1/ME"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/verify"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/verify/attempt_first_factor"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sign_ups"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sign_ins/sia_1/reset_password"},
		{Account, "POST", "https://clerk.acme.com/api_keys"},
		{Account, "POST", "https://clerk.acme.com/oauth/token"},
		{Account, "POST", "https://clerk.acme.com/v1/invented/tomorrow"},
		{Account, "GET", "https://clerk.acme.com/v1/me?_method=DELETE"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/touch?_method=DELETE"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sessions?_method=DELETE&_method=PATCH"},
		{Account, "POST", "https://clerk.acme.com/v1/client/sessions/sess_1/touch?_method=GET"},
		{Account, "POST", "http://clerk.acme.com/v1/me"},
		{Account, "POST", "https://clerk.acme.com./v1/me"},
		{Account, "POST", "https://user@clerk.acme.com/v1/me"},
		{Account, "POST", "https://clerk.acme.com//v1/me"},
		{Account, "POST", "https://acme.com/x/%2e%2e/__clerk/v1/me"},
		{Account, "post", "https://clerk.acme.com/v1/me"},
		{Account, "POST", "https://clerk.acme.com\t/v1/me"},
		{Account, "POST", "https:clerk.acme.com/v1/me"},
		{Account, "POST", "mailto:maya@acme.com"},

		{Change, "POST", "https://clerk.acme.com/v1/organizations"},
		{Change, "POST", "https://clerk.acme.com/v1/organizations/org_1/invitations"},
		{Change, "POST", "https://clerk.acme.com/v1/organizations/org_1?_method=DELETE"},
		{Change, "POST", "https://acme.com/api/invoices"},
		{Change, "POST", "https://acme.com/v1/me"},
		{Change, "POST", "https://acme.com/api/files/a%2Fb"},
		{Change, "GET", "https://acme.com/api/invoices?_method=DELETE"},
		{Change, "GET", "https://acme.com/api/invoices?%5Fmethod=DELETE"},
		{Change, "GET", "https://acme.com/api/invoices?a=1;_METHOD=delete"},
		{Change, "get", "https://acme.com/"},
		{Change, "GET ", "https://acme.com/"},
		{Change, "", "https://acme.com/"},
		{Change, "TRACE", "https://acme.com/"},
		{Change, "POST", "https://clerk.acme.com:8443/v1/me"},
	} {
		body := ""
		if strings.HasSuffix(strings.Split(tt.url, "?")[0], "sign_ins") {
			body = ticketForm
		}
		if got := j.Kind(form(tt.method, tt.url, body)); got != tt.kind {
			t.Errorf("%s %s is %s, want %s", tt.method, tt.url, got, tt.kind)
		}
	}
}

func TestOnlyATicketSignsIn(t *testing.T) {
	j := judge(t, nil)
	const url = "https://clerk.acme.com/v1/client/sign_ins"
	for _, tt := range []struct {
		media, body string
		whole       bool
		want        Kind
	}{
		{"application/x-www-form-urlencoded;charset=UTF-8", ticketForm, true, SignIn},
		{"application/json", `{"strategy":"ticket","ticket":"eyJ"}`, true, SignIn},
		{"application/x-www-form-urlencoded", ticketForm, false, Account},
		{"application/x-www-form-urlencoded", "strategy=reset_password_email_code&identifier=a", true, Account},
		{"application/x-www-form-urlencoded", "strategy=password&strategy=ticket", true, Account},
		{"application/json", `{"strategy":"password","strategy":"ticket"}`, true, Account},
		{"text/plain", ticketForm, true, Account},
		{"", "", true, Account},
	} {
		request := Request{Method: "POST", URL: url, ContentType: tt.media, Body: []byte(tt.body), Whole: tt.whole}
		if got := j.Kind(request); got != tt.want {
			t.Errorf("%s %s is %s, want %s", tt.media, tt.body, got, tt.want)
		}
	}
}

func TestModesAndPaths(t *testing.T) {
	j := judge(t, nil)
	for _, tt := range []struct {
		url                  string
		viewOnly, withChange bool
	}{
		{"https://acme.com/api/search", true, true},
		{"https://ACME.com:443/api/se%61rch?q=1#f", true, true},
		{"https://acme.com/api/north/find", true, true},
		{"https://api.acme.com/find", true, true},
		{"https://acme.com/api/search/", false, true},
		{"https://acme.com/api/Search", false, true},
		{"https://acme.com/api//find", false, true},
		{"https://acme.com/api/../find", false, true},
		{"https://acme.com/api/%2e%2e/find", false, true},
		{"https://acme.com/api/..;/find", false, true},
		{"https://acme.com/api/a%2Fb/find", false, true},
		{"https://acme.com/api/a%5cb/find", false, true},
		{"https://acme.com/api/a%252fb/find", false, true},
		{"https://acme.com/api/a%2eb/find", false, true},
		{"https://acme.com/api/%c0%ae/find", false, true},
		{"https://acme.com/api/a/b/find", false, true},
		{"https://u@acme.com/api/search", false, true},
		{"http://acme.com/api/search", false, true},
		{"https://acme.com:8443/api/search", false, true},
		{"https://acme.com./api/search", false, true},
		{"https://acme.com.evil.example/api/search", false, true},
		{"https://other.example/api/search", false, true},
		{"https://acme.com/api/search\n", false, false},
		{"https://acme.com\\api/search", false, false},
		{"https://acme.com:0443/api/search", false, false},
		{"https://аcme.com/api/search", false, false},
		{"https://clerk.acme.com/v1/me", false, false},
	} {
		request := Request{Method: "POST", URL: tt.url}
		if got := j.May(ViewOnly, request); got != tt.viewOnly {
			t.Errorf("view only sends %s: %t", tt.url, got)
		}
		if got := j.May(AllowChanges, request); got != tt.withChange {
			t.Errorf("allow changes sends %s: %t", tt.url, got)
		}
		if j.May("", request) != tt.viewOnly {
			t.Errorf("no mode is not view only for %s", tt.url)
		}
	}
}

func TestNoPathOfTheAppIsAllowedBeforeItsOriginIsKnown(t *testing.T) {
	j := judge(t, func(r *Rules) { r.Home = "" })
	if j.May(ViewOnly, Request{Method: "POST", URL: "https://acme.com/api/search"}) {
		t.Error("a path was allowed on any host")
	}
	if !j.May(ViewOnly, Request{Method: "POST", URL: "https://api.acme.com/find"}) {
		t.Error("a full address was not allowed")
	}
}

func TestTheAppMayShareTheHostOfTheFrontendAPI(t *testing.T) {
	j := judge(t, func(r *Rules) { r.Frontends, r.Home = []string{"http://127.0.0.1:4501"}, "http://127.0.0.1:4501" })
	for url, want := range map[string]Kind{
		"http://127.0.0.1:4501/invoices/4471": Change,
		"http://127.0.0.1:4501/a%2Fb":         Change,
		"http://127.0.0.1:4501/v1/me":         Account,
		"http://127.0.0.1:4501//v1/me":        Account,
		"http://127.0.0.1:4501/%76%31/me":     Account,
		"http://127.0.0.1:4501/%2576%2531/me": Account,
		"http://127.0.0.1:4501/v1/client":     SignIn,
	} {
		if got := j.Kind(Request{Method: "POST", URL: url}); got != want {
			t.Errorf("%s is %s, want %s", url, got, want)
		}
	}
}

func TestConnects(t *testing.T) {
	j := judge(t, nil)
	for host, want := range map[string]bool{
		"live.acme.com": true, "LIVE.acme.com:443": true, "localhost:3000": true,
		"localhost": false, "a.live.acme.com": false, "live.acme.com:444": false, "": false,
	} {
		if j.Connects(host) != want {
			t.Errorf("connects to %q: %t", host, !want)
		}
	}
}

func TestCheckPath(t *testing.T) {
	for pattern, good := range map[string]bool{
		"/api/search": true, "/api/*/find": true, "/*/find": true, "/graphql/": true, "/s%C3%BCche": true,
		"https://api.acme.com/find": true, "http://localhost:3000/find": true,
		"": false, "/": false, "/*": false, "/*/*": false, "api/search": false, "/api/se*": false, "/api/**": false,
		"/a?b": false, "/a#b": false, "/a//b": false, "/a/../b": false, "/a/%2e/b": false, "/a%2fb": false, `/a\b`: false,
		"//evil.example/x": false, "https://api.acme.com": false, "https://*.acme.com/find": false,
		"https://u@api.acme.com/find": false, "ftp://api.acme.com/find": false, "/süche": false,
	} {
		if err := CheckPath(pattern); (err == nil) != good {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

func TestCheckHost(t *testing.T) {
	for host, good := range map[string]bool{
		"live.acme.com": true, "localhost:3000": true, "127.0.0.1:3000": true, "Live.Acme.com": true, "xn--bcher-kva.example": true,
		"": false, "*": false, "*.acme.com": false, "https://acme.com": false, "acme.com/": false, "acme.com.": false, "acme.com.:8": false,
		"acme.com;script-src *": false, "a b": false, "u@acme.com": false, "acme.com:": false, "acme.com:0": true,
		"acme.com:65536": false, "acme.com:080": false, "[::1]:80": false, "bücher.example": false,
	} {
		if err := CheckHost(host); (err == nil) != good {
			t.Errorf("%q: %v", host, err)
		}
	}
}

func TestRulesThatCannotBeReadAreRefused(t *testing.T) {
	for name, rules := range map[string]Rules{
		"frontend":            {Frontends: []string{"clerk.acme.com"}},
		"frontend with query": {Frontends: []string{"https://clerk.acme.com?x"}},
		"frontend with dots":  {Frontends: []string{"https://acme.com/../__clerk"}},
		"home":                {Home: "acme.com"},
		"home with path":      {Home: "https://acme.com/app"},
		"path":                {Paths: []string{"search"}},
		"host":                {Hosts: []string{"https://live.acme.com"}},
	} {
		if _, err := New(rules); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	j := judge(b, nil)
	request := Request{Method: "GET", URL: "https://acme.com/_next/static/chunks/app/invoices/page-4f3a.js?dpl=dpl_4f3a&v=12&_rsc=1xk2"}
	for b.Loop() {
		if !j.May(ViewOnly, request) {
			b.Fatal("held back")
		}
	}
}
