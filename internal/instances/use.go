package instances

import (
	"context"
	"errors"
	"slices"

	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/history"
	"understudy/internal/impersonation"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// Select uses an instance that is connected here, or unlocks it. The keychain may
// ask for its password, so this can take minutes; cancelling ctx stops the wait.
func (m *Manager) Select(ctx context.Context, id string) (*workspace.Workspace, error) {
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
func (m *Manager) open(ctx context.Context, turn int, id string) (*workspace.Workspace, error) {
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
	// A failure only changes the instance that the next run starts with.
	_ = m.config.Settings.Update(func(s *settings.Settings) error {
		if _, kept := s.Instance(id); kept {
			s.Selected = id
		}
		return nil
	})
	return w, nil
}

func fromSettings(kept settings.Instance) workspace.Instance {
	return workspace.Instance{
		ID: kept.ID, Name: kept.Name, Environment: secret.Environment(kept.Environment),
		KeyHint: kept.KeyHint, Fingerprint: kept.Fingerprint, Color: kept.Color, Frontends: kept.FrontendAPI,
	}
}

// use puts an instance in place of the one in use, unless a later attempt than
// this one began meanwhile. Nothing of it waits for Clerk.
func (m *Manager) use(turn int, found *candidate) (*workspace.Workspace, error) {
	opened, err := m.openHistory()
	if err != nil {
		return nil, err
	}
	w, err := m.build(found, m.config.Settings, opened, func() error { return nil })
	if err != nil {
		return nil, err
	}
	if err := m.replace(turn, w); err != nil {
		return nil, err
	}
	w.AskAddress()
	return w, nil
}

// build makes the workspace of an instance. release closes what is of it alone.
func (m *Manager) build(found *candidate, store *settings.Store, of *history.History, release func() error) (*workspace.Workspace, error) {
	client, err := m.client(found.key, found.apiURL)
	if err != nil {
		return nil, err
	}
	return workspace.New(workspace.Config{
		Instance: found.instance, Client: client, APIURL: found.apiURL, Found: found.now,
		Settings: store, History: of, Operators: m.operators, SignIn: m.config.SignIn,
		Opener: m.config.Opener, Clipboard: m.config.Clipboard,
		Now: m.config.Now, NewID: m.config.NewID, AfterFunc: m.config.AfterFunc, Asked: m.ask, Release: release,
	})
}

// ask passes on what is asked for in an app's page.
func (m *Manager) ask(id string, kind held.AskKind, place impersonation.Place) {
	if m.config.OnAsk != nil {
		m.config.OnAsk(id, kind, place)
	}
}

// begin starts an attempt to use an instance: attempts that began before it come
// to nothing. If the settings refuse, so does this one.
func (m *Manager) begin() (turn int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.next(), m.config.Settings.Refusal()
}

// next makes attempts under way come to nothing. m.mu is held.
func (m *Manager) next() (turn int) {
	if m.opening != nil {
		m.opening.cancel()
		m.opening = nil
	}
	m.turn++
	return m.turn
}

// replace puts a workspace in the place of the one in use or of the lock.
func (m *Manager) replace(turn int, w *workspace.Workspace) error {
	m.mu.Lock()
	if turn != m.turn {
		m.mu.Unlock()
		return errors.Join(fault.New(fault.Canceled, nil), w.Close(fault.Canceled))
	}
	before := m.current
	if m.locked != nil {
		before = m.locked.kept
	}
	m.current, m.locked = w, nil
	m.mu.Unlock()
	if before != nil {
		return before.Close(fault.Canceled)
	}
	return nil
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
	m.operators.Forget(id)
	m.drop(id)
	m.mu.Lock()
	var closing *workspace.Workspace
	if m.current != nil && m.current.Instance.ID == id {
		closing, m.current = m.current, nil
	}
	m.mu.Unlock()
	if closing != nil {
		return closing.Close(fault.NotConnected)
	}
	return nil
}
