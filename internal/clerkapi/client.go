// Package clerkapi is the only door to Clerk's Backend API. It makes requests
// with Clerk's own SDK and turns every way in which a network or a server can
// fail into a *fault.Error.
//
// The endpoints it calls, and nothing else:
//
//	GET  /instance                                  Instance
//	GET  /domains                                   Domains
//	GET  /users                                     ListUsers
//	GET  /users/count                               CountUsers
//	GET  /users/{user_id}                           GetUser
//	GET  /users/{user_id}/organization_memberships  Memberships
//	GET  /organizations                             FindOrganizations
//	POST /actor_tokens                              CreateActorToken
//	POST /actor_tokens/{actor_token_id}/revoke      RevokeActorToken
//	GET  /oauth_applications                        FindOAuthApplication
//	POST /oauth_applications                        CreateOAuthApplication
//	GET  /sessions                                  Sessions
//	POST /sessions/{session_id}/revoke              RevokeSession
//	GET  /sessions/{session_id}                     RevokeSession, when refused
//
// What holds for all of them:
//
//   - A GET that finds Clerk unreachable, broken or busy is tried twice more. A
//     POST is sent once: Clerk has no idempotency key, and a second actor token
//     may cost a second unit of the month's quota.
//   - Only a 2xx answer that holds the required fields counts as one, and of at
//     most 2 MiB, or for a page of users 64 KiB each. A redirect is never followed,
//     so the key goes nowhere else.
//   - Errors carry codes, sentences and Clerk's trace id, never the key, an
//     answer's body or the query, which may hold an email address.
//
// Facts about Clerk are from its OpenAPI file, version 2026-05-12, which is the
// version that clerk-sdk-go v2.7.0 asks for.
package clerkapi

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// Config is what a [Client] needs. Key and Now are required.
type Config struct {
	// BaseURL goes through [ParseBaseURL]; "" is Clerk's own address.
	BaseURL string
	Key     secret.Key
	// Environment chooses the request rate. "" takes it from the key.
	Environment secret.Environment
	// UserAgent names the program to Clerk, for example "understudy/1.2.0".
	// "" leaves the SDK's own.
	UserAgent string
	// Transport sends the requests. Hand the same one, from [NewTransport], to
	// every client, so that they share its connections. nil: one of its own.
	Transport http.RoundTripper
	Now       func() time.Time
	// Sleep waits for d or until ctx ends, and then returns ctx's error.
	// nil waits on a timer.
	Sleep func(ctx context.Context, d time.Duration) error
	// Jitter returns numbers in [0,1) that spread retries. nil: random ones.
	Jitter func() float64
	// Log is told of each request: its shape, status, trace id and time. nil: nobody.
	Log *slog.Logger
	// OnWait is told of the waits before a request: for the request rate, if
	// somebody waits for the answer, and before a retry. It may be called from
	// several goroutines. nil: nobody.
	OnWait func(wait time.Duration, what Waiting)
	// OnAnswer is told of the first answer after Clerk could not be reached, was
	// broken or busy, or refused the key. Calls that failed for that can now be tried
	// again. It may be called from several goroutines. nil: nobody.
	OnAnswer func()
}

// noKey is what the SDK has for a key: it would make a copy of the real one for each
// request. The guard has that one.
const noKey = "none"

// Client makes requests with one key. It may be used from several goroutines.
type Client struct {
	base     string
	guard    *guard
	host     string // "" for Clerk's own
	skew     *skew
	line     *line
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error
	jitter   func() float64
	onWait   func(time.Duration, Waiting)
	outage   *outage
	onAnswer func()
	log      *slog.Logger
}

// New returns a client for the key's instance. It makes no request. It fails
// with fault.APIAddress for a base URL that [ParseBaseURL] refuses.
func New(config Config) (*Client, error) {
	base, err := ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	if config.Key.IsZero() || config.Now == nil {
		return nil, fault.New(fault.Internal, errors.New("clerkapi: Key and Now are required"))
	}
	environment := config.Environment
	if environment == "" {
		environment = config.Key.Environment()
	}
	transport := config.Transport
	if transport == nil {
		transport = NewTransport()
	}
	clocks := &skew{}
	client := &Client{
		base: base,
		guard: &guard{
			next: transport, authorization: "Bearer " + config.Key.Reveal(), userAgent: config.UserAgent, now: config.Now, skew: clocks,
		},
		skew:     clocks,
		host:     hostOf(base),
		now:      config.Now,
		sleep:    config.Sleep,
		jitter:   config.Jitter,
		onWait:   config.OnWait,
		outage:   &outage{},
		onAnswer: config.OnAnswer,
		log:      config.Log,
	}
	if client.sleep == nil {
		client.sleep = sleep
	}
	client.line = newLine(environment, client.now, client.sleep)
	if client.jitter == nil {
		client.jitter = rand.Float64
	}
	if client.log == nil {
		client.log = slog.New(slog.DiscardHandler)
	}
	if client.onWait == nil {
		client.onWait = func(time.Duration, Waiting) {}
	}
	if client.onAnswer == nil {
		client.onAnswer = func() {}
	}
	return client, nil
}

// CloseIdle closes the connections that no request is using, for example when
// an instance is forgotten or the computer goes to sleep.
func (c *Client) CloseIdle() { (&http.Client{Transport: c.guard.next}).CloseIdleConnections() }

// backend is the SDK's client for this key and one answer of at most room bytes. The
// package-level one of the SDK (clerk.SetKey) would mix instances.
func (c *Client) backend(room int64) clerk.Backend {
	key, guard := noKey, *c.guard
	guard.room = room
	return clerk.NewBackend(&clerk.BackendConfig{HTTPClient: &http.Client{Transport: &guard}, URL: &c.base, Key: &key})
}

// sleep waits on a timer.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the context's own, as Config.Sleep says
	}
}
