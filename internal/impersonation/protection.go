package impersonation

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"understudy/internal/bidi"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
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
	Name     string // the rule in words, "Admin of Meridian Health"
	Sentence string // its consequence, for the operator to read
	// Until is the time at which it is over by itself; zero: not known, or never.
	Until time.Time
}

// Protection finds the rules that protect a user, the gravest first. The user's
// state and mark, and the operator's own user, count without any settings.
func (p Policy) Protection(who operator.Operator, subject Subject) []Finding {
	var found []Finding
	user, rules := subject.User, p.Rules.Protected
	if who.Is(user) {
		found = append(found, Finding{RuleYourself, Refuse, "This is you", "You cannot impersonate yourself.", time.Time{}})
	}
	if user.NoImpersonation {
		found = append(found, Finding{RuleMarked, Refuse, "Must not be impersonated", "Marked \"no_impersonation\" in the user's metadata.", time.Time{}})
	}
	if user.Unread.Metadata {
		found = append(found, unread(settings.Refuse, "The metadata", "may say that this user must not be impersonated"))
	}
	for _, m := range subject.Memberships {
		switch {
		case len(rules.Roles) > 0 && m.Role == "":
			found = append(found, unread(rules.RolesEffect, "A role", "may be one that your rules protect"))
		case slices.Contains(rules.Roles, m.Role):
			found = append(found, protectedBy(RuleRole, rules.RolesEffect, bidi.Isolate(m.RoleName())+" of "+bidi.Isolate(m.OrganizationName), "this role"))
		}
	}
	if len(rules.Domains) > 0 && user.Unread.Addresses {
		found = append(found, unread(rules.DomainsEffect, "An address", "may be at a domain that your rules protect"))
	}
	domains := domainsOf(user)
	for _, rule := range rules.Domains {
		covers := func(domain string) bool { return settings.Covers(rule, domain) }
		if i := slices.IndexFunc(domains, covers); i >= 0 {
			found = append(found, protectedBy(RuleDomain, rules.DomainsEffect, "Has an address at "+domains[i], "this domain"))
		}
	}
	found = append(found, protectedByMetadata(rules, user.Metadata)...)
	for _, state := range []struct {
		holds, isUnread bool
		rule            Rule
		name            string
	}{
		{user.Banned, user.Unread.Banned, RuleBanned, "Banned"},
		{user.Locked, user.Unread.Locked, RuleLocked, "Locked"},
		{user.Deprovision, user.Unread.Deprovision, RuleDeprovisioned, "Deprovisioned"},
	} {
		switch {
		case state.holds:
			found = append(found, blockedBy(state.rule, rules.Blocked, state.name))
		case state.isUnread:
			found = append(found, unread(rules.Blocked, "A state", "may be: "+strings.ToLower(state.name)))
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
	return cause.WithMessage("Your rules protect some roles, and this user's roles could not be checked. " + cause.Sentence())
}

func gravity(e Effect) int { return slices.Index([]Effect{Refuse, Ask, Unchecked, Warn}, e) }

func protectedBy(rule Rule, effect settings.Effect, name, what string) Finding {
	if effect == settings.Ask {
		return Finding{Rule: rule, Effect: Ask, Name: name, Sentence: "Your rules protect " + what + ". Explain why you need this account."}
	}
	return Finding{Rule: rule, Effect: Refuse, Name: name, Sentence: "Your rules don't allow users with " + what + "."}
}

func protectedByMetadata(rules settings.Protected, metadata clerkapi.Metadata) []Finding {
	var found []Finding
	for _, name := range slices.Sorted(maps.Keys(rules.Metadata)) {
		switch says, isRead := metadata.Says(name, rules.Metadata[name]); {
		case says:
			found = append(found, protectedBy(RuleMetadata, rules.MetadataEffect, "Has a protected "+bidi.Isolate(name)+" in the metadata", "this metadata"))
		case !isRead:
			found = append(found, unread(rules.MetadataEffect, "The "+bidi.Isolate(name)+" in the metadata", "may be one that your rules protect"))
		}
	}
	return found
}

func blockedBy(rule Rule, effect settings.Effect, name string) Finding {
	if effect == settings.Ask {
		return Finding{Rule: rule, Effect: Ask, Name: name, Sentence: "Explain why you need this account. Clerk may refuse anyway."}
	}
	return Finding{Rule: rule, Effect: Refuse, Name: name, Sentence: name + " users can't sign in."}
}

// unread is what of a user cannot be read, though rules decide by it: it counts as
// if they held.
func unread(effect settings.Effect, what, may string) Finding {
	found := Finding{Rule: RuleUnread, Effect: Refuse, Name: what + " of this user cannot be read", Sentence: "It " + may + "."}
	if effect == settings.Ask {
		found.Effect = Ask
		found.Sentence += " Explain why you need this account."
	}
	return found
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
		return fault.New(fault.UserProtected, nil).WithMessage(f.Name + ". " + f.Sentence)
	case RuleSignIn, RulePermission, RuleMarked, RuleRole, RuleDomain, RuleMetadata, RuleColleague, RuleActive, RuleQuota:
	}
	return fault.New(fault.UserProtected, nil).WithMessage("This user is protected. " + f.Sentence)
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
