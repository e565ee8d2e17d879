package browser

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"understudy/internal/fault"
	"understudy/internal/held"
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
	handoff       *handoff   // nil if it is held, or was opened by an earlier run
	held          *held.Held // nil if it is not
	byHand        func()     // told when it was closed by hand; nil where that is not known

	closing sync.Once
	closed  chan struct{} // closed when the window is to end
	gone    chan struct{} // closed when it has, and its folder is wiped
}

func newWindow(impersonation string) *window {
	return &window{impersonation: impersonation, closed: make(chan struct{}), gone: make(chan struct{})}
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
func (b *Browsers) openWindow(ctx context.Context, found installation, v Visit) error {
	if v.Required {
		return fault.New(fault.BrowserUnheld, nil)
	}
	w := newWindow(v.Impersonation)
	if len(found.before) == 0 { // else another program stands before the browser
		w.byHand = v.Closed
	}
	b.add(w) // before it is started, so that Close finds it at any moment
	if err := b.start(w, found, v); err != nil {
		b.remove(w)
		return err
	}
	go b.follow(w)
	if err := w.handoff.delivered(ctx, w.closed, w.process.exited); err != nil {
		w.close()
		return err
	}
	return nil
}

// start makes the hand-off and the profile, and starts the browser on them.
func (b *Browsers) start(w *window, found installation, v Visit) error {
	offered, err := b.offer(v.Ticket.Reveal, v.Stolen)
	if err != nil {
		return err
	}
	w.handoff = offered
	err = b.launchOn(w, found, nil, func(dir string) []string {
		return found.family.arguments(b.Computer.OS, dir, offered.address())
	})
	if err != nil {
		offered.end()
	}
	return err
}

// launchOn makes a profile and starts the browser on it, with those arguments.
func (b *Browsers) launchOn(w *window, found installation, theirs *pipes, arguments func(dir string) []string) error {
	base := found.profiles
	if base == "" {
		base = b.ProfileDir
	}
	fresh, err := newProfile(base, w.impersonation, found.family.files(), b.Random, b.Now())
	if err != nil {
		return fault.New(fault.BrowserFailed, err)
	}
	args := slices.Concat(found.before, arguments(fresh.dir()))
	running, err := launch(found.program, args, fresh.marker, theirs)
	if err != nil {
		fresh.release()
		fresh.wipe(b.After)
		return fault.New(fault.BrowserFailed, err)
	}
	fresh.runs(running.pid)
	w.process, w.profile = running, fresh
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

// follow waits for the end of a window, brings it about when it is told to, and
// wipes the profile.
func (b *Browsers) follow(w *window) {
	byHand := false
	select {
	case <-w.process.exited:
		byHand = !w.isClosing() && w.hadTicket()
	case <-w.closed:
		w.askToEnd()
		select {
		case <-w.process.exited:
		case <-b.After(patience):
		}
	}
	w.close()
	w.process.kill() // its remaining processes would go on writing to the folder
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

func (w *window) askToEnd() {
	if w.held != nil {
		w.held.Close()
		return
	}
	w.process.terminate()
}

// hadTicket reports whether the browser is known to have got what it was started
// for.
func (w *window) hadTicket() bool {
	return w.held != nil || w.handoff != nil && w.handoff.wasGiven()
}
