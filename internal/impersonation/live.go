package impersonation

import (
	"context"
	"slices"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// checkEvery bounds how often Clerk is asked, however often the window looks.
const checkEvery = 3 * time.Second

// The waits between checks that fail: doubling, up to the longest.
const (
	firstWait   = 5 * time.Second
	longestWait = 30 * time.Second
)

// Board is what this machine started in this instance, and what others have
// running on the same users.
type Board struct {
	Items     []Impersonation // newest first
	Others    []Other
	CheckedAt time.Time // zero: nothing was there to check
	Problem   error     // why Clerk could not be asked; Items are as last known
}

// Live asks Clerk how the unfinished impersonations stand, at most every three
// seconds, with one request for each user impersonated, and none when nothing
// is unfinished. While Clerk cannot be asked the problem says after which wait
// to look again, which grows from check to check; whoever knows better, since
// the computer woke up or is back online, may look at once.
func (s *Service) Live(ctx context.Context) Board {
	if s.due() {
		s.note(s.check(ctx))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	board := Board{CheckedAt: s.checked, Problem: s.problem, Others: slices.Clone(s.others)}
	for _, id := range slices.Backward(s.order) {
		board.Items = append(board.Items, s.items[id].Impersonation)
	}
	return board
}

// note remembers how a check went.
func (s *Service) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.checked, s.problem, s.misses = s.Now(), nil, 0
		return
	}
	failure := fault.From(err)
	wait := min(firstWait<<min(s.misses, 4), longestWait)
	s.misses++
	s.problem = failure.WithRetryAfter(max(failure.RetryAfter, wait))
}

func (s *Service) due() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	age := s.Now().Sub(s.checked)
	return age >= checkEvery || age < 0 // the clock may have been set back
}

// check follows every unfinished impersonation, user by user.
func (s *Service) check(ctx context.Context) error {
	var others []Other
	byUser := map[clerkapi.UserID][]*item{}
	for _, it := range s.unfinished() {
		byUser[it.UserID] = append(byUser[it.UserID], it)
	}
	for user, items := range byUser {
		sessions, err := s.Sessions.Sessions(ctx, user)
		if code := fault.CodeOf(err); err != nil && code != fault.UserGone && code != fault.ClerkNotFound {
			return err
		} // a user who is gone has no sessions left
		for _, it := range items {
			found, err := matching(sessions, it.ID)
			if err != nil {
				continue // it is as it was, as far as is known
			}
			if err := s.follow(ctx, it, found); err != nil {
				return err
			}
		}
		others = append(others, s.othersAmong(sessions)...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.others = others
	return nil
}

// follow brings one impersonation up to date with the sessions found for it.
func (s *Service) follow(ctx context.Context, it *item, sessions []clerkapi.Session) error {
	if !it.busy.TryLock() {
		return nil // being opened or ended right now; the next check sees it
	}
	defer it.busy.Unlock()
	return s.update(ctx, it, sessions)
}

// update takes in what Clerk has. The caller holds it.busy.
func (s *Service) update(ctx context.Context, it *item, sessions []clerkapi.Session) error {
	i := s.snapshot(it)
	switch {
	case i.State == Ended:
		return nil
	case s.isStolen(it):
		_, err := s.end(ctx, it, Stolen)
		return err
	case len(sessions) > 0 && it.abandoned():
		_, err := s.end(ctx, it, ByWindow)
		return err
	case len(sessions) > 0:
		s.seen(it, sessions)
		return nil
	case i.State == Live:
		_, err := s.finish(ctx, it, audit.Ended, s.overBy(it), nil)
		return err
	case !s.linkOver(it):
		return nil // the link may still be used
	default:
		return s.expire(ctx, it)
	}
}

// seen notes that a session exists. With several, the last to end counts.
func (s *Service) seen(it *item, sessions []clerkapi.Session) {
	s.change(it, func(i *Impersonation) {
		i.State = Live
		i.LastActiveAt = time.Time{}
		if slices.ContainsFunc(sessions, func(x clerkapi.Session) bool { return !x.ExpireAt.IsZero() }) {
			i.SessionEndsAt = time.Time{} // else what was asked for still counts
		}
		for _, session := range sessions {
			if session.ExpireAt.After(i.SessionEndsAt) {
				i.SessionEndsAt = session.ExpireAt
			}
			if session.LastActiveAt.After(i.LastActiveAt) {
				i.LastActiveAt = session.LastActiveAt
			}
		}
		if !i.LastActiveAt.IsZero() {
			i.IdleEndsAt = i.LastActiveAt.Add(idleLimit)
		}
	})
}

// expire revokes a link that ran out unused, so that nothing is left open. If
// Clerk says it was used, its session has come and gone between two checks.
func (s *Service) expire(ctx context.Context, it *item) error {
	how := Unused
	if it.token != "" {
		err := s.Tokens.RevokeActorToken(ctx, it.token)
		switch fault.CodeOf(err) {
		case "", fault.ClerkNotFound:
		case fault.TokenNotPending:
			how = Elsewhere
		default:
			return err
		}
	}
	_, err := s.finish(ctx, it, audit.Ended, how, nil)
	return err
}

// Running is how many are not known to be over. Clerk is not asked.
func (s *Service) Running() int { return len(s.unfinished()) }

// Unfinished are those not known to be over, oldest first. Clerk is not asked.
func (s *Service) Unfinished() []Impersonation {
	var found []Impersonation
	for _, it := range s.unfinished() {
		found = append(found, s.snapshot(it))
	}
	return found
}

// unfinished lists what is not over, oldest first.
func (s *Service) unfinished() []*item {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []*item
	for _, id := range s.order {
		if it := s.items[id]; it.State != Ended {
			found = append(found, it)
		}
	}
	return found
}
