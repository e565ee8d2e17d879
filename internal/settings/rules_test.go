package settings_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/settings"
)

func TestRulesAreKept(t *testing.T) {
	dir := t.TempDir()
	rules := settings.Rules{
		SignIn:     settings.SignIn{Required: true, Hours: 8, ClientID: "cl_1", AfterLock: true},
		Permission: settings.Permission{Organization: "org_1", Name: "org:dashboard:access", HideTable: true},
		Protected:  settings.Protected{Roles: []string{"org:admin"}, RolesEffect: settings.Ask, Domains: []string{"acme.com"}, Metadata: settings.Metadata{"role": {"admin"}}, MetadataEffect: settings.Ask},
		Reason:     settings.Reason{Pattern: `#\d+`, Hint: "Begin with the ticket number", Reference: `\d{4,}`, Address: "https://acme.zendesk.com/agent/tickets/{ref}"},
	}
	update(t, open(t, dir), func(s *settings.Settings) {
		instance := example("ins_1")
		instance.Rules = rules
		s.Instances = []settings.Instance{instance}
	})
	kept := open(t, dir).Get().Instances[0].Rules
	if kept.SignIn != rules.SignIn || kept.Permission != rules.Permission || kept.Reason != rules.Reason ||
		kept.Protected.Roles[0] != "org:admin" || kept.Protected.Domains[0] != "acme.com" ||
		!reflect.DeepEqual(kept.Protected.Metadata, rules.Protected.Metadata) || kept.Protected.MetadataEffect != settings.Ask {
		t.Errorf("got %+v", kept)
	}
}

func TestImpossibleRulesAreRefused(t *testing.T) {
	tests := map[string]func(*settings.Rules){
		"sign_in.hours":             func(r *settings.Rules) { r.SignIn.Hours = -1 },
		"sign_in.client_id":         func(r *settings.Rules) { r.SignIn.ClientID = "a b" },
		"permission.organization":   func(r *settings.Rules) { r.Permission.Organization = "acme" },
		"permission.name":           func(r *settings.Rules) { r.Permission.Name = "admin" },
		"permission, which":         func(r *settings.Rules) { r.Permission.Name = "org:dashboard:access" },
		"protected.roles":           func(r *settings.Rules) { r.Protected.Roles = []string{"admin"} },
		"protected.domains":         func(r *settings.Rules) { r.Protected.Domains = []string{"@acme.com"} },
		"protected.roles_effect":    func(r *settings.Rules) { r.Protected.RolesEffect = "perhaps" },
		"protected.domains_effect":  func(r *settings.Rules) { r.Protected.DomainsEffect = "perhaps" },
		"protected.metadata":        func(r *settings.Rules) { r.Protected.Metadata = settings.Metadata{"role": nil} },
		"protected.metadata_effect": func(r *settings.Rules) { r.Protected.MetadataEffect = "perhaps" },
		"protected.blocked_effect":  func(r *settings.Rules) { r.Protected.Blocked = "perhaps" },
		"reason.pattern":            func(r *settings.Rules) { r.Reason.Pattern = "(" },
		"reason.hint":               func(r *settings.Rules) { r.Reason.Hint = "two\nlines" },
		"reason.reference":          func(r *settings.Rules) { r.Reason.Reference = "[" },
		"reason.address":            func(r *settings.Rules) { r.Reason.Address = "javascript:alert({ref})" },
		"longest_session_minutes":   func(r *settings.Rules) { r.LongestSession = 7 },
		"monthly_quota":             func(r *settings.Rules) { r.MonthlyQuota = -5 },
	}
	for field, spoil := range tests {
		t.Run(field, func(t *testing.T) {
			err := settings.Memory().Update(func(s *settings.Settings) error {
				instance := example("ins_1")
				spoil(&instance.Rules)
				s.Instances = []settings.Instance{instance}
				return nil
			})
			if fault.CodeOf(err) != fault.SettingInvalid || !strings.Contains(errors.Unwrap(err).Error(), "rules."+field) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestHowLongASignInCounts(t *testing.T) {
	if got := (settings.SignIn{}).Lasts(); got != 12*time.Hour {
		t.Errorf("not set: got %v", got)
	}
	if got := (settings.SignIn{Hours: 1}).Lasts(); got != time.Hour {
		t.Errorf("one hour: got %v", got)
	}
}
