package held

import (
	"testing"
	"time"

	"understudy/internal/viewonly"
)

func TestSigningInAndReadingAreNoChanges(t *testing.T) {
	judge, err := viewonly.New(viewonly.Rules{Frontends: []string{"https://clerk.acme.com"}})
	if err != nil {
		t.Fatal(err)
	}
	h := &Held{judge: judge}
	for _, tt := range []struct {
		method, url, media, body string
		want                     bool
	}{
		{"GET", "https://acme.com/", "", "", false},
		{"POST", "https://clerk.acme.com/v1/client/sign_ins", "application/x-www-form-urlencoded", "strategy=ticket&ticket=a", false},
		{"POST", "https://clerk.acme.com/v1/client/sessions/sess_1/tokens", "", "", false},
		{"POST", "https://clerk.acme.com/v1/client/sessions?_method=DELETE", "", "", false},
		{"POST", "https://api.acme.com/graphql", "application/json", `{"query":"{ me }"}`, false},
		{"POST", "https://api.acme.com/graphql", "application/json", `{"query":"mutation { pay }"}`, true},
		{"POST", "https://clerk.acme.com/v1/organizations", "", "", true},
		{"DELETE", "https://acme.com/api/invoices/4471", "", "", true},
	} {
		p := &paused{}
		p.Request.Method, p.Request.URL, p.Request.Body, p.Request.HasBody = tt.method, tt.url, tt.body, tt.body != ""
		p.Request.Headers = map[string]string{"content-type": tt.media}
		if got := h.changes(p); got != tt.want {
			t.Errorf("%s %s %s is a change: %t", tt.method, tt.url, tt.body, got)
		}
	}
}

// TestAPermissionEndsWhileTheComputerSleeps: no timer runs then.
func TestAPermissionEndsWhileTheComputerSleeps(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for until, want := range map[time.Time]viewonly.Mode{
		{}:                    viewonly.AllowChanges,
		now.Add(time.Hour):    viewonly.AllowChanges,
		now.Add(-time.Second): viewonly.ViewOnly,
	} {
		h := &Held{mode: viewonly.AllowChanges, mark: state{ChangesUntil: until}, visit: Visit{Now: func() time.Time { return now }}}
		if got := h.modeNow(); got != want {
			t.Errorf("until %v: %s", until, got)
		}
	}
}
