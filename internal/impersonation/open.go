package impersonation

import (
	"context"

	"understudy/internal/audit"
	"understudy/internal/fault"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

// Open opens the ticket in a browser. It can be tried again, with another
// browser too, for as long as the link works and nobody used it.
func (s *Service) Open(ctx context.Context, id, browser string) (Impersonation, error) {
	it, err := s.find(id)
	if err != nil {
		return Impersonation{}, err
	}
	it.busy.Lock()
	defer it.busy.Unlock()
	if err := s.usable(ctx, it); err != nil {
		return Impersonation{}, err
	}
	s.change(it, func(i *Impersonation) { i.Browser = browser })
	if err := s.open(ctx, it, browser); err != nil {
		return Impersonation{}, s.failed(ctx, it, err)
	}
	it.places++
	if err := s.record(detached(ctx), it, audit.Opened, audit.Result{}); err != nil {
		return Impersonation{}, s.endUnrecorded(ctx, it, err)
	}
	return s.snapshot(it), nil
}

// stillAllowed repeats the checks of the link's creation as things stand now. It
// revokes a link that they refuse now. If a check itself fails, the link stays, is
// not opened, and may be tried again. The caller holds it.busy.
func (s *Service) stillAllowed(ctx context.Context, it *item) error {
	err := s.allowed(ctx, it)
	if err == nil {
		return nil
	}
	err = s.failed(ctx, it, err)
	why := fault.From(err)
	if !refuses(why.Code) {
		return why.Saying(sentence.Of("unopened", "why", why.Says()))
	}
	canceled := sentence.Of("unopened.canceled", "why", why.Says())
	switch _, err := s.end(detached(ctx), it, Refused); fault.CodeOf(err) {
	case "":
		return why.Saying(canceled)
	case fault.AuditUnwritable:
		return why.Saying(unrecorded(canceled))
	default:
		return why.Saying(sentence.Of("unopened.pending", "why", why.Says()))
	}
}

func (s *Service) allowed(ctx context.Context, it *item) error {
	who := s.Operator()
	if who.RecordID() != it.operator {
		return fault.New(fault.OperatorMissing, nil).Saying(sentence.Of("operator_missing.changed"))
	}
	if err := s.Unmoved(ctx); err != nil {
		return err
	}
	_, err := s.checkPolicy(ctx, who, it.request, 0)
	return err
}

// refuses reports whether a failure is a no, and not that nobody knows.
func refuses(code fault.Code) bool {
	switch code {
	case fault.OperatorMissing, fault.OperatorGone, fault.Yourself, fault.SignInRequired, fault.PermissionMissing,
		fault.UserGone, fault.UserBanned, fault.UserLocked, fault.UserDeprovisioned, fault.UserProtected, fault.OverrideMissing,
		fault.ReasonMissing, fault.ReasonTooLong, fault.ReasonPattern, fault.ReferenceMissing, fault.ReferenceInvalid,
		fault.ChangesForbidden, fault.ChangesReason, fault.LandInvalid, fault.SessionTooLong, fault.LengthInvalid, fault.InstanceHostChange:
		return true
	default:
		return false
	}
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

// CopiedLink stands in the place of a browser's id where the link was copied.
const CopiedLink = "copied-link"

// CopyLink puts the ticket on the clipboard and takes it off again when the
// link runs out, unless something else was copied since. The rules can forbid it.
func (s *Service) CopyLink(ctx context.Context, id string) error {
	it, err := s.find(id)
	if err != nil {
		return err
	}
	// Nothing holds back changes in the browser that a copied link is opened in.
	if s.Policy().Rules.ForbidCopyingLinks || s.Policy().Changes().Allow == settings.AllowNever {
		return fault.New(fault.CopyingForbidden, nil)
	}
	it.busy.Lock()
	defer it.busy.Unlock()
	if err := s.usable(ctx, it); err != nil {
		return err
	}
	s.change(it, func(i *Impersonation) { i.Browser = CopiedLink })
	if err := s.record(ctx, it, audit.Copied, audit.Result{}); err != nil {
		return fault.New(fault.AuditUnwritable, err).Saying(sentence.Of("audit_unwritable.not_copied"))
	}
	if err := s.Clipboard.WriteTicket(ctx, it.ticket); err != nil {
		return err
	}
	it.places++ // and it will not be known when that is gone
	left := s.snapshot(it).LinkExpiresAt.Sub(s.Now())
	// The timer holds the ticket alone. The service has a key, which must be able to
	// leave the memory before.
	clipboard, ticket, later := s.Clipboard, it.ticket, detached(ctx)
	s.AfterFunc(left, func() { clipboard.ClearTicket(later, ticket) })
	return nil
}

// usable returns nil if the link works, nobody used it, and it may be opened.
func (s *Service) usable(ctx context.Context, it *item) error {
	now := s.snapshot(it)
	switch {
	case now.State == Live:
		return fault.New(fault.LinkUsed, nil)
	case now.State != Pending || it.ticket.IsZero() || s.linkOver(it):
		return fault.New(fault.LinkExpired, nil)
	}
	return s.stillAllowed(ctx, it)
}

// endUnrecorded ends what was opened but could not be recorded.
func (s *Service) endUnrecorded(ctx context.Context, it *item, cause error) error {
	failure := fault.New(fault.AuditUnwritable, cause)
	switch _, err := s.end(detached(ctx), it, ByOperator); fault.CodeOf(err) {
	case "", fault.AuditUnwritable: // at Clerk it has ended
		return failure.Saying(sentence.Of("audit_unwritable.undone"))
	default:
		return failure.Saying(sentence.Of("audit_unwritable.opened"))
	}
}
