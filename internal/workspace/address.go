package workspace

import (
	"context"

	"understudy/internal/fault"
	"understudy/internal/impersonation"
)

// addresses is what Clerk says of where an instance signs in now, asked once for
// as long as a workspace is in use.
type addresses struct {
	turn  chan struct{} // holds one token while Clerk is asked or the answer read
	api   string        // address of the API that is asked
	known bool
	moved []string // nil: they are those that were pinned
}

// newAddresses knows what Clerk just said, nil if it was not asked.
func newAddresses(apiURL string, now, pinned []string) addresses {
	a := addresses{turn: make(chan struct{}, 1), api: apiURL}
	if now != nil {
		a.learn(now, pinned)
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

// AskAddress asks Clerk in the background for what [Workspace.Moved] returns.
func (w *Workspace) AskAddress() {
	go func() { _, _ = w.Moved(w.period()) }() // callers that need the answer get the failure too
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
