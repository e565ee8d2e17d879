package browser

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"time"

	"understudy/internal/fault"
	"understudy/internal/held"
)

// upWithin is how long a browser may take until it obeys its pipes.
const upWithin = 5 * time.Second

// openHeld opens a ticket in a new private window that is held. The failure is
// [held.ErrSilent] if the browser does not obey; nothing of it is left then.
func (b *Browsers) openHeld(ctx context.Context, found installation, v Visit) (held.Window, error) {
	theirs, ours, err := newPipes()
	if err != nil {
		return nil, fault.New(fault.BrowserFailed, err)
	}
	w := newWindow(v.Impersonation)
	b.add(w) // before it is started, so that Close finds it at any moment
	err = b.launchOn(w, found, theirs, func(dir string) []string {
		return found.family.heldArguments(b.Computer.OS, dir, theirs.switches(), isLocal(v.Ticket.Reveal()))
	})
	theirs.close() // the browser has its own
	if err != nil {
		ours.close()
		b.remove(w)
		return nil, err
	}
	holding, err := b.hold(ctx, w, ours, v)
	if err != nil {
		w.close()
		b.follow(w) // before another browser is started in its place
		return nil, err
	}
	w.held, w.byHand = holding, v.Closed
	go b.follow(w)
	return holding, nil
}

// hold takes hold of a browser that was started, within the time that it has.
func (b *Browsers) hold(ctx context.Context, w *window, ours *pipes, v Visit) (*held.Held, error) {
	up, give := context.WithCancelCause(ctx)
	defer give(nil)
	go func() {
		select {
		case <-b.After(upWithin):
			give(held.ErrSilent)
		case <-w.closed:
			give(fault.New(fault.BrowserFailed, errClosed))
		case <-w.process.exited:
			give(errors.Join(held.ErrSilent, errExited))
		case <-up.Done():
		}
	}()
	return held.Hold(up, ours.in, ours.out, held.Visit{
		Ticket: v.Ticket, Rules: v.Rules, Mode: v.Mode, Land: v.Land, Mark: v.Mark, Now: b.Now,
	}, v.Watcher)
}

// isLocal reports whether a ticket leads to this computer or its network, as while
// an app is developed.
func isLocal(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return isThisComputer(u.Hostname()) || err == nil && ip.IsPrivate()
}
