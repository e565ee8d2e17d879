package emulator

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeClock stands still until it is moved.
type fakeClock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *fakeClock {
	return &fakeClock{t: time.Date(2026, time.November, 22, 13, 3, 0, 0, time.UTC)}
}

func (c *fakeClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *fakeClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// stand is a server under test with a client for each side.
type stand struct {
	t       *testing.T
	server  *Server
	handler http.Handler // the server behind a look at the contract
	clock   *fakeClock
	url     string
}

func newStand(t *testing.T, change ...func(*Config)) *stand {
	t.Helper()
	clock := newClock()
	cfg := Config{Users: 300, Seed: 1, Now: clock.now}
	for _, c := range change {
		c(&cfg)
	}
	if err := cfg.Validate(); err != nil {
		t.Fatal(err)
	}
	server := New(cfg)
	var handler http.Handler = server
	if len(cfg.Faults) == 0 {
		handler = keepContract(t, server)
	}
	listener := httptest.NewServer(handler)
	t.Cleanup(listener.Close)
	return &stand{t, server, handler, clock, listener.URL}
}

// call makes a Backend API request and returns status and body.
func (s *stand) call(method, path, body string) (int, []byte) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+"/v1"+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+SampleKey)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, answer
}

// get decodes the answer to a request that must succeed.
func get[T any](s *stand, path string) T { return send[T](s, http.MethodGet, path, "") }

func send[T any](s *stand, method, path, body string) T {
	s.t.Helper()
	status, answer := s.call(method, path, body)
	if status != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	var value T
	if err := json.NewDecoder(bytes.NewReader(answer)).Decode(&value); err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return value
}

// refusal returns status, code and the named parameter of a refused request.
func (s *stand) refusal(method, path, body string) (status int, code, param string) {
	s.t.Helper()
	status, answer := s.call(method, path, body)
	var e errorBody
	if err := json.Unmarshal(answer, &e); err != nil || len(e.Errors) != 1 || len(e.TraceID) != 32 {
		s.t.Fatalf("%s %s: not an error of Clerk's form: %d %s", method, path, status, answer)
	}
	param, _ = e.Errors[0].Meta["param_name"].(string)
	return status, e.Errors[0].Code, param
}

// impersonate makes an actor token for a user.
func (s *stand) impersonate(userID string) actorTokenResource {
	s.t.Helper()
	return send[actorTokenResource](s, http.MethodPost, "/actor_tokens",
		`{"user_id":"`+userID+`","actor":{"sub":"`+s.server.OperatorID()+`","rid":"r1"},"expires_in_seconds":60,"session_max_duration_in_seconds":900}`)
}

// tokens counts the actor tokens that were made.
func (s *stand) tokens() int {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	return len(s.server.tokens)
}

// browser keeps cookies and follows redirects, as a browser does.
type browser struct {
	s      *stand
	client *http.Client
}

func (s *stand) newBrowser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{s, &http.Client{Jar: jar}}
}

func (b *browser) do(method, address string) (int, string) {
	b.s.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.s.url + address
	}
	request, err := http.NewRequestWithContext(b.s.t.Context(), method, address, nil)
	if err != nil {
		b.s.t.Fatal(err)
	}
	request.Header.Set("Accept", "text/html")
	response, err := b.client.Do(request)
	if err != nil {
		b.s.t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	return response.StatusCode, string(page)
}

// send makes a request with a body, as a page's script does. It returns the status
// and the answer.
func (b *browser) send(method, path, contentType, body string) (int, string) {
	b.s.t.Helper()
	request, err := http.NewRequestWithContext(b.s.t.Context(), method, b.s.url+path, strings.NewReader(body))
	if err != nil {
		b.s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", contentType)
	response, err := b.client.Do(request)
	if err != nil {
		b.s.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

// open visits an address that must answer 200.
func (b *browser) open(address string) string {
	b.s.t.Helper()
	status, page := b.do(http.MethodGet, address)
	if status != http.StatusOK {
		b.s.t.Fatalf("open %s: %d", address, status)
	}
	return page
}

func TestAnActorTokenSignsABrowserIn(t *testing.T) {
	s := newStand(t)
	users := get[[]userResource](s, "/users?email_address=priya.raman@meridianhealth.example")
	if len(users) != 1 {
		t.Fatalf("found %d users", len(users))
	}
	token := s.impersonate(users[0].ID)
	if !strings.HasPrefix(token.URL, s.url+ticketPath+"?ticket=") || strings.Count(token.Token, ".") != 2 {
		t.Fatalf("url %q", token.URL)
	}
	page := s.newBrowser().open(token.URL)
	for _, want := range []string{"<strong>Maya Lindqvist</strong></bdi> is signed in as <bdi><strong>Priya Raman</strong>", ">15:00</span> left", "Meridian Health, November 2026"} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	sessions := s.server.Sessions()
	if len(sessions) != 1 || sessions[0].UserID != users[0].ID || sessions[0].Status != statusActive ||
		sessions[0].Actor["sub"] != s.server.OperatorID() || sessions[0].Actor["rid"] != "r1" {
		t.Fatalf("sessions %+v", sessions)
	}
	if n := s.server.CountRequests(http.MethodPost, "/v1/actor_tokens"); n != 1 {
		t.Errorf("%d POSTs in the log", n)
	}
}
