package instances

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

const newKey = "sk_test_ReplacedReplacedReplacedReplaced0000"

func names(all []workspace.Instance) []string {
	var found []string
	for _, i := range all {
		found = append(found, i.Name)
	}
	return found
}

func TestInstancesAreNamedColouredAndOrdered(t *testing.T) {
	o, _, ids := newTwoInstances(t)
	for i, name := range []string{"  Acme staging ", "Acme"} {
		if err := o.manager.Describe(ids[i], name, "blue"); err != nil {
			t.Fatal(err)
		}
	}
	expectCode(t, o.manager.Describe(ids[0], " ", ""), fault.SettingInvalid)
	expectCode(t, o.manager.Describe(ids[0], "Acme", "#ff0000"), fault.SettingInvalid)
	expectCode(t, o.manager.Describe("ins_other", "Acme", ""), fault.InstanceUnknown)
	for _, step := range []struct {
		id   string
		by   int
		want []string
	}{
		{ids[1], -1, []string{"Acme", "Acme staging"}},
		{ids[1], -1, []string{"Acme", "Acme staging"}},
		{ids[1], 9, []string{"Acme staging", "Acme"}},
	} {
		if err := o.manager.Move(step.id, step.by); err != nil {
			t.Fatal(err)
		}
		if got := names(o.manager.Instances()); !slices.Equal(got, step.want) {
			t.Errorf("moved by %d: %v, want %v", step.by, got, step.want)
		}
	}
	expectCode(t, o.manager.Move("ins_other", 1), fault.InstanceUnknown)
	o.restart()
	all := o.manager.Instances()
	if !slices.Equal(names(all), []string{"Acme staging", "Acme"}) || all[0].Color != "blue" {
		t.Errorf("after a restart %+v", all)
	}
	// Connecting it again changes the key, and nothing that the operator chose.
	o.clipboard.text = testKey
	if w := o.connect(); w.Instance.Name != "Acme staging" || w.Instance.Color != "blue" {
		t.Errorf("connected again as %+v", w.Instance)
	}
}

func TestAKeyInMemoryCanBeNamedToo(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.keys.fails = fault.New(fault.KeychainAbsent, nil)
	_, err := o.manager.ConnectFromClipboard(t.Context())
	expectCode(t, err, fault.KeychainAbsent)
	w, err := o.manager.HoldInMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := o.manager.Describe(w.Instance.ID, "Acme", "green"); err != nil {
		t.Fatal(err)
	}
	if all := o.manager.Instances(); len(all) != 1 || all[0].Name != "Acme" || all[0].Color != "green" {
		t.Errorf("listed as %+v", all)
	}
	expectCode(t, o.manager.Move(w.Instance.ID, 1), fault.InstanceUnknown)
}

