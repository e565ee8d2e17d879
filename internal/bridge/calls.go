package bridge

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"understudy/internal/fault"
)

// Calls keeps what is needed to cancel a call from the window: nothing of a
// context crosses the bridge, so the window names its calls and Go remembers
// their cancel functions. The zero value is ready to use.
type Calls struct {
	mu      sync.Mutex
	cancels map[string]*context.CancelFunc
}

// Begin starts a call under the window's name for it; an empty name cannot be
// cancelled. A call of the same name that is still running is cancelled: the
// newer one wins. done must be called when the call is over.
func (c *Calls) Begin(parent context.Context, id string) (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancel(parent)
	if id == "" {
		return ctx, cancel
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancels == nil {
		c.cancels = map[string]*context.CancelFunc{}
	}
	if older, ok := c.cancels[id]; ok {
		(*older)()
	}
	mine := &cancel
	c.cancels[id] = mine
	return ctx, func() {
		cancel()
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.cancels[id] == mine {
			delete(c.cancels, id)
		}
	}
}

// Cancel stops the call of that name. Stopping one that is over does nothing.
func (c *Calls) Cancel(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel, ok := c.cancels[id]; ok {
		(*cancel)()
	}
}

// Recover turns a panic of a bound method into an error: without it the promise
// in the window would stay pending for ever. Use it as
//
//	defer bridge.Recover(&err)
//
// What was thrown may quote outside data, so only the stack is kept.
func Recover(err *error) {
	if thrown := recover(); thrown != nil {
		*err = fault.New(fault.Internal, fmt.Errorf("%w: %T\n%s", errPanic, thrown, debug.Stack()))
	}
}

var errPanic = errors.New("panic")
