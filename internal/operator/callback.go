package operator

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"understudy/internal/fault"
	"understudy/internal/loopback"
)

// Ports are the fixed ones that a browser may come back to. RFC 8252, section
// 7.3, lets an application use any, but Clerk is told exact addresses. They are
// below the ranges that Linux, macOS and Windows give to outgoing connections,
// so that they are free as a rule, and several, in case one is not.
func Ports() []int { return []int{21847, 23519, 27641, 29873} }

const callbackPath = "/callback"

// RedirectURIs are the addresses for those ports that the OAuth application must
// have.
func RedirectURIs(ports []int) []string {
	all := make([]string, len(ports))
	for i, port := range ports {
		all[i] = "http://" + loopback.Host(port) + callbackPath
	}
	return all
}

// callback listens on this computer for the browser that comes back from Clerk.
// It takes one answer, the one that carries the secret state over a connection of
// this user; whatever else asks is refused and changes nothing, so that no other
// page, program or user can end or take over a sign-in.
type callback struct {
	host  string
	state string
	// isForeign reports whether a connection from that address is another user's.
	isForeign func(remote string) bool
	arrived   chan url.Values // the parameters of the answer

	server *loopback.Server

	taking sync.Mutex
	taken  bool
}

// listen binds the first port that is free, or fails with fault.SignInPorts.
func (s *SignIn) listen(ctx context.Context, state string) (*callback, error) {
	var failures []error
	for _, port := range s.Ports {
		server, err := s.Network.Listen(ctx, port, requestTimeout)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		c := &callback{
			host: server.Host, state: state, isForeign: server.IsForeign, arrived: make(chan url.Values, 1), server: server,
		}
		server.Serve(c)
		return c, nil
	}
	return nil, fault.New(fault.SignInPorts, errors.Join(failures...))
}

// address is the redirect_uri.
func (c *callback) address() string { return "http://" + c.host + callbackPath }

// ServeHTTP answers the one navigation that comes from Clerk.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", pagePolicy())
	path, query, _ := strings.Cut(r.RequestURI, "?")
	answer, err := url.ParseQuery(query)
	switch {
	case r.Host != c.host:
		w.WriteHeader(http.StatusMisdirectedRequest)
	case path != callbackPath:
		w.WriteHeader(http.StatusNotFound)
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case !isNavigation(r.Header) || c.isForeign(r.RemoteAddr):
		w.WriteHeader(http.StatusForbidden)
	case err != nil || subtle.ConstantTimeCompare([]byte(single(answer, "state")), []byte(c.state)) == 0:
		w.WriteHeader(http.StatusBadRequest)
	case !c.take():
		w.WriteHeader(http.StatusGone)
	default:
		header.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, pageFor(answer.Has("error")))
		c.arrived <- answer
	}
}

// isNavigation reports whether a browser sends the request for a page to show,
// as it does for a redirect, and not for a part of one:
// https://www.w3.org/TR/fetch-metadata/. Older browsers do not say.
func isNavigation(header http.Header) bool {
	mode, dest := header.Get("Sec-Fetch-Mode"), header.Get("Sec-Fetch-Dest")
	return (mode == "" || mode == "navigate") && (dest == "" || dest == "document")
}

// take reports whether the answer is the first.
func (c *callback) take() bool {
	c.taking.Lock()
	defer c.taking.Unlock()
	first := !c.taken
	c.taken = true
	return first
}

// single is the value of a parameter that is there once, else "": RFC 6749,
// section 3.1, allows no repetition.
func single(values url.Values, name string) string {
	if len(values[name]) != 1 {
		return ""
	}
	return values[name][0]
}

var (
	errNoCode      = errors.New("callback: no code")
	errOtherIssuer = errors.New("issuer: not the one that was asked")
)

// codeOf reads the authorization code off an answer. If the answer names its
// issuer, as RFC 9207 proposes, it must be the one that was asked.
func codeOf(answer url.Values, issuer string) (string, error) {
	switch {
	case answer.Has("iss") && single(answer, "iss") != issuer:
		return "", fault.New(fault.SignInRefused, errOtherIssuer)
	case answer.Has("error"):
		return "", fault.New(fault.SignInDeclined, nil)
	case single(answer, "code") == "":
		return "", fault.New(fault.SignInRefused, errNoCode)
	default:
		return single(answer, "code"), nil
	}
}

const pageStyle = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{margin:18vh auto;max-width:26rem;padding:0 1.5rem}h1{font-size:1.25rem;margin:0 0 .25rem}p{margin:0;opacity:.75}`

// pagePolicy allows the page its own style and nothing else.
func pagePolicy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

// pageFor is what the browser shows at the end.
func pageFor(refused bool) string {
	title, text := "Clerk has answered", "You can close this window and return to Understudy."
	if refused {
		title, text = "You were not signed in", "You can close this window. Understudy tells you what to do next."
	}
	return fmt.Sprintf("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title><style>%s</style></head>"+
		"<body><h1>%s</h1><p>%s</p></body></html>\n", title, pageStyle, title, text)
}