func TestReplaceKey(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id := w.Instance.ID
	o.pickOperator(w)
	started := startOne(t, w)
	o.clipboard.text = newKey
	replaced, err := o.manager.ReplaceKeyFromClipboard(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	key, err := secret.ParseKey(newKey)
	if err != nil {
		t.Fatal(err)
	}
	if replaced.KeyHint != key.Hint() || replaced.Fingerprint != key.Fingerprint() {
		t.Errorf("got %+v", replaced)
	}
	if o.keys.kept[id].Reveal() != newKey || o.clipboard.text != "" {
		t.Errorf("kept %s, clipboard %q", o.keys.kept[id].Hint(), o.clipboard.text)
	}
	if all := o.manager.Instances(); len(all) != 1 || all[0].Fingerprint != key.Fingerprint() {
		t.Errorf("listed as %+v", all)
	}
	now, err := o.manager.Current()
	if err != nil || now == w || now.Instance.KeyHint != key.Hint() || now.KnownOperator().IsNobody() {
		t.Fatalf("in use %+v, %v", now, err)
	}
	if ended, err := now.Impersonations.End(t.Context(), started.ID); err != nil || ended.State != impersonation.Ended {
		t.Errorf("got %+v, %v", ended, err)
	}
	if strings.Contains(o.files(), "Replaced") {
		t.Error("the key is in a file")
	}
}

// forgetful is a keychain that fails to keep one key, after it lost the one before.
type forgetful struct {
	*keys
	refuses string
}

func (k *forgetful) SaveKey(ctx context.Context, id string, key secret.Key, apiURL string) error {
	if key.Reveal() == k.refuses {
		delete(k.kept, id)
		return fault.New(fault.KeyNotStored, nil)
	}
	return k.keys.SaveKey(ctx, id, key, apiURL)
}

func TestReplaceKeyKeepsTheOldOneUntilTheNewOneIsSafe(t *testing.T) {
	for name, tt := range map[string]struct {
		pasted string
		spoil  func(o *office)
		want   fault.Code
	}{
		"no key":              {"hello", func(*office) {}, fault.KeyUnrecognized},
		"of another instance": {liveKey, func(*office) {}, fault.KeyOfAnother},
		"Clerk refuses it": {newKey, func(o *office) {
			_ = o.clerk.Server().Inject(emulator.Fault{Kind: emulator.FaultError, Status: 401, Code: "clerk_key_invalid"})
		}, fault.KeyRefused},
		"the keychain loses it": {newKey, func(o *office) {
			o.manager.config.Keys = &forgetful{o.keys, newKey}
		}, fault.KeyNotStored},
		"the keychain is locked": {newKey, func(o *office) {
			o.keys.fails = fault.New(fault.KeychainLocked, nil)
		}, fault.KeychainLocked},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			before := o.manager.Instances()[0]
			o.clipboard.text = tt.pasted
			tt.spoil(o)
			_, err := o.manager.ReplaceKeyFromClipboard(t.Context(), w.Instance.ID)
			expectCode(t, err, tt.want)
			if o.keys.kept[w.Instance.ID].Reveal() != testKey {
				t.Error("the old key is gone")
			}
			if after := o.manager.Instances()[0]; after.Fingerprint != before.Fingerprint {
				t.Errorf("listed as %+v", after)
			}
			if now, err := o.manager.Current(); err != nil || now != w {
				t.Errorf("the instance in use changed: %v", err)
			}
		})
	}
}

