package operator

import (
	"context"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/loopback"
)

// patience is how long the operator has to sign in.
const patience = 5 * time.Minute

// requestTimeout bounds each request to Clerk, from dialling to the last byte.
const requestTimeout = 15 * time.Second

// Browser opens pages in the operator's default browser.
type Browser interface {
	// OpenPage returns once the browser has the address.
	OpenPage(address string) error
}

// SignIn signs operators in with Clerk. All fields are required. It may be used
// from several goroutines.
type SignIn struct {
	// Ports are where the browser may come back to, tried in turn. In the
	// program they are [Ports].
	Ports   []int
	Network loopback.Network
	// Transport sends the requests, bounded by SignIn itself.
	Transport http.RoundTripper
	Browser   Browser
	// NewSecret returns at least 128 random bits as letters and digits, 22 to 64
	// of them.
	NewSecret func() string
	Now       func() time.Time
	After     func(time.Duration) <-chan time.Time
}

// Application is an OAuth application at Clerk.
type Application struct {
	// Issuers are the pinned addresses of the instance's Frontend API. The first
	// that says it is an OpenID provider of that name is taken: behind a proxy,
	// Clerk goes by the proxy's address.
	Issuers  []string
	ClientID string
}

// Proof is that somebody signed in with Clerk.
type Proof struct {
	ID clerkapi.UserID
	At time.Time // wall clock alone: a sleeping computer does not stop it
}

// Scopes are what the OAuth application may be asked for. Of the answer only the
// user's id is read.
func Scopes() []string { return []string{oidc.ScopeOpenID, "profile", "email"} }

// Run opens Clerk's sign-in page in the browser, waits until it comes back, and
// returns who signed in. Everybody is asked to sign in anew, whoever is signed in
// in that browser: a session there may be an impersonated one, or a colleague's.
//
// Of its own failures it has fault.SignInNotSetUp, fault.SignInUnavailable,
// fault.SignInPorts, fault.SignInDeclined, fault.SignInTimedOut and
// fault.SignInRefused, which is the one for a proof that does not hold.
func (s *SignIn) Run(ctx context.Context, app Application) (Proof, error) {
	proof, err := s.run(ctx, app)
	if err != nil && ctx.Err() != nil {
		return Proof{}, fault.From(ctx.Err())
	}
	return proof, err
}

func (s *SignIn) run(ctx context.Context, app Application) (Proof, error) {
	if app.ClientID == "" {
		return Proof{}, fault.New(fault.SignInNotSetUp, nil)
	}
	clerk, err := s.discover(ctx, app)
	if err != nil {
		return Proof{}, err
	}
	state := s.NewSecret()
	back, err := s.listen(ctx, state)
	if err != nil {
		return Proof{}, err
	}
	defer back.server.Close()

	config := clerk.config(back.address())
	verifier := s.NewSecret() + s.NewSecret() // RFC 7636 asks for 43 characters at least
	nonce := s.NewSecret()
	address := config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier), oidc.Nonce(nonce),
		oauth2.SetAuthURLParam("prompt", "login"))
	if err := s.Browser.OpenPage(address); err != nil {
		return Proof{}, err
	}
	code, err := s.await(ctx, back, clerk.issuer)
	if err != nil {
		return Proof{}, err
	}
	idToken, err := clerk.exchange(ctx, config, code, verifier)
	if err != nil {
		return Proof{}, err
	}
	now := s.Now().UTC().Round(0)
	id, err := clerk.verify(ctx, idToken, nonce, now)
	if err != nil {
		return Proof{}, err
	}
	return Proof{ID: id, At: now}, nil
}

// await returns the authorization code that the browser brings back.
func (s *SignIn) await(ctx context.Context, back *callback, issuer string) (string, error) {
	select {
	case answer := <-back.arrived:
		return codeOf(answer, issuer)
	case <-s.After(patience):
		return "", fault.New(fault.SignInTimedOut, nil)
	case <-ctx.Done():
		return "", fault.From(ctx.Err())
	}
}
