package settings_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

// manage is a policy for the preferences, every instance, and ins_1.
func manage(t *testing.T, preferences, rules, ins1 string) settings.Managed {
	t.Helper()
	var managed settings.Managed
	var own settings.RulesPatch
	err := errors.Join(json.Unmarshal([]byte(preferences), &managed.Preferences),
		json.Unmarshal([]byte(rules), &managed.Rules), json.Unmarshal([]byte(ins1), &own))
	managed.Instances = map[string]settings.RulesPatch{"ins_1": own}
	if err := errors.Join(err, managed.Validate()); err != nil {
		t.Fatal(err)
	}
	return managed
}

func openManaged(t *testing.T, dir string, managed settings.Managed) *settings.Store {
	t.Helper()
	store, err := settings.Open(dir, managed)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// own is a store with two instances and the operator's own rules.
func own(t *testing.T, dir string) {
	t.Helper()
	update(t, open(t, dir), func(s *settings.Settings) {
		s.Preferences.Theme, s.Preferences.SessionMinutes = settings.ThemeLight, 60
		for _, id := range []string{"ins_1", "ins_2"} {
			instance := example(id)
			instance.Rules.Protected = settings.Protected{Roles: []string{"org:own", "org:second"}, RolesEffect: settings.Ask}
			instance.Rules.MonthlyQuota = 5
			s.Instances = append(s.Instances, instance)
		}
	})
}

func TestAManagedValueWins(t *testing.T) {
	dir := t.TempDir()
	own(t, dir)
	store := openManaged(t, dir, manage(t, `{"session_minutes": 10}`,
		`{"protected": {"roles": ["org:admin"], "roles_effect": "refuse"}, "longest_session_minutes": 30}`,
		`{"longest_session_minutes": 10}`))
	got := store.Get()
	if got.Preferences.SessionMinutes != 10 || got.Preferences.Theme != settings.ThemeLight {
		t.Errorf("preferences %+v", got.Preferences)
	}
	for i, longest := range []int{10, 30} {
		rules := got.Instances[i].Rules
		if rules.LongestSession != longest || rules.MonthlyQuota != 5 ||
			!slices.Equal(rules.Protected.Roles, []string{"org:admin"}) || rules.Protected.RolesEffect != settings.Refuse {
			t.Errorf("%s: %+v", got.Instances[i].ID, rules)
		}
	}
	if names := store.Managed().RulesManaged("ins_1"); !slices.Equal(names, []string{"longest_session_minutes", "protected.roles", "protected.roles_effect"}) {
		t.Errorf("managed of ins_1: %v", names)
	}
	if names := store.Managed().Preferences.Names(); !slices.Equal(names, []string{"session_minutes"}) {
		t.Errorf("managed preferences: %v", names)
	}
}

func TestTheFileKeepsTheOperatorsOwn(t *testing.T) {
	dir := t.TempDir()
	own(t, dir)
	store := openManaged(t, dir, manage(t, `{"theme": "dark"}`, `{"protected": {"roles": ["org:admin"], "roles_effect": "refuse"}}`, `{}`))
	err := store.ChangePreferences(settings.PreferencesPatch{Zoom: new(110)})
	if err == nil {
		err = store.ChangeRules("ins_1", settings.RulesPatch{MonthlyQuota: new(9)})
	}
	if err != nil {
		t.Fatal(err)
	}
	update(t, store, func(s *settings.Settings) {
		if s.Preferences.Theme != settings.ThemeLight || s.Instances[0].Rules.Protected.Roles[0] != "org:own" {
			t.Errorf("a change is made to what is managed: %+v", s)
		}
	})
	text, err := os.ReadFile(filePath(dir))
	if err != nil || strings.Contains(string(text), "org:admin") || strings.Contains(string(text), "dark") {
		t.Errorf("what is managed got into the file: %s, %v", text, err)
	}
	kept := open(t, dir).Get()
	if kept.Preferences.Theme != settings.ThemeLight || kept.Preferences.Zoom != 110 || kept.Instances[0].Rules.MonthlyQuota != 9 ||
		!slices.Equal(kept.Instances[0].Rules.Protected.Roles, []string{"org:own", "org:second"}) {
		t.Errorf("without the policy: %+v", kept)
	}
}

func TestAManagedValueCannotBeChanged(t *testing.T) {
	dir := t.TempDir()
	own(t, dir)
	store := openManaged(t, dir, manage(t, `{"theme": "dark"}`, `{"protected": {"roles": ["org:admin"], "roles_effect": "refuse"}}`, `{"monthly_quota": 50}`))
	rule := func(id string, change settings.RulesPatch) func() error {
		return func() error { return store.ChangeRules(id, change) }
	}
	for name, change := range map[string]func() error{
		"a preference": func() error {
			return store.ChangePreferences(settings.PreferencesPatch{Theme: new(settings.ThemeSystem)})
		},
		"a preference beside another": func() error {
			return store.ChangePreferences(settings.PreferencesPatch{Zoom: new(110), Theme: new(settings.ThemeDark)})
		},
		"a list":                 rule("ins_1", settings.RulesPatch{Protected: &settings.ProtectedPatch{Roles: []string{}}}),
		"an effect":              rule("ins_2", settings.RulesPatch{Protected: &settings.ProtectedPatch{RolesEffect: new(settings.Ask)}}),
		"a rule of one instance": rule("ins_1", settings.RulesPatch{MonthlyQuota: new(51)}),
	} {
		t.Run(name, func(t *testing.T) {
			before := store.Get()
			if err := change(); fault.CodeOf(err) != fault.SettingManaged {
				t.Errorf("got %v", err)
			}
			if after := store.Get(); !reflect.DeepEqual(after, before) {
				t.Errorf("changed all the same: %+v", after)
			}
		})
	}
	if err := store.ChangeRules("ins_2", settings.RulesPatch{MonthlyQuota: new(51)}); err != nil {
		t.Errorf("a rule that is managed in another instance: %v", err)
	}
	if err := store.Update(func(s *settings.Settings) error { s.Instances = append(s.Instances, example("ins_3")); return nil }); err != nil {
		t.Errorf("a new instance: %v", err)
	}
	if got, _ := store.Get().Instance("ins_3"); !slices.Equal(got.Rules.Protected.Roles, []string{"org:admin"}) {
		t.Errorf("a new instance has no managed rules: %+v", got.Rules)
	}
}

// TestManagedMetadataIsOneValue: as a list is, not an object that others add to.
func TestManagedMetadataIsOneValue(t *testing.T) {
	dir := t.TempDir()
	mine := settings.Metadata{"plan": {"free"}, "role": {"guest"}}
	update(t, open(t, dir), func(s *settings.Settings) {
		instance := example("ins_1")
		instance.Rules.Protected.Metadata = mine
		s.Instances = []settings.Instance{instance}
	})
	store := openManaged(t, dir, manage(t, `{}`, `{"protected": {"metadata": {"team": ["it"]}, "metadata_effect": "refuse"}}`,
		`{"protected": {"metadata": {"role": ["admin"]}, "metadata_effect": "ask"}}`))
	if names := store.Managed().RulesManaged("ins_1"); !slices.Equal(names, []string{"protected.metadata", "protected.metadata_effect"}) {
		t.Errorf("managed: %v", names)
	}
	managed := settings.Metadata{"role": {"admin"}}
	if got := store.Get().Instances[0].Rules.Protected; !reflect.DeepEqual(got.Metadata, managed) || got.MetadataEffect != settings.Ask {
		t.Errorf("in force: %v", got)
	}
	update(t, store, func(s *settings.Settings) { s.Instances[0].Rules.MonthlyQuota = 7 })
	if got := open(t, dir).Get().Instances[0].Rules.Protected.Metadata; !reflect.DeepEqual(got, mine) {
		t.Errorf("the operator's own: %v", got)
	}
	err := store.ChangeRules("ins_1", settings.RulesPatch{Protected: &settings.ProtectedPatch{Metadata: settings.Metadata{"extra": {"x"}}}})
	if fault.CodeOf(err) != fault.SettingManaged {
		t.Errorf("a change of it: %v", err)
	}
	if got := store.Get().Instances[0].Rules.Protected.Metadata; !reflect.DeepEqual(got, managed) {
		t.Errorf("after a refused change: %v", got)
	}
}

func TestANameOfMetadataThatIsTakenOutIsGone(t *testing.T) {
	dir := t.TempDir()
	for _, metadata := range []settings.Metadata{{"role": {"admin"}, "plan": {"free"}}, {"plan": {"team"}}} {
		update(t, open(t, dir), func(s *settings.Settings) {
			instance := example("ins_1")
			instance.Rules.Protected.Metadata = metadata
			s.Instances = []settings.Instance{instance}
		})
		if got := open(t, dir).Get().Instances[0].Rules.Protected.Metadata; !reflect.DeepEqual(got, metadata) {
			t.Errorf("got %v, want %v", got, metadata)
		}
	}
}

func TestWhereAReferenceLeads(t *testing.T) {
	tests := []struct{ address, reference, want string }{
		{"https://acme.zendesk.com/agent/tickets/{ref}", "48213", "https://acme.zendesk.com/agent/tickets/48213"},
		{"https://acme.com/?q={ref}&x=1", "a&b=c#d", "https://acme.com/?q=a%26b%3Dc%23d&x=1"},
		{"https://acme.com/t/{ref}", "../../evil", "https://acme.com/t/..%2F..%2Fevil"},
		{"https://acme.com/t/{ref}", "a b?c", "https://acme.com/t/a%20b%3Fc"},
		{"https://acme.com/t/{ref}/{ref}", "1", "https://acme.com/t/1/1"},
		{"https://acme.com/t/{ref}", "..", ""},
		{"https://acme.com/t/{ref}", "", ""},
		{"", "48213", ""},
	}
	for _, tt := range tests {
		if got := (settings.Reason{Address: tt.address}).Link(tt.reference); got != tt.want {
			t.Errorf("%s, %s: got %s, want %s", tt.address, tt.reference, got, tt.want)
		}
	}
}

func TestAValueOfMetadataThatNobodyHasIsRefused(t *testing.T) {
	store := settings.Memory()
	update(t, store, func(s *settings.Settings) { s.Instances = []settings.Instance{example("ins_1")} })
	for _, value := range []string{"=admin", "", " ", "admin, owner"} {
		err := store.ChangeRules("ins_1", settings.RulesPatch{Protected: &settings.ProtectedPatch{Metadata: settings.Metadata{"role": {value}}}})
		if fault.CodeOf(err) != fault.SettingInvalid {
			t.Errorf("%q: %v", value, err)
		}
	}
}