// TestAnotherWindowsChangesStay: the sample window, say, changes the list of the
// real one while an instance is in use there.
func TestAnotherWindowsChangesStay(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id := w.Instance.ID
	there, err := settings.Open(filepath.Join(o.dir, "config"), settings.Managed{})
	if err != nil {
		t.Fatal(err)
	}
	other := func(change func(*settings.Settings)) {
		t.Helper()
		if err := there.Update(func(s *settings.Settings) error { change(s); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	other(func(s *settings.Settings) {
		s.Instances = append(s.Instances, settings.Instance{ID: "ins_other", Environment: "production", ConnectedAt: o.now()})
		s.Change(id, func(i *settings.Instance) {
			i.Searches.Remember("lindqvist")
			i.Rules.Reason.Pattern = "#"
		})
	})
	if len(o.manager.Instances()) != 2 || w.Rules().Reason.Pattern != "#" {
		t.Errorf("this window does not see it: %+v, %+v", o.manager.Instances(), w.Rules())
	}
	o.pickOperator(w)
	if _, err := w.RememberSearch("solheim"); err != nil {
		t.Fatal(err)
	}
	if err := o.manager.Describe(id, "Mine", "teal"); err != nil {
		t.Fatal(err)
	}
	kept, _ := there.Get().Instance(id)
	if !slices.Equal(kept.Searches.Recent, []string{"solheim", "lindqvist"}) || kept.Rules.Reason.Pattern != "#" || kept.OperatorID == "" {
		t.Errorf("kept %+v", kept)
	}
	if err := o.manager.Forget(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if all := there.Get().Instances; len(all) != 1 || all[0].ID != "ins_other" {
		t.Errorf("left %+v", all)
	}
}

func TestTheRulesHoldWhenAnotherWindowForgetsTheInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.edit(func(s *settings.Settings) {
		s.Change(w.Instance.ID, func(i *settings.Instance) { i.Rules.SignIn.Required = true })
	})
	if !w.Rules().SignIn.Required {
		t.Fatal("the rule does not hold at all")
	}
	there, err := settings.Open(filepath.Join(o.dir, "config"), settings.Managed{})
	if err != nil {
		t.Fatal(err)
	}
	if err := there.Update(func(s *settings.Settings) error { s.Instances, s.Selected = nil, ""; return nil }); err != nil {
		t.Fatal(err)
	}
	if !w.Rules().SignIn.Required {
		t.Error("the rules are gone with the instance")
	}
	if err := w.ChangeRules(t.Context(), settings.RulesPatch{MonthlyQuota: new(5)}); err != nil || len(there.Get().Instances) > 0 {
		t.Errorf("brought back %+v, %v", there.Get().Instances, err)
	}
}

func TestReplaceKeyRefusesAKeyThatClerkPlacesElsewhere(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.placeElsewhere()
	o.keys.bases[w.Instance.ID] = o.manager.config.APIURL
	o.edit(func(s *settings.Settings) {
		s.Change(w.Instance.ID, func(i *settings.Instance) { i.APIURL = o.manager.config.APIURL })
	})
	o.clipboard.text = newKey
	_, err := o.manager.ReplaceKeyFromClipboard(t.Context(), w.Instance.ID)
	expectCode(t, err, fault.KeyEnvironment)
	if o.keys.kept[w.Instance.ID].Reveal() != testKey {
		t.Error("the old key is gone")
	}
}

func TestTheKeyInMemoryCanBeReplaced(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.keys.fails = fault.New(fault.KeychainAbsent, nil)
	_, err := o.manager.ConnectFromClipboard(t.Context())
	expectCode(t, err, fault.KeychainAbsent)
	w, err := o.manager.HoldInMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.clipboard.text = newKey
	replaced, err := o.manager.ReplaceKeyFromClipboard(t.Context(), w.Instance.ID)
	if err != nil || !replaced.InMemory || replaced.KeyHint != "sk_test_…0000" {
		t.Errorf("got %+v, %v", replaced, err)
	}
	if now, err := o.manager.Current(); err != nil || now.Instance.KeyHint != replaced.KeyHint {
		t.Errorf("in use %+v, %v", now, err)
	}
}

func TestAMovedInstanceIsNotUsedBeforeItIsTrusted(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id := w.Instance.ID
	o.pickOperator(w)
	if moved, err := w.Moved(t.Context()); err != nil || moved != nil {
		t.Errorf("just connected: %v, %v", moved, err)
	}
	const old = "https://clerk.old.example"
	err := o.store.Update(func(s *settings.Settings) error {
		s.Change(id, func(i *settings.Instance) { i.FrontendAPI = []string{old} })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := impersonation.Request{UserID: somebody(t, w).ID, Reason: "Ticket 48213", LinkLife: 60e9, SessionLength: 600e9}
	for range 2 { // pasting its key again is no way around
		if w, err = o.manager.Select(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		moved, err := w.Moved(t.Context())
		if err != nil || !slices.Equal(moved, []string{o.clerk.URL()}) {
			t.Errorf("moved to %v, %v", moved, err)
		}
		_, err = w.Impersonate(t.Context(), ask)
		expectCode(t, err, fault.InstanceHostChange)
		o.clipboard.text = testKey
		o.connect()
	}
	if n := o.clerk.Server().CountRequests("POST", "/v1/actor_tokens"); n != 0 {
		t.Errorf("%d requests for an actor token", n)
	}

	_, err = o.manager.Trust(t.Context(), []string{"https://clerk.new.example"})
	expectCode(t, err, fault.InstanceHostChange)
	w, err = o.manager.Trust(t.Context(), []string{o.clerk.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Impersonate(t.Context(), ask); err != nil {
		t.Error(err)
	}
	if kept, _ := o.store.Get().Instance(id); !slices.Equal(kept.FrontendAPI, []string{o.clerk.URL()}) {
		t.Errorf("pinned %v", kept.FrontendAPI)
	}
	_, err = o.manager.Trust(t.Context(), []string{o.clerk.URL()})
	expectCode(t, err, fault.InstanceHostChange)
}

func TestWithoutKnowingItsAddressNobodyIsImpersonated(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	user := somebody(t, w).ID
	o.clipboard.text = testKey
	if err := o.clerk.Server().Inject(emulator.Fault{Kind: emulator.FaultResetBefore, Path: "/v1/domains"}); err != nil {
		t.Fatal(err)
	}
	w, err := o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	ask := impersonation.Request{UserID: user, Reason: "Ticket 48213", LinkLife: 60e9, SessionLength: 600e9}
	_, err = w.Impersonate(t.Context(), ask)
	expectCode(t, err, fault.ClerkUnreachable)
	o.clerk.Server().ClearFaults()
	if _, err := w.Impersonate(t.Context(), ask); err != nil {
		t.Errorf("once Clerk answers: %v", err)
	}
}
