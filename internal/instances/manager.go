// Package instances keeps the connected Clerk instances: it turns a pasted key into an
// instance, holds the keys and the lock, and decides which instance is in use. That
// one is a [workspace.Workspace]. The sample workspace is an instance too, with
// everything of its own.
package instances

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/history"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// SampleID is the id of the sample workspace among the instances. It is no
// Clerk id, so it can never be a customer's.
const SampleID = "sample"

// Keys keeps secret keys in the OS keychain, by instance id, each with the
// address of the API where it was verified. Of keys that older versions kept, that
// address is "".
type Keys interface {
	SaveKey(ctx context.Context, instance string, key secret.Key, apiURL string) error
	LoadKey(ctx context.Context, instance string) (key secret.Key, apiURL string, err error)
	DeleteKey(ctx context.Context, instance string) error
	// CreateKeyring makes a place for keys after fault.KeychainNoKeyring.
	CreateKeyring(ctx context.Context) error
}

// Config is everything a Manager stands on. All fields are required but APIURL,
// Vault, Log, OnWait, OnAnswer, OnAsk and OnLock.
type Config struct {
	Settings  *settings.Store
	Keys      Keys
	Vault     audit.Vault
	AuditDir  string
	Opener    impersonation.Opener
	Clipboard workspace.Clipboard
	// APIURL is the address of the Backend API in this run, as
	// clerkapi.ParseBaseURL returns it; "" is Clerk's own.
	APIURL  string
	Version string
	// SignIn signs operators in with Clerk.
	SignIn *operator.SignIn
	// Transport is shared by all clients, so that they share its connections.
	Transport http.RoundTripper
	// Log is told of each request to Clerk.
	Log *slog.Logger
	// OnWait is told how long a request waits until Clerk is asked, and why.
	OnWait func(wait time.Duration, what clerkapi.Waiting)
	// OnAnswer is told that Clerk answers again, or takes the key that is in use now.
	OnAnswer func()
	// OnAsk is told what the operator asks for in the app's page of an impersonation.
	OnAsk func(id string, kind held.AskKind, place impersonation.Place)
	// OnLock is told that Understudy was locked.
	OnLock    func()
	Now       func() time.Time
	NewID     func() string
	AfterFunc func(d time.Duration, f func())
}

// Manager connects, selects, locks and forgets instances. One is in use at a time.
type Manager struct {
	config Config

	operators *workspace.Operators

	mu      sync.Mutex
	current *workspace.Workspace // nil while nothing is in use, or locked
	locked  *lock                // nil while not locked
	// turn counts the attempts to use an instance: only the latest one succeeds.
	turn int
	// unkept is a verified key that the keychain did not take.
	unkept *candidate
	// held are the keys of this run that the keychain does not have.
	held map[string]*candidate
	// opening is the instance that is opened ahead of the window, nil once the
	// window has it.
	opening *opening
	// history is the one of the real instances, opened when it is first needed.
	history *history.History
}

// New returns a manager with nothing in use.
func New(c Config) *Manager {
	c.APIURL = cmp.Or(c.APIURL, clerkapi.PublicURL)
	return &Manager{config: c, operators: workspace.NewOperators(), held: map[string]*candidate{}}
}

// Current returns the workspace in use, fault.Locked or fault.NotConnected, or why
// the settings refuse.
func (m *Manager) Current() (*workspace.Workspace, error) {
	if err := m.config.Settings.Refusal(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.locked != nil {
		return nil, fault.New(fault.Locked, nil)
	}
	if m.current == nil {
		return nil, fault.New(fault.NotConnected, nil)
	}
	return m.current, nil
}

// Settings are those of the workspace in use: the sample has its own.
func (m *Manager) Settings() *settings.Store {
	if w, err := m.Current(); err == nil {
		return w.Settings()
	}
	return m.config.Settings
}

// Close lets go of everything.
func (m *Manager) Close() error {
	m.mu.Lock()
	closing, read := m.current, m.history
	if m.locked != nil {
		closing = m.locked.kept
	}
	m.current, m.locked, m.history = nil, nil, nil
	m.mu.Unlock()
	var err error
	if closing != nil {
		err = closing.Close(fault.NotConnected)
	}
	if read != nil {
		if closeErr := read.Close(); err == nil {
			err = closeErr
		}
	}
	return err
}
