package browser

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// patience is how long a browser that was asked to end may take.
const patience = 5 * time.Second

var (
	errExited = errors.New("browser: ended before it asked for the ticket")
	errClosed = errors.New("browser: closed before it asked for the ticket")
)

// window is a browser that runs on a profile folder of its own.
type window struct {
	impersonation string
	process       *process
	profile       *profile
	handoff       *handoff // nil where there is no loopback
	byHand        func()   // told when it was closed by hand; nil where that is not known

	closing sync.Once
	closed  chan struct{} // closed when the window is to end
	gone    chan struct{} // closed when it has, and its folder is wiped
}

func (w *window) close() { w.closing.Do(func() { close(w.closed) }) }

func (w *window) isClosing() bool {
	select {
	case <-w.closed:
		return true
	default:
		return false
	}
}

// openWindow opens a ticket in a new private window on a fresh profile.
func (b *Browsers) openWindow(ctx context.Context, found installation, impersonation string, ticket secret.TicketURL, stolen, byHand func()) error {
	w := &window{impersonation: impersonation, closed: make(chan struct{}), gone: make(chan struct{})}
	if len(found.before) == 0 { // else another program stands before the browser
		w.byHand = byHand
	}
	b.add(w) // before it is started, so that Close finds it at any moment
	if err := b.start(w, found, ticket, stolen); err != nil {
		b.remove(w)
		return fault.New(fault.BrowserFailed, err)
	}
	go b.follow(w)
	if err := b.delivered(ctx, w); err != nil {
		w.close()
		return err
	}
	return nil
}

// start makes the profile and the hand-off, and starts the browser on them.
func (b *Browsers) start(w *window, found installation, ticket secret.TicketURL, stolen func()) error {
	base := found.profiles
	if base == "" {
		base = b.ProfileDir
	}
	fresh, err := newProfile(base, w.impersonation, found.family.files(), b.Random, b.Now())
	if err != nil {
		return err
	}
	address, offered := b.addressFor(ticket, stolen)
	args := slices.Concat(found.before, found.family.arguments(b.Computer.OS, fresh.dir(), address))
	running, err := launch(found.program, args, fresh.marker)
	if err != nil {
		if offered != nil {
			offered.end()
		}
		fresh.release()
		fresh.wipe(b.After)
		return err
	}
	fresh.runs(running.pid)
	w.process, w.profile, w.handoff = running, fresh, offered
	return nil
}

func (b *Browsers) add(w *window) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.windows[w] = struct{}{}
	b.opened[w.impersonation] = struct{}{}
}

func (b *Browsers) remove(w *window) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.windows, w)
	close(w.gone)
}

// openShared opens a ticket in a browser that the operator uses already.
func (b *Browsers) openShared(found installation, ticket secret.TicketURL, stolen func()) error {
	address, offered := b.addressFor(ticket, stolen)
	err := b.run(found.program, found.family.arguments(b.Computer.OS, "", address))
	if err != nil && offered != nil {
		offered.end()
	}
	return err
}

// addressFor is the address to start a browser with: that of a hand-off, or the
// ticket itself where no port can be opened, for an operator who is let down by
// a firewall still has to get in.
func (b *Browsers) addressFor(ticket secret.TicketURL, stolen func()) (string, *handoff) {
	offered, err := b.offer(ticket, stolen)
	if err != nil {
		return ticket.Reveal(), nil
	}
	return offered.address(), offered
}

// delivered waits until the browser has the ticket, or will not have it.
func (b *Browsers) delivered(ctx context.Context, w *window) error {
	if w.handoff == nil {
		return w.survives(ctx, b.After(grace))
	}
	var failure error
	select {
	case <-w.handoff.taken:
	case <-ctx.Done():
		failure = ctx.Err()
	case <-w.closed:
		failure = fault.New(fault.BrowserFailed, errClosed)
	case <-w.process.exited:
		failure = fault.New(fault.BrowserFailed, errExited)
	case <-w.handoff.over:
		failure = w.handoff.failure()
	}
	if w.handoff.wasGiven() { // whatever else happened in the same moment
		return nil
	}
	return failure
}

// survives waits for the end of the grace period.
func (w *window) survives(ctx context.Context, end <-chan time.Time) error {
	select {
	case <-end:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the caller's own
	case <-w.closed:
		return fault.New(fault.BrowserFailed, errClosed)
	case <-w.process.exited:
		return fault.New(fault.BrowserFailed, errExited)
	}
}

// follow waits for the end of a window, brings it about when it is told to, and
// wipes the profile.
func (b *Browsers) follow(w *window) {
	byHand := false
	select {
	case <-w.process.exited:
		byHand = !w.isClosing() && w.hadTicket()
	case <-w.closed:
		w.process.terminate()
		select {
		case <-w.process.exited:
		case <-b.After(patience):
		}
	}
	w.close()
	w.process.kill() // what is left of it would go on writing to the folder
	<-w.process.exited
	if w.handoff != nil {
		w.handoff.end()
	}
	runsOn := w.profile.release()
	w.profile.wipe(b.After)
	if byHand && !runsOn && w.byHand != nil {
		w.byHand() // before it counts as gone, so that the end of the program waits for it
	}
	b.remove(w)
}

// hadTicket reports whether the browser is known to have got what it was started
// for.
func (w *window) hadTicket() bool { return w.handoff != nil && w.handoff.wasGiven() }
