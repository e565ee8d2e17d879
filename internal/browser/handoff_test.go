package browser

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const handoffHost = "127.0.0.1:4501"

// desired is what a browser is to be told to open.
const desired = "https://clerk.acme.com/v1/tickets/accept?ticket=a.b.c"

func offered(t *testing.T) (h *handoff, stolen chan struct{}) {
	t.Helper()
	stolen = make(chan struct{})
	h, err := newHandoff(handoffHost, func() string { return desired }, rand.Reader, func() { close(stolen) })
	if err != nil {
		t.Fatal(err)
	}
	return h, stolen
}

// ask sends a request as a browser sends it, changed by the test.
func ask(h *handoff, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, h.path, nil)
	r.Host = h.host
	r.Header.Set("Sec-Fetch-Site", "none")
	r.Header.Set("Sec-Fetch-Dest", "document")
	change(r)
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer
}

func asBrowser(*http.Request) {}

func TestHandoffAnswersTheBrowserAlone(t *testing.T) {
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := []struct {
		name   string
		change func(*http.Request)
		status int
	}{
		{"as a browser asks", asBrowser, http.StatusFound},
		{"as an older browser asks", func(r *http.Request) { clear(r.Header) }, http.StatusFound},
		{"another name for this computer", func(r *http.Request) { r.Host = "localhost:4501" }, http.StatusMisdirectedRequest},
		{"DNS rebinding", func(r *http.Request) { r.Host = "evil.example:4501" }, http.StatusMisdirectedRequest},
		{"no port", func(r *http.Request) { r.Host = "127.0.0.1" }, http.StatusMisdirectedRequest},
		{"the root", func(r *http.Request) { r.RequestURI = "/" }, http.StatusNotFound},
		{"a guess", func(r *http.Request) { r.RequestURI = "/" + strings.Repeat("A", 43) }, http.StatusNotFound},
		{"a parameter", func(r *http.Request) { r.RequestURI += "?x" }, http.StatusNotFound},
		{"a folder", func(r *http.Request) { r.RequestURI += "/" }, http.StatusNotFound},
		{"POST", func(r *http.Request) { r.Method = http.MethodPost }, http.StatusMethodNotAllowed},
		{"HEAD", func(r *http.Request) { r.Method = http.MethodHead }, http.StatusMethodNotAllowed},
		{"CORS preflight", func(r *http.Request) { r.Method = http.MethodOptions }, http.StatusMethodNotAllowed},
		{"a link on a page", header("Sec-Fetch-Site", "cross-site"), http.StatusForbidden},
		{"a page on another port", header("Sec-Fetch-Site", "same-site"), http.StatusForbidden},
		{"a frame", header("Sec-Fetch-Dest", "iframe"), http.StatusForbidden},
		{"a script", header("Sec-Fetch-Dest", "empty"), http.StatusForbidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h, _ := offered(t)
			answer := ask(h, tt.change)
			if answer.Code != tt.status {
				t.Errorf("answers %d, want %d", answer.Code, tt.status)
			}
			got := answer.Header()
			if got.Get("Cache-Control") != "no-store" || got.Get("Referrer-Policy") != "no-referrer" || got.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("headers %v", got)
			}
			if answer.Body.Len() > 0 {
				t.Errorf("says %q", answer.Body)
			}
			if tt.status == http.StatusFound {
				if got.Get("Location") != desired {
					t.Errorf("leads to %q", got.Get("Location"))
				}
				return
			}
			if got.Get("Location") != "" {
				t.Error("a refusal leads somewhere")
			}
			if again := ask(h, asBrowser); again.Code != http.StatusFound {
				t.Errorf("a refused request used up the ticket: %d", again.Code)
			}
		})
	}
}

func TestHandoffIsGoodForOneUse(t *testing.T) {
	h, stolen := offered(t)
	ask(h, asBrowser)
	if !h.wasGiven() {
		t.Error("the ticket counts as not given")
	}
	for range 2 { // the warning comes once: stolen can be closed once
		if again := ask(h, asBrowser); again.Code != http.StatusGone || again.Header().Get("Location") != "" {
			t.Errorf("a second time: %d to %q", again.Code, again.Header().Get("Location"))
		}
	}
	<-stolen
	<-h.over
}

func TestHandoffEndsWhenAnotherUserAsks(t *testing.T) {
	h, stolen := offered(t)
	h.foreign = func(string) bool { return true }
	if answer := ask(h, asBrowser); answer.Code != http.StatusGone || answer.Header().Get("Location") != "" {
		t.Errorf("another user got %d to %q", answer.Code, answer.Header().Get("Location"))
	}
	<-stolen
	h.foreign = func(string) bool { return false }
	if answer := ask(h, asBrowser); answer.Code != http.StatusGone {
		t.Errorf("the address still works: %d", answer.Code)
	}
}

func TestHandoffThatRanOutGivesNothing(t *testing.T) {
	h, _ := offered(t)
	h.end()
	if answer := ask(h, asBrowser); answer.Code != http.StatusGone || answer.Header().Get("Location") != "" {
		t.Errorf("got %d to %q", answer.Code, answer.Header().Get("Location"))
	}
}

func TestNonceIsLongAndNew(t *testing.T) {
	first, _ := offered(t)
	second, _ := offered(t)
	if first.path == second.path || len(first.path) != len("/")+43 { // 32 bytes in base64url
		t.Errorf("paths %d and %d long, same: %v", len(first.path), len(second.path), first.path == second.path)
	}
}
