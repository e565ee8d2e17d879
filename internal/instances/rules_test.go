package instances

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/directory"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

func TestRulesStayWithTheInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	if err := w.ChangeRules(t.Context(), settings.RulesPatch{SignIn: &settings.SignInPatch{Required: new(true)}}); err != nil {
		t.Fatal(err)
	}
	expectCode(t, w.ChangeRules(t.Context(), settings.RulesPatch{SignIn: &settings.SignInPatch{Hours: new(-1)}}), fault.SettingInvalid)
	o.restart()
	again, err := o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	if rules := again.Rules(); !rules.SignIn.Required || rules.SignIn.Hours != 0 {
		t.Errorf("got %+v", rules)
	}
}

func TestRulesOfAnInstanceThatNoFileKeeps(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w, err := o.manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.ChangeRules(t.Context(), settings.RulesPatch{Reason: &settings.ReasonPatch{Pattern: new("#")}}); err != nil {
		t.Fatal(err)
	}
	expectCode(t, w.ChangeRules(t.Context(), settings.RulesPatch{SignIn: &settings.SignInPatch{Hours: new(-1)}}), fault.SettingInvalid)
	if rules := w.Rules(); rules.Reason.Pattern != "#" || rules.SignIn.Hours != 0 {
		t.Errorf("got %+v", rules)
	}
}

// manage deploys rules for the office, from its next start on.
func manage(t *testing.T, rules string) settings.Managed {
	t.Helper()
	var managed settings.Managed
	if err := errors.Join(json.Unmarshal([]byte(rules), &managed.Rules), managed.Validate()); err != nil {
		t.Fatal(err)
	}
	return managed
}

// TestManagedRulesHoldForEveryInstance has an instance of the settings, and one whose
// key is held for this run only.
func TestManagedRulesHoldForEveryInstance(t *testing.T) {
	for name, connect := range map[string]func(*office) *workspace.Workspace{
		"in the settings": (*office).connect,
		"held in memory": func(o *office) *workspace.Workspace {
			o.keys.fails = fault.New(fault.KeychainAbsent, nil)
			_, err := o.manager.ConnectFromClipboard(t.Context())
			expectCode(t, err, fault.KeychainAbsent)
			w, err := o.manager.HoldInMemory(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			o.managed = manage(t, `{"longest_session_minutes": 10}`)
			o.restart()
			w := connect(o)
			o.pickOperator(w)
			if err := w.ChangeRules(t.Context(), settings.RulesPatch{MonthlyQuota: new(5)}); err != nil {
				t.Fatal(err)
			}
			expectCode(t, w.ChangeRules(t.Context(), settings.RulesPatch{LongestSession: new(60)}), fault.SettingManaged)
			if rules := w.Rules(); rules.LongestSession != 10 || rules.MonthlyQuota != 5 {
				t.Errorf("got %+v", rules)
			}
			if names := w.ManagedRules(); !slices.Equal(names, []string{"longest_session_minutes"}) {
				t.Errorf("managed %v", names)
			}
			_, err := w.Impersonations.Create(t.Context(), impersonation.Request{
				UserID: somebody(t, w).ID, LinkLife: time.Minute, SessionLength: time.Hour,
			})
			expectCode(t, err, fault.SessionTooLong)
		})
	}
}

func TestAMarkedUserIsNeverImpersonated(t *testing.T) {
	o := newOffice(t, emulator.Config{Users: 2500, Seed: 1})
	w := o.connect()
	o.pickOperator(w)
	page, err := w.Directory.Page(t.Context(), directory.Request{View: directory.View{Query: "email:bea.almeida@cortica.example"}, Total: -1})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("found %+v, %v", page, err)
	}
	found := w.Impersonations.Preflight(t.Context(), page.Rows[0].ID)
	if len(found) != 1 || found[0].Rule != impersonation.RuleMarked || found[0].Effect != impersonation.Refuse {
		t.Errorf("found %+v", found)
	}
	_, err = w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: page.Rows[0].ID, Override: "Please", LinkLife: time.Minute, SessionLength: time.Hour,
	})
	expectCode(t, err, fault.UserProtected)
	if strings.Contains(o.files(), "acct-") {
		t.Error("private metadata is on the disk")
	}
}

func TestRecentReasons(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	for _, reason := range []string{"one", "two", "", "one", "three", "four"} {
		_, err := w.Impersonations.Create(t.Context(), impersonation.Request{
			UserID: somebody(t, w).ID, Reason: reason, LinkLife: time.Minute, SessionLength: 10 * time.Minute,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got, err := w.RecentReasons(); err != nil || !slices.Equal(got, []string{"four", "three", "one"}) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestWhereAReferenceLeads(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	_, err := w.LinkOf("48213")
	expectCode(t, err, fault.ReferenceInvalid)
	if err := w.ChangeRules(t.Context(), settings.RulesPatch{Reason: &settings.ReasonPatch{Address: new("https://acme.example/t/{ref}")}}); err != nil {
		t.Fatal(err)
	}
	if got, err := w.LinkOf("a/b"); err != nil || got != "https://acme.example/t/a%2Fb" {
		t.Errorf("got %s, %v", got, err)
	}
}
