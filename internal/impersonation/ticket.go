package impersonation

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"understudy/internal/clerkapi"
	"understudy/internal/sentence"
)

// Gate says which ticket URLs belong to an instance. It refuses every other URL,
// because a browser opens those that pass.
type Gate struct {
	// fronts are the pinned addresses of the instance's Frontend API, as
	// scheme, host and path before /v1.
	fronts []*url.URL
	// loopback is the host of the API base when that is this computer (the
	// sample workspace and tests), else "". A ticket may be plain http there only.
	loopback string
}

// maxTicketURL is generous: Clerk's ticket is a JWT of well under 2 KiB.
const maxTicketURL = 8 << 10

// acceptPath is where Clerk's Frontend API takes tickets.
const acceptPath = "/v1/tickets/accept"

var ticketForm = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`)

// Each reason a ticket URL is refused for. The address itself is never part of
// an error.
var (
	errTicketMissing = errors.New("ticket: no url")
	errTicketLong    = errors.New("ticket: longer than 8 KiB")
	errTicketChars   = errors.New("ticket: not printable ASCII, or a backslash")
	errTicketParse   = errors.New("ticket: does not parse and print back the same")
	errTicketScheme  = errors.New("ticket: scheme is not https")
	errTicketParts   = errors.New("ticket: user info, fragment, opaque part or trailing dot")
	errTicketHost    = errors.New("ticket: not the instance's Frontend API")
	errTicketPath    = errors.New("ticket: path is not the accept path")
	errTicketQuery   = errors.New("ticket: not exactly one parameter ticket")
	errTicketValue   = errors.New("ticket: not three base64url parts")
)

// NewGate pins the Frontend API addresses of an instance. They are the addresses of
// its non-satellite domains at the time when it was connected, see [Frontends].
// apiBase is the address of the Backend API in use. The failure is fault.ClerkAnswer,
// whose sentence says what is wrong with an address.
func NewGate(frontends []string, apiBase string) (Gate, error) {
	var gate Gate
	if base, err := url.Parse(apiBase); err == nil && clerkapi.IsLoopback(base.Hostname()) {
		gate.loopback = base.Host
	}
	for _, address := range frontends {
		front, err := parseFrontend(address, gate.loopback)
		if err != nil {
			return Gate{}, err
		}
		gate.fronts = append(gate.fronts, front, plainFrontend(front))
	}
	if len(gate.fronts) == 0 {
		return Gate{}, unusableFrontend(sentence.Of("clerk_answer.no_frontend"))
	}
	return gate, nil
}

// addresses are those of the Frontend API.
func (g Gate) addresses() []string {
	var all []string
	for _, front := range g.fronts {
		all = append(all, front.String())
	}
	return all
}

// Check returns nil only for a ticket URL of this instance.
func (g Gate) Check(address string) error {
	switch {
	case address == "":
		return errTicketMissing
	case len(address) > maxTicketURL:
		return errTicketLong
	case strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' || r == '\\' }):
		return errTicketChars
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.String() != address:
		return errTicketParse
	case u.User != nil || u.Fragment != "" || u.Opaque != "" || strings.HasSuffix(u.Hostname(), ".") || strings.HasSuffix(address, "#"):
		return errTicketParts
	case u.Scheme != "https" && (u.Scheme != "http" || g.loopback == "" || u.Host != g.loopback):
		return errTicketScheme
	}
	if err := g.checkFront(u); err != nil {
		return err
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || len(query) != 1 || len(query["ticket"]) != 1 || u.RawQuery != "ticket="+query.Get("ticket") {
		return errTicketQuery
	}
	if !ticketForm.MatchString(query.Get("ticket")) {
		return errTicketValue
	}
	return nil
}

func (g Gate) checkFront(u *url.URL) error {
	known := false
	for _, front := range g.fronts {
		if u.Scheme != front.Scheme || u.Host != front.Host || (u.Port() != "" && u.Host != g.loopback) {
			continue
		}
		known = true
		if u.EscapedPath() == front.EscapedPath()+acceptPath {
			return nil
		}
	}
	if known {
		return errTicketPath
	}
	return errTicketHost
}
