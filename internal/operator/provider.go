package operator

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// skew is how far Clerk's clock may be ahead of this computer's, the same that
// go-oidc grants to "nbf".
const skew = 5 * time.Minute

// Why there is no proof. None of the reasons quotes what was answered.
var (
	errNoProvider = errors.New("discovery: no OpenID configuration")
	errElsewhere  = errors.New("discovery: an endpoint is not at the issuer")
	errNoIDToken  = errors.New("token: no id_token")
	errNonce      = errors.New("id token: nonce is not that of the request")
	errAudience   = errors.New("id token: for others as well")
	errIssuedAt   = errors.New("id token: issued in the future")
	errSubject    = errors.New("id token: sub is no user id")
	errUnproven   = errors.New("id token: issuer, audience, lifetime or signature does not hold")
)

// provider is the instance's OpenID provider for one sign-in.
type provider struct {
	oidc   *oidc.Provider
	wire   *wire
	client *http.Client
	issuer string
	app    Application
}

// discover finds the OpenID provider among the pinned addresses. If none is,
// what is wrong with the first of them counts.
func (s *SignIn) discover(ctx context.Context, app Application) (*provider, error) {
	var first error
	for _, issuer := range app.Issuers {
		found, err := s.discoverAt(ctx, app, issuer)
		if err == nil {
			return found, nil
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = fault.New(fault.SignInUnavailable, nil)
	}
	return nil, first
}

func (s *SignIn) discoverAt(ctx context.Context, app Application, issuer string) (*provider, error) {
	at, err := url.Parse(issuer)
	if err != nil {
		return nil, fault.New(fault.SignInUnavailable, err)
	}
	p := &provider{wire: &wire{next: s.Transport, origin: originOf(at)}, issuer: issuer, app: app}
	p.client = p.wire.client()
	p.oidc, err = oidc.NewProvider(oidc.ClientContext(ctx, p.client), issuer)
	if _, lies := errors.AsType[*oidc.IssuerMismatchError](err); lies {
		return nil, fault.New(fault.SignInRefused, errOtherIssuer)
	}
	if err != nil {
		return nil, p.wire.explain(fault.New(fault.SignInUnavailable, errNoProvider))
	}
	var keys struct {
		URL string `json:"jwks_uri"`
	}
	if err := p.oidc.Claims(&keys); err != nil {
		return nil, fault.New(fault.SignInRefused, err)
	}
	endpoint := p.oidc.Endpoint()
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, keys.URL} {
		if u, err := url.Parse(address); err != nil || originOf(u) != p.wire.origin || u.User != nil || u.Fragment != "" {
			return nil, fault.New(fault.SignInRefused, errElsewhere)
		}
	}
	return p, nil
}

// originOf is the scheme, host and port of an address.
func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

func (p *provider) config(redirectURI string) *oauth2.Config {
	endpoint := p.oidc.Endpoint()
	// A public client names itself in the form. To find that out oauth2 would
	// send the code twice.
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	return &oauth2.Config{ClientID: p.app.ClientID, Endpoint: endpoint, RedirectURL: redirectURI, Scopes: Scopes()}
}

// exchange trades the code for an ID token. The access token beside it is
// dropped unread.
func (p *provider) exchange(ctx context.Context, config *oauth2.Config, code, verifier string) (string, error) {
	token, err := config.Exchange(oidc.ClientContext(ctx, p.client), code, oauth2.VerifierOption(verifier))
	if err != nil {
		return "", p.wire.explain(fault.New(fault.SignInRefused, fmt.Errorf("token: %T", err)))
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return "", fault.New(fault.SignInRefused, errNoIDToken)
	}
	return raw, nil
}

// verify checks an ID token as OpenID Connect Core 1.0, section 3.1.3.7, lists
// it, and returns whose it is.
func (p *provider) verify(ctx context.Context, raw, nonce string, now time.Time) (clerkapi.UserID, error) {
	token, err := p.oidc.VerifierContext(oidc.ClientContext(ctx, p.client), &oidc.Config{
		ClientID: p.app.ClientID, SupportedSigningAlgs: []string{oidc.RS256},
		Now: func() time.Time { return now },
	}).Verify(ctx, raw)
	if err != nil {
		return "", p.wire.explain(fault.New(fault.SignInRefused, errUnproven))
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) == 0:
		return "", fault.New(fault.SignInRefused, errNonce)
	case len(token.Audience) != 1:
		return "", fault.New(fault.SignInRefused, errAudience)
	case token.IssuedAt.After(now.Add(skew)):
		return "", fault.New(fault.SignInRefused, errIssuedAt)
	}
	id, err := clerkapi.ParseUserID(token.Subject)
	if err != nil {
		return "", fault.New(fault.SignInRefused, errSubject)
	}
	return id, nil
}
