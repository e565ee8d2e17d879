package settings_test

import (
	"slices"
	"strings"
	"testing"
)

func TestARuleThatProvesNothingAloneIsWarnedOf(t *testing.T) {
	const signIn = `"sign_in": {"required": true}`
	tests := []struct {
		name               string
		preferences, rules string
		instance           string
		want               []string // how each warning begins, in order
	}{
		{"nothing", `{}`, `{}`, `{}`, nil},
		{"a permission", `{}`, `{"permission": {"organization": "org_1", "name": "org:a:b"}}`, `{}`, []string{"rules.permission.name needs sign_in.required"}},
		{"a permission of who signed in", `{}`, `{` + signIn + `, "permission": {"organization": "org_1", "name": "org:a:b", "hide_table": true}}`, `{}`, nil},
		{"a hidden table", `{}`, `{"permission": {"hide_table": true}}`, `{}`, []string{"rules.permission.hide_table needs sign_in.required", "rules.permission.hide_table needs permission.name"}},
		{"a sign-in that is not required", `{}`, `{"sign_in": {"required": false, "hours": 8}}`, `{}`, []string{"rules.sign_in.hours needs"}},
		{"a sign-in after a lock that never comes", `{"lock_minutes": 0}`, `{"sign_in": {"required": true, "after_lock": true}}`, `{}`, []string{"rules.sign_in.after_lock needs preferences.lock_minutes"}},
		{"a sign-in after a lock", `{"lock_minutes": 5}`, `{"sign_in": {"required": true, "after_lock": true}}`, `{}`, nil},
		{
			"a reason why it must be this account", `{}`, `{"protected": {"roles": ["org:admin"], "roles_effect": "ask", "blocked_effect": "ask"}}`, `{}`,
			[]string{"rules.protected.roles_effect needs sign_in.required", "rules.protected.blocked_effect needs sign_in.required"},
		},
		{"a role that is refused", `{}`, `{"protected": {"roles": ["org:admin"], "roles_effect": "refuse"}}`, `{}`, nil},
		{"no role at all", `{}`, `{"protected": {"roles": [], "roles_effect": "refuse"}}`, `{}`, []string{"rules.protected.roles protects nobody"}},
		{"no metadata at all", `{}`, `{"protected": {"metadata": {}, "metadata_effect": "refuse"}}`, `{}`, []string{"rules.protected.metadata protects nobody"}},
		{"the effect of metadata alone", `{}`, `{"protected": {"metadata_effect": "ask"}}`, `{}`, []string{"rules.protected.metadata_effect needs protected.metadata", "rules.protected.metadata_effect needs sign_in.required"}},
		{"an effect alone", `{}`, `{"protected": {"domains_effect": "refuse"}}`, `{}`, []string{"rules.protected.domains_effect needs protected.domains"}},
		{"patterns that take anything", `{}`, `{"reason": {"pattern": "x*", "reference": ".*"}}`, `{}`, []string{"rules.reason.pattern proves nothing", "rules.reason.reference proves nothing"}},
		{"patterns that take little", `{}`, `{"reason": {"pattern": "#\\d+", "hint": "A number", "reference": "\\d{4}", "address": "https://a.example/{ref}"}}`, `{}`, nil},
		{"an address and a hint alone", `{}`, `{"reason": {"hint": "A number", "address": "https://a.example/{ref}"}}`, `{}`, []string{"rules.reason.hint needs", "rules.reason.address needs"}},
		{"a length that can be changed", `{"session_minutes": 10}`, `{}`, `{}`, []string{"preferences.session_minutes needs"}},
		{"a length that cannot", `{"session_minutes": 10}`, `{"longest_session_minutes": 10}`, `{}`, nil},
		{
			"an instance that takes the sign-in back", `{}`, `{` + signIn + `, "permission": {"organization": "org_1", "name": "org:a:b"}}`, `{"sign_in": {"required": false}}`,
			[]string{"instances.ins_1.permission.name needs"},
		},
		{"an instance that adds it", `{}`, `{"permission": {"organization": "org_1", "name": "org:a:b"}}`, `{` + signIn + `}`, []string{"rules.permission.name needs"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := manage(t, tt.preferences, tt.rules, tt.instance).Warnings()
			if !slices.EqualFunc(got, tt.want, strings.HasPrefix) {
				t.Errorf("got %q", got)
			}
		})
	}
}
