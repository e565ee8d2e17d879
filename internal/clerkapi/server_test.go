package clerkapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// canary marks what must never be seen: the key, and what is searched for.
const (
	canaryKey    = "sk_test_CanaryCanaryCanaryCanaryCanaryCanary01"
	canarySearch = "canary@example.com"
)

var noon = time.Date(2026, 5, 12, 12, 0, 0, 0, time.UTC)

func nowAtNoon() time.Time { return noon }

// server records the requests it gets and answers with handler.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	received []received
}

type received struct {
	method, path, query, body string
	header                    http.Header
}

func newServer(t *testing.T, handler http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(s.record(t, handler))
	t.Cleanup(s.Close)
	return s
}

func (s *server) record(t *testing.T, handler http.HandlerFunc) http.Handler {
	t.Helper()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("reading a request: %v", err)
		}
		s.mu.Lock()
		s.received = append(s.received, received{r.Method, r.URL.Path, r.URL.RawQuery, string(body), r.Header})
		s.mu.Unlock()
		w.Header().Set("Date", noon.Format(http.TimeFormat)) // as the client's clock has it
		handler(w, r)
	})
}

func (s *server) requests() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}

func (s *server) count(method string) int {
	n := 0
	for _, r := range s.requests() {
		if r.method == method {
			n++
		}
	}
	return n
}

// waits records the waits of a client instead of sitting through them.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waits) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, d)
	return ctx.Err()
}

func testKey(t *testing.T) secret.Key {
	t.Helper()
	key, err := secret.ParseKey(canaryKey)
	if err != nil {
		t.Fatalf("the canary key: %v", err)
	}
	return key
}

// newClient returns a client of base whose clock stands at noon, whose jitter
// is none, and whose waits are only recorded. change may be nil.
func newClient(t *testing.T, base string, change func(*Config)) (*Client, *waits) {
	t.Helper()
	recorded := &waits{}
	config := Config{
		BaseURL:     base,
		Key:         testKey(t),
		Environment: secret.Production,
		UserAgent:   "understudy/test",
		Now:         nowAtNoon,
		Sleep:       recorded.sleep,
		Jitter:      func() float64 { return 0 },
	}
	if change != nil {
		change(&config)
	}
	client, err := New(config)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	t.Cleanup(client.CloseIdle)
	return client, recorded
}

// reply answers every request with status and body, as JSON.
func reply(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// clerkError is Clerk's error form with texts that nobody must see.
func clerkError(code, meta string) string {
	if meta == "" {
		meta = "{}"
	}
	return fmt.Sprintf(`{"errors":[{"code":%q,"message":%q,"long_message":%q,"meta":%s}],"clerk_trace_id":"trace123"}`,
		code, canarySearch, canaryKey, meta)
}

// quiet is for servers whose complaints are the point of the test.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	_ = wantFault(t, err, want)
}

// wantFault is wantCode for a test that looks at the rest too.
func wantFault(t *testing.T, err error, want fault.Code) *fault.Error {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Fatalf("code = %q, want %q (%s)", got, want, everyPrint(err))
	}
	return fault.From(err)
}

// everyPrint is all that a log, a screen or a debugger could show of err.
func everyPrint(err error) string {
	var all strings.Builder
	for e := err; e != nil; e = errors.Unwrap(e) {
		fmt.Fprintf(&all, "%v %+v %#v %q\n", e, e, e, e)
		if encoded, err := json.Marshal(e); err == nil {
			all.Write(encoded)
		}
	}
	if err != nil {
		failure := fault.From(err)
		fmt.Fprintln(&all, failure.Sentence(), failure.Next(), failure.TraceID)
	}
	return all.String()
}

func wantNoCanary(t *testing.T, printed string) {
	t.Helper()
	for _, canary := range []string{"Canary", "canary", "%40example.com"} {
		if strings.Contains(printed, canary) {
			t.Errorf("%q is in the output:\n%s", canary, printed)
		}
	}
}
