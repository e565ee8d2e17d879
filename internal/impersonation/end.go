package impersonation

import (
	"context"
	"slices"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// End ends an impersonation whatever its state: a token that nobody used is
// revoked; otherwise the sessions that carry its record id are found among the
// user's and revoked. One that is over already is told as such.
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
// is not over. It goes on past failures and says how many there were.
func (s *Service) EndAll(ctx context.Context) (ended, failed int) {
	for _, it := range s.unfinished() {
		if _, err := s.End(ctx, it.ID); err != nil {
			failed++
			continue
		}
		ended++
	}
	return ended, failed
}

// end ends what there is, for that reason. The caller holds it.busy.
func (s *Service) end(ctx context.Context, it *item, how Ending) (Impersonation, error) {
	if now := s.snapshot(it); now.State == Ended {
		return now, nil
	}
	if it.token != "" {
		switch err := s.Tokens.RevokeActorToken(ctx, it.token); {
		case err == nil:
			return s.finish(ctx, it, audit.Revoked, how, nil)
		case fault.CodeOf(err) != fault.TokenNotPending && fault.CodeOf(err) != fault.ClerkNotFound:
			return Impersonation{}, err
		}
	}
	sessions, err := s.sessionsOf(ctx, it)
	if err != nil {
		return Impersonation{}, err
	}
	var revoked []string
	for _, session := range sessions {
		if session.ID == "" {
			return Impersonation{}, unreadSession()
		}
		if err := s.Sessions.RevokeSession(ctx, session.ID); err != nil && fault.CodeOf(err) != fault.ClerkNotFound {
			return Impersonation{}, fault.New(fault.EndIncomplete, err).WithTrace(fault.From(err).TraceID)
		}
		revoked = append(revoked, string(session.ID))
	}
	if len(revoked) == 0 {
		return s.finish(ctx, it, audit.Ended, s.overBy(it), nil)
	}
	return s.finish(ctx, it, audit.Ended, how, revoked)
}

// sessionsOf finds the active sessions of an impersonation: those of its user
// whose actor payload carries its record id.
func (s *Service) sessionsOf(ctx context.Context, it *item) ([]clerkapi.Session, error) {
	all, err := s.Sessions.Sessions(ctx, it.UserID)
	if err != nil {
		return nil, err
	}
	return matching(all, it.ID)
}

// matching picks the sessions of an impersonation. Without any it fails if one of
// them cannot be read: it may be the one.
func matching(all []clerkapi.Session, id string) ([]clerkapi.Session, error) {
	var found []clerkapi.Session
	for _, session := range all {
		if session.Actor != nil && session.Actor.RID == id {
			found = append(found, session)
		}
	}
	if len(found) == 0 && slices.ContainsFunc(all, isUnread) {
		return nil, unreadSession()
	}
	return found, nil
}

// isUnread reports whether a session may be one that Understudy began, though its
// record id cannot be read.
func isUnread(session clerkapi.Session) bool {
	actor := session.Actor
	return actor != nil && actor.RID == "" && (actor.Iss == issuer || actor.Iss == "" && actor.Sub == "")
}

func unreadSession() error {
	return fault.New(fault.EndIncomplete, nil).
		WithMessage("A session of this user cannot be read in Clerk's answer, so it is not known whether it has ended.")
}

// finish records an end, closes the window and forgets the ticket. Whatever
// ended a stolen one, that it was stolen is what has to be known of it.
func (s *Service) finish(ctx context.Context, it *item, event audit.Event, how Ending, sessions []string) (Impersonation, error) {
	if s.isStolen(it) {
		how = Stolen
	}
	result := audit.Result{Code: string(how), ActorToken: string(it.token), Sessions: sessions}
	if err := s.record(detached(ctx), it, event, result); err != nil {
		return Impersonation{}, err
	}
	s.Opener.Close(it.ID)
	s.Clipboard.ClearTicket(detached(ctx), it.ticket)
	return s.change(it, func(i *Impersonation) {
		i.State, i.Ending, i.EndedAt = Ended, how, s.Now()
	}), nil
}

func (s *Service) isStolen(it *item) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return it.stolen
}

// overBy tells from the clocks why a session is gone.
func (s *Service) overBy(it *item) Ending {
	now, i := s.Now(), s.snapshot(it)
	switch {
	case i.State != Live:
		return Unused
	case !now.Before(i.SessionEndsAt):
		return ByTime
	case !i.IdleEndsAt.IsZero() && !now.Before(i.IdleEndsAt):
		return ByIdling
	default:
		return Elsewhere
	}
}
