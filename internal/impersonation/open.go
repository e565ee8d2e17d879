package impersonation

import (
	"context"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// Open opens the ticket in a browser. It can be tried again, with another
// browser too, for as long as the link works and nobody used it.
func (s *Service) Open(ctx context.Context, id, browser string) (Impersonation, error) {
	it, err := s.usable(id)
	if err != nil {
		return Impersonation{}, err
	}
	it.busy.Lock()
	defer it.busy.Unlock()
	s.change(it, func(i *Impersonation) { i.Browser = browser })
	stolen := func() { s.endStolen(detached(ctx), it) }
	closed := func() { s.windowClosed(detached(ctx), it) }
	if err := s.Opener.Open(ctx, browser, id, it.ticket, stolen, closed); err != nil {
		if logErr := s.record(detached(ctx), it, audit.Failed, audit.Result{Code: string(fault.CodeOf(err))}); logErr != nil {
			return Impersonation{}, logErr
		}
		return Impersonation{}, err
	}
	it.places++
	if err := s.record(detached(ctx), it, audit.Opened, audit.Result{}); err != nil {
		return Impersonation{}, s.unrecorded(ctx, it, err)
	}
	return s.snapshot(it), nil
}

// endStolen ends what may be in other hands. If Clerk cannot be reached, the
// checks of [Service.Live] try again.
func (s *Service) endStolen(ctx context.Context, it *item) {
	s.mu.Lock()
	it.stolen = true
	s.mu.Unlock()
	it.busy.Lock()
	defer it.busy.Unlock()
	_, _ = s.end(ctx, it, Stolen)
}

// windowClosed asks Clerk how things stand once nothing is left of the browser.
// Nobody can use a session whose cookies are gone, so it is ended. If Clerk
// cannot be reached, the checks of [Service.Live] try again.
func (s *Service) windowClosed(ctx context.Context, it *item) {
	it.busy.Lock()
	defer it.busy.Unlock()
	it.left++
	if sessions, err := s.sessionsOf(ctx, it); err == nil {
		_ = s.update(ctx, it, sessions)
	}
}

// abandoned reports whether every place that had the ticket is gone. The caller
// holds it.busy.
func (it *item) abandoned() bool { return it.places > 0 && it.left == it.places }

// CopyLink puts the ticket on the clipboard and takes it off again when the
// link runs out, unless something else was copied since.
func (s *Service) CopyLink(ctx context.Context, id string) error {
	it, err := s.usable(id)
	if err != nil {
		return err
	}
	it.busy.Lock()
	defer it.busy.Unlock()
	if err := s.record(ctx, it, audit.Copied, audit.Result{}); err != nil {
		return err
	}
	if err := s.Clipboard.WriteTicket(ctx, it.ticket); err != nil {
		return err
	}
	it.places++ // and it will not be known when that is gone
	left := s.snapshot(it).LinkExpiresAt.Sub(s.Now())
	// What waits holds the ticket alone: the service has a key, which must be able
	// to leave the memory before.
	clipboard, ticket, later := s.Clipboard, it.ticket, detached(ctx)
	s.AfterFunc(left, func() { clipboard.ClearTicket(later, ticket) })
	return nil
}

// usable returns an impersonation whose link may still be opened.
func (s *Service) usable(id string) (*item, error) {
	it, err := s.find(id)
	if err != nil {
		return nil, err
	}
	now := s.snapshot(it)
	switch {
	case now.State == Live:
		return nil, fault.New(fault.LinkUsed, nil)
	case now.State != Pending || it.ticket.IsZero():
		return nil, fault.New(fault.LinkExpired, nil)
	case s.linkOver(it):
		return nil, fault.New(fault.LinkExpired, nil)
	}
	return it, nil
}

// unrecorded ends what was opened but could not be recorded.
func (s *Service) unrecorded(ctx context.Context, it *item, cause error) error {
	if _, err := s.end(detached(ctx), it, ByOperator); err != nil {
		return fault.New(fault.AuditUnwritable, cause).
			WithMessage("The browser opened, but the record could not be written and the impersonation could not be ended. End it under Live.")
	}
	return fault.New(fault.AuditUnwritable, cause).
		WithMessage("The record could not be written, so the impersonation was ended again.")
}
