package instances

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

const testLiveKey = "sk_live_CanaryCanaryCanaryCanaryCanaryCanary00"

// hold connects with a key that the keychain does not take.
func (o *office) hold(key string) *workspace.Workspace {
	o.t.Helper()
	o.keys.fails = fault.New(fault.KeychainAbsent, nil)
	o.clipboard.text = key
	_, err := o.manager.ConnectFromClipboard(o.t.Context())
	expectCode(o.t, err, fault.KeychainAbsent)
	w, err := o.manager.HoldInMemory(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return w
}

func TestAnInstanceInMemoryRemembersWhoActsWhileTheProgramRuns(t *testing.T) {
	outsider, err := operator.Outsider("Maya Lindqvist", "maya@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	choices := map[string]func(*office, *workspace.Workspace){
		"a user": func(o *office, w *workspace.Workspace) { o.pickOperator(w) },
		"no user": func(_ *office, w *workspace.Workspace) {
			if _, err := w.ActAs(outsider); err != nil {
				t.Fatal(err)
			}
		},
	}
	returns := map[string]func(*office, string) *workspace.Workspace{
		"from another instance": func(o *office, id string) *workspace.Workspace {
			o.hold(testLiveKey)
			return o.selected(id)
		},
		"from the sample": func(o *office, id string) *workspace.Workspace {
			if _, err := o.manager.ConnectSample(t.Context()); err != nil {
				t.Fatal(err)
			}
			return o.selected(id)
		},
		"after the key was pasted again over it": func(o *office, _ string) *workspace.Workspace { return o.hold(testKey) },
		"after a lock": func(o *office, _ string) *workspace.Workspace {
			o.manager.Lock()
			return o.hold(testKey)
		},
		"after a lock of another instance": func(o *office, _ string) *workspace.Workspace {
			o.hold(testLiveKey)
			o.manager.Lock()
			return o.hold(testKey)
		},
		"after a lock, another instance first": func(o *office, _ string) *workspace.Workspace {
			o.manager.Lock()
			o.hold(testLiveKey)
			return o.hold(testKey)
		},
	}
	for who, choose := range choices {
		for way, back := range returns {
			t.Run(who+" "+way, func(t *testing.T) {
				o := newOffice(t, emulator.Config{})
				w := o.hold(testKey)
				choose(o, w)
				before := w.KnownOperator()
				if got := back(o, w.Instance.ID).KnownOperator(); got.RecordID() != before.RecordID() || got.RecordID() == "" {
					t.Errorf("%q acts, before it was %q", got.RecordID(), before.RecordID())
				}
			})
		}
	}
}

func TestTheOperatorStaysWhenTheKeychainTakesTheKeyLater(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.hold(testKey)
	o.pickOperator(w)
	o.keys.fails, o.clipboard.text = nil, testKey
	if got := o.connect().KnownOperator(); got.IsNobody() {
		t.Error("it is asked again who acts")
	}
	if kept, _ := o.store.Get().Instance(w.Instance.ID); kept.OperatorID == "" {
		t.Error("the settings do not know who acts")
	}
}

func TestTheOperatorOfAForgottenInstanceIsForgotten(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.hold(testKey)
	o.pickOperator(w)
	if err := o.manager.Forget(t.Context(), w.Instance.ID); err != nil {
		t.Fatal(err)
	}
	if got := o.hold(testKey).KnownOperator(); !got.IsNobody() {
		t.Errorf("%+v acts", got)
	}
}

func TestAnOutsiderActsWithTheAddressAtClerkAndAnIDOnRecord(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	outsider, err := operator.Outsider("Maya Lindqvist", "Maya@agency.example")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.ActAs(outsider); err != nil {
		t.Fatal(err)
	}
	user := somebody(t, w)
	startOne(t, w)
	sessions, err := w.Sessions(t.Context(), user.ID)
	if err != nil || len(sessions) != 1 || sessions[0].Actor == nil || sessions[0].Actor.Sub != "maya@agency.example" {
		t.Errorf("at Clerk: %+v, %v", sessions, err)
	}
	past, err := w.History.Recent()
	if err != nil || len(past) != 1 {
		t.Fatal(past, err)
	}
	if who := past[0].Request().Operator; who.ID != outsider.RecordID() || who.Verified {
		t.Errorf("on record: %+v", who)
	}
	files, err := filepath.Glob(filepath.Join(o.dir, "audit", "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	record, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(record, []byte("@")) || bytes.Contains(record, []byte("Maya")) {
		t.Errorf("the record has a name or an address: %s", record)
	}
	o.restart()
	if got := o.selected(w.Instance.ID).KnownOperator(); got != outsider {
		t.Errorf("after a restart %+v acts", got)
	}
}

func TestNobodyImpersonatesTheUserWithTheirOwnWorkAddress(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	user := somebody(t, w)
	outsider, err := operator.Outsider("Somebody", user.Email)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.ActAs(outsider); err != nil {
		t.Fatal(err)
	}
	_, err = w.Impersonate(t.Context(), impersonation.Request{UserID: user.ID, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute})
	expectCode(t, err, fault.Yourself)
}

func TestAnOutsiderIsToldThatTheRulesWantSomebodyVerified(t *testing.T) {
	rules := map[string]func(*settings.Rules){
		"a sign-in":    func(r *settings.Rules) { r.SignIn.Required = true },
		"a permission": func(r *settings.Rules) { r.Permission.Name, r.Permission.Organization = "org:support:act", "org_1" },
		"the users are hidden": func(r *settings.Rules) {
			r.Permission.Name, r.Permission.Organization, r.Permission.HideTable = "org:support:act", "org_1", true
		},
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			outsider, err := operator.Outsider("Maya Lindqvist", "maya@agency.example")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.ActAs(outsider); err != nil {
				t.Fatal(err)
			}
			user := somebody(t, w)
			changeRules(t, w, rule)
			found := w.Impersonations.Preflight(t.Context(), user.ID)
			if len(found) == 0 || found[0].Rule != impersonation.RuleSignIn || found[0].Effect != impersonation.Refuse || !strings.Contains(found[0].Sentence.String(), "not a user of this instance") {
				t.Errorf("said before: %+v", found)
			}
			_, err = w.Impersonate(t.Context(), impersonation.Request{UserID: user.ID, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute})
			expectCode(t, err, fault.SignInRequired)
			if sentence := fault.From(err).Sentence(); !strings.Contains(sentence, "not a user of this instance") {
				t.Errorf("said: %s", sentence)
			}
		})
	}
}

func TestALockKeepsNoNamesButWhatTheOperatorTyped(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	o.manager.Lock()
	if got := o.selected(w.Instance.ID).KnownOperator(); got.IsNobody() || got.Name != "" || got.Email != "" {
		t.Errorf("after a lock: %+v", got)
	}
}
