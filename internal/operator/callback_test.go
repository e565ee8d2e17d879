package operator

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
)

const goodState = "STATE234567STATE234567STAT"

// newCallback is one that listens nowhere.
func newCallback() *callback {
	return &callback{
		host: "127.0.0.1:21847", state: goodState, isForeign: func(string) bool { return false }, arrived: make(chan url.Values, 1),
	}
}

func ask(c *callback, change func(*http.Request)) int {
	r := httptest.NewRequest(http.MethodGet, "/callback?code=c&state="+goodState, nil)
	r.Host = c.host
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w.Code
}

func TestOnlyTheAnswerOfClerkIsTaken(t *testing.T) {
	uri := func(uri string) func(*http.Request) { return func(r *http.Request) { r.RequestURI = uri } }
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for name, tt := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"another name for this computer": {func(r *http.Request) { r.Host = "localhost:21847" }, http.StatusMisdirectedRequest},
		"a name of an attacker":          {func(r *http.Request) { r.Host = "rebind.evil.example:21847" }, http.StatusMisdirectedRequest},
		"another port":                   {func(r *http.Request) { r.Host = "127.0.0.1:80" }, http.StatusMisdirectedRequest},
		"another path":                   {uri("/?code=c&state=" + goodState), http.StatusNotFound},
		"a longer path":                  {uri("/callback/?code=c&state=" + goodState), http.StatusNotFound},
		"an encoded path":                {uri("/%63allback?code=c&state=" + goodState), http.StatusNotFound},
		"a proxy's request":              {uri("http://127.0.0.1:21847/callback?code=c&state=" + goodState), http.StatusNotFound},
		"POST":                           {func(r *http.Request) { r.Method = http.MethodPost }, http.StatusMethodNotAllowed},
		"HEAD":                           {func(r *http.Request) { r.Method = http.MethodHead }, http.StatusMethodNotAllowed},
		"a script":                       {header("Sec-Fetch-Mode", "cors"), http.StatusForbidden},
		"an image":                       {header("Sec-Fetch-Dest", "image"), http.StatusForbidden},
		"a frame":                        {header("Sec-Fetch-Dest", "iframe"), http.StatusForbidden},
		"no state":                       {uri("/callback?code=c"), http.StatusBadRequest},
		"another state":                  {uri("/callback?code=c&state=guessed"), http.StatusBadRequest},
		"two states":                     {uri("/callback?code=c&state=" + goodState + "&state=x"), http.StatusBadRequest},
		"a broken query":                 {uri("/callback?code=c;state=" + goodState), http.StatusBadRequest},
		"an error without the state":     {uri("/callback?error=access_denied"), http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCallback()
			if got := ask(c, tt.change); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
			if got := ask(c, nil); got != http.StatusOK {
				t.Errorf("then Clerk's answer got %d: what was refused changed something", got)
			}
			if got := ask(c, nil); got != http.StatusGone {
				t.Errorf("a second answer got %d", got)
			}
			if answer := <-c.arrived; answer.Get("code") != "c" {
				t.Errorf("arrived %v", answer)
			}
		})
	}
}

func TestAnAnswerHasACodeOrIsRefused(t *testing.T) {
	const issuer = "https://clerk.acme.com"
	for name, tt := range map[string]struct {
		answer string
		code   string
		want   fault.Code
	}{
		"a code":               {"code=c", "c", ""},
		"a code of the issuer": {"code=c&iss=" + issuer, "c", ""},
		"of another issuer":    {"code=c&iss=https://clerk.evil.example", "", fault.SignInRefused},
		"of two issuers":       {"code=c&iss=" + issuer + "&iss=x", "", fault.SignInRefused},
		"no code":              {"", "", fault.SignInRefused},
		"two codes":            {"code=c&code=d", "", fault.SignInRefused},
		"a refusal":            {"error=access_denied", "", fault.SignInDeclined},
		"both":                 {"error=access_denied&code=c", "", fault.SignInDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := url.ParseQuery(tt.answer)
			if err != nil {
				t.Fatal(err)
			}
			code, err := codeOf(answer, issuer)
			expectCode(t, err, tt.want)
			if code != tt.code {
				t.Errorf("got %q, want %q", code, tt.code)
			}
		})
	}
}

// occupied are ports that somebody else listens on.
func occupied(t *testing.T, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = listener.Close() })
		ports[i] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports
}

func TestPortsAreTriedInTurn(t *testing.T) {
	c, b := newClerk(t), newBrowser(t)
	s := signIn(b)
	s.Ports = append(occupied(t, 2), 0)
	if _, err := s.Run(t.Context(), c.application()); err != nil {
		t.Error(err)
	}
	<-b.pages
	s.Ports = s.Ports[:2]
	_, err := s.Run(t.Context(), c.application())
	expectCode(t, err, fault.SignInPorts)
}

func TestRedirectURIs(t *testing.T) {
	want := []string{
		"http://127.0.0.1:21847/callback", "http://127.0.0.1:23519/callback",
		"http://127.0.0.1:27641/callback", "http://127.0.0.1:29873/callback",
	}
	if got := RedirectURIs(Ports()); !slices.Equal(got, want) {
		t.Errorf("got %v: applications that exist at Clerk have %v", got, want)
	}
}

