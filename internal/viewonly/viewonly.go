// Package viewonly judges whether a request of a held browser may be sent. It knows
// neither the network nor the time: the same request always gets the same answer.
//
// # Rule
//
// A request reads if its method is GET, HEAD or OPTIONS. Everything else is refused
// unless a rule lets it through, so a trick in the URL can only make a request be
// refused. A request that names another method by _method in its query counts as the
// worse of the two.
//
// # Clerk's Frontend API
//
// frontend.go has the table of writes that signing in needs, with its source. Writes
// to organizations are changes like those to the app. All other writes to the
// Frontend API concern the account of the user and are sent in no mode.
//
// # GraphQL
//
// A POST counts as GraphQL only if the last segment of its path is "graphql" or
// "gql": elsewhere a field named query may mean anything. It reads if every operation
// in its body is a query. graphql.go lists the forms of a body.
package viewonly

import (
	"slices"
	"strings"
)

// Mode says what a person who impersonates may do.
type Mode string

// The modes.
const (
	ViewOnly     Mode = "view_only"
	AllowChanges Mode = "allow_changes"
)

// Kind is what a request is for.
type Kind string

// The kinds of a request.
const (
	Read    Kind = "read"
	SignIn  Kind = "sign_in" // signing in, staying so and signing out
	Change  Kind = "change"
	Account Kind = "account" // changes the account of the user, or nobody can tell what it does
)

// Request is a request as the browser is about to send it.
type Request struct {
	Method      string // as sent, such as "POST"
	URL         string // absolute, as the browser writes it
	ContentType string // the header, "" if there is none
	Body        []byte
	Whole       bool // Body is all of the body
}

// Rules are what is known about the app and what its rules let through.
type Rules struct {
	// Frontends are the addresses of the Frontend API before /v1, such as
	// "https://clerk.acme.com" and "https://acme.com/__clerk".
	Frontends []string
	// Home is the origin of the app, "" until the sign-in ended there.
	Home string
	// Paths may be written to with any method, see [CheckPath].
	Paths []string
	// Hosts are those that a page may hold a WebSocket to, see [CheckHost].
	Hosts []string
	// HoldGraphQL refuses GraphQL queries that are sent by POST.
	HoldGraphQL bool
}

// Judge judges requests by rules. It may be used from several goroutines.
type Judge struct {
	frontends   []frontend
	signIn      []endpoint
	paths       []place
	hosts       []string
	holdGraphQL bool
}

// New makes a judge. The error names the rule that cannot be read.
func New(rules Rules) (*Judge, error) {
	j := &Judge{signIn: signInEndpoints(), holdGraphQL: rules.HoldGraphQL}
	for _, text := range rules.Frontends {
		api, err := parseFrontend(text)
		if err != nil {
			return nil, err
		}
		j.frontends = append(j.frontends, api)
	}
	home, err := parseHome(rules.Home)
	if err != nil {
		return nil, err
	}
	for _, text := range rules.Paths {
		allowed, err := parsePlace(text, home)
		if err != nil {
			return nil, err
		}
		j.paths = append(j.paths, allowed)
	}
	for _, host := range rules.Hosts {
		if err := CheckHost(host); err != nil {
			return nil, err
		}
		j.hosts = append(j.hosts, plainHost(host))
	}
	return j, nil
}

// Kind says what the request is for. No rule of Paths has a say in it.
func (j *Judge) Kind(r Request) Kind {
	method := methodOf(r.Method, r.URL)
	scheme, _, _ := strings.Cut(r.URL, ":")
	if reads(method) && !strings.EqualFold(scheme, "ws") && !strings.EqualFold(scheme, "wss") {
		return Read
	}
	to, legible := readAddress(r.URL)
	if !legible {
		return Account
	}
	for _, api := range j.frontends {
		if api.owns(to) {
			return j.kindAtFrontend(api, method, to, r)
		}
	}
	if method == "POST" && !j.holdGraphQL && to.isGraphQL() && readsGraphQL(r, to.query) {
		return Read
	}
	return Change
}

// May reports whether the request may be sent. A mode that is not known allows no
// change.
func (j *Judge) May(mode Mode, r Request) bool {
	switch j.Kind(r) {
	case Read, SignIn:
		return true
	case Change:
		return mode == AllowChanges || j.allows(r)
	case Account:
	}
	return false
}

// allows reports whether a rule of Paths names the address.
func (j *Judge) allows(r Request) bool {
	to, legible := readAddress(r.URL)
	return legible && to.plain && methodOf(r.Method, r.URL) != unclear && slices.ContainsFunc(j.paths, func(p place) bool { return p.matches(to) })
}

// Connects reports whether a page may hold a WebSocket to the host, which has a port
// unless it is that of https.
func (j *Judge) Connects(host string) bool { return slices.Contains(j.hosts, plainHost(host)) }

// plainHost is a host in small letters and without the port of https.
func plainHost(host string) string { return strings.TrimSuffix(strings.ToLower(host), ":443") }

func reads(method string) bool { return method == "GET" || method == "HEAD" || method == "OPTIONS" }
