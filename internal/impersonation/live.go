package impersonation

import (
	"context"
	"errors"
	"slices"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
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
	// Following is true if Clerk is asked about something at the next look.
	Following bool
}

// Live asks Clerk how the unfinished impersonations stand, at most every three
// seconds. It makes one request for each user impersonated, none when nothing is
// unfinished, and all in the background. An impersonation that ended without a trace
// of its session counts as unfinished for as long as a session may live.
//
// While Clerk cannot be asked, the problem says after which wait to look again. The
// wait grows from check to check. A caller may look at once when the computer woke
// up or is back online.
func (s *Service) Live(ctx context.Context) Board {
	if s.due() {
		s.note(s.check(clerkapi.InBackground(ctx)))
	}
	following := len(s.followed()) > 0
	s.mu.Lock()
	defer s.mu.Unlock()
	board := Board{Following: following, CheckedAt: s.checked, Problem: s.problem, Others: slices.Clone(s.others)}
	for _, id := range slices.Backward(s.order) {
		board.Items = append(board.Items, s.items[id].now())
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

// check follows everything that may not be over, user by user.
func (s *Service) check(ctx context.Context) error {
	var others []Other
	byUser := map[clerkapi.UserID][]*item{}
	for _, it := range s.followed() {
		byUser[it.UserID] = append(byUser[it.UserID], it)
	}
	for user, items := range byUser {
		sessions, err := s.sessionsOfUser(ctx, user)
		if err != nil {
			return err
		}
		items = s.withSessions(items, user, sessions)
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

// withSessions adds those of the user's that were thought over and have a session
// that lives.
func (s *Service) withSessions(items []*item, user clerkapi.UserID, sessions []clerkapi.Session) []*item {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range s.order {
		it := s.items[id]
		found, err := matching(sessions, id)
		if err == nil && it.UserID == user && !slices.Contains(items, it) && len(found.living) > 0 {
			items = append(items, it)
		}
	}
	return items
}

// follow brings one impersonation up to date with the sessions found for it.
func (s *Service) follow(ctx context.Context, it *item, sessions found) error {
	if !it.busy.TryLock() {
		return nil // being opened or ended right now; the next check sees it
	}
	defer it.busy.Unlock()
	return s.update(ctx, it, sessions)
}

// update takes in what Clerk has. The caller holds it.busy.
func (s *Service) update(ctx context.Context, it *item, sessions found) error {
	if late := s.unwritten(it); late != nil {
		_, err := s.finish(ctx, it, *late)
		return err
	}
	i := s.snapshot(it)
	switch {
	case len(sessions.living) > 0:
		return s.lives(ctx, it, sessions.living)
	case i.State == Ended:
		s.settle(it, sessions)
		return nil
	case s.isStolen(it):
		_, err := s.end(ctx, it, Stolen)
		return err
	case i.State == Live, len(sessions.over) > 0:
		it.accepted = true
		_, err := s.finish(ctx, it, s.overAlready(it, sessions))
		return err
	case !s.linkOver(it):
		return nil // the link may still be used
	default:
		return s.expire(ctx, it)
	}
}

// lives takes in that somebody is signed in, also through what was thought over,
// and ends it if nobody should be. The caller holds it.busy.
func (s *Service) lives(ctx context.Context, it *item, sessions []clerkapi.Session) error {
	unrecorded := s.seen(ctx, it, sessions)
	how := ByWindow
	switch {
	case s.isStolen(it):
		how = Stolen
	case !it.abandoned():
		return unrecorded
	}
	_, err := s.end(ctx, it, how)
	return errors.Join(err, unrecorded)
}

// seen notes and records that a session exists. With several, the last to end
// counts.
func (s *Service) seen(ctx context.Context, it *item, sessions []clerkapi.Session) error {
	it.accepted = true
	s.locked(func() { it.open = false })
	s.change(it, func(i *Impersonation) {
		i.State, i.Problem, i.Ending, i.EndedAt = Live, nil, "", time.Time{}
		i.Waiting, i.LastActiveAt = waiting(sessions), time.Time{}
		ends := time.Time{}
		for _, session := range sessions {
			if session.ExpireAt.After(ends) {
				ends = session.ExpireAt
			}
			if session.LastActiveAt.After(i.LastActiveAt) {
				i.LastActiveAt = session.LastActiveAt
			}
		}
		if !ends.IsZero() {
			i.SessionEndsAt = ends
		}
		if !i.LastActiveAt.IsZero() {
			i.IdleEndsAt = i.LastActiveAt.Add(idleLimit)
		}
	})
	if window := it.view.heldWindow(); window != nil {
		window.SetEnd(s.snapshot(it).SessionEndsAt)
	}
	if it.recorded {
		return nil
	}
	if err := s.record(detached(ctx), it, audit.SignedIn, audit.Result{Sessions: ids(sessions)}); err != nil {
		return fault.New(fault.AuditUnwritable, err).Saying(sentence.Of("audit_unwritable.signed_in"))
	}
	it.recorded = true
	return nil
}

func ids(sessions []clerkapi.Session) []string {
	var all []string
	for _, session := range sessions {
		all = append(all, session.ID.String())
	}
	return all
}

// waiting returns the tasks of sessions before the app lets the user in, sorted and
// each once. It is nil if one of the sessions is active. A pending session without
// tasks has the task "unknown".
func waiting(sessions []clerkapi.Session) []string {
	var tasks []string
	for _, session := range sessions {
		if session.Status == "active" {
			return nil
		}
		if session.Status == statusPending && len(session.Tasks) == 0 {
			tasks = append(tasks, "unknown")
		}
		tasks = append(tasks, session.Tasks...)
	}
	slices.Sort(tasks)
	return slices.Compact(tasks)
}

// settle lets go of what counts as ended once Clerk has said so, or its time is up.
func (s *Service) settle(it *item, sessions found) {
	if len(sessions.over) == 0 && s.Now().Before(s.snapshot(it).SessionEndsAt) {
		return
	}
	s.locked(func() { it.open = false })
	s.Opener.Close(it.ID)
}

// expire revokes a link that ran out, so that nothing is left open. If Clerk says
// that it was used, somebody may be about to be signed in.
func (s *Service) expire(ctx context.Context, it *item) error {
	unused, err := s.revokeLink(ctx, it)
	if err != nil {
		return err
	}
	o := s.overAlready(it, found{})
	if o.how == Elsewhere {
		s.change(it, func(i *Impersonation) {
			i.State, i.Problem = Unknown, fault.New(fault.LinkUsed, nil).Saying(sentence.Of("link_used.no_session"))
		})
		return nil
	}
	o.proven = unused || o.how == ByTime
	_, err = s.finish(ctx, it, o)
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
	return s.those(func(it *item) bool { return it.State != Ended })
}

// followed lists what is not over and what may turn out not to be, oldest first.
func (s *Service) followed() []*item {
	return s.those(func(it *item) bool { return it.State != Ended || it.open || it.unwritten != nil })
}

func (s *Service) those(which func(*item) bool) []*item {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []*item
	for _, id := range s.order {
		if it := s.items[id]; which(it) {
			found = append(found, it)
		}
	}
	return found
}
