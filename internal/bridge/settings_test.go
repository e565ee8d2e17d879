package bridge

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
)

// example has no field without a value.
func example() settings.Rules {
	return settings.Rules{
		SignIn:     settings.SignIn{Required: true, Hours: 8, ClientID: "cl_1", AfterLock: true},
		Permission: settings.Permission{Organization: "org_1", Name: "org:dashboard:access", HideTable: true},
		Protected: settings.Protected{
			Roles: []string{"org:admin"}, RolesEffect: settings.Ask,
			Domains: []string{"acme.com"}, DomainsEffect: settings.Refuse, Blocked: settings.Ask,
			Metadata: settings.Metadata{"role": {"admin", "x=y z"}, "vip": {"true"}}, MetadataEffect: settings.Ask,
		},
		Reason:         settings.Reason{Pattern: "#", Hint: "Hint.", Reference: `\d+`, Address: "https://acme.com/{ref}"},
		LongestSession: 30, MonthlyQuota: 5, ForbidCopyingLinks: true,
		Changes: settings.Changes{
			Default: viewonly.ViewOnly, Allow: settings.AllowReason, Minutes: 5,
			Paths: []string{"/api/search"}, Hosts: []string{"live.acme.com"}, HoldGraphQL: true,
		},
	}
}

func TestTheWindowGetsEveryRuleUnderItsNameInAPolicy(t *testing.T) {
	rules := example()
	if empty := reflect.ValueOf(rules); slices.ContainsFunc(fields(empty), reflect.Value.IsZero) {
		t.Fatal("the example lacks a rule")
	}
	var want, got map[string]any
	decode(t, rules, &want)
	decode(t, rulesOf(rules, secret.Development, []string{"reason.pattern"}), &got)
	want["managed"] = []any{"reason.pattern"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func fields(of reflect.Value) []reflect.Value {
	var all []reflect.Value
	for _, value := range of.Fields() {
		all = append(all, value)
	}
	return all
}

// decode gives a value as it arrives.
func decode(t *testing.T, value, into any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestNothingArrivesAsNull(t *testing.T) {
	for _, empty := range []any{settingsOf(settings.Preferences{}, nil), rulesOf(settings.Rules{}, secret.Development, nil)} {
		var arrived any
		decode(t, empty, &arrived)
		if at := nulls(arrived, ""); len(at) > 0 {
			t.Errorf("%T: null at %v", empty, at)
		}
	}
	if got := rulesOf(settings.Rules{}, secret.Development, nil).Protected; got.Blocked != settings.Refuse || got.RolesEffect != settings.Refuse {
		t.Errorf("an effect is not spelled out: %+v", got)
	}
}

func nulls(arrived any, path string) []string {
	object, isObject := arrived.(map[string]any)
	if !isObject {
		if arrived == nil {
			return []string{path}
		}
		return nil
	}
	var found []string
	for name, value := range object {
		found = append(found, nulls(value, path+"."+name)...)
	}
	return found
}

func TestADomainThatIsPastedFromAnAddressIsKeptAsRulesWriteIt(t *testing.T) {
	typed := settings.RulesPatch{Protected: &settings.ProtectedPatch{Domains: []string{"@Mail.ACME.com.", "bücher.example"}}}
	if got := asWritten(typed).Protected.Domains; !slices.Equal(got, []string{"mail.acme.com", "xn--bcher-kva.example"}) {
		t.Errorf("got %v", got)
	}
	if got := asWritten(settings.RulesPatch{Protected: &settings.ProtectedPatch{}}); len(got.Names()) > 0 {
		t.Errorf("a list is changed that nobody typed: %v", got.Names())
	}
}
