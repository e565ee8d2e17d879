package emulator

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Addresses of Clerk as an OAuth 2.1 and OpenID Connect provider, on the Frontend API.
const (
	authorizePath     = "/oauth/authorize"
	continuePath      = "/oauth/continue" // where the sign-in page of the stand-in posts to
	tokenPath         = "/oauth/token"    //nolint:gosec // an address, no credential
	userInfoPath      = "/oauth/userinfo"
	introspectionPath = "/oauth/token_info"
	revocationPath    = "/oauth/token/revoke"
	keysPath          = "/.well-known/jwks.json"
	discoveryPath     = "/.well-known/openid-configuration"
	metadataPath      = "/.well-known/oauth-authorization-server"
)

// Lifetimes as the Frontend API specification gives them.
const (
	codeLife        = 10 * time.Minute
	accessTokenLife = 24 * time.Hour
)

func knownScopes() []string {
	return []string{"openid", "profile", "email", "public_metadata", "private_metadata", "offline_access", "user:org:read"}
}

// authorization is one GET /oauth/authorize whose client and redirect address are
// known to be good, so that errors may be sent there.
type authorization struct {
	app                *application
	redirectURI        *url.URL
	scopes             []string
	state, nonce       string
	challenge, prompts string
}

// grant is what an authorization code stands for.
type grant struct {
	authorization
	user       int
	actor      json.RawMessage // of an impersonated session
	signedInAt time.Time
	expiresAt  time.Time
	used       bool
}

// accessToken is what a token at the userinfo endpoint stands for.
type accessToken struct {
	user        int
	environment string
	scopes      []string
	expiresAt   time.Time
}

// parseAuthorization checks what must never lead to a redirect. Redirect addresses
// are compared as whole strings.
func (s *Server) parseAuthorization(q url.Values) (*authorization, *apiError) {
	s.mu.Lock()
	app := s.applications[q.Get("client_id")]
	s.mu.Unlock()
	if app == nil {
		return nil, &apiError{http.StatusUnauthorized, "oauth_client_not_found", "client not found", "There is no OAuth application with this client_id.", nil}
	}
	uri := q.Get("redirect_uri")
	if uri == "" && len(app.redirectURIs) == 1 {
		uri = app.redirectURIs[0]
	}
	target, err := url.Parse(uri)
	if err != nil || !slices.Contains(app.redirectURIs, uri) {
		return nil, &apiError{http.StatusBadRequest, "oauth_redirect_uri_mismatch", "redirect_uri does not match", "The redirect_uri is not registered for this OAuth application.", nil}
	}
	return &authorization{
		app: app, redirectURI: target, scopes: strings.Fields(cmp.Or(q.Get("scope"), defaultScopes)),
		state: q.Get("state"), nonce: q.Get("nonce"), challenge: q.Get("code_challenge"), prompts: q.Get("prompt"),
	}, nil
}

// problem names what is wrong with the rest of the request, in the words of
// RFC 6749, section 4.1.2.1.
func (a *authorization) problem(q url.Values) (code, description string) {
	const shortestState = 8
	allowed := strings.Fields(a.app.scopes)
	switch {
	case q.Get("response_type") != "code":
		return "unsupported_response_type", "response_type must be code."
	case a.challenge == "" && a.app.pkce:
		return "invalid_request", "code_challenge is required."
	case a.challenge != "" && q.Get("code_challenge_method") != "S256":
		return "invalid_request", "code_challenge_method must be S256."
	case a.challenge == "" && len(a.state) < shortestState:
		return "invalid_state", "state must have at least 8 characters."
	case slices.ContainsFunc(a.scopes, func(scope string) bool { return !slices.Contains(allowed, scope) }):
		return "invalid_scope", "The application may not ask for one of the scopes."
	default:
		return "", ""
	}
}

// redirect is the address that the browser goes back to.
func (a *authorization) redirect(values url.Values) string {
	if a.state != "" {
		values.Set("state", a.state)
	}
	target := *a.redirectURI
	query := target.Query()
	for name := range values {
		query.Set(name, values.Get(name))
	}
	target.RawQuery = query.Encode()
	return target.String()
}

func (a *authorization) refuse(w http.ResponseWriter, r *http.Request, code, description string) {
	//nolint:gosec // the address is registered for the application
	http.Redirect(w, r, a.redirect(url.Values{"error": {code}, "error_description": {description}}), http.StatusSeeOther)
}

// authorize answers GET /oauth/authorize: straight back for who is signed in and
// need not be asked, else with a page that asks.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) *apiError {
	q := r.URL.Query()
	a, refused := s.parseAuthorization(q)
	if refused != nil {
		return refused
	}
	if code, description := a.problem(q); code != "" {
		a.refuse(w, r, code, description)
		return nil
	}
	x, _, found := s.current(r)
	// An impersonated session proves nothing about who sits there.
	lax := s.Scene().PromptIgnored
	signedIn := found && x.status == statusActive && (lax || !x.impersonated())
	prompts := strings.Fields(a.prompts)
	ask := !lax && (a.app.consent || slices.Contains(prompts, "consent") || slices.Contains(prompts, "login"))
	switch {
	case signedIn && !ask:
		s.grantCode(w, r, a, grant{user: x.user, actor: x.actor, signedInAt: x.createdAt})
	case slices.Contains(prompts, "none") && !signedIn:
		a.refuse(w, r, "login_required", "The user is not signed in.")
	case slices.Contains(prompts, "none"):
		a.refuse(w, r, "consent_required", "The user has not agreed yet.")
	default:
		s.showChoices(w, "Who are you?", a.app.name+" would like to know who you are.",
			continuePath+"?"+r.URL.RawQuery, a.redirectURI.Scheme+"://"+a.redirectURI.Host)
	}
	return nil
}

// continueAuthorize signs in the person chosen on the page, who thereby agrees.
func (s *Server) continueAuthorize(w http.ResponseWriter, r *http.Request) *apiError {
	a, refused := s.parseAuthorization(r.URL.Query())
	if refused != nil {
		return refused
	}
	if code, description := a.problem(r.URL.Query()); code != "" {
		a.refuse(w, r, code, description)
		return nil
	}
	user, refused := s.signInChosen(w, r)
	if refused != nil {
		return refused
	}
	s.grantCode(w, r, a, grant{user: user, signedInAt: s.now()})
	return nil
}

func (s *Server) grantCode(w http.ResponseWriter, r *http.Request, a *authorization, g grant) {
	s.mu.Lock()
	code := s.ids.fresh("clk_code_")
	g.authorization, g.expiresAt = *a, s.nowLocked().Add(codeLife)
	s.grants[code] = &g
	s.mu.Unlock()
	//nolint:gosec // the address is registered for the application
	http.Redirect(w, r, a.redirect(url.Values{"code": {code}}), http.StatusSeeOther)
}
