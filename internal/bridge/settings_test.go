package bridge

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"understudy/internal/settings"
)

// TestEveryManagedSettingHasAFieldHere: the window finds what is managed by name.
func TestEveryManagedSettingHasAFieldHere(t *testing.T) {
	for _, pair := range []struct{ settings, bridge reflect.Type }{
		{reflect.TypeFor[settings.Rules](), reflect.TypeFor[Rules]()},
		{reflect.TypeFor[settings.Preferences](), reflect.TypeFor[Settings]()},
	} {
		here := tags(pair.bridge)
		for _, path := range paths(pair.settings, "") {
			if !slices.Contains(here, camelCase(path)) {
				t.Errorf("%s: no field %s in %s", path, camelCase(path), pair.bridge)
			}
		}
		if all := len(paths(pair.settings, "")) + 1; len(here) != all { // and the list of what is managed
			t.Errorf("%s has %d fields, want %d", pair.bridge, len(here), all)
		}
	}
}

// paths names the leaves of a settings type as a policy does.
func paths(t reflect.Type, prefix string) []string {
	var names []string
	for field := range t.Fields() {
		name := prefix + field.Tag.Get("json")
		if field.Type.Kind() == reflect.Struct {
			names = append(names, paths(field.Type, name+".")...)
			continue
		}
		names = append(names, name)
	}
	return names
}

func tags(t reflect.Type) []string {
	var names []string
	for field := range t.Fields() {
		names = append(names, field.Tag.Get("json"))
	}
	return names
}

func TestRulesCrossAndComeBack(t *testing.T) {
	want := settings.Rules{
		SignIn:     settings.SignIn{Required: true, Hours: 8, ClientID: "cl_1", AfterLock: true},
		Permission: settings.Permission{Organization: "org_1", Name: "org:dashboard:access", HideTable: true},
		Protected: settings.Protected{
			Roles: []string{"org:admin"}, RolesEffect: settings.Ask,
			Domains: []string{"acme.com"}, DomainsEffect: settings.Refuse, Blocked: settings.Ask,
			Metadata: settings.Metadata{"role": {"admin", "x=y z"}, "vip": {"true"}}, MetadataEffect: settings.Ask,
		},
		Reason:         settings.Reason{Pattern: "#", Hint: "Hint.", Reference: `\d+`, Address: "https://acme.com/{ref}"},
		LongestSession: 30, MonthlyQuota: 5, ForbidCopyingLinks: true,
	}
	text, err := json.Marshal(rulesOf(want, []string{"reason.pattern"}))
	if err != nil {
		t.Fatal(err)
	}
	var crossed Rules
	if err := json.Unmarshal(text, &crossed); err != nil {
		t.Fatal(err)
	}
	var got settings.Rules
	crossed.apply(Rules{}, &got)
	if !reflect.DeepEqual(got, want) || !slices.Equal(crossed.Managed, []string{"reasonPattern"}) {
		t.Errorf("got %+v, managed %v", got, crossed.Managed)
	}
}

// TestWhatIsTypedIsKeptAsRulesWriteIt: an agent pastes a domain as an address has it.
func TestWhatIsTypedIsKeptAsRulesWriteIt(t *testing.T) {
	typed := Rules{ProtectedDomains: []string{"@Mail.ACME.com.", "bücher.example"}, ProtectedMetadata: []string{" role = admin ", "role=owner", "vip"}}
	var got settings.Rules
	typed.apply(Rules{}, &got)
	if !slices.Equal(got.Protected.Domains, []string{"mail.acme.com", "xn--bcher-kva.example"}) ||
		!reflect.DeepEqual(got.Protected.Metadata, settings.Metadata{"role": {"admin", "owner"}, "vip": {""}}) {
		t.Errorf("got %+v", got.Protected)
	}
	if got.Validate() == nil {
		t.Error("a name without a value is taken")
	}
}

// TestAWindowSavesWhatItChangedAndNothingElse: another window changed the theme, the
// columns and a rule after this one was shown them.
func TestAWindowSavesWhatItChangedAndNothingElse(t *testing.T) {
	var shown shown[Settings]
	given := shown.keep(settingsOf(settings.Defaults().Preferences, nil))
	now := settings.Defaults().Preferences
	now.Theme, now.Columns = settings.ThemeDark, []settings.Column{{ID: "email", Width: 100}}

	given.Zoom = 110
	given.apply(shown.previous(Settings{}), &now)
	if now.Zoom != 110 || now.Theme != settings.ThemeDark || len(now.Columns) != 1 {
		t.Errorf("got %+v", now)
	}

	rules := rulesOf(settings.Rules{}, nil)
	changed := rules
	changed.ReasonPattern, changed.ProtectedRoles = "#", []string{"org:admin"}
	kept := settings.Rules{SignIn: settings.SignIn{Required: true}, Reason: settings.Reason{Hint: "A number"}}
	changed.apply(rules, &kept)
	if !kept.SignIn.Required || kept.Reason.Hint != "A number" || kept.Reason.Pattern != "#" || !slices.Equal(kept.Protected.Roles, []string{"org:admin"}) {
		t.Errorf("got %+v", kept)
	}
}

func TestAWindowThatWasShownNothingSavesWhatDiffers(t *testing.T) {
	var shown shown[Settings]
	now := settings.Defaults().Preferences
	whole := settingsOf(now, nil)
	whole.Theme = "light"
	whole.apply(shown.previous(settingsOf(now, nil)), &now)
	if now.Theme != settings.ThemeLight {
		t.Errorf("got %+v", now)
	}
}
