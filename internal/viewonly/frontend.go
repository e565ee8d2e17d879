package viewonly

import (
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// frontend is the address of a Frontend API.
type frontend struct {
	scheme string
	host   string   // without a port that http or https has anyway
	base   []string // segments before v1
}

// endpoint is a call of the Frontend API. A segment * stands for any.
type endpoint struct {
	method string
	path   []string // behind the base
}

// signInEndpoints are the writes that signing in with a ticket, staying signed in and
// signing out need.
//
// Source: Clerk's fapi-2026-05-12.yml. Reads, such as the handshake and
// /v1/client/sync, are not listed, since they pass by their method.
func signInEndpoints() []endpoint {
	var found []endpoint
	for _, line := range []string{
		"POST v1/client", // makes the client that sessions belong to
		"PUT v1/client",
		"DELETE v1/client", // signs out
		"DELETE v1/client/sessions",
		"POST v1/client/sign_ins", // with the strategy ticket only
		"POST v1/client/sessions/*/touch",
		"POST v1/client/sessions/*/tokens",
		"POST v1/client/sessions/*/tokens/*",
		"POST v1/client/sessions/*/end",
		"POST v1/client/sessions/*/remove",
		"PATCH v1/environment", // Clerk's JavaScript sends it as it loads on development
		"POST v1/dev_browser",
		"POST v1/dev_browser/*",
	} {
		method, path, _ := strings.Cut(line, " ")
		found = append(found, endpoint{method, strings.Split(path, "/")})
	}
	return found
}

// roots are where the Frontend API begins behind its base. An app on the same host
// keeps its other paths.
func roots() []string { return []string{"v1", "oauth", "api_keys"} }

func parseFrontend(text string) (frontend, error) {
	to, legible := readAddress(strings.TrimSuffix(text, "/") + "/")
	if !legible || !to.plain || to.query != "" || strings.Contains(text, "#") {
		return frontend{}, fmt.Errorf("not the address of a Frontend API: %q", text)
	}
	return frontend{to.scheme, looseHost(to.host), to.path[:len(to.path)-1]}, nil
}

// owns reports whether the address could be one of the Frontend API. In doubt it is.
func (f frontend) owns(to address) bool {
	if looseHost(to.host) != f.host {
		return false
	}
	if !to.plain {
		loose := to.loose()
		mentions := func(part string) bool { return strings.Contains(loose, strings.ToLower(part)) }
		return slices.ContainsFunc(roots(), mentions) && !slices.ContainsFunc(f.base, func(s string) bool { return !mentions(s) })
	}
	if len(to.path) <= len(f.base) || !slices.EqualFunc(to.path[:len(f.base)], f.base, strings.EqualFold) {
		return false
	}
	root := to.path[len(f.base)]
	return slices.ContainsFunc(roots(), func(r string) bool { return strings.EqualFold(r, root) })
}

// looseHost is a host without its final dot and without a port that either scheme has
// anyway: the server answers to all of these.
func looseHost(host string) string {
	name, port := host, ""
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		name, port = host[:i], host[i:]
	}
	name = strings.TrimRight(name, ".")
	if port == ":80" || port == ":443" {
		return name
	}
	return name + port
}

// kindAtFrontend judges a write to the Frontend API.
func (j *Judge) kindAtFrontend(api frontend, method string, to address, r Request) Kind {
	if !to.plain || to.scheme != api.scheme || to.host != api.host {
		return Account
	}
	path := to.path[len(api.base):]
	exact := slices.Equal(to.path[:len(api.base)], api.base)
	if exact && slices.ContainsFunc(j.signIn, func(e endpoint) bool { return e.method == method && matches(e.path, path) }) {
		if path[len(path)-1] == "sign_ins" && strategy(r) != "ticket" {
			return Account // other strategies send codes to the user and reset passwords
		}
		return SignIn
	}
	if exact && len(path) > 1 && path[0] == "v1" && path[1] == "organizations" {
		return Change
	}
	return Account
}

// strategy is how the body of a request wants to sign in, "" if it cannot be told.
// Clerk's JavaScript writes a form.
func strategy(r Request) string {
	if !r.Whole {
		return ""
	}
	switch media, _, _ := mime.ParseMediaType(r.ContentType); media {
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(r.Body))
		if err == nil && len(form["strategy"]) == 1 {
			return form.Get("strategy")
		}
	case "application/json":
		var body struct {
			Strategy string `json:"strategy"`
		}
		if json.Unmarshal(r.Body, &body) == nil {
			return body.Strategy
		}
	}
	return ""
}
