package settings

import (
	"maps"
	"regexp"
	"slices"
)

// Warnings name what is managed but proves nothing, since it stands on something
// that is not: one sentence each, which begins with the name of the field.
func (m Managed) Warnings() []string {
	preferences := m.Preferences.Over(Defaults().Preferences)
	manages := func(name string) bool { return slices.Contains(m.Preferences.Names(), name) }
	locks := manages("lock_minutes") && preferences.LockMinutes > 0

	all := warningsOf(m.Rules.Over(Rules{}), m.Rules.Names(), locks)
	found := prefixed("rules.", all)
	for _, id := range slices.Sorted(maps.Keys(m.Instances)) {
		for _, one := range warningsOf(m.RulesOf(id, Rules{}), m.RulesManaged(id), locks) {
			if !slices.Contains(all, one) { // else it is said of every instance
				found = append(found, "instances."+id+"."+one)
			}
		}
	}
	if manages("session_minutes") && preferences.SessionMinutes < maxSession && m.Rules.LongestSession == nil {
		found = append(found, "preferences.session_minutes needs rules.longest_session_minutes: an operator can choose a longer session.")
	}
	return found
}

// maxSession is the most minutes that a session can last.
const maxSession = 60

// warningsOf are the warnings about the rules of one part of a policy, of which those
// named are managed. locks tells that Understudy locks itself, whatever an operator
// chooses.
func warningsOf(r Rules, managed []string, locks bool) []string {
	has := func(name string) bool { return slices.Contains(managed, name) }
	unproven := !r.SignIn.Required
	asks := func(effect Effect) bool { return effect == Ask && unproven }
	var found []string
	for _, w := range []struct {
		applies bool
		text    string
	}{
		{r.SignIn.Hours > 0 && unproven, "sign_in.hours needs sign_in.required: nobody has to sign in."},
		{r.SignIn.AfterLock && unproven, "sign_in.after_lock needs sign_in.required: nobody has to sign in."},
		{r.SignIn.AfterLock && !locks, "sign_in.after_lock needs preferences.lock_minutes: an operator can choose never to be locked."},
		{r.Permission.Name != "" && unproven, "permission.name needs sign_in.required: until an operator has signed in, it is not known who they are."},
		{r.Permission.HideTable && unproven, "permission.hide_table needs sign_in.required: until an operator has signed in, it is not known who they are."},
		{r.Permission.HideTable && r.Permission.Name == "", "permission.hide_table needs permission.name: without it, users are shown to everybody who signs in."},
		{has("protected.roles") && len(r.Protected.Roles) == 0, "protected.roles protects nobody: it is empty."},
		{has("protected.domains") && len(r.Protected.Domains) == 0, "protected.domains protects nobody: it is empty."},
		{has("protected.metadata") && len(r.Protected.Metadata) == 0, "protected.metadata protects nobody: it is empty."},
		{has("protected.roles_effect") && !has("protected.roles"), "protected.roles_effect needs protected.roles: it is about the roles that an operator lists."},
		{has("protected.domains_effect") && !has("protected.domains"), "protected.domains_effect needs protected.domains: it is about the domains that an operator lists."},
		{has("protected.metadata_effect") && !has("protected.metadata"), "protected.metadata_effect needs protected.metadata: it is about the metadata that an operator lists."},
		{asks(r.Protected.RolesEffect), "protected.roles_effect needs sign_in.required: who gives the reason is not proven."},
		{asks(r.Protected.DomainsEffect), "protected.domains_effect needs sign_in.required: who gives the reason is not proven."},
		{asks(r.Protected.MetadataEffect), "protected.metadata_effect needs sign_in.required: who gives the reason is not proven."},
		{asks(r.Protected.Blocked), "protected.blocked_effect needs sign_in.required: who gives the reason is not proven."},
		{takesAnything(r.Reason.Pattern), "reason.pattern proves nothing: it matches every text."},
		{takesAnything(r.Reason.Reference), "reason.reference proves nothing: it matches every text."},
		{r.Reason.Hint != "" && r.Reason.Pattern == "", "reason.hint needs reason.pattern: it is shown when a reason does not match."},
		{r.Reason.Address != "" && r.Reason.Reference == "", "reason.address needs reason.reference: a reference can be left out."},
	} {
		if w.applies {
			found = append(found, w.text)
		}
	}
	return found
}

// takesAnything reports whether a pattern asks for nothing, as far as texts that
// have little in common tell.
func takesAnything(pattern string) bool {
	compiled, err := regexp.Compile(`\A(?:` + pattern + `)`)
	if pattern == "" || err != nil {
		return false
	}
	return !slices.ContainsFunc([]string{"", " ", "x", "7", "ü", "-?"}, func(text string) bool { return !compiled.MatchString(text) })
}

func prefixed(prefix string, all []string) []string {
	var named []string
	for _, one := range all {
		named = append(named, prefix+one)
	}
	return named
}
