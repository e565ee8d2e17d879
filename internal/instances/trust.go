package instances

import (
	"context"
	"slices"

	"understudy/internal/fault"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// Trust pins the addresses at which the instance in use signs in now in place of
// the old ones, and uses it anew. Sign-ins at the old ones prove nothing from then
// on. shown are those that the operator saw: if Clerk
// says others, it fails with fault.InstanceHostChange.
func (m *Manager) Trust(ctx context.Context, shown []string) (*workspace.Workspace, error) {
	w, err := m.Current()
	if err != nil {
		return nil, err
	}
	moved, err := w.Moved(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(moved, shown) || len(shown) == 0 {
		return nil, fault.New(fault.InstanceHostChange, nil)
	}
	id := w.Instance.ID
	if held := m.heldKey(id); held != nil {
		trusting := *held
		trusting.instance.Frontends, trusting.now = moved, nil
		m.hold(&trusting)
	} else if err := m.config.Settings.Update(func(s *settings.Settings) error {
		s.Change(id, func(i *settings.Instance) { i.FrontendAPI = moved })
		return nil
	}); err != nil {
		return nil, err
	}
	m.operators.ForgetProof(id)
	return m.Select(ctx, id)
}
