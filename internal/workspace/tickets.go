package workspace

import (
	"context"

	"understudy/internal/impersonation"
	"understudy/internal/settings"
)

// OpenTicket opens the ticket of an impersonation and remembers in which
// browser, for the next one in this instance.
func (w *Workspace) OpenTicket(ctx context.Context, id, browser string) (impersonation.Impersonation, error) {
	opened, err := w.Impersonations.Open(ctx, id, browser)
	if err != nil || w.Browser() == browser {
		return opened, err
	}
	w.mu.Lock()
	w.browser = browser
	w.mu.Unlock()
	// Settings that cannot be written must not undo what was opened.
	_ = w.keep(func(i *settings.Instance) { i.Browser = browser })
	return opened, nil
}

// Browser is the id of the browser that the last ticket of this instance was
// opened in, "" before the first one.
func (w *Workspace) Browser() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.browser
}
