package workspace

import (
	"context"

	"understudy/internal/fault"
)

// period is the time during which a workspace is in use, once.
type period struct {
	context.Context //nolint:containedctx // a stretch of time is what it stands for
	end             context.CancelCauseFunc
}

func newPeriod() period {
	ctx, end := context.WithCancelCause(context.Background())
	return period{ctx, end}
}

// Enter begins to use a workspace, for the first time or again.
func (w *Workspace) Enter() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.use = newPeriod()
}

// Leave stops what is asked of a workspace. why is what its calls fail with.
func (w *Workspace) Leave(why fault.Code) {
	w.period().end(fault.New(why, nil))
}

func (w *Workspace) period() period {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.use
}

// During runs a call on a workspace for as long as that is in use. When another
// one takes its place, or Understudy is locked, a call that may be stopped is
// stopped, and what any call still answers is thrown away: so no user of one
// instance is ever shown in another.
//
// A call that changes something at Clerk is not to be stopped: its outcome must get
// into the audit log.
func During[T any](ctx context.Context, w *Workspace, mayStop bool, call func(context.Context, *Workspace) (T, error)) (T, error) {
	use := w.period()
	if mayStop {
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(use, cancel)()
	}
	result, err := call(ctx, w)
	if use.Err() != nil {
		var nothing T
		return nothing, context.Cause(use) //nolint:wrapcheck // a fault of Leave's
	}
	return result, err
}
