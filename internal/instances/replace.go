package instances

import (
	"context"

	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// ReplaceKeyFromClipboard puts the key on the clipboard in the place of the one
// that an instance has, and wipes it from there. The old one stays until the new
// one is verified, stored and read back. fault.KeyOfAnother: it opens another
// instance.
func (m *Manager) ReplaceKeyFromClipboard(ctx context.Context, id string) (workspace.Instance, error) {
	return pasted(ctx, m.config.Clipboard, func(ctx context.Context, key string) (workspace.Instance, error) {
		return m.replaceKey(ctx, id, key)
	})
}

func (m *Manager) replaceKey(ctx context.Context, id, pasted string) (workspace.Instance, error) {
	if err := m.config.Settings.Refusal(); err != nil {
		return workspace.Instance{}, err
	}
	key, err := secret.ParseKey(pasted)
	if err != nil {
		return workspace.Instance{}, err
	}
	held := m.heldKey(id)
	var old secret.Key // none if the keychain has lost it
	if held == nil {
		kept, known := m.config.Settings.Get().Instance(id)
		if !known {
			return workspace.Instance{}, fault.New(fault.InstanceUnknown, nil)
		}
		old, err = m.storedKey(ctx, kept)
		if err != nil && fault.CodeOf(err) != fault.KeychainNoKey {
			return workspace.Instance{}, err
		}
	}
	found, err := m.verify(ctx, key, m.config.APIURL)
	if err != nil {
		return workspace.Instance{}, err
	}
	if found.instance.ID != id {
		return workspace.Instance{}, fault.New(fault.KeyOfAnother, nil)
	}
	if held != nil {
		found.instance.InMemory, found.instance.Frontends = true, held.instance.Frontends
		found.instance.Name, found.instance.Color = held.instance.Name, held.instance.Color
		m.hold(found)
	} else {
		if err := m.exchange(ctx, found, old); err != nil {
			return workspace.Instance{}, err
		}
		m.asKept(found)
		if err := m.config.Settings.Update(func(s *settings.Settings) error {
			s.Change(id, func(i *settings.Instance) { i.KeyHint, i.Fingerprint = key.Hint(), key.Fingerprint() })
			return nil
		}); err != nil {
			return workspace.Instance{}, err
		}
	}
	return found.instance, m.renew(found)
}

// exchange keeps a new key of an instance in the keychain. If it is not taken, the
// old one is put back.
func (m *Manager) exchange(ctx context.Context, found *candidate, old secret.Key) error {
	err := m.config.Keys.SaveKey(ctx, found.instance.ID, found.key, found.apiURL)
	if err != nil && !old.IsZero() {
		// Also when nobody waits any more: an instance without a key is worse.
		_ = m.config.Keys.SaveKey(context.WithoutCancel(ctx), found.instance.ID, old, found.apiURL)
	}
	return err
}

// renew uses a key in the place of the one before if its instance is in use.
func (m *Manager) renew(found *candidate) error {
	m.mu.Lock()
	turn, isCurrent := m.turn, m.current != nil && m.current.Instance.ID == found.instance.ID
	m.mu.Unlock()
	if !isCurrent {
		return nil // it is used when the instance is
	}
	if _, err := m.use(turn, found); err != nil {
		return err
	}
	if m.config.OnAnswer != nil {
		m.config.OnAnswer()
	}
	return nil
}
