package impersonation

import (
	"context"
	"slices"
	"strings"
	"time"

	"understudy/internal/audit"
	"understudy/internal/bidi"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Other is an impersonation that was not started here: by a colleague, by this
// operator on another computer, or with another tool. Only what Clerk keeps of
// it is known.
type Other struct {
	Origin

	Session      clerkapi.SessionID
	UserID       clerkapi.UserID
	Reference    string
	Browser      string
	Place        string // city and country
	CreatedAt    time.Time
	SessionEnds  time.Time
	IdleEnds     time.Time
	LastActiveAt time.Time
	Waiting      []string // as in [Impersonation]
}

// othersAmong picks the impersonations that this machine does not know.
func (s *Service) othersAmong(sessions []clerkapi.Session) []Other {
	who := s.Operator()
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Other
	for _, session := range sessions {
		if session.Actor == nil || session.Over() || s.items[session.Actor.RID] != nil {
			continue
		}
		var idleEnds time.Time
		if !session.LastActiveAt.IsZero() {
			idleEnds = session.LastActiveAt.Add(idleLimit)
		}
		found = append(found, Other{
			Origin:  originOf(*session.Actor, who),
			Session: session.ID, UserID: session.UserID, Reference: session.Actor.Ref,
			Browser: session.Browser, Place: place(session),
			CreatedAt: session.CreatedAt, SessionEnds: session.ExpireAt,
			IdleEnds: idleEnds, LastActiveAt: session.LastActiveAt,
			Waiting: waiting([]clerkapi.Session{session}),
		})
	}
	return found
}

// EndOther ends an impersonation that was not started here, and records who did.
// A session that is no impersonation is the user's own and is left alone:
// fault.ImpersonationUnknown.
func (s *Service) EndOther(ctx context.Context, user clerkapi.UserID, id clerkapi.SessionID) error {
	sessions, err := s.sessionsOfUser(ctx, user)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sessions, func(x clerkapi.Session) bool { return x.ID == id && x.Actor != nil && !x.Over() })
	if i < 0 {
		return fault.New(fault.ImpersonationUnknown, nil)
	}
	if err := s.Sessions.RevokeSession(ctx, id); err != nil && fault.CodeOf(err) != fault.ClerkNotFound {
		return err
	}
	s.mu.Lock()
	s.others = slices.DeleteFunc(s.others, func(o Other) bool { return o.Session == id })
	s.mu.Unlock()
	// Its own record, where there is one, is in the history of another machine.
	record := sessions[i].Actor.RID
	if record == "" {
		record = id.String()
	}
	_, err = s.Log.Append(detached(ctx), audit.Record{
		Event: audit.Ended, Record: record, Operator: OnRecord(s.Operator()),
		Instance: s.Instance, User: user.String(),
		Result: audit.Result{Code: string(ByOperator), Sessions: []string{id.String()}},
	})
	if err != nil {
		return fault.New(fault.AuditUnwritable, err).Saying(unrecorded(sentence.Of("session_ended")))
	}
	return nil
}

// own are the impersonations that the operator has elsewhere, as last known.
func (s *Service) own() []Other {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.others), func(o Other) bool { return !o.Own })
}

func place(session clerkapi.Session) string {
	var parts []string
	for _, part := range []string{session.City, session.Country} {
		if part != "" {
			parts = append(parts, bidi.Isolate(part))
		}
	}
	return strings.Join(parts, ", ")
}
