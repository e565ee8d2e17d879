// Package presence tells when the operator may have left the computer: nobody
// used the window for a while, the computer slept, or the system says that it
// goes to sleep or locks its screen.
//
// Only Linux says so by itself (logind). Sleep is noticed everywhere, when it is
// over: the clock on the wall then went on while the program did not.
package presence

import (
	"context"
	"sync"
	"time"
)

// tick is how often somebody looks whether the time is over. It is also how long
// the users can be on screen after the computer woke up.
const tick = 2 * time.Second

// slept is how much later than expected a tick may come on a busy computer. After a
// longer delay the computer slept, or somebody set the clock.
const slept = 30 * time.Second

// Config is what a Watch stands on. All fields are required.
type Config struct {
	// Limit is the longest time without use of the window, 0 for no limit. It is
	// asked each time, since it may change.
	Limit func() time.Duration
	Now   func() time.Time
	// System calls away when the system says that the operator leaves, until ctx is
	// done. It is [System] except in tests.
	System func(ctx context.Context, away func())
	// Away is called when the operator may have left, again and again as long as
	// nobody is back, from several goroutines.
	Away func()
}

// Watch knows when the window was used last. Its methods may be called from
// several goroutines.
type Watch struct {
	config Config

	mu     sync.Mutex
	used   time.Time
	looked time.Time // zero until Run
}

// New returns a watch on a window that was used just now.
func New(c Config) *Watch { return &Watch{config: c, used: c.Now()} }

// Used tells that somebody uses the window. If they come too late, they count as
// away first: the key press that wakes a computer must not keep it open.
func (w *Watch) Used() {
	w.Look()
	w.Back()
}

// Back tells that the operator is there for certain, as after they unlocked.
func (w *Watch) Back() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.used = w.config.Now()
}

// Look calls Away if the time is over by now. A caller looks before it uses the key,
// so that the limit also holds between two ticks.
func (w *Watch) Look() {
	if w.isAway() {
		w.config.Away()
	}
}

func (w *Watch) isAway() bool {
	limit, now := w.config.Limit(), w.config.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.looked
	if !before.IsZero() {
		w.looked = now
		// Without their monotonic part, which stands still while a computer sleeps.
		if now.Round(0).Sub(before.Round(0)) > tick+slept {
			return true
		}
	}
	return limit > 0 && now.Sub(w.used) >= limit
}

// Run watches until ctx is done.
func (w *Watch) Run(ctx context.Context) {
	w.mu.Lock()
	w.looked = w.config.Now()
	w.mu.Unlock()
	go w.config.System(ctx, w.config.Away)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			w.Look()
		case <-ctx.Done():
			return
		}
	}
}
