package settings

import (
	"fmt"
	"maps"
	"slices"

	"understudy/internal/fault"
)

// Managed are the values that an administrator set for all who use this computer. They
// win over the operator's own. Those stay in the file and count again when the
// administrator lets go. The zero value manages nothing.
type Managed struct {
	Preferences PreferencesPatch
	Rules       RulesPatch            // of every instance
	Instances   map[string]RulesPatch // of one instance, by its id; they win over Rules
	APIURL      string                // the only address of the Backend API that may be used, "" if any may
}

// Validate returns an error for an impossible value. Its text names the field as
// [Managed] has it, "rules.reason.pattern" for example, never the value.
func (m Managed) Validate() error {
	s := Defaults()
	s.Preferences = m.Preferences.Over(s.Preferences)
	if err := s.validate(); err != nil {
		return fmt.Errorf("preferences.%w", err)
	}
	if err := validateRules(m.Rules.Over(Rules{}), m.Rules.Names()); err != nil {
		return fmt.Errorf("rules.%w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(m.Instances)) {
		if !instanceID.MatchString(id) {
			return &invalidError{"instances." + id}
		}
		if err := validateRules(m.RulesOf(id, Rules{}), m.RulesManaged(id)); err != nil {
			return fmt.Errorf("instances.%s.%w", id, err)
		}
	}
	return nil
}

// validateRules also refuses managed rules that say whom they protect but not
// how: the operator's own effect would stand beside the list.
func validateRules(rules Rules, managed []string) error {
	for _, list := range []string{"protected.roles", "protected.domains", "protected.metadata"} {
		if slices.Contains(managed, list) && !slices.Contains(managed, list+"_effect") {
			return &invalidError{list + ", which needs its effect beside it"}
		}
	}
	return rules.validate()
}

// RulesOf returns the rules of an instance: the operator's own, with what is
// managed over them.
func (m Managed) RulesOf(id string, own Rules) Rules {
	return m.Instances[id].Over(m.Rules.Over(own)).clone()
}

// RulesManaged names the rules of an instance that are managed, in order:
// "reason.pattern".
func (m Managed) RulesManaged(id string) []string {
	both := slices.Concat(m.Rules.Names(), m.Instances[id].Names())
	slices.Sort(both)
	return slices.Compact(both)
}

// over lays what is managed over the operator's own settings.
func (m Managed) over(own Settings) Settings {
	own.Preferences = m.Preferences.Over(own.Preferences)
	effective := own.clone()
	for i, instance := range effective.Instances {
		effective.Instances[i].Rules = m.RulesOf(instance.ID, instance.Rules)
	}
	return effective
}

// ChangedRules returns the operator's own rules of an instance after a change. The
// failure is fault.SettingManaged if one of the rules is managed, and
// fault.SettingInvalid if one would have an impossible value.
func (m Managed) ChangedRules(id string, own Rules, change RulesPatch) (Rules, error) {
	if overlap(change.Names(), m.RulesManaged(id)) {
		return Rules{}, fault.New(fault.SettingManaged, nil)
	}
	changed := change.Over(own).clone()
	return changed, changed.Validate()
}

// String says how much is managed.
func (m Managed) String() string {
	preferences, rules := len(m.Preferences.Names()), len(m.Rules.Names())
	more := 0
	for id := range m.Instances {
		more += len(m.RulesManaged(id)) - rules
	}
	api := ""
	if m.APIURL != "" {
		api = ", and the address of Clerk's API"
	}
	if preferences+rules+len(m.Instances) == 0 && api == "" {
		return "it manages nothing"
	}
	return fmt.Sprintf("good, it manages %s, %s of every instance, %d more of %s%s",
		counted(preferences, "preference"), counted(rules, "rule"), more, counted(len(m.Instances), "instance"), api)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
