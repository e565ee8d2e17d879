package impersonation

import (
	"context"
	"maps"
	"slices"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

// Effect is what a finding means for the impersonation.
type Effect string

// The effects, the gravest first.
const (
	Refuse    Effect = "refuse"    // not at all
	Ask       Effect = "ask"       // only with an override reason
	Unchecked Effect = "unchecked" // it could not be found out, which clears nobody
	Warn      Effect = "warn"      // to be known before a unit of the quota is spent
)

// Rule names what a finding is about.
type Rule string

// The rules for the operator, those that protect users, and the warnings.
const (
	RuleSignIn        Rule = "sign_in"
	RulePermission    Rule = "permission"
	RuleYourself      Rule = "yourself"
	RuleMarked        Rule = "no_impersonation"
	RuleUnread        Rule = "unread"
	RuleRole          Rule = "role"
	RuleDomain        Rule = "domain"
	RuleMetadata      Rule = "metadata"
	RuleBanned        Rule = "banned"
	RuleLocked        Rule = "locked"
	RuleDeprovisioned Rule = "deprovisioned"
	RuleColleague     Rule = "colleague"
	RuleActive        Rule = "active"
	RuleQuota         Rule = "quota"
)

// Finding is one thing to know before an impersonation.
type Finding struct {
	Rule     Rule
	Effect   Effect
	Name     sentence.Sentence // the rule in words, "Admin of Meridian Health"
	Sentence sentence.Sentence // its consequence, for the operator to read
	// Until is the time at which it is over by itself; zero: not known, or never.
	Until time.Time
}

// Protection finds the rules that protect a user, the gravest first. The user's
// state and mark, and the operator's own user, count without any settings.
func (p Policy) Protection(who operator.Operator, subject Subject) []Finding {
	var found []Finding
	user, rules := subject.User, p.Rules.Protected
	if who.Is(user) {
		found = append(found, Finding{RuleYourself, Refuse, sentence.Of("finding.yourself"), sentence.Of("yourself.next"), time.Time{}})
	}
	if user.NoImpersonation {
		found = append(found, Finding{RuleMarked, Refuse, sentence.Of("finding.marked"), sentence.Of("finding.marked.about"), time.Time{}})
	}
	if user.Unread.Metadata {
		found = append(found, unread(settings.Refuse, sentence.Of("finding.unread_metadata"), sentence.Of("finding.unread_metadata.about")))
	}
	for _, m := range subject.Memberships {
		switch {
		case len(rules.Roles) > 0 && m.Role == "":
			found = append(found, unread(rules.RolesEffect, sentence.Of("finding.unread_role"), sentence.Of("finding.unread.about")))
		case slices.Contains(rules.Roles, m.Role):
			found = append(found, protectedBy(RuleRole, rules.RolesEffect,
				sentence.Of("finding.role", "role", m.RoleName(), "organization", m.OrganizationName),
				sentence.Of("finding.role.ask"), sentence.Of("finding.role.refuse")))
		}
	}
	if len(rules.Domains) > 0 && user.Unread.Addresses {
		found = append(found, unread(rules.DomainsEffect, sentence.Of("finding.unread_address"), sentence.Of("finding.unread_address.about")))
	}
	domains := domainsOf(user)
	for _, rule := range rules.Domains {
		covers := func(domain string) bool { return settings.Covers(rule, domain) }
		if i := slices.IndexFunc(domains, covers); i >= 0 {
			found = append(found, protectedBy(RuleDomain, rules.DomainsEffect, sentence.Of("finding.domain", "domain", domains[i]),
				sentence.Of("finding.domain.ask"), sentence.Of("finding.domain.refuse")))
		}
	}
	found = append(found, protectedByMetadata(rules, user.Metadata)...)
	for _, state := range []struct {
		holds, isUnread bool
		rule            Rule
		name, may, is   sentence.Sentence
	}{
		{user.Banned, user.Unread.Banned, RuleBanned, sentence.Of("finding.banned"), sentence.Of("finding.unread_state.banned"), sentence.Of("user_banned")},
		{user.Locked, user.Unread.Locked, RuleLocked, sentence.Of("finding.locked"), sentence.Of("finding.unread_state.locked"), sentence.Of("user_locked")},
		{
			user.Deprovision, user.Unread.Deprovision, RuleDeprovisioned, sentence.Of("finding.deprovisioned"),
			sentence.Of("finding.unread_state.deprovisioned"), sentence.Of("user_deprovisioned"),
		},
	} {
		switch {
		case state.holds:
			found = append(found, protectedBy(state.rule, rules.Blocked, state.name, sentence.Of("finding.blocked.ask"), state.is))
		case state.isUnread:
			found = append(found, unread(rules.Blocked, sentence.Of("finding.unread_state"), state.may))
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return gravity(a.Effect) - gravity(b.Effect) })
	return found
}

// memberships are the user's places in organizations, nil if no rule is for a role.
// Clerk is not asked then, because not every instance has organizations.
func (s *Service) memberships(ctx context.Context, id clerkapi.UserID, oldest time.Duration) ([]clerkapi.Membership, error) {
	if len(s.Policy().Rules.Protected.Roles) == 0 {
		return nil, nil
	}
	return s.Users.RecentMemberships(ctx, id, oldest)
}

// rolesUnknown says why somebody whose roles could not be had is not impersonated.
func rolesUnknown(err error) error {
	cause := fault.From(err)
	return cause.Saying(sentence.Of("user_protected.roles_unknown", "why", cause.Says()))
}

func gravity(e Effect) int { return slices.Index([]Effect{Refuse, Ask, Unchecked, Warn}, e) }

func protectedBy(rule Rule, effect settings.Effect, name, asks, refuses sentence.Sentence) Finding {
	if effect == settings.Ask {
		return Finding{Rule: rule, Effect: Ask, Name: name, Sentence: asks}
	}
	return Finding{Rule: rule, Effect: Refuse, Name: name, Sentence: refuses}
}

func protectedByMetadata(rules settings.Protected, metadata clerkapi.Metadata) []Finding {
	var found []Finding
	for _, name := range slices.Sorted(maps.Keys(rules.Metadata)) {
		switch says, isRead := metadata.Says(name, rules.Metadata[name]); {
		case says:
			found = append(found, protectedBy(RuleMetadata, rules.MetadataEffect, sentence.Of("finding.metadata", "name", name),
				sentence.Of("finding.metadata.ask"), sentence.Of("finding.metadata.refuse")))
		case !isRead:
			found = append(found, unread(rules.MetadataEffect, sentence.Of("finding.unread_field", "name", name), sentence.Of("finding.unread.about")))
		}
	}
	return found
}

// unread is what of a user cannot be read, though rules decide by it: it counts as
// if they held.
func unread(effect settings.Effect, name, may sentence.Sentence) Finding {
	return protectedBy(RuleUnread, effect, name, sentence.Of("finding.explain", "why", may), may)
}

// refusal is a finding that refuses, as a fault. A fault names no organization
// and no address: the findings of the dialog do.
func (f Finding) refusal() error {
	switch f.Rule {
	case RuleYourself:
		return fault.New(fault.Yourself, nil)
	case RuleBanned:
		return fault.New(fault.UserBanned, nil)
	case RuleLocked:
		return fault.New(fault.UserLocked, nil)
	case RuleDeprovisioned:
		return fault.New(fault.UserDeprovisioned, nil)
	case RuleUnread:
		return fault.New(fault.UserProtected, nil).Saying(sentence.Of("user_protected.unread", "name", f.Name, "why", f.Sentence))
	case RuleSignIn, RulePermission, RuleMarked, RuleRole, RuleDomain, RuleMetadata, RuleColleague, RuleActive, RuleQuota:
	}
	return fault.New(fault.UserProtected, nil).Saying(sentence.Of("user_protected.because", "why", f.Sentence))
}

// domainsOf lists the domains of all addresses of a user, verified or not, as
// rules write them.
func domainsOf(user clerkapi.User) []string {
	domains := []string{settings.Domain(user.Email)}
	for _, email := range user.Emails {
		domains = append(domains, settings.Domain(email.Value))
	}
	for _, account := range user.Accounts {
		domains = append(domains, settings.Domain(account.Email))
	}
	return domains
}
