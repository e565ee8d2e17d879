package desktop

import "sync"

// ClosingEvent asks the page whether the window may close; it has no data.
const ClosingEvent = "closing"

// Closing decides whether the window may close. While something runs the page
// is asked first, once: a page that does not answer, or is not there, must not
// trap the operator, so the next attempt succeeds.
type Closing struct {
	running func() bool
	ask     func()

	mu      sync.Mutex
	asked   bool
	leaving bool
}

// NewClosing returns a decision that depends on what runs. ask is called on a
// goroutine of its own: the attempt to close may hold the thread that ask needs.
func NewClosing(running func() bool, ask func()) *Closing {
	return &Closing{running: running, ask: ask}
}

// Prevent reports whether the window has to stay open for now, and asks the
// page if so.
func (c *Closing) Prevent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.leaving || c.asked || !c.running() {
		return false
	}
	c.asked = true
	go c.ask()
	return true
}

// Leave lets the window close.
func (c *Closing) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leaving = true
}

// Stay forgets that it was asked: the next attempt asks again.
func (c *Closing) Stay() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = false
}
