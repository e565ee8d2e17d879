package settings_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"understudy/internal/settings"
)

func TestAPatchHasTheFieldsOfTheWhole(t *testing.T) {
	for patch, whole := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[settings.PreferencesPatch](): reflect.TypeFor[settings.Preferences](),
		reflect.TypeFor[settings.RulesPatch]():       reflect.TypeFor[settings.Rules](),
	} {
		compareFields(t, patch, whole)
	}
}

// compareFields compares names, in Go and in JSON, and types.
func compareFields(t *testing.T, patch, whole reflect.Type) {
	t.Helper()
	if patch.NumField() != whole.NumField() {
		t.Errorf("%s has %d fields, %s has %d", patch, patch.NumField(), whole, whole.NumField())
	}
	for field := range whole.Fields() {
		some, found := patch.FieldByName(field.Name)
		if !found || some.Tag.Get("json") != field.Tag.Get("json")+",omitempty" {
			t.Errorf("%s has no field %s, %s", patch, field.Name, field.Tag)
			continue
		}
		kind := some.Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		if field.Type.Kind() == reflect.Struct && kind.Kind() == reflect.Struct {
			compareFields(t, kind, field.Type)
		} else if kind != field.Type {
			t.Errorf("%s.%s is of %s, not of %s", patch, field.Name, kind, field.Type)
		}
	}
}

func TestAPatchChangesWhatItNamesAndNothingElse(t *testing.T) {
	const text = `{"sign_in": {"hours": 8, "after_lock": false}, "protected": {"roles": [], "metadata": {"vip": ["true"]}}, "monthly_quota": 0}`
	var patch settings.RulesPatch
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&patch); err != nil {
		t.Fatal(err)
	}
	if got := patch.Names(); !slices.Equal(got, []string{"monthly_quota", "protected.metadata", "protected.roles", "sign_in.after_lock", "sign_in.hours"}) {
		t.Errorf("named %v", got)
	}
	before := settings.Rules{
		SignIn:       settings.SignIn{Required: true, AfterLock: true, ClientID: "cl_1"},
		Protected:    settings.Protected{Roles: []string{"org:admin"}, RolesEffect: settings.Ask, Metadata: settings.Metadata{"role": {"admin"}}},
		MonthlyQuota: 5, LongestSession: 30,
	}
	want := settings.Rules{
		SignIn:         settings.SignIn{Required: true, Hours: 8, ClientID: "cl_1"},
		Protected:      settings.Protected{Roles: []string{}, RolesEffect: settings.Ask, Metadata: settings.Metadata{"vip": {"true"}}},
		LongestSession: 30,
	}
	if got := patch.Over(before); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if before.Protected.Metadata["role"] == nil || before.MonthlyQuota != 5 {
		t.Errorf("what was there is another: %+v", before)
	}
}