// redirectOf is where Clerk would send the browser back to.
func redirectOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Error(err)
		return ""
	}
	return u.Query().Get("redirect_uri")
}

func TestASignInThatIsNotFinished(t *testing.T) {
	tests := map[string]struct {
		prepare func(*SignIn, *browser, context.CancelFunc)
		want    fault.Code
	}{
		"canceled": {func(_ *SignIn, b *browser, cancel context.CancelFunc) {
			b.visit = func(string) { cancel() }
		}, fault.Canceled},
		"nobody comes": {func(s *SignIn, b *browser, _ context.CancelFunc) {
			over := make(chan time.Time)
			b.visit = func(string) { close(over) }
			s.After = func(d time.Duration) <-chan time.Time {
				if d != 5*time.Minute {
					return nil
				}
				return over
			}
		}, fault.SignInTimedOut},
		"no port for the page": {func(_ *SignIn, b *browser, _ context.CancelFunc) {
			b.err = fault.New(fault.HandoffFailed, nil)
		}, fault.SignInPorts},
		"somebody else opens the page": {func(_ *SignIn, b *browser, _ context.CancelFunc) {
			b.visit = func(string) { b.seen() }
		}, fault.SignInRefused},
		"no browser": {func(_ *SignIn, b *browser, _ context.CancelFunc) {
			b.err = fault.New(fault.BrowserMissing, nil)
		}, fault.BrowserMissing},
		"the operator says no": {func(_ *SignIn, b *browser, _ context.CancelFunc) {
			b.visit = func(address string) {
				u, err := url.Parse(address)
				if err != nil {
					b.t.Error(err)
					return
				}
				b.pages <- b.get(redirectOf(b.t, address) + "?error=access_denied&state=" + u.Query().Get("state"))
			}
		}, fault.SignInDeclined},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, b := newClerk(t), newBrowser(t)
			s := signIn(b)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			tt.prepare(s, b, cancel)
			opened := make(chan string, 1)
			visit := b.visit
			b.visit = func(address string) {
				opened <- address
				visit(address)
			}
			_, err := s.Run(ctx, c.application())
			expectCode(t, err, tt.want)
			if b.err == nil {
				expectNobodyWaits(t, <-opened)
			}
			if tt.want == fault.SignInDeclined {
				if text, err := io.ReadAll((<-b.pages).Body); err != nil || !strings.Contains(string(text), "You were not signed in") {
					t.Errorf("the browser shows %s, %v", text, err)
				}
			}
		})
	}
}

// expectNobodyWaits checks that an answer comes too late.
func expectNobodyWaits(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	late := redirectOf(t, address) + "?code=c&state=" + u.Query().Get("state")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, late, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return
	}
	_ = response.Body.Close()
	if response.StatusCode == http.StatusOK {
		t.Error("somebody still listens")
	}
}

// TestAPageThatSomebodyElseOpenedProvesNothing has them do so at the last moment,
// when the browser is back already.
func TestAPageThatSomebodyElseOpenedProvesNothing(t *testing.T) {
	c, b := newClerk(t), newBrowser(t)
	c.idToken = func(claims map[string]any) string {
		b.seen()
		return c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims)
	}
	_, err := signIn(b).Run(t.Context(), c.application())
	if fault.CodeOf(err) != fault.SignInRefused || !strings.Contains(fault.From(err).Sentence(), "Another user of this computer") {
		t.Errorf("got %v", err)
	}
	<-b.pages
}

func TestACodeOfAnotherSignInIsRefused(t *testing.T) {
	c, b := newClerk(t), newBrowser(t)
	var stolen string
	c.handle["/authorize"] = func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		c.serveAuthorize(httptest.NewRecorder(), r)
		c.mu.Lock()
		for code := range c.grants {
			if stolen == "" {
				stolen = code // and the first sign-in gets it too
			}
		}
		code := stolen
		c.mu.Unlock()
		http.Redirect(w, r, q.Get("redirect_uri")+"?code="+code+"&state="+q.Get("state"), http.StatusSeeOther)
	}
	if _, err := signIn(b).Run(t.Context(), c.application()); err != nil {
		t.Fatal(err)
	}
	<-b.pages
	_, err := signIn(b).Run(t.Context(), c.application())
	expectCode(t, err, fault.SignInRefused)
	<-b.pages
}

func TestConnectionsThatFail(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want fault.Code
	}{
		"no network":     {&net.OpError{Op: "dial", Err: errors.New("refused")}, fault.ClerkUnreachable},
		"no answer":      {context.DeadlineExceeded, fault.ClerkTimeout},
		"broken in half": {io.ErrUnexpectedEOF, fault.ClerkUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			s := signIn(newBrowser(t))
			s.Transport = failing{tt.err}
			_, err := s.Run(t.Context(), Application{Issuers: []string{"https://clerk.acme.com"}, ClientID: clientID})
			expectCode(t, err, tt.want)
		})
	}
}

type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }
