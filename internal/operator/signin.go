package operator

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/loopback"
	"understudy/internal/sentence"
)

// patience is how long the operator has to sign in.
const patience = 5 * time.Minute

// requestTimeout bounds each request to Clerk, from dialling to the last byte.
const requestTimeout = 15 * time.Second

// Browser opens pages in the operator's default browser.
type Browser interface {
	// OpenUnseen opens a page whose address stands in no argument list. It returns
	// once the browser has asked for it. seen is called, at most once and on a
	// goroutine of its own, when somebody else asked for it too.
	OpenUnseen(ctx context.Context, address string, seen func()) error
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

// Through is the same sign-in with another way to its page.
func (s *SignIn) Through(browser Browser) *SignIn {
	other := *s
	other.Browser = browser
	return &other
}

// Application is an OAuth application at Clerk.
type Application struct {
	// Issuers are the pinned addresses of the instance's Frontend API. The first
	// that says it is an OpenID provider of that name is taken: behind a proxy,
	// Clerk goes by the proxy's address.
	Issuers  []string
	ClientID string
	// Ahead is how far Clerk's clock is ahead of this computer's.
	Ahead time.Duration
}

// Proof is that somebody signed in with Clerk.
type Proof struct {
	ID clerkapi.UserID
	At time.Time // wall clock alone: a sleeping computer does not stop it
	// Issuer is the address that says so.
	Issuer string
}

// Scopes are what the OAuth application may be asked for. Of the answer only the
// user's id is read.
func Scopes() []string { return []string{oidc.ScopeOpenID, "profile", "email"} }

// Run opens Clerk's sign-in page in the browser, waits until it comes back, and
// returns who signed in. Everybody is asked to sign in anew, whoever is signed in
// in that browser: a session there may be an impersonated one, or a colleague's.
//
// Of its own failures it has fault.SignInNotSetUp, fault.SignInUnavailable,
// fault.SignInPorts, fault.SignInClock, fault.SignInDeclined, fault.SignInTimedOut
// and fault.SignInRefused, which is the one for a proof that does not hold.
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
	if err := checkClock(app.Ahead); err != nil {
		return Proof{}, err
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
	asked := request{nonce: s.NewSecret(), at: s.Now().Add(app.Ahead)}
	address := config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier), oidc.Nonce(asked.nonce),
		oauth2.SetAuthURLParam("prompt", "login"))
	observed := make(chan struct{})
	code, err := s.visit(ctx, back, address, clerk.issuer, observed)
	if err != nil {
		return Proof{}, err
	}
	idToken, err := clerk.exchange(ctx, config, code, verifier)
	if err != nil {
		return Proof{}, err
	}
	now := s.Now().UTC().Round(0)
	id, err := clerk.verify(ctx, idToken, asked, now.Add(app.Ahead))
	if err != nil {
		return Proof{}, err
	}
	if isClosed(observed) {
		return Proof{}, wasObserved()
	}
	return Proof{ID: id, At: now, Issuer: clerk.issuer}, nil
}

// checkClock fails with fault.SignInClock if this computer's clock is too far from
// Clerk's to tell whether a sign-in is of now.
func checkClock(ahead time.Duration) error {
	if ahead.Abs() <= skew {
		return nil
	}
	apart := sentence.Of("sign_in_clock.minutes", "minutes", int(ahead.Abs().Minutes()))
	if hours := int(ahead.Abs().Hours()); hours > 1 {
		apart = sentence.Of("sign_in_clock.hours", "hours", hours)
	}
	says := sentence.Of("sign_in_clock.behind", "apart", apart)
	if ahead < 0 {
		says = sentence.Of("sign_in_clock.ahead", "apart", apart)
	}
	return fault.New(fault.SignInClock, nil).Saying(says)
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// wasObserved is the failure of a sign-in whose page somebody else opened too: they
// could sign in there as themselves.
func wasObserved() error {
	return fault.New(fault.SignInRefused, errors.New("sign-in: somebody else opened the page")).
		Saying(sentence.Of("sign_in_refused.observed"))
}

// visit opens the sign-in page and returns the authorization code that the browser
// brings back. It closes observed, at any time, when somebody else opened the page.
func (s *SignIn) visit(ctx context.Context, back *callback, address, issuer string, observed chan struct{}) (string, error) {
	over := s.After(patience)
	err := s.Browser.OpenUnseen(ctx, address, func() { close(observed) })
	if fault.CodeOf(err) == fault.HandoffFailed {
		return "", fault.New(fault.SignInPorts, err)
	}
	if err != nil {
		return "", err
	}
	select {
	case answer := <-back.arrived:
		return codeOf(answer, issuer)
	case <-observed:
		return "", wasObserved()
	case <-over:
		return "", fault.New(fault.SignInTimedOut, nil)
	case <-ctx.Done():
		return "", fault.From(ctx.Err())
	}
}
