package instances

import (
	"slices"

	"understudy/internal/fault"
	"understudy/internal/history"
	"understudy/internal/impersonation"
)

// History returns the history of the sample workspace while that is in use, else the
// one of the real instances, whether or not one is in use. It needs no key, but it
// holds what users wrote to the operator: while Understudy is locked it fails with
// fault.Locked.
func (m *Manager) History() (*history.History, error) {
	switch w, err := m.Current(); fault.CodeOf(err) {
	case "":
		return w.History, nil
	case fault.NotConnected:
		return m.openHistory()
	default:
		return nil, err
	}
}

// openHistory opens the history of the real instances once for the whole run.
func (m *Manager) openHistory() (*history.History, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.history != nil {
		return m.history, nil
	}
	opened, err := history.Open(m.config.AuditDir, m.config.Vault, m.config.Now, m.config.NewID())
	if err != nil {
		return nil, err
	}
	m.history = opened
	return opened, nil
}

// Running is how many impersonations of the instance in use, or of the one that
// is locked, are not known to be over. Nobody is asked.
func (m *Manager) Running() int {
	if what, locked := m.Locked(); locked {
		return len(slices.DeleteFunc(slices.Clone(what.Running), func(i impersonation.Impersonation) bool {
			return !m.config.Now().Before(i.SessionEndsAt)
		}))
	}
	w, err := m.Current()
	if err != nil {
		return 0
	}
	return w.Impersonations.Running()
}
