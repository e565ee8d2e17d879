package workspace

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// baseOf is the address of the API where an instance or its key was verified, from
// what is kept of that: versions that kept nothing knew Clerk's own alone.
func baseOf(kept string) string { return cmp.Or(kept, clerkapi.PublicURL) }

// storedKey is the key that the keychain has of an instance, or
// fault.InstanceElsewhere if it was verified at another address than the one of
// this run. The settings are asked first, since they ask for no password; the
// keychain is asked too, since anybody can edit the settings.
func (m *Manager) storedKey(ctx context.Context, kept settings.Instance) (secret.Key, error) {
	if base := baseOf(kept.APIURL); base != m.config.APIURL {
		return secret.Key{}, fault.New(fault.InstanceElsewhere, nil).WithMessage(fmt.Sprintf(
			"This instance was connected at %s. Understudy uses %s now, so its key was not sent.", base, m.config.APIURL))
	}
	key, base, err := m.config.Keys.LoadKey(ctx, kept.ID)
	if err != nil {
		return secret.Key{}, err
	}
	if baseOf(base) != m.config.APIURL {
		return secret.Key{}, fault.New(fault.InstanceElsewhere, nil)
	}
	return key, nil
}

// addresses is what Clerk says of where an instance signs in now, asked once for
// as long as a workspace is in use.
type addresses struct {
	turn  chan struct{} // holds one token while Clerk is asked or the answer read
	api   string        // address of the API that is asked
	known bool
	moved []string // nil: they are those that were pinned
}

func newAddresses(found *candidate) addresses {
	a := addresses{turn: make(chan struct{}, 1), api: found.apiURL}
	if found.now != nil {
		a.learn(found.now, found.instance.Frontends)
	}
	return a
}

func (a *addresses) learn(now, pinned []string) {
	a.known, a.moved = true, nil
	if !impersonation.SameFrontends(now, pinned) {
		a.moved = now
	}
}

// Moved are the addresses at which the instance signs in now, nil if they are
// those that were pinned when it was connected. Clerk is asked in the background
// as soon as an instance is in use; who needs to know waits here for the answer.
func (w *Workspace) Moved(ctx context.Context) ([]string, error) { return w.moved(ctx, false) }

// moved is [Workspace.Moved], by what Clerk says now if it is to be asked anew.
func (w *Workspace) moved(ctx context.Context, anew bool) ([]string, error) {
	select {
	case w.addresses.turn <- struct{}{}:
		defer func() { <-w.addresses.turn }()
	case <-ctx.Done():
		return nil, fault.New(fault.Canceled, ctx.Err())
	}
	if anew || !w.addresses.known {
		domains, err := w.client.Domains(ctx)
		if err != nil {
			return nil, err
		}
		now, err := impersonation.Frontends(domains, w.addresses.api)
		if err != nil {
			return nil, err
		}
		w.addresses.learn(now, w.Instance.Frontends)
	}
	return w.addresses.moved, nil
}

// Impersonate creates an actor token once it is known that the instance signs in
// where it did when it was connected: fault.InstanceHostChange if not. That it
// could not be found out is a failure too.
func (w *Workspace) Impersonate(ctx context.Context, r impersonation.Request) (impersonation.Impersonation, error) {
	if err := w.staysPut(ctx, false); err != nil {
		return impersonation.Impersonation{}, err
	}
	return w.Impersonations.Create(ctx, r)
}

// staysPut fails with fault.InstanceHostChange unless the instance is known to sign
// in where it did when it was connected.
func (w *Workspace) staysPut(ctx context.Context, anew bool) error {
	moved, err := w.moved(ctx, anew)
	if err == nil && moved != nil {
		return fault.New(fault.InstanceHostChange, nil)
	}
	return err
}

// Trust pins the addresses at which the instance in use signs in now in place of
// the old ones, and uses it anew. Sign-ins at the old ones prove nothing from then
// on. shown are those that the operator saw: if Clerk
// says others, it fails with fault.InstanceHostChange.
func (m *Manager) Trust(ctx context.Context, shown []string) (*Workspace, error) {
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
	m.proofs.forget(id)
	return m.Select(ctx, id)
}
