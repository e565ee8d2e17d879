package impersonation

import (
	"errors"
	"strings"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

const goodTicket = "https://clerk.acme.com/v1/tickets/accept?ticket=eyJh.eyJi.c2ln"

func gateOf(t *testing.T, apiBase string, frontends ...string) Gate {
	t.Helper()
	gate, err := NewGate(frontends, apiBase)
	if err != nil {
		t.Fatal(err)
	}
	return gate
}

func TestGateLetsThrough(t *testing.T) {
	tests := []struct{ name, apiBase, frontend, address string }{
		{"the instance's own", "https://api.clerk.com/v1", "https://clerk.acme.com", goodTicket},
		{"behind a proxy", "https://api.clerk.com/v1", "https://acme.com/__clerk", "https://acme.com/__clerk/v1/tickets/accept?ticket=a.b.c"},
		{"a proxy written with a slash", "https://api.clerk.com/v1", "https://acme.com/__clerk/", "https://acme.com/__clerk/v1/tickets/accept?ticket=a.b.c"},
		{"the instance's own, in capitals", "https://api.clerk.com/v1", "https://Clerk.ACME.com", goodTicket},
		{"in the same capitals", "https://api.clerk.com/v1", "https://Clerk.acme.com", strings.Replace(goodTicket, "clerk", "Clerk", 1)},
		{"another alphabet", "https://api.clerk.com/v1", "https://clerk.bücher.example", "https://clerk.xn--bcher-kva.example/v1/tickets/accept?ticket=a.b.c"},
		{"the stand-in", "http://127.0.0.1:4501/v1", "http://127.0.0.1:4501", "http://127.0.0.1:4501/v1/tickets/accept?ticket=a.b.c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := gateOf(t, tt.apiBase, tt.frontend).Check(tt.address); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestGateRefuses(t *testing.T) {
	tests := []struct {
		name, address string
		want          error
	}{
		{"nothing", "", errTicketMissing},
		{"too long", goodTicket + strings.Repeat("a", maxTicketURL), errTicketLong},
		{"space", strings.Replace(goodTicket, "eyJh", "ey h", 1), errTicketChars},
		{"line break", goodTicket + "\n", errTicketChars},
		{"not ASCII", strings.Replace(goodTicket, "acme", "аcme", 1), errTicketChars},
		{"backslash", strings.Replace(goodTicket, "com/", `com\@evil.com/`, 1), errTicketChars},
		{"half an escape", goodTicket + "%", errTicketQuery},
		{"host in capitals", strings.Replace(goodTicket, "clerk.acme", "CLERK.acme", 1), errTicketHost},
		{"scheme in capitals", strings.Replace(goodTicket, "https", "HTTPS", 1), errTicketParse},
		{"plain http", strings.Replace(goodTicket, "https", "http", 1), errTicketScheme},
		{"file", "file:///etc/passwd", errTicketScheme},
		{"javascript", "javascript:alert(1)", errTicketParts},
		{"no scheme", strings.TrimPrefix(goodTicket, "https:"), errTicketScheme},
		{"user info", strings.Replace(goodTicket, "clerk.acme.com", "clerk.acme.com@evil.com", 1), errTicketParts},
		{"fragment", goodTicket + "#x", errTicketParts},
		{"empty fragment", goodTicket + "#", errTicketParse},
		{"trailing dot", strings.Replace(goodTicket, ".com", ".com.", 1), errTicketParts},
		{"another host", strings.Replace(goodTicket, "acme", "evil", 1), errTicketHost},
		{"a host that begins the same", strings.Replace(goodTicket, ".com", ".com.evil.com", 1), errTicketHost},
		{"port", strings.Replace(goodTicket, ".com", ".com:443", 1), errTicketHost},
		{"another path", strings.Replace(goodTicket, "accept", "revoke", 1), errTicketPath},
		{"escaped path", strings.Replace(goodTicket, "accept", "%61ccept", 1), errTicketPath},
		{"path walked up", strings.Replace(goodTicket, "/v1/", "/x/../v1/", 1), errTicketPath},
		{"double slash", strings.Replace(goodTicket, "/v1/", "//v1/", 1), errTicketPath},
		{"no ticket", "https://clerk.acme.com/v1/tickets/accept", errTicketQuery},
		{"two tickets", goodTicket + "&ticket=a.b.c", errTicketQuery},
		{"another parameter", goodTicket + "&redirect_url=https://evil.com", errTicketQuery},
		{"empty parameter", goodTicket + "&", errTicketQuery},
		{"semicolon", goodTicket + ";x=y", errTicketQuery},
		{"escaped ticket", strings.Replace(goodTicket, "eyJh", "%65yJh", 1), errTicketQuery},
		{"two parts", "https://clerk.acme.com/v1/tickets/accept?ticket=a.b", errTicketValue},
		{"four parts", "https://clerk.acme.com/v1/tickets/accept?ticket=a.b.c.d", errTicketValue},
		{"padding", "https://clerk.acme.com/v1/tickets/accept?ticket=a=.b.c", errTicketValue},
		{"empty part", "https://clerk.acme.com/v1/tickets/accept?ticket=a..c", errTicketValue},
	}
	gate := gateOf(t, "https://api.clerk.com/v1", "https://clerk.acme.com")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := gate.Check(tt.address); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestGateKeepsPlainHTTPToTheStandIn(t *testing.T) {
	gate := gateOf(t, "http://127.0.0.1:4501/v1", "http://127.0.0.1:4501")
	for _, address := range []string{
		"http://127.0.0.1:4502/v1/tickets/accept?ticket=a.b.c",
		"http://localhost:4501/v1/tickets/accept?ticket=a.b.c",
		"https://127.0.0.1:4501/v1/tickets/accept?ticket=a.b.c",
	} {
		if gate.Check(address) == nil {
			t.Errorf("let %s through", address)
		}
	}
}

func TestNewGateRefuses(t *testing.T) {
	for name, frontends := range map[string][]string{
		"none":           nil,
		"plain http":     {"http://clerk.acme.com"},
		"other port":     {"http://127.0.0.1:4502"},
		"user info":      {"https://user@clerk.acme.com"},
		"query":          {"https://clerk.acme.com?x=y"},
		"not an address": {"clerk.acme.com"},
		"one of two":     {"https://clerk.acme.com", "ftp://clerk.acme.com"},
		"not parseable":  {"https://[::1"},
	} {
		if _, err := NewGate(frontends, "http://127.0.0.1:4501/v1"); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestFrontends(t *testing.T) {
	tests := []struct {
		name    string
		domains []clerkapi.Domain
		want    string
		says    string
	}{
		{"of a satellite nothing counts", []clerkapi.Domain{
			{FrontendAPI: "https://clerk.acme.com", Proxy: "https://acme.com/__clerk"},
			{FrontendAPI: "https://clerk.satellite.com", Satellite: true},
			{Satellite: true},
		}, "https://clerk.acme.com https://acme.com/__clerk", ""},
		{"what no ticket is opened at is left out", []clerkapi.Domain{
			{FrontendAPI: "https://clerk.acme.com", Proxy: "https://acme.com:8443/__clerk"},
			{FrontendAPI: "http://clerk.old.com"},
		}, "https://clerk.acme.com", ""},
		{"the first that cannot be used is named", []clerkapi.Domain{{FrontendAPI: "http://clerk.acme.com", Proxy: "acme.com"}}, "", "not https"},
		{"satellites alone", []clerkapi.Domain{{FrontendAPI: "https://clerk.satellite.com", Satellite: true}}, "", "gives no sign-in address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Frontends(tt.domains, "https://api.clerk.com/v1")
			if strings.Join(got, " ") != tt.want || (err != nil) != (tt.says != "") || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

func FuzzGate(f *testing.F) {
	for _, seed := range []string{goodTicket, goodTicket + "#", "https://clerk.acme.com@evil.com/v1/tickets/accept?ticket=a.b.c", ""} {
		f.Add(seed)
	}
	gate, err := NewGate([]string{"https://clerk.acme.com"}, "https://api.clerk.com/v1")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if gate.Check(address) == nil && !ticketForm.MatchString(strings.TrimPrefix(address, "https://clerk.acme.com/v1/tickets/accept?ticket=")) {
			t.Errorf("let %q through", address)
		}
	})
}

func TestAnAddressThatNoTicketIsOpenedAtIsNamed(t *testing.T) {
	for address, says := range map[string]string{
		"https://clerk.acme.com:8443":    "which has a port",
		"https://clerk.acme.com:443":     "which has a port",
		"https://clerk.acme.com:":        "which has a port",
		"https://127.0.0.1:4501":         "which has a port",
		"https://CLERK.acme.com.":        "which ends with a dot",
		"http://clerk.acme.com":          "which is not https",
		"ftp://clerk.acme.com":           "which is not https",
		"https://maya:pw@acme.com":       "with a user name",
		"https://clerk.acme.com?a=b":     "with a query",
		"https://clerk.acme.com/#a":      "with a query",
		"https://cl\u202eerk.acme.com:1": "\u2068clerk.acme.com:1\u2069",
		"clerk.acme.com":                 "not an address",
		"/__clerk":                       "not an address",
		"https://[::1":                   "not an address",
		"":                               "not an address",
	} {
		_, err := NewGate([]string{address}, "https://api.clerk.com/v1")
		expectCode(t, err, fault.ClerkAnswer)
		if said := fault.From(err).Sentence(); !strings.Contains(said, says) || strings.Contains(said, "pw") {
			t.Errorf("%q: says %q", address, said)
		}
	}
	_, err := NewGate(nil, "")
	expectCode(t, err, fault.ClerkAnswer)
}

func TestTheSameAddressesInOtherLettersAreTheSame(t *testing.T) {
	for _, tt := range []struct {
		a, b []string
		same bool
	}{
		{[]string{"https://a.com", "https://b.com"}, []string{"https://B.com", "https://a.com"}, true},
		{[]string{"https://bücher.example/__clerk"}, []string{"https://xn--bcher-kva.example/__clerk"}, true},
		{[]string{"https://a.com/Clerk"}, []string{"https://a.com/clerk"}, false},
		{[]string{"https://a.com"}, []string{"https://a.com", "https://a.com"}, false},
		{[]string{"https://a.com"}, []string{"https://a.com:8443"}, false},
		{nil, nil, true},
	} {
		if got := SameFrontends(tt.a, tt.b); got != tt.same {
			t.Errorf("%q and %q: %v", tt.a, tt.b, got)
		}
	}
}
