//go:build realbrowser

package held

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// chromium starts the real one, and returns what Hold takes.
func chromium(t *testing.T) (in io.ReadCloser, out io.WriteCloser) {
	t.Helper()
	in, out, cmd, err := startChromium(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = in.Close(), out.Close()
		_ = cmd.Wait()
	})
	return in, out
}

func startChromium(profile string) (in io.ReadCloser, out io.WriteCloser, cmd *exec.Cmd, err error) {
	preferences := filepath.Join(profile, PreferencesFile)
	if err := errors.Join(os.MkdirAll(filepath.Dir(preferences), 0o700), os.WriteFile(preferences, []byte(Preferences), 0o600)); err != nil {
		return nil, nil, nil, err
	}
	theirIn, out, err := os.Pipe()
	if err != nil {
		return nil, nil, nil, err
	}
	in, theirOut, err := os.Pipe()
	if err != nil {
		return nil, nil, nil, err
	}
	cmd = exec.Command("chromium", "--user-data-dir="+profile, "--incognito", "--password-store=basic", "--no-sandbox",
		"--no-first-run", "--no-default-browser-check", "--remote-debugging-pipe", "--disable-features=LocalNetworkAccessChecks,"+FeaturesOff, "about:blank")
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	err = cmd.Start()
	_, _ = theirIn.Close(), theirOut.Close()
	return in, out, cmd, err
}

// hostile is an app whose page tries to write in every way there is.
type hostile struct {
	t       *testing.T
	a, b    *httptest.Server // two sites
	mu      sync.Mutex
	writes  []string
	done    chan struct{}
	landing string // where the ticket leads
	reads   []string
}

//go:embed testdata/hostile.html
var hostilePage string

//go:embed testdata/hostile.js
var hostileScript string

func newHostile(t *testing.T) *hostile {
	t.Helper()
	h := &hostile{t: t, done: make(chan struct{}), landing: "/"}
	serve := http.HandlerFunc(h.serve)
	h.a, h.b = httptest.NewServer(serve), httptest.NewUnstartedServer(serve)
	h.b.Listener.Close()
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	h.b.Listener = l
	h.b.Start()
	t.Cleanup(h.a.Close)
	t.Cleanup(h.b.Close)
	return h
}

func (h *hostile) note(what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.writes = append(h.writes, what)
}

func (h *hostile) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Access-Control-Allow-Headers", "*")
	w.Header().Set("Access-Control-Allow-Methods", "*")
	w.Header().Set("Service-Worker-Allowed", "/")
	if r.Header.Get("Upgrade") != "" {
		h.note("SOCKET " + r.URL.Path)
		return
	}
	switch r.Method {
	case "GET", "HEAD", "OPTIONS":
	default:
		h.note(r.Method + " " + r.URL.Path)
		return
	}
	switch {
	case r.URL.Path == "/v1/tickets/accept":
		http.Redirect(w, r, h.landing, http.StatusSeeOther)
	case r.URL.Path == "/done":
		close(h.done)
	case strings.HasSuffix(r.URL.Path, ".js"):
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("Cache-Control", "no-store")
		fmt.Fprint(w, strings.ReplaceAll(hostileScript, "OTHER", h.b.URL))
	case strings.HasPrefix(r.URL.Path, "/get"):
		w.Header().Set("Cache-Control", "no-store")
		h.mu.Lock()
		defer h.mu.Unlock()
		h.reads = append(h.reads, r.URL.Path)
	case r.URL.Path == "/strange":
		serveStrange(w, r)
	case r.URL.Path == "/tab":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<script>fetch("/write/tab",{method:"POST"}).finally(()=>fetch("/get/tab"))</script>`)
	case r.URL.Path == "/links":
		w.Header().Set("Content-Type", "text/html")
		attributes := map[string]string{
			"": `href="/tab"`, "blank": `href="/tab" target="_blank"`,
			"script": `href="#" onclick="window.open('/tab')"`, "noopener": `href="#" onclick="window.open('/tab', '', 'noopener')"`,
		}[r.URL.RawQuery]
		fmt.Fprintf(w, `<a %s style="position:fixed;inset:0">open</a><script>fetch("/get/links")</script>`, attributes)
	case r.URL.Path == "/big":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<script>fetch("/write/big",{method:"POST",body:new Uint8Array(1e8)}).finally(()=>fetch("/get/big"))</script>`)
	case serveLater(w, r):
	default:
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Reporting-Endpoints", `main="/write/report-to"`)
		w.Header().Set("Content-Security-Policy-Report-Only", "img-src 'none'; report-uri /write/csp; report-to main")
		fmt.Fprint(w, strings.ReplaceAll(hostilePage, "OTHER", h.b.URL))
	}
}

type seen struct {
	mu      sync.Mutex
	held    []string
	sent    []string
	sockets []string
	pages   []string
	signIns []SignIn
	files   []string
}

func (s *seen) add(to *[]string, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*to = append(*to, text)
}

func (s *seen) SignedIn(o SignIn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signIns = append(s.signIns, o)
}
func (s *seen) Page(url string) { s.add(&s.pages, url) }
func (s *seen) Sent(method, url string, status int) {
	s.add(&s.sent, fmt.Sprint(method, " ", url, " ", status))
}
func (s *seen) HeldBack(method, url string)  { s.add(&s.held, method+" "+url) }
func (s *seen) Disconnected(host string)     { s.add(&s.sockets, host) }
func (s *seen) Downloaded(e string, n int64) { s.add(&s.files, fmt.Sprint(e, n)) }
func (s *seen) Asked(Ask)                    {}

// TestNoWayToWrite opens a page that tries to write in every way there is. With
// changes allowed all of them reach the server, so that the test is about real
// writes. In view only none does.
func TestNoWayToWrite(t *testing.T) {
	ways := map[viewonly.Mode]int{}
	for _, mode := range []viewonly.Mode{viewonly.ViewOnly, viewonly.AllowChanges} {
		app := newHostile(t)
		in, out := chromium(t)
		s := &seen{}
		held, err := Hold(t.Context(), in, out, Visit{
			Now:    time.Now,
			Ticket: secret.NewTicketURL(app.a.URL + "/v1/tickets/accept?ticket=a.b.c"), Mode: mode,
			Rules: viewonly.Rules{Frontends: []string{app.a.URL}},
		}, s)
		if err != nil {
			t.Fatal(err)
		}
		<-app.done
		held.Close()
		<-held.Gone()
		ways[mode] = len(app.written())
		if mode == viewonly.ViewOnly && ways[mode] > 0 {
			t.Errorf("written in view only: %q", app.written())
		}
		if mode == viewonly.AllowChanges && len(s.held) > 0 {
			t.Errorf("held back though changes are allowed: %q", s.held)
		}
		if len(s.signIns) != 1 || s.signIns[0].Outcome != Accepted {
			t.Errorf("the sign-in ended as %+v", s.signIns)
		}
	}
	const least = 25
	if ways[viewonly.AllowChanges] < least {
		t.Errorf("the page knows %d ways to write, not %d", ways[viewonly.AllowChanges], least)
	}
}

// written are the different writes that reached the servers.
func (h *hostile) written() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Compact(slices.Sorted(slices.Values(h.writes)))
}

// count is how often an address was read.
func (h *hostile) count(path string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, one := range h.reads {
		if one == path {
			n++
		}
	}
	return n
}
