package bridge

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"time"

	"understudy/internal/fault"
	"understudy/internal/journal"
)

// Calls is the one place that every call of the window passes. It recovers from
// panics, writes the call into the journal, and keeps what is needed to cancel it:
// nothing of a context crosses the bridge, so the window names its calls and Go
// remembers their cancel functions.
type Calls struct {
	Journal *slog.Logger
	Now     func() time.Time
	NewID   func() string

	mu      sync.Mutex
	cancels map[string]*context.CancelFunc
}

// Enter begins a call of a bound method under the window's name for it, as [Calls.Begin]
// does. The context says to the journal which call its lines belong to. Defer exit with
// the error that the method returns:
//
//	ctx, exit := calls.Enter(parent, requestID)
//	defer exit(&err)
//
// It turns a panic into an error, without which the promise in the window would stay
// pending for ever, and gives every failure the id of the call.
func (c *Calls) Enter(parent context.Context, requestID string) (ctx context.Context, exit func(*error)) {
	id, method, began := c.NewID(), boundMethod(), c.Now()
	ctx, done := c.Begin(journal.WithCall(parent, id), requestID)
	return ctx, func(err *error) {
		done()
		if thrown := recover(); thrown != nil {
			*err = fault.Panicked(thrown)
		}
		attributes := []slog.Attr{slog.String("method", method), slog.Int64("ms", c.Now().Sub(began).Milliseconds())}
		level := slog.LevelInfo
		if failure := fault.From(*err); failure != nil {
			failure = failure.WithCall(id)
			*err = failure
			attributes = append(attributes, slog.Any("fault", failure))
			if failure.Code != fault.Canceled {
				level = slog.LevelWarn
			}
		}
		c.Journal.LogAttrs(ctx, level, "call", attributes...)
	}
}

// boundMethod is the name of the exported method of App that is being called, ""
// outside of one.
func boundMethod() string {
	counters := make([]uintptr, 16)
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters)])
	for {
		frame, more := frames.Next()
		if _, name, of := strings.Cut(frame.Function, ".(*App)."); of && name[0] >= 'A' && name[0] <= 'Z' {
			name, _, _ = strings.Cut(name, ".")
			return name
		}
		if !more {
			return ""
		}
	}
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
