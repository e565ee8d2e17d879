package workspace

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// Keys keeps secret keys in the OS keychain, by instance id.
type Keys interface {
	SaveKey(ctx context.Context, instance string, key secret.Key) error
	LoadKey(ctx context.Context, instance string) (secret.Key, error)
	DeleteKey(ctx context.Context, instance string) error
}

// Config is everything a Manager stands on. All fields are required but APIURL,
// Vault and OnWait.
type Config struct {
	Settings  *settings.Store
	Keys      Keys
	Vault     audit.Vault
	AuditDir  string
	Opener    impersonation.Opener
	Clipboard Clipboard
	// APIURL is the address of another Backend API than Clerk's own, checked by
	// clerkapi.ParseBaseURL.
	APIURL  string
	Version string
	// SignIn signs operators in with Clerk.
	SignIn *operator.SignIn
	// Transport is shared by all clients, so that they share its connections.
	Transport http.RoundTripper
	// OnWait is told how long a request waits until Clerk is asked.
	OnWait    func(wait time.Duration)
	Now       func() time.Time
	NewID     func() string
	AfterFunc func(d time.Duration, f func())
}

// Manager connects, selects and forgets instances. One is in use at a time.
type Manager struct {
	config Config

	proofs *proofs

	mu      sync.Mutex
	current *Workspace
	// unkept is a verified key that the keychain did not take.
	unkept *candidate
	// held are the keys of this run that the keychain does not have.
	held map[string]*candidate
	// opening is the instance that is opened ahead of the window, nil once the
	// window has it.
	opening *opening
	// history is the real record, opened when it is first needed.
	history *History
}

// candidate is a key that Clerk accepted, with what it said of the instance.
type candidate struct {
	key      secret.Key
	client   *clerkapi.Client
	instance Instance
	gate     impersonation.Gate
}

// New returns a manager with nothing in use.
func New(c Config) *Manager {
	return &Manager{config: c, held: map[string]*candidate{}, proofs: &proofs{kept: map[string]operator.Proof{}}}
}

// Current returns the workspace in use, or fault.NotConnected.
func (m *Manager) Current() (*Workspace, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.current == nil {
		return nil, fault.New(fault.NotConnected, nil)
	}
	return m.current, nil
}

// Connect verifies a pasted key with Clerk, keeps it in the keychain and uses
// its instance. If the keychain does not take it, the failure says why, and
// [Manager.HoldInMemory] can go on with the key for this run.
func (m *Manager) Connect(ctx context.Context, pasted string) (*Workspace, error) {
	key, err := secret.ParseKey(pasted)
	if err != nil {
		return nil, err
	}
	found, err := m.verify(ctx, key, m.config.APIURL)
	if err != nil {
		return nil, err
	}
	if err := m.config.Keys.SaveKey(ctx, found.instance.ID, key); err != nil {
		m.mu.Lock()
		m.unkept = found
		m.mu.Unlock()
		return nil, err
	}
	_, known := m.config.Settings.Get().Instance(found.instance.ID)
	if err := m.remember(found); err != nil {
		if !known { // a key that the list does not show could not be forgotten
			err = errors.Join(err, m.config.Keys.DeleteKey(ctx, found.instance.ID))
		}
		return nil, err
	}
	return m.use(found, m.config.Settings)
}

// HoldInMemory goes on with the key that the keychain did not take, and wipes it
// from the clipboard if it is still there. It is gone when the program ends.
func (m *Manager) HoldInMemory(ctx context.Context) (*Workspace, error) {
	m.mu.Lock()
	found := m.unkept
	m.unkept = nil
	if found != nil {
		found.instance.InMemory = true
		m.held[found.instance.ID] = found
	}
	m.mu.Unlock()
	if found == nil {
		return nil, fault.New(fault.NotConnected, nil)
	}
	clearIf(ctx, m.config.Clipboard, isKey(found.key))
	return m.use(found, m.config.Settings)
}

// Select uses an instance that is connected here. The keychain may ask for its
// password, so this can take minutes; cancelling ctx stops the wait.
func (m *Manager) Select(ctx context.Context, id string) (*Workspace, error) {
	if ahead := m.takeOpening(id); ahead != nil {
		return ahead.wait(ctx)
	}
	return m.open(ctx, id)
}

func (m *Manager) open(ctx context.Context, id string) (*Workspace, error) {
	m.mu.Lock()
	held := m.held[id]
	m.mu.Unlock()
	if held != nil {
		return m.use(held, m.config.Settings)
	}
	kept, ok := m.config.Settings.Get().Instance(id)
	if !ok {
		return nil, fault.New(fault.InstanceUnknown, nil)
	}
	key, err := m.config.Keys.LoadKey(ctx, id)
	if err != nil {
		return nil, err
	}
	found, err := m.candidate(key, m.config.APIURL, fromSettings(kept))
	if err != nil {
		return nil, err
	}
	if err := m.config.Settings.Update(func(s *settings.Settings) error { s.Selected = id; return nil }); err != nil {
		return nil, err
	}
	return m.use(found, m.config.Settings)
}

// Forget removes an instance: its key from the keychain first, so that no key
// stays behind that the list does not show.
func (m *Manager) Forget(ctx context.Context, id string) error {
	m.mu.Lock()
	_, onlyHeld := m.held[id]
	m.mu.Unlock()
	if !onlyHeld && id != SampleID {
		if err := m.config.Keys.DeleteKey(ctx, id); err != nil {
			return err
		}
		err := m.config.Settings.Update(func(s *settings.Settings) error {
			s.Instances = slices.DeleteFunc(s.Instances, func(i settings.Instance) bool { return i.ID == id })
			if s.Selected == id {
				s.Selected = ""
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	m.proofs.forget(id)
	m.mu.Lock()
	delete(m.held, id)
	var closing *Workspace
	if m.current != nil && m.current.Instance.ID == id {
		closing, m.current = m.current, nil
	}
	m.mu.Unlock()
	if closing != nil {
		return closing.close()
	}
	return nil
}

// Instances lists what is connected here: what the settings keep, and what is
// held in memory for this run.
func (m *Manager) Instances() []Instance {
	var all []Instance
	for _, kept := range m.config.Settings.Get().Instances {
		all = append(all, fromSettings(kept))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range m.held {
		all = append(all, h.instance)
	}
	if m.current != nil && m.current.Instance.Sample {
		all = append(all, m.current.Instance)
	}
	return all
}

// Close lets go of everything.
func (m *Manager) Close() error {
	m.mu.Lock()
	closing, history := m.current, m.history
	m.current, m.history = nil, nil
	m.mu.Unlock()
	var err error
	if closing != nil {
		err = closing.close()
	}
	if history != nil {
		if closeErr := history.close(); err == nil {
			err = closeErr
		}
	}
	return err
}
