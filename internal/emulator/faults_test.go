package emulator

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// ask makes a request without following redirects and without unpacking.
func (s *stand) ask(ctx context.Context, method, path, body string) (*http.Response, error) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(ctx, method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+SampleKey)
	transport := &http.Transport{DisableCompression: true}
	s.t.Cleanup(transport.CloseIdleConnections)
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return client.Do(request)
}

func TestFaultsWithAWholeAnswer(t *testing.T) {
	cases := []struct {
		name   string
		fault  Fault
		status int
		header [2]string
		body   string // a part of it
	}{
		{"error", Fault{Kind: FaultError, Status: 500, Code: "internal_clerk_error"}, 500, [2]string{"Content-Type", "application/json"}, `"code":"internal_clerk_error"`},
		{"429 in seconds", Fault{Kind: FaultError, Status: 429, Code: "too_many_requests", RetryAfter: "7"}, 429, [2]string{"Retry-After", "7"}, "too_many_requests"},
		{"429 without", Fault{Kind: FaultError, Status: 429, Code: "too_many_requests"}, 429, [2]string{"Retry-After", ""}, "too_many_requests"},
		{"429 huge", Fault{Kind: FaultError, Status: 429, RetryAfter: "99999999999999999999"}, 429, [2]string{"Retry-After", "99999999999999999999"}, ""},
		{"429 as a date", Fault{Kind: FaultError, Status: 429, RetryAfter: "Sun, 22 Nov 2026 13:04:00 GMT"}, 429, [2]string{"Retry-After", "Sun, 22 Nov 2026 13:04:00 GMT"}, ""},
		{"502 with HTML", Fault{Kind: FaultHTML}, 502, [2]string{"Content-Type", "text/html; charset=utf-8"}, "<h1>Bad Gateway</h1>"},
		{"captive portal", Fault{Kind: FaultCaptivePortal}, 200, [2]string{"Content-Type", "text/html; charset=utf-8"}, "Hotel"},
		{"empty", Fault{Kind: FaultEmpty}, 200, [2]string{"Content-Length", "0"}, ""},
		{"null", Fault{Kind: FaultNull}, 200, [2]string{"Content-Length", "4"}, "null"},
		{"object", Fault{Kind: FaultObject}, 200, [2]string{"Content-Length", "2"}, "{}"},
		{"302 to the same host", Fault{Kind: FaultRedirect, Location: "/v1/users"}, 302, [2]string{"Location", "/v1/users"}, ""},
		{"307 elsewhere", Fault{Kind: FaultRedirect, Status: 307, Location: "https://evil.example/"}, 307, [2]string{"Location", "https://evil.example/"}, ""},
		{"wrong types", Fault{Kind: FaultWrongTypes}, 200, [2]string{"Content-Type", "application/json"}, `"id":31`},
		{"a field replaced", Fault{Kind: FaultReplace, Field: "/id", Value: json.RawMessage(`[7]`)}, 200, [2]string{"Content-Type", "application/json"}, `"id":[7]`},
		{"truncated", Fault{Kind: FaultTruncated}, 200, [2]string{"Content-Type", "application/json"}, `{"object":"instance"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newStand(t, func(cfg *Config) { cfg.Faults = []Fault{c.fault} })
			response, err := s.ask(t.Context(), http.MethodGet, "/v1/instance", "")
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != c.status || response.Header.Get(c.header[0]) != c.header[1] || !strings.Contains(string(body), c.body) {
				t.Errorf("%d, %s %q, %s", response.StatusCode, c.header[0], response.Header.Get(c.header[0]), body)
			}
			if c.fault.Kind == FaultTruncated && json.Valid(body) {
				t.Errorf("the body is whole: %s", body)
			}
		})
	}
}

func TestFaultsThatBreakTheConnection(t *testing.T) {
	t.Run("before", func(t *testing.T) {
		s := newStand(t, func(c *Config) { c.Faults = []Fault{{Kind: FaultResetBefore}} })
		if response, err := s.ask(t.Context(), http.MethodPost, "/v1/actor_tokens", "{}"); err == nil {
			response.Body.Close()
			t.Errorf("answered %s", response.Status)
		}
	})
	t.Run("inside the body", func(t *testing.T) {
		s := newStand(t, func(c *Config) { c.Faults = []Fault{{Kind: FaultResetInside}} })
		response, err := s.ask(t.Context(), http.MethodGet, "/v1/users", "")
		if err != nil {
			return // the reset overtook the first half
		}
		defer response.Body.Close()
		if body, err := io.ReadAll(response.Body); err == nil {
			t.Errorf("%d bytes came whole", len(body))
		}
	})
}

// The client gives up; the server lets go of the request by itself.
func TestFaultsThatNeverEnd(t *testing.T) {
	for _, kind := range []FaultKind{FaultHang, FaultDrip} {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := New(Config{Users: 10, Now: newClock().now, Faults: []Fault{{Kind: kind}}})
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				r := httptest.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1/v1/instance", nil)
				r.Header.Set("Authorization", "Bearer "+SampleKey)
				w := httptest.NewRecorder()
				server.ServeHTTP(w, r)
				if ctx.Err() == nil {
					t.Error("the answer ended before the client gave up")
				}
				if kind == FaultDrip && (w.Body.Len() < 2 || strings.HasSuffix(w.Body.String(), "}")) {
					t.Errorf("dripped %q", w.Body)
				}
			})
		})
	}
}

// countingWriter takes in what would not fit into a test's memory.
type countingWriter struct {
	header http.Header
	n      int64
}

func (w *countingWriter) Header() http.Header         { return w.header }
func (w *countingWriter) WriteHeader(int)             {}
func (w *countingWriter) Write(p []byte) (int, error) { w.n += int64(len(p)); return len(p), nil }

func TestAFloodIsAsLargeAsItSays(t *testing.T) {
	flooded := func(f Fault, w http.ResponseWriter) {
		server := New(Config{Users: 10, Now: newClock().now, Faults: []Fault{f}})
		server.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/v1/users", nil))
	}
	huge := &countingWriter{header: http.Header{}}
	if flooded(Fault{Kind: FaultHuge}, huge); huge.n < 400<<20 {
		t.Errorf("the huge body has %d bytes", huge.n)
	}
	const size = 8 << 20
	bomb := httptest.NewRecorder()
	flooded(Fault{Kind: FaultGzipBomb, Size: size}, bomb)
	packed := bomb.Body.Len()
	unpacker, err := gzip.NewReader(bomb.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(unpacker)
	if err != nil || len(body) < size || packed > size/500 || !json.Valid(body) {
		t.Errorf("%d bytes unpack to %d, %v", packed, len(body), err)
	}
}

func TestAFaultMeetsOnlyItsMethodPathAndCount(t *testing.T) {
	s := newStand(t)
	if err := s.server.Inject(Fault{Kind: FaultError, Status: 500, Code: "x", Method: http.MethodGet, Path: "/v1/users", Times: 2}); err != nil {
		t.Fatal(err)
	}
	status := func(method, path string) int {
		got, _ := s.call(method, path, "")
		return got
	}
	for _, step := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/instance", 200},
		{http.MethodPost, "/users/" + s.server.OperatorID() + "/unban", 200},
		{http.MethodGet, "/users", 500},
		{http.MethodGet, "/users/count", 500},
		{http.MethodGet, "/users", 200},
	} {
		if got := status(step.method, step.path); got != step.want {
			t.Errorf("%s %s: %d, want %d", step.method, step.path, got, step.want)
		}
	}
}

// TestAnAppliedFaultLosesOnlyTheAnswer is the worst case for a record of actions: Clerk
// acted, and nobody knows.
func TestAnAppliedFaultLosesOnlyTheAnswer(t *testing.T) {
	for _, f := range []Fault{{Kind: FaultResetBefore, Applied: true}, {Kind: FaultEmpty, Applied: true}, {Kind: FaultTruncated}} {
		s := newStand(t, func(c *Config) { c.Faults = []Fault{f} })
		response, err := s.ask(t.Context(), http.MethodPost, "/v1/actor_tokens",
			`{"user_id":"`+s.server.UserID(10)+`","actor":{"sub":"x"}}`)
		if err == nil {
			response.Body.Close()
		}
		if n := s.tokens(); n != 1 {
			t.Errorf("%s: %d tokens were made", f.Kind, n)
		}
	}
	s := newStand(t, func(c *Config) { c.Faults = []Fault{{Kind: FaultEmpty}} })
	s.call(http.MethodPost, "/actor_tokens", `{"user_id":"`+s.server.UserID(10)+`","actor":{"sub":"x"}}`)
	if n := s.tokens(); n != 0 {
		t.Errorf("not applied: %d tokens were made", n)
	}
}

func TestParseFault(t *testing.T) {
	want := Fault{
		Kind: FaultError, Method: "POST", Path: "/v1/actor_tokens", Times: 1, Applied: true,
		Status: 429, Code: "too_many_requests", RetryAfter: "7",
	}
	got, err := ParseFault("error,method=POST,path=/v1/actor_tokens,times=1,applied=true,status=429,code=too_many_requests,retry_after=7")
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := ParseFault("redirect,location=/elsewhere"); err != nil || got.Location != "/elsewhere" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, text := range []string{
		"", "flood", "error", "error,status=200", "hang,times=often", "hang,times=-1", "hang,colour=red", "redirect", "error,status=x", "hang,applied=x",
	} {
		if f, err := ParseFault(text); err == nil {
			t.Errorf("%q was read as %+v", text, f)
		}
	}
}

func TestControls(t *testing.T) {
	s := newStand(t)
	do := func(method, path, body string) (int, string) {
		t.Helper()
		response, err := s.ask(t.Context(), method, controlPath+path, body)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(answer)
	}
	if status, scene := do(http.MethodPatch, "scene", `{"monthly_limit":3}`); status != 200 || !strings.Contains(scene, `"monthly_limit":3`) || s.server.Scene().MonthlyLimit != 3 {
		t.Errorf("scene: %d %s", status, scene)
	}
	if _, scene := do(http.MethodGet, "scene", ""); !strings.Contains(scene, `"monthly_limit":3`) {
		t.Errorf("scene: %s", scene)
	}
	for name, body := range map[string]string{"unknown field": `{"weather":"rain"}`, "bad value": `{"latency":-1}`, "not JSON": `x`} {
		if status, _ := do(http.MethodPatch, "scene", body); status != http.StatusBadRequest {
			t.Errorf("scene with %s: %d", name, status)
		}
	}
	if status, _ := do(http.MethodPost, "faults", `{"kind":"error","status":503}`); status != http.StatusNoContent {
		t.Errorf("fault: %d", status)
	}
	if status, _ := do(http.MethodPost, "faults", `{"kind":"flood"}`); status != http.StatusBadRequest {
		t.Errorf("unknown fault: %d", status)
	}
	if status, _ := s.call(http.MethodGet, "/instance", ""); status != 503 {
		t.Errorf("with a fault: %d", status)
	}
	do(http.MethodDelete, "faults", "")
	s.newBrowser().open(s.impersonate(s.server.UserID(250)).URL)
	if _, sessions := do(http.MethodGet, "sessions", ""); !strings.Contains(sessions, s.server.UserID(250)) {
		t.Errorf("sessions: %s", sessions)
	}
	if _, log := do(http.MethodGet, "requests", ""); !strings.Contains(log, `"path":"/v1/actor_tokens"`) || strings.Contains(log, controlPath) {
		t.Errorf("requests: %s", log)
	}
	do(http.MethodDelete, "requests", "")
	if n := len(s.server.Requests()); n != 0 {
		t.Errorf("%d requests after they were forgotten", n)
	}
}

func TestAUserCanBeBannedAfterTheToken(t *testing.T) {
	s := newStand(t, func(c *Config) { c.Scene.BanAfterToken = true })
	user := s.server.UserID(250)
	token := s.impersonate(user)
	if u := get[userResource](s, "/users/"+user); !u.Banned {
		t.Error("the user is not banned")
	}
	if status, page := s.newBrowser().do(http.MethodGet, token.URL); status != http.StatusForbidden || !strings.Contains(page, "user_banned") {
		t.Errorf("the link answers %d", status)
	}
}

func TestAnswersTakeTheirLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := New(Config{Users: 10, Now: time.Now, Scene: Scene{Latency: 50 * time.Millisecond, Jitter: 20 * time.Millisecond}})
		delays := map[time.Duration]bool{}
		for range 50 {
			began := time.Now()
			server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/", nil))
			took := time.Since(began)
			if took < 30*time.Millisecond || took > 70*time.Millisecond {
				t.Errorf("took %s", took)
			}
			delays[took] = true
		}
		if len(delays) < 10 {
			t.Errorf("only %d different delays", len(delays))
		}
	})
}
