// Package browser opens tickets in the browsers of this computer.
//
// A browser that allows it gets a window of its own for each impersonation, in a
// fresh profile folder and in private mode. So the operator's own sessions are
// untouched and nothing stays behind. The default browser and Safari cannot do that
// and say so.
//
// Pure code decides, and can be tested for every OS on every OS. find*.go find
// the installed browsers. One file for each family of browsers says how they are
// started.
//
// Browsers of the family of Chromium are held by pipes, see package held. The others
// run by themselves once they have the ticket.
//
// Other files act. window.go and process*.go start and end programs. left.go ends
// those of earlier runs, which birth_*.go recognizes. profile.go makes and wipes
// folders. shared.go tells the browsers that are in use already. handoff.go passes
// a ticket on without writing it into an argument list. Nothing here goes through a
// shell, and no error or log holds an address or an argument list.
//
// Package impersonation decides which tickets are safe to open, before it calls
// this package.
package browser

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/loopback"
	"understudy/internal/secret"
	"understudy/internal/sentence"
	"understudy/internal/viewonly"
)

// Default is the id of the system's default browser.
const Default = "default"

// Browser is one way to open a ticket.
type Browser struct {
	ID   string // stays the same: "firefox", "chrome", "default"
	Name string // "" of the default browser
	// Isolated: the operator's own sessions are untouched.
	Isolated bool
	// Barrier is why a policy of this computer lets nothing be opened there; zero: it can.
	Barrier sentence.Sentence
	// Unheld is why changes cannot be held back there, "" if they can.
	Unheld Unheld
}

// Visit is one impersonation that is to be opened.
type Visit struct {
	Impersonation string // its id
	Ticket        secret.TicketURL
	// Required: it is not opened in a browser that cannot be held.
	Required bool
	Mode     viewonly.Mode
	Rules    viewonly.Rules
	Land     string // a path of the app, see [held.Visit]
	Mark     held.Mark
	Watcher  held.Watcher // of a browser that is held
	// Stolen is called, at most once and on a goroutine of its own, when somebody
	// else than the browser asked for the ticket.
	Stolen func()
	// Closed is called, at most once and after Open has succeeded, when a window of
	// its own was closed and not by [Browsers.Close]: its profile, and with it every
	// cookie, is gone then. Of a browser whose process only stands for another one
	// that is not known.
	Closed func()
}

// Config is what Browsers stand on. All fields are required.
type Config struct {
	Computer Computer
	Network  loopback.Network
	// ProfileDir is the folder that profile folders are made in. It is made for
	// this user only. Browsers that may not read there have one of their own.
	ProfileDir string
	Random     io.Reader
	Now        func() time.Time
	After      func(time.Duration) <-chan time.Time
}

// Browsers are the browsers of this computer. It is safe for concurrent use.
type Browsers struct {
	Config

	mu      sync.Mutex
	windows map[*window]struct{}
	opened  map[string]struct{} // the impersonations that this run opened windows for
}

// New returns the browsers of this computer, without looking at it yet.
func New(c Config) *Browsers {
	return &Browsers{Config: c, windows: map[*window]struct{}{}, opened: map[string]struct{}{}}
}

// List looks for the ways to open a ticket, those that are isolated first and then
// the default browser, so that there is always at least one. Browsers that cannot
// open any come last, with their barrier.
func (b *Browsers) List() []Browser {
	var all, barred []Browser
	for _, found := range find(b.Computer) {
		one := Browser{ID: found.id, Name: found.name, Isolated: found.isolated, Barrier: found.barrier, Unheld: found.unheld}
		if found.barrier.IsZero() {
			all = append(all, one)
		} else {
			barred = append(barred, one)
		}
	}
	return append(append(all, Browser{ID: Default, Unheld: ByKind}), barred...)
}

var (
	errUnknown = errors.New("browser: not installed")
	errBarred  = errors.New("browser: barred by policy")
)

// Open opens a ticket in the browser with that id. It returns when the browser has
// it: through its pipes if it is held, else by asking for it. The ticket stands in
// no argument list, whichever browser that is. The window is nil if the browser is
// not held.
//
// Failures are fault.BrowserMissing, fault.BrowserFailed, fault.BrowserUnheld and,
// where no port could be opened, fault.HandoffFailed; nothing is left running then.
func (b *Browsers) Open(ctx context.Context, id string, v Visit) (held.Window, error) {
	if err := ctx.Err(); err != nil {
		return nil, err //nolint:wrapcheck // the caller's own
	}
	if id == Default {
		return nil, b.openShared(ctx, b.openDefault, v)
	}
	installed := find(b.Computer)
	i := slices.IndexFunc(installed, func(found installation) bool { return found.id == id })
	switch {
	case i < 0:
		return nil, fault.New(fault.BrowserMissing, errUnknown).Saying(sentence.Of("browser_missing.gone"))
	case !installed[i].barrier.IsZero():
		return nil, fault.New(fault.BrowserFailed, errBarred).Saying(installed[i].barrier)
	case !installed[i].isolated:
		return nil, b.openShared(ctx, b.in(installed[i]), v)
	case installed[i].unheld == "":
		window, err := b.openHeld(ctx, installed[i], v)
		if !errors.Is(err, held.ErrSilent) || v.Required {
			return window, err
		}
	}
	return nil, b.openWindow(ctx, installed[i], v)
}

// Close ends the windows that an impersonation was opened in, by this run of the
// program or an earlier one, and wipes their profiles. It returns at once, see [Browsers.Wait]; a browser that is not
// isolated is left alone.
func (b *Browsers) Close(impersonation string) {
	b.mu.Lock()
	_, own := b.opened[impersonation]
	for w := range b.windows {
		if w.impersonation == impersonation {
			own = true
			w.close()
		}
	}
	b.mu.Unlock()
	if !own {
		b.closeLeft(impersonation)
	}
}

// Wait returns when every window that was told to close is gone and wiped, or
// when the context ends.
func (b *Browsers) Wait(ctx context.Context) {
	b.mu.Lock()
	all := make([]*window, 0, len(b.windows))
	for w := range b.windows {
		if w.isClosing() {
			all = append(all, w)
		}
	}
	b.mu.Unlock()
	for _, w := range all {
		select {
		case <-w.gone:
		case <-ctx.Done():
			return
		}
	}
}

// Sweep wipes the profile folders that earlier runs left behind, for example
// because the computer was switched off.
func (b *Browsers) Sweep() {
	for _, dir := range b.bases() {
		sweep(dir, b.Now())
	}
}
