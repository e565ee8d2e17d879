package instances

import (
	"context"
	"errors"

	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// Connect verifies a pasted key with Clerk, keeps it in the keychain and uses
// its instance. If the keychain does not take it, the failure says why, and
// [Manager.HoldInMemory] or [Manager.KeepInNewKeyring] can go on with the key.
func (m *Manager) Connect(ctx context.Context, pasted string) (*workspace.Workspace, error) {
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

// keep puts a verified key into the keychain and uses its instance.
func (m *Manager) keep(ctx context.Context, turn int, found *candidate) (*workspace.Workspace, error) {
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

// remember keeps an instance in the settings. Its key is in the keychain. Of one
// that was connected before only the key is new: where it signs in stays what was
// pinned then, see [workspace.Workspace.Moved]. Connected at another API, it is pinned anew.
func (m *Manager) remember(found *candidate) error {
	return m.config.Settings.Update(func(s *settings.Settings) error {
		if _, known := s.Instance(found.instance.ID); !known {
			s.Instances = append(s.Instances, settings.Instance{
				ID: found.instance.ID, Name: found.instance.Name,
				Environment: string(found.instance.Environment), FrontendAPI: found.instance.Frontends,
				APIURL: found.apiURL, ConnectedAt: m.config.Now().UTC(),
			})
			s.Change(found.instance.ID, workspace.Choose(m.operators.Of(found.instance.ID)))
		}
		s.Change(found.instance.ID, func(i *settings.Instance) {
			if baseOf(i.APIURL) != found.apiURL {
				i.FrontendAPI, i.APIURL = found.instance.Frontends, found.apiURL
			}
			i.KeyHint, i.Fingerprint = found.instance.KeyHint, found.instance.Fingerprint
		})
		s.Selected = found.instance.ID
		return nil
	})
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

// await has a verified key wait for what the operator says next.
func (m *Manager) await(turn int, found *candidate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.turn == turn { // else nobody is left to be asked
		m.unkept = found
	}
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

// takeUnkept is the key that waits for what the operator says, nil without one.
func (m *Manager) takeUnkept() *candidate {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := m.unkept
	m.unkept = nil
	return found
}

// KeepInNewKeyring goes on with the key that the keychain did not take because it
// has no keyring: it makes one first, for which somebody is asked for a password.
// The key is wiped from the clipboard if it is still there.
func (m *Manager) KeepInNewKeyring(ctx context.Context) (*workspace.Workspace, error) {
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
		workspace.ClearIf(ctx, m.config.Clipboard, isKey(found.key))
	}
	return w, err
}

// HoldInMemory goes on with the key that the keychain did not take, and wipes it
// from the clipboard if it is still there. It is gone when the program ends or is
// locked.
func (m *Manager) HoldInMemory(ctx context.Context) (*workspace.Workspace, error) {
	turn, found, err := m.resume()
	if err != nil {
		return nil, err
	}
	found.instance.InMemory = true
	m.asKept(found)
	m.hold(found)
	workspace.ClearIf(ctx, m.config.Clipboard, isKey(found.key))
	return m.use(turn, found)
}
