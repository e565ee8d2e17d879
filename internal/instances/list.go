package instances

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// Instances lists the connected instances. The order is that of the settings, which is
// the operator's. Instances held in memory for this run follow, by id, and the sample
// is last, if it is in use.
func (m *Manager) Instances() []workspace.Instance {
	m.mu.Lock()
	defer m.mu.Unlock()
	held := maps.Clone(m.held)
	var all []workspace.Instance
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
