package impersonation

import (
	"context"

	"understudy/internal/browser"
	"understudy/internal/held"
	"understudy/internal/viewonly"
)

// open opens the ticket in a browser, and holds the browser if it can be held.
func (s *Service) open(ctx context.Context, it *item, browserID string) error {
	later := detached(ctx)
	window, err := s.Opener.Open(ctx, browserID, browser.Visit{
		Impersonation: it.ID, Ticket: it.ticket, Mode: viewonly.AllowChanges, Watcher: watch{},
		Mark:   held.Mark{Operator: s.Operator().Name, User: it.UserName},
		Stolen: func() { s.endStolen(later, it) },
		Closed: func() { s.windowClosed(later, it) },
	})
	_ = window
	return err
}

// watch takes in what is seen in a browser that is held.
type watch struct{}

func (watch) SignedIn(held.SignIn)     {}
func (watch) Page(string)              {}
func (watch) Sent(string, string, int) {}
func (watch) HeldBack(string, string)  {}
func (watch) Disconnected(string)      {}
func (watch) Downloaded(string, int64) {}
func (watch) Asked(held.Ask)           {}
