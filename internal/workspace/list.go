package workspace

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// Instances lists what is connected here: what the settings keep, in the
// operator's order, then what is held in memory for this run.
func (m *Manager) Instances() []Instance {
	m.mu.Lock()
	defer m.mu.Unlock()
	held := maps.Clone(m.held)
	var all []Instance
	for _, kept := range m.config.Settings.Get().Instances {
		instance := fromSettings(kept)
		if h := held[kept.ID]; h != nil {
			instance = h.instance
			delete(held, kept.ID)
		}
		all = append(all, instance)
	}
	for _, h := range slices.SortedFunc(maps.Values(held), func(a, b *candidate) int { return cmp.Compare(a.instance.ID, b.instance.ID) }) {
		all = append(all, h.instance)
	}
	if m.current != nil && m.current.Instance.Sample {
		all = append(all, m.current.Instance)
	}
	return all
}

// Selected is the id of the instance that was used last, "" before any was.
func (m *Manager) Selected() string { return m.config.Settings.Get().Selected }

// Settings are those of the workspace in use: the sample has its own.
func (m *Manager) Settings() *settings.Store {
	if w, err := m.Current(); err == nil {
		return w.Settings()
	}
	return m.config.Settings
}

// Describe gives an instance another name and colour, a name of the window's or
// "" for the colour of its environment. An empty name is fault.SettingInvalid.
func (m *Manager) Describe(id, name, color string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return fault.New(fault.SettingInvalid, nil)
	}
	known := false
	err := m.config.Settings.Update(func(s *settings.Settings) error {
		known = s.Change(id, func(i *settings.Instance) { i.Name, i.Color = name, color })
		return nil
	})
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if before := m.held[id]; before != nil {
		described := *before
		described.instance.Name, described.instance.Color = name, color
		m.held[id], known = &described, true
	}
	if !known {
		return fault.New(fault.InstanceUnknown, nil)
	}
	return nil
}

// Move puts an instance that many places further down the list, or up if by is
// negative, at most to its end. One whose key is held in memory has no place.
func (m *Manager) Move(id string, by int) error {
	return m.config.Settings.Update(func(s *settings.Settings) error {
		at := slices.IndexFunc(s.Instances, func(i settings.Instance) bool { return i.ID == id })
		if at < 0 {
			return fault.New(fault.InstanceUnknown, nil)
		}
		moved := s.Instances[at]
		to := min(max(at+by, 0), len(s.Instances)-1)
		s.Instances = slices.Insert(slices.Delete(s.Instances, at, at+1), to, moved)
		return nil
	})
}

// ReplaceKeyFromClipboard puts the key on the clipboard in the place of the one
// that an instance has, and wipes it from there. The old one stays until the new
// one is verified, stored and read back. fault.KeyOfAnother: it opens another
// instance.
func (m *Manager) ReplaceKeyFromClipboard(ctx context.Context, id string) (Instance, error) {
	return pasted(ctx, m.config.Clipboard, func(ctx context.Context, key string) (Instance, error) {
		return m.replaceKey(ctx, id, key)
	})
}

func (m *Manager) replaceKey(ctx context.Context, id, pasted string) (Instance, error) {
	if err := m.config.Settings.Refusal(); err != nil {
		return Instance{}, err
	}
	key, err := secret.ParseKey(pasted)
	if err != nil {
		return Instance{}, err
	}
	held := m.heldKey(id)
	var old secret.Key // none if the keychain has lost it
	if held == nil {
		kept, known := m.config.Settings.Get().Instance(id)
		if !known {
			return Instance{}, fault.New(fault.InstanceUnknown, nil)
		}
		old, err = m.storedKey(ctx, kept)
		if err != nil && fault.CodeOf(err) != fault.KeychainNoKey {
			return Instance{}, err
		}
	}
	found, err := m.verify(ctx, key, m.config.APIURL)
	if err != nil {
		return Instance{}, err
	}
	if found.instance.ID != id {
		return Instance{}, fault.New(fault.KeyOfAnother, nil)
	}
	if held != nil {
		found.instance.InMemory, found.instance.Frontends = true, held.instance.Frontends
		found.instance.Name, found.instance.Color = held.instance.Name, held.instance.Color
		m.hold(found)
	} else {
		if err := m.exchange(ctx, found, old); err != nil {
			return Instance{}, err
		}
		m.asKept(found)
		if err := m.config.Settings.Update(func(s *settings.Settings) error {
			s.Change(id, func(i *settings.Instance) { i.KeyHint, i.Fingerprint = key.Hint(), key.Fingerprint() })
			return nil
		}); err != nil {
			return Instance{}, err
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
