package impersonation

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Create takes answers of Clerk that are up to a minute old. [Service.Preflight]
// takes only those up to half a minute old. So a Create within the next half minute
// asks Clerk for the actor token alone.
const (
	freshFor = time.Minute
	aheadFor = freshFor / 2
)

// activeFor is how recent a user's own activity counts as being there now.
const activeFor = time.Minute

// Preflight returns the findings to know before an impersonation, the gravest
// first. A check that failed is a finding of its own.
func (s *Service) Preflight(ctx context.Context, id clerkapi.UserID) []Finding {
	checks := []func(context.Context, clerkapi.UserID) []Finding{s.admission, s.protection, s.company, s.quota}
	found := make([][]Finding, len(checks))
	var waiting sync.WaitGroup
	for i, check := range checks {
		waiting.Go(func() { found[i] = check(ctx, id) })
	}
	waiting.Wait()
	all := slices.Concat(found...)
	slices.SortStableFunc(all, func(a, b Finding) int { return gravity(a.Effect) - gravity(b.Effect) })
	return all
}

// admission is whether the operator may impersonate anybody. Clerk's answer is
// kept, so that [Service.Create] need not ask again.
func (s *Service) admission(ctx context.Context, _ clerkapi.UserID) []Finding {
	err := s.Admit(ctx, s.Operator(), aheadFor)
	switch failure := fault.From(err); {
	case err == nil:
		return nil
	case failure.Code == fault.SignInRequired:
		why := failure.Said
		if why.IsZero() {
			why = failure.Advises()
		}
		return []Finding{{Rule: RuleSignIn, Effect: Refuse, Name: sentence.Of("finding.sign_in"), Sentence: why}}
	case failure.Code == fault.PermissionMissing:
		return []Finding{{Rule: RulePermission, Effect: Refuse, Name: sentence.Of("finding.permission"), Sentence: failure.Says()}}
	default:
		return unchecked(RulePermission, sentence.Of("finding.permission_unchecked"), err)
	}
}

func (s *Service) protection(ctx context.Context, id clerkapi.UserID) []Finding {
	user, err := s.Users.Recent(ctx, id, aheadFor)
	if err != nil {
		return unchecked("", sentence.Of("finding.rules_unchecked"), err)
	}
	memberships, err := s.memberships(ctx, id, aheadFor)
	found := s.Policy().Protection(s.Operator(), Subject{user, memberships})
	if err != nil {
		found = append(found, unchecked(RuleRole, sentence.Of("finding.roles_unchecked"), err)...)
	}
	return found
}

// company is who else is in: colleagues, and the user themselves.
func (s *Service) company(ctx context.Context, id clerkapi.UserID) []Finding {
	sessions, err := s.sessionsOfUser(ctx, id)
	if err != nil {
		return unchecked(RuleColleague, sentence.Of("finding.company_unchecked"), err)
	}
	var found []Finding
	for _, other := range s.othersAmong(sessions) {
		found = append(found, s.colleague(ctx, other))
	}
	if slices.ContainsFunc(sessions, func(x clerkapi.Session) bool {
		return x.Actor == nil && !x.Over() && s.Now().Sub(x.LastActiveAt) < activeFor
	}) {
		found = append(found, Finding{Rule: RuleActive, Effect: Warn, Name: sentence.Of("finding.active"), Sentence: sentence.Of("finding.active.about")})
	}
	return found
}

// colleague says who else is in, and whether that is on record.
func (s *Service) colleague(ctx context.Context, other Other) Finding {
	found := Finding{Rule: RuleColleague, Effect: Warn, Until: other.SessionEnds, Sentence: sentence.Of("finding.join")}
	switch {
	case other.Own && other.Foreign && other.Tool == "":
		found.Name = sentence.Of("finding.own_foreign")
	case other.Own && other.Foreign:
		found.Name = sentence.Of("finding.own_tool", "tool", other.Tool)
	case other.Own:
		found.Name = sentence.Of("finding.own")
	case other.Tool != "":
		found.Name = sentence.Of("finding.colleague_tool", "who", s.callerOf(ctx, other), "tool", other.Tool)
	default:
		found.Name = sentence.Of("finding.colleague", "who", s.callerOf(ctx, other))
	}
	if other.Foreign {
		found.Sentence = sentence.Of("finding.foreign")
	}
	return found
}

// callerOf is what to call somebody who is in: a name, or a sentence if nothing tells.
func (s *Service) callerOf(ctx context.Context, other Other) any {
	name := other.OperatorID
	if id, err := clerkapi.ParseUserID(name); err == nil {
		// A name that cannot be had is no reason to hide that somebody is in.
		if user, err := s.Users.Recent(ctx, id, aheadFor); err == nil {
			name = cmp.Or(user.Called(), name)
		}
	}
	if name == "" {
		return sentence.Of("finding.somebody")
	}
	return name
}

// told is what Clerk said of the quota when it refused.
type told struct {
	clerkapi.QuotaError
	at time.Time
}

// noteQuota remembers what Clerk said, if it did: it counts what other machines
// spent too. An impersonation that it allows ends what it said before of a limit.
func (s *Service) noteQuota(err error) {
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.told = told{}
	}
	if quota, ok := errors.AsType[*clerkapi.QuotaError](err); ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.told = told{*quota, s.Now()}
	}
}

// quota warns when the impersonations of the plan are almost used. They begin anew
// with the billing period, whose days nobody tells: certain is only what Clerk said
// when it refused one. Else this month's are counted, by the month of UTC, as far as
// this computer's history has them.
func (s *Service) quota(context.Context, clerkapi.UserID) []Finding {
	now := s.Now().UTC()
	since := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	limit, used := int64(s.Policy().Rules.MonthlyQuota), int64(0)
	by, how := sentence.Of("finding.quota_here"), sentence.Of("finding.quota_counted", "since", time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, s.Now().Location()))
	s.mu.Lock()
	told := s.told
	s.mu.Unlock()
	if now.Sub(told.at) < longestPeriod {
		limit, used, since = told.Limit, told.Used, told.at
		by, how = sentence.Of("finding.quota_clerk"), sentence.Of("finding.quota_told", "at", told.at)
	}
	if limit == 0 {
		return nil
	}
	issued, err := s.Log.Issued(s.Instance, since)
	if err != nil {
		return unchecked(RuleQuota, sentence.Of("finding.quota_unchecked"), err)
	}
	return almostUsed(limit, used+int64(issued), by, how)
}

// longestPeriod is how long what Clerk said may still be so: it bills by the month.
const longestPeriod = 31 * 24 * time.Hour

// almostUsed warns of the last tenth, and of the last one.
func almostUsed(limit, used int64, by, how sentence.Sentence) []Finding {
	found := Finding{Rule: RuleQuota, Effect: Warn}
	switch left := limit - used; {
	case left > max(1, limit/10):
		return nil
	case left <= 0:
		found.Name = sentence.Of("finding.quota_reached", "used", used, "limit", limit, "by", by)
		found.Sentence = sentence.Of("finding.quota_reached.about", "how", how)
	default:
		found.Name = sentence.Of("finding.quota_left", "left", left, "limit", limit, "by", by)
		found.Sentence = sentence.Of("finding.quota_left.about", "how", how)
	}
	return []Finding{found}
}

func unchecked(rule Rule, name sentence.Sentence, err error) []Finding {
	return []Finding{{Rule: rule, Effect: Unchecked, Name: name, Sentence: fault.From(err).Says()}}
}
