package operator

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
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
	errClaims     = errors.New("id token: act or auth_time is not what it should be")
	errActor      = errors.New("id token: of an impersonated session")
	errStale      = errors.New("id token: of a sign-in before this one")
	errNoAuthTime = errors.New("id token: without the auth_time that is promised")
	errUnproven   = errors.New("id token: issuer, audience, lifetime or signature does not hold")
)

// provider is the instance's OpenID provider for one sign-in.
type provider struct {
	oidc   *oidc.Provider
	wire   *wire
	client *http.Client
	issuer string
	app    Application
	// datesSignIns: its ID tokens promise to say when the user signed in.
	datesSignIns bool
}

// request is what an ID token must answer.
type request struct {
	nonce string
	at    time.Time // by Clerk's clock
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
	var document struct {
		Keys   string   `json:"jwks_uri"`
		Claims []string `json:"claims_supported"`
	}
	if err := p.oidc.Claims(&document); err != nil {
		return nil, fault.New(fault.SignInRefused, err)
	}
	p.datesSignIns = slices.Contains(document.Claims, "auth_time")
	endpoint := p.oidc.Endpoint()
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, document.Keys} {
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
// it, and returns whose it is. now is by Clerk's clock.
func (p *provider) verify(ctx context.Context, raw string, asked request, now time.Time) (clerkapi.UserID, error) {
	token, err := p.oidc.VerifierContext(oidc.ClientContext(ctx, p.client), &oidc.Config{
		ClientID: p.app.ClientID, SupportedSigningAlgs: []string{oidc.RS256},
		Now: func() time.Time { return now },
	}).Verify(ctx, raw)
	if err != nil {
		return clerkapi.UserID{}, p.wire.explain(fault.New(fault.SignInRefused, errUnproven))
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(asked.nonce)) == 0:
		return clerkapi.UserID{}, fault.New(fault.SignInRefused, errNonce)
	case len(token.Audience) != 1:
		return clerkapi.UserID{}, fault.New(fault.SignInRefused, errAudience)
	case token.IssuedAt.After(now.Add(skew)):
		return clerkapi.UserID{}, fault.New(fault.SignInRefused, errIssuedAt)
	}
	if err := p.checkSignIn(token, asked, now); err != nil {
		return clerkapi.UserID{}, fault.New(fault.SignInRefused, err)
	}
	id, err := clerkapi.ParseUserID(token.Subject)
	if err != nil {
		return clerkapi.UserID{}, fault.New(fault.SignInRefused, errSubject)
	}
	return id, nil
}

// inexact is how far the known difference of two clocks may be off: see
// [clerkapi.Client.Skew].
const inexact = 10 * time.Second

// checkSignIn returns nil unless a token is known to be of somebody who did not
// just sign in. "act" is a session in which another acts as the user (RFC 8693,
// section 4.1). Whether Clerk sends "auth_time" is not documented, and neither is
// the parameter max_age, which would ask for it. Therefore a token without it is
// taken on the word of "prompt=login", unless the provider promises it.
func (p *provider) checkSignIn(token *oidc.IDToken, asked request, now time.Time) error {
	var claims struct {
		Actor    any      `json:"act"`
		AuthTime *float64 `json:"auth_time"` // in seconds
	}
	if token.Claims(&claims) != nil {
		return errClaims
	}
	earliest := asked.at.Add(-inexact)
	switch {
	case claims.Actor != nil:
		return errActor
	case !token.IssuedAt.IsZero() && token.IssuedAt.Before(earliest):
		return errStale
	case claims.AuthTime == nil && p.datesSignIns:
		return errNoAuthTime
	case claims.AuthTime == nil:
		return nil
	case *claims.AuthTime < float64(earliest.Unix()):
		return errStale
	case *claims.AuthTime > float64(now.Add(skew).Unix()):
		return errIssuedAt
	default:
		return nil
	}
}
