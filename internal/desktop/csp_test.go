package desktop

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	next := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	answer := httptest.NewRecorder()
	secureHeaders(next).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/missing", nil))

	policy := answer.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "frame-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %q", policy, want)
		}
	}
	for _, loose := range []string{"unsafe", "*", "http:", "https:", "upgrade-insecure-requests"} {
		if strings.Contains(policy, loose) {
			t.Errorf("policy %q contains %q", policy, loose)
		}
	}
	if got := answer.Header().Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("X-Content-Type-Options = %q, want nosniff", got)
	}
}
