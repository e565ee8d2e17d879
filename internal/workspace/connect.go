package workspace

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
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
// Vault, Log, OnWait, OnAnswer and OnLock.
type Config struct {
	Settings  *settings.Store
	Keys      Keys
	Vault     audit.Vault
	AuditDir  string
	Opener    impersonation.Opener
	Clipboard Clipboard
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
	// OnLock is told that Understudy was locked.
	OnLock    func()
	Now       func() time.Time
	NewID     func() string
	AfterFunc func(d time.Duration, f func())
}

// Manager connects, selects, locks and forgets instances. One is in use at a time.
type Manager struct {
	config Config

	proofs *proofs
	actors *actors

	mu      sync.Mutex
	current *Workspace // nil while nothing is in use, or locked
	locked  *lock      // nil while not locked
	// turn counts the attempts to use an instance: only the latest one succeeds.
	turn int
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

// New returns a manager with nothing in use.
func New(c Config) *Manager {
	c.APIURL = cmp.Or(c.APIURL, clerkapi.PublicURL)
	return &Manager{
		config: c, held: map[string]*candidate{},
		proofs: &proofs{kept: map[string]operator.Proof{}}, actors: &actors{kept: map[string]operator.Operator{}},
	}
}

// Current returns the workspace in use, fault.Locked or fault.NotConnected, or why
// the settings refuse.
func (m *Manager) Current() (*Workspace, error) {
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

// Connect verifies a pasted key with Clerk, keeps it in the keychain and uses
// its instance. If the keychain does not take it, the failure says why, and
// [Manager.HoldInMemory] or [Manager.KeepInNewKeyring] can go on with the key.
func (m *Manager) Connect(ctx context.Context, pasted string) (*Workspace, error) {
	turn, err := m.begin()
	if err != nil {
		return nil, err
	}
	key, err := secret.ParseKey(pasted)
	if err != nil {
		return nil, err
	}
	found, err := m.verify(ctx, key, m.config.APIURL)
	if err != nil {
		return nil, err
	}
	return m.keep(ctx, turn, found)
}

// resume begins anew with the key that the keychain did not take. It fails with
// fault.NotConnected if there is none.
func (m *Manager) resume() (turn int, found *candidate, err error) {
	if turn, err = m.begin(); err != nil {
		return 0, nil, err
	}
	if found = m.takeUnkept(); found == nil {
		return 0, nil, fault.New(fault.NotConnected, nil)
	}
	return turn, found, nil
}

// KeepInNewKeyring goes on with the key that the keychain did not take because it
// has no keyring: it makes one first, for which somebody is asked for a password.
// The key is wiped from the clipboard if it is still there.
func (m *Manager) KeepInNewKeyring(ctx context.Context) (*Workspace, error) {
	turn, found, err := m.resume()
	if err != nil {
		return nil, err
	}
	if err := m.config.Keys.CreateKeyring(ctx); err != nil {
		m.await(turn, found)
		return nil, err
	}
	w, err := m.keep(ctx, turn, found)
	if err == nil {
		clearIf(ctx, m.config.Clipboard, isKey(found.key))
	}
	return w, err
}

// takeUnkept is the key that waits for what the operator says, nil without one.
func (m *Manager) takeUnkept() *candidate {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := m.unkept
	m.unkept = nil
	return found
}

// await has a verified key wait for what the operator says next.
func (m *Manager) await(turn int, found *candidate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.turn == turn { // else nobody is left to be asked
		m.unkept = found
	}
}

// keep puts a verified key into the keychain and uses its instance.
func (m *Manager) keep(ctx context.Context, turn int, found *candidate) (*Workspace, error) {
	if err := m.config.Keys.SaveKey(ctx, found.instance.ID, found.key, found.apiURL); err != nil {
		m.await(turn, found)
		return nil, err
	}
	_, known := m.config.Settings.Get().Instance(found.instance.ID)
	if err := m.remember(found); err != nil {
		if !known { // a key that the list does not show could not be forgotten
			err = errors.Join(err, m.config.Keys.DeleteKey(ctx, found.instance.ID))
		}
		return nil, err
	}
	m.drop(found.instance.ID)
	m.asKept(found)
	return m.use(turn, found)
}

// asKept gives an instance that Clerk described the name and the colour that it
// has here, if it is connected already; and the addresses that are pinned, unless
// they come from another API than this one.
func (m *Manager) asKept(found *candidate) {
	kept, known := m.config.Settings.Get().Instance(found.instance.ID)
	if !known {
		return
	}
	found.instance.Name, found.instance.Color = kept.Name, kept.Color
	if baseOf(kept.APIURL) == found.apiURL {
		found.instance.Frontends = kept.FrontendAPI
	}
}

// HoldInMemory goes on with the key that the keychain did not take, and wipes it
// from the clipboard if it is still there. It is gone when the program ends or is
// locked.
func (m *Manager) HoldInMemory(ctx context.Context) (*Workspace, error) {
	turn, found, err := m.resume()
	if err != nil {
		return nil, err
	}
	found.instance.InMemory = true
	m.asKept(found)
	m.hold(found)
	clearIf(ctx, m.config.Clipboard, isKey(found.key))
	return m.use(turn, found)
}

// Select uses an instance that is connected here, or unlocks it. The keychain may
// ask for its password, so this can take minutes; cancelling ctx stops the wait.
func (m *Manager) Select(ctx context.Context, id string) (*Workspace, error) {
	if ahead := m.takeOpening(id); ahead != nil {
		return ahead.wait(ctx)
	}
	turn, err := m.begin()
	if err != nil {
		return nil, err
	}
	return m.open(ctx, turn, id)
}

// open is [Manager.Select] in its turn.
func (m *Manager) open(ctx context.Context, turn int, id string) (*Workspace, error) {
	if w := m.unlockSample(id); w != nil {
		return w, nil
	}
	found := m.heldKey(id)
	if found == nil {
		kept, ok := m.config.Settings.Get().Instance(id)
		if !ok {
			return nil, fault.New(fault.InstanceUnknown, nil)
		}
		key, err := m.storedKey(ctx, kept)
		if err != nil {
			return nil, err
		}
		found = &candidate{key: key, apiURL: m.config.APIURL, instance: fromSettings(kept)}
	}
	w, err := m.use(turn, found)
	if err != nil {
		return nil, err
	}
	// What the program starts with next time is worth no failure.
	_ = m.config.Settings.Update(func(s *settings.Settings) error {
		if _, kept := s.Instance(id); kept {
			s.Selected = id
		}
		return nil
	})
	return w, nil
}

// Forget removes an instance: its key from the keychain first, so that no key
// stays behind that the list does not show.
func (m *Manager) Forget(ctx context.Context, id string) error {
	if err := m.config.Settings.Refusal(); err != nil {
		return err
	}
	if _, kept := m.config.Settings.Get().Instance(id); kept {
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
	m.actors.forget(id)
	m.drop(id)
	m.mu.Lock()
	var closing *Workspace
	if m.current != nil && m.current.Instance.ID == id {
		closing, m.current = m.current, nil
	}
	m.mu.Unlock()
	if closing != nil {
		return closing.close(fault.NotConnected)
	}
	return nil
}

// hold keeps a key for this run.
func (m *Manager) hold(found *candidate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held[found.instance.ID] = found
}

// heldKey is the key that is held for this run, nil if there is none. It is not
// to be changed: others may use it.
func (m *Manager) heldKey(id string) *candidate {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.held[id]
}

func (m *Manager) drop(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.held, id)
}

// Close lets go of everything.
func (m *Manager) Close() error {
	m.mu.Lock()
	closing, history := m.current, m.history
	if m.locked != nil {
		closing = m.locked.kept
	}
	m.current, m.locked, m.history = nil, nil, nil
	m.mu.Unlock()
	var err error
	if closing != nil {
		err = closing.close(fault.NotConnected)
	}
	if history != nil {
		if closeErr := history.close(); err == nil {
			err = closeErr
		}
	}
	return err
}
