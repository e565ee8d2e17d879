package emulator

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestAKeyMustFitTheInstance(t *testing.T) {
	const own = "sk_test_0123456789abcdefghij"
	live := strings.Replace(SampleKey, "test", "live", 1)
	cases := []struct {
		name, environment, key, header string
		status                         int
		code                           string
	}{
		{"well-formed", "", "", "Bearer " + SampleKey, 200, ""},
		{"live", "", "", "Bearer " + live, 200, ""},
		{"scheme in lower case", "", "", "bearer " + SampleKey, 200, ""},
		{"none", "", "", "", 401, "authorization_header_format_invalid"},
		{"no scheme", "", "", SampleKey, 401, "authorization_header_format_invalid"},
		{"other scheme", "", "", "Basic " + SampleKey, 401, "authorization_header_format_invalid"},
		{"publishable", "", "", "Bearer pk_test_0123456789abcdef", 401, "clerk_key_invalid"},
		{"too short", "", "", "Bearer sk_test_1", 401, "clerk_key_invalid"},
		{"live on development", Development, "", "Bearer " + live, 401, "clerk_key_invalid"},
		{"test on production", Production, "", "Bearer " + SampleKey, 401, "clerk_key_invalid"},
		{"the one", "", own, "Bearer " + own, 200, ""},
		{"another than the one", "", own, "Bearer " + SampleKey, 401, "clerk_key_invalid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newStand(t, func(cfg *Config) { cfg.Environment, cfg.SecretKey = c.environment, c.key })
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/v1/instance", nil)
			if c.header != "" {
				r.Header.Set("Authorization", c.header)
			}
			w := httptest.NewRecorder()
			s.handler.ServeHTTP(w, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.code) {
				t.Errorf("%d %s, want %d %s", w.Code, w.Body, c.status, c.code)
			}
		})
	}
}

func TestInstanceAndDomainsNameTheirOwnAddress(t *testing.T) {
	s := newStand(t)
	domains := get[list[domainResource]](s, "/domains")
	if domains.TotalCount != 1 || domains.Data[0].FrontendAPIURL != s.url || domains.Data[0].IsSatellite {
		t.Errorf("domains %+v, want one at %s", domains, s.url)
	}
	if instance := get[instanceResource](s, "/instance"); instance.EnvironmentType != Development || !strings.HasPrefix(instance.ID, "ins_") {
		t.Errorf("instance %+v", instance)
	}
}

func TestOnlyNamesOfThisComputerAreAnswered(t *testing.T) {
	server := New(Config{Users: 10, Now: newClock().now})
	for host, status := range map[string]int{
		"127.0.0.1:4501": 200, "localhost:4501": 200, "[::1]:4501": 200, "localhost": 200,
		"evil.example": 421, "127.0.0.1.evil.example:4501": 421, "192.168.1.2:4501": 421, "": 421,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/sign-in", nil)
		r.Host = host
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("host %q: %d, want %d", host, w.Code, status)
		}
	}
}

func TestAPageElsewhereMayNotPost(t *testing.T) {
	server := New(Config{Users: 10, Now: newClock().now})
	for _, path := range []string{signInPath, signOutPath, continuePath, controlPath + "faults", invoicesPath, searchPath, graphQLPath, signInsPath} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1"+path, strings.NewReader(`{"kind":"hang"}`))
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", path, w.Code)
		}
	}
}

func TestRateLimit(t *testing.T) {
	for environment, allowed := range map[string]int{Development: developmentLimit, Production: productionLimit} {
		t.Run(environment, func(t *testing.T) {
			s := newStand(t, func(c *Config) { c.Scene.RateLimit = true })
			key := SampleKey
			if environment == Production {
				key = strings.Replace(key, "test", "live", 1)
			}
			ask := func() *httptest.ResponseRecorder {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/v1/instance", nil)
				r.Header.Set("Authorization", "Bearer "+key)
				w := httptest.NewRecorder()
				s.handler.ServeHTTP(w, r)
				return w
			}
			for n := range allowed {
				if w := ask(); w.Code != http.StatusOK {
					t.Fatalf("call %d: %d", n+1, w.Code)
				}
			}
			s.clock.advance(3500 * time.Millisecond)
			w := ask()
			if after := w.Header().Get("Retry-After"); w.Code != http.StatusTooManyRequests || after != "7" {
				t.Fatalf("beyond the limit: %d, Retry-After %q", w.Code, after)
			}
			s.clock.advance(7 * time.Second)
			if w := ask(); w.Code != http.StatusOK {
				t.Errorf("after waiting: %d", w.Code)
			}
		})
	}
}

