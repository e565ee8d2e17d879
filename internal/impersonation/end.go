package impersonation

import (
	"context"
	"slices"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// End ends an impersonation in any state. It revokes a token that nobody used, else
// the user's sessions that carry its record id. An impersonation that is over already
// is returned as it is, without an error.
func (s *Service) End(ctx context.Context, id string) (Impersonation, error) {
	it, err := s.find(id)
	if err != nil {
		return Impersonation{}, err
	}
	s.Opener.Close(id) // a browser that hangs would hold it.busy
	it.busy.Lock()
	defer it.busy.Unlock()
	return s.end(ctx, it, ByOperator)
}

// EndAll ends everything that this machine started in this instance and that
// is not over, and what the operator has elsewhere on the same users if asked to. It
// goes on past failures and says how many there were.
func (s *Service) EndAll(ctx context.Context, elsewhere bool) (ended, failed int) {
	count := func(err error) {
		if err != nil {
			failed++
		} else {
			ended++
		}
	}
	for _, it := range s.unfinished() {
		_, err := s.End(ctx, it.ID)
		count(err)
	}
	if !elsewhere {
		return ended, failed
	}
	for _, other := range s.own() {
		count(s.EndOther(ctx, other.UserID, other.Session))
	}
	return ended, failed
}

// end ends what there is, for that reason. The caller holds it.busy.
func (s *Service) end(ctx context.Context, it *item, how Ending) (Impersonation, error) {
	if s.unwritten(it) != nil {
		return s.finish(ctx, it, *s.unwritten(it))
	}
	if now := s.snapshot(it); now.State == Ended {
		return now, nil
	}
	ended, err := s.endAtClerk(ctx, it, how)
	if err != nil {
		return Impersonation{}, err
	}
	s.Opener.Close(it.ID) // it is to end, whatever may be signed in there
	return s.finish(ctx, it, ended)
}

func (s *Service) unwritten(it *item) (o *outcome) {
	s.locked(func() { o = it.unwritten })
	return o
}

func (s *Service) endAtClerk(ctx context.Context, it *item, how Ending) (outcome, error) {
	o, err := s.revokeAll(ctx, it, how)
	if err != nil && !fault.From(err).Undone {
		it.asked = how // if it turns out to be over, this may be why
	}
	return o, err
}

func (s *Service) revokeAll(ctx context.Context, it *item, how Ending) (outcome, error) {
	revoked, err := s.revokeLink(ctx, it)
	if err != nil || revoked {
		return outcome{event: audit.Revoked, how: how, proven: true}, err
	}
	sessions, err := s.sessionsOf(ctx, it)
	if err != nil {
		return outcome{}, err
	}
	var ids []string
	for _, session := range sessions.living {
		if session.ID.IsZero() {
			return outcome{}, unreadSession()
		}
		if err := s.Sessions.RevokeSession(ctx, session.ID); err != nil && fault.CodeOf(err) != fault.ClerkNotFound {
			failure := fault.From(err)
			incomplete := fault.New(fault.EndIncomplete, err).WithTrace(failure.TraceID)
			incomplete.Undone = failure.Undone && len(ids) == 0
			return outcome{}, incomplete
		}
		ids = append(ids, session.ID.String())
	}
	if len(ids) == 0 {
		return s.overAlready(it, sessions), nil
	}
	return outcome{event: audit.Ended, how: how, sessions: ids, proven: true}, nil
}

// revokeLink makes the link useless, and reports whether nobody had used it. A link
// that is not pending at Clerk any more counts as used.
func (s *Service) revokeLink(ctx context.Context, it *item) (unused bool, err error) {
	if it.token.IsZero() || it.accepted {
		return false, nil
	}
	err = s.Tokens.RevokeActorToken(ctx, it.token)
	switch fault.CodeOf(err) {
	case "":
		return true, nil
	case fault.TokenNotPending, fault.ClerkNotFound:
		it.accepted = true
		return false, nil
	default:
		return false, err
	}
}

// found are the sessions of one impersonation.
type found struct {
	living []clerkapi.Session // not known to be over
	over   []clerkapi.Session
}

// sessionsOf finds the sessions of an impersonation. They are sessions of its user
// whose actor payload carries its record id. A user who is gone has none.
func (s *Service) sessionsOf(ctx context.Context, it *item) (found, error) {
	all, err := s.sessionsOfUser(ctx, it.UserID)
	if err != nil {
		return found{}, err
	}
	return matching(all, it.ID)
}

func (s *Service) sessionsOfUser(ctx context.Context, user clerkapi.UserID) ([]clerkapi.Session, error) {
	all, err := s.Sessions.Sessions(ctx, user)
	if code := fault.CodeOf(err); code == fault.UserGone || code == fault.ClerkNotFound {
		return nil, nil
	}
	return all, err
}

// matching picks the sessions of an impersonation. Without any it fails if one of
// them cannot be read: it may be the one.
func matching(all []clerkapi.Session, id string) (found, error) {
	var of found
	for _, session := range all {
		switch {
		case session.Actor == nil || session.Actor.RID != id:
		case session.Over():
			of.over = append(of.over, session)
		default:
			of.living = append(of.living, session)
		}
	}
	if len(of.living)+len(of.over) == 0 && slices.ContainsFunc(all, isUnread) {
		return found{}, unreadSession()
	}
	return of, nil
}

// isUnread reports whether a session may be one that Understudy began and that
// lives, though its record id cannot be read.
func isUnread(session clerkapi.Session) bool {
	actor := session.Actor
	return actor != nil && !session.Over() && actor.RID == "" && (actor.Iss == issuer || actor.Iss == "" && actor.Sub == "")
}

func unreadSession() error {
	return fault.New(fault.EndIncomplete, nil).
		Saying(sentence.Of("end_incomplete.unread"))
}

// finish records an end and forgets the ticket. The window is closed once nobody
// can be signed in there. The record of a stolen link says so, and not who ended it,
// because the theft matters more. An end that cannot be recorded is recorded later,
// since it has happened at Clerk.
func (s *Service) finish(ctx context.Context, it *item, o outcome) (Impersonation, error) {
	if s.isStolen(it) {
		o.how = Stolen
	}
	result, err := s.saveReport(detached(ctx), it, o.how)
	if err == nil {
		result.Code, result.ActorToken, result.Sessions = string(o.how), it.token.String(), o.sessions
		err = s.record(detached(ctx), it, o.event, result)
	}
	if o.proven {
		s.Opener.Close(it.ID)
	}
	s.Clipboard.ClearTicket(detached(ctx), it.ticket)
	it.recorded = false
	s.locked(func() {
		it.open, it.unwritten = !o.proven, nil
		if err != nil {
			it.unwritten = &o
		}
	})
	ended := s.change(it, func(i *Impersonation) {
		if i.State != Ended {
			i.State, i.Ending, i.EndedAt, i.Problem, i.Waiting = Ended, o.how, s.Now(), nil, nil
		}
	})
	if err != nil {
		return Impersonation{}, fault.New(fault.AuditUnwritable, err).Saying(sentence.Of("audit_unwritable.ended"))
	}
	return ended, nil
}

func (s *Service) isStolen(it *item) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return it.stolen
}

// overAlready is the end of what has no session that lives, and why, by the clocks.
// The caller holds it.busy.
func (s *Service) overAlready(it *item, sessions found) outcome {
	now, i := s.Now(), s.snapshot(it)
	o := outcome{event: audit.Ended, how: Elsewhere, proven: len(sessions.over) > 0}
	wasRevoked := func(x clerkapi.Session) bool { return x.Status == "revoked" }
	switch {
	case it.asked != "" && (len(sessions.over) == 0 || slices.ContainsFunc(sessions.over, wasRevoked)):
		o.how = it.asked
	case !it.accepted && len(sessions.over) == 0:
		o.how = Unused
	case !now.Before(i.SessionEndsAt):
		o.how = ByTime
	case !i.IdleEndsAt.IsZero() && !now.Before(i.IdleEndsAt):
		o.how = ByIdling
	}
	return o
}