func TestAUserCanBeBannedAndLocked(t *testing.T) {
	s := newStand(t)
	path := "/users/" + s.server.OperatorID()
	steps := []struct {
		call           string
		banned, locked bool
	}{{"/ban", true, false}, {"/lock", true, true}, {"/unban", false, true}, {"/unlock", false, false}}
	for _, step := range steps {
		s.clock.advance(time.Second)
		u := send[userResource](s, http.MethodPost, path+step.call, "")
		if u.Banned != step.banned || u.Locked != step.locked || u.UpdatedAt != s.clock.now().UnixMilli() {
			t.Errorf("%s: banned %t, locked %t, updated %d", step.call, u.Banned, u.Locked, u.UpdatedAt)
		}
		if (u.LockoutExpiresInSeconds != nil) != step.locked {
			t.Errorf("%s: lockout %v", step.call, u.LockoutExpiresInSeconds)
		}
	}
	if newest := get[[]userResource](s, "/users?limit=1&order_by=-updated_at"); newest[0].ID != s.server.OperatorID() {
		t.Error("the order by update does not know of the change")
	}
	if status, code, _ := s.refusal(http.MethodPost, "/users/user_x/ban", ""); status != 404 || code != "resource_not_found" {
		t.Errorf("unknown user: %d %s", status, code)
	}
}

func TestOrganizationsAndMemberships(t *testing.T) {
	s := newStand(t)
	acme := get[list[organizationResource]](s, "/organizations?query=MERID&include_members_count=true")
	if acme.TotalCount != 1 || acme.Data[0].Name != "Meridian Health" || *acme.Data[0].MembersCount == 0 {
		t.Fatalf("organizations %+v", acme)
	}
	users := get[[]userResource](s, "/users?limit=500&organization_id="+acme.Data[0].ID)
	if len(users) != *acme.Data[0].MembersCount {
		t.Errorf("%d members, counted %d", len(users), *acme.Data[0].MembersCount)
	}
	priya := get[[]userResource](s, "/users?email_address=priya.raman@meridianhealth.example")[0]
	memberships := get[list[membershipResource]](s, "/users/"+priya.ID+"/organization_memberships")
	if memberships.TotalCount != 2 || memberships.Data[0].Role != roleAdmin || memberships.Data[1].Role != roleMember ||
		len(memberships.Data[0].Permissions) <= len(memberships.Data[1].Permissions) {
		t.Errorf("memberships %+v", memberships)
	}
	if page := get[list[membershipResource]](s, "/users/"+priya.ID+"/organization_memberships?limit=1&offset=1"); len(page.Data) != 1 || page.TotalCount != 2 {
		t.Errorf("second page %+v", page)
	}
	byName := get[list[organizationResource]](s, "/organizations?limit=3&order_by=name")
	if byName.TotalCount != 12 || byName.Data[0].Name != "Bosphorus" || byName.Data[2].Name != "Eastgate Law" {
		t.Errorf("by name %+v", byName)
	}
	ofUser := get[list[organizationResource]](s, "/organizations?user_id="+priya.ID+"&order_by=-members_count")
	if ofUser.TotalCount != 2 {
		t.Errorf("of a user: %d", ofUser.TotalCount)
	}
	if status, _, param := s.refusal(http.MethodGet, "/organizations?order_by=size", ""); status != 422 || param != "order_by" {
		t.Errorf("unknown order: %d %s", status, param)
	}
}

func TestStartAndClose(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	running, err := Start(ctx, "127.0.0.1:0", Config{Users: 10, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if running.APIURL() != running.URL()+"/v1" || !strings.HasPrefix(running.URL(), "http://127.0.0.1:") {
		t.Errorf("addresses %s, %s", running.URL(), running.APIURL())
	}
	response, err := http.Get(running.URL() + signInPath)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	cancel()
	if err := running.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if response, err := http.Get(running.URL()); err == nil {
		response.Body.Close()
		t.Error("it still answers after it was closed")
	}
}

func TestConfigurationsThatAreRefused(t *testing.T) {
	now := newClock().now
	for name, c := range map[string]struct {
		listen string
		cfg    Config
	}{
		"no clock":            {"127.0.0.1:0", Config{}},
		"not loopback":        {"0.0.0.0:0", Config{Now: now}},
		"no host":             {":0", Config{Now: now}},
		"too many users":      {"127.0.0.1:0", Config{Now: now, Users: maxUsers + 1}},
		"negative users":      {"127.0.0.1:0", Config{Now: now, Users: -1}},
		"unknown environment": {"127.0.0.1:0", Config{Now: now, Environment: "staging"}},
		"bad key":             {"127.0.0.1:0", Config{Now: now, SecretKey: "pk_test_1"}},
		"jitter over latency": {"127.0.0.1:0", Config{Now: now, Scene: Scene{Jitter: time.Second}}},
		"unknown fault":       {"127.0.0.1:0", Config{Now: now, Faults: []Fault{{Kind: "flood"}}}},
	} {
		if running, err := Start(t.Context(), c.listen, c.cfg); err == nil {
			t.Errorf("%s was accepted", name)
			_ = running.Close()
		}
	}
}

func TestRequestLogIsBounded(t *testing.T) {
	var l requestLog
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/users", nil)
	for range 3*keptRequests + 1 {
		l.add(r, time.Time{})
	}
	if n := len(l.entries); n > keptRequests || n < keptRequests/2 {
		t.Errorf("%s entries are kept", strconv.Itoa(n))
	}
}
