package impersonation

import (
	"slices"
	"strings"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/settings"
)

// TestALinkIsOpenedOnlyIfItIsStillAllowed changes one thing between the creation of
// a link and its opening, for a browser and for the clipboard.
func TestALinkIsOpenedOnlyIfItIsStillAllowed(t *testing.T) {
	down := fault.New(fault.ClerkUnreachable, nil)
	tests := []struct {
		name    string
		change  func(*world)
		code    fault.Code
		refused bool // and not only unknown
	}{
		{"the user was banned", func(w *world) { w.user.Banned = true }, fault.UserBanned, true},
		{"the user was locked", func(w *world) { w.user.Locked = true }, fault.UserLocked, true},
		{"the user was marked", func(w *world) { w.user.NoImpersonation = true }, fault.UserProtected, true},
		{"the user is gone", func(w *world) { w.fail["user anew user_priya"] = fault.New(fault.UserGone, nil) }, fault.UserGone, true},
		{"the user got a protected role", func(w *world) {
			w.policy.Rules.Protected.Roles = []string{"org:admin"}
			w.memberships = []clerkapi.Membership{{Role: "org:admin"}}
		}, fault.UserProtected, true},
		{"a rule now asks why", func(w *world) {
			w.policy.Rules.Protected.Domains, w.policy.Rules.Protected.DomainsEffect = []string{"meridian.org"}, settings.Ask
		}, fault.OverrideMissing, true},
		{"a rule now asks for another reason", func(w *world) { w.policy.Rules.Reason.Pattern = "^INC-" }, fault.ReasonPattern, true},
		{"sessions must be shorter now", func(w *world) { w.policy.Rules.LongestSession = 10 }, fault.SessionTooLong, true},
		{"the operator lost the permission", func(w *world) { w.fail["admit user_maya"] = fault.New(fault.PermissionMissing, nil) }, fault.PermissionMissing, true},
		{"the sign-in ran out", func(w *world) { w.fail["admit user_maya"] = fault.New(fault.SignInRequired, nil) }, fault.SignInRequired, true},
		{"another operator acts", func(w *world) { w.operator.ID = userID("user_jonas") }, fault.OperatorMissing, true},
		{"the instance moved", func(w *world) { w.fail["address"] = fault.New(fault.InstanceHostChange, nil) }, fault.InstanceHostChange, true},
		{"the permission cannot be known", func(w *world) { w.fail["admit user_maya"] = fault.New(fault.PermissionUnknown, nil) }, fault.PermissionUnknown, false},
		{"the address cannot be known", func(w *world) { w.fail["address"] = down }, fault.ClerkUnreachable, false},
		{"the user cannot be known", func(w *world) { w.fail["user anew user_priya"] = down }, fault.ClerkUnreachable, false},
	}
	ways := map[string]func(*world, string) error{
		"open": func(w *world, id string) error { _, err := w.service.Open(w.t.Context(), id, "default"); return err },
		"copy": func(w *world, id string) error { return w.service.CopyLink(w.t.Context(), id) },
	}
	for _, tt := range tests {
		for way, give := range ways {
			t.Run(tt.name+"/"+way, func(t *testing.T) {
				w := newWorld(t)
				i := w.create()
				tt.change(w)
				w.steps = nil
				err := give(w, i.ID)
				expectCode(t, err, tt.code)
				if len(w.windows) > 0 || w.copied != "" {
					t.Error("the link got out")
				}
				if slices.Contains(w.steps, "revoke act_1") != tt.refused {
					t.Errorf("steps %q", w.steps)
				}
				got := w.service.snapshot(w.service.items[i.ID])
				if want := map[bool]State{true: Ended, false: Pending}[tt.refused]; got.State != want {
					t.Errorf("the board says %s by %q", got.State, got.Ending)
				}
				why := slices.IndexFunc(w.records, func(r audit.Record) bool { return r.Event == audit.Failed && r.Result.Code == string(tt.code) })
				last := w.records[len(w.records)-1]
				if why < 0 || tt.refused && (last.Event != audit.Revoked || last.Result.Code != string(Refused)) {
					t.Errorf("recorded %+v", w.records)
				}
				if says := fault.From(err).Sentence(); !strings.Contains(says, "not opened") {
					t.Errorf("says %q", says)
				}
			})
		}
	}
}

func TestARefusedLinkThatCannotBeRevokedStaysOnTheBoard(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	w.user.Banned = true
	w.fail["revoke act_1"] = fault.New(fault.ClerkUnreachable, nil)
	_, err := w.service.Open(t.Context(), i.ID, "default")
	expectCode(t, err, fault.UserBanned)
	if !strings.Contains(fault.From(err).Sentence(), "could not be canceled") {
		t.Errorf("says %q", fault.From(err).Sentence())
	}
	if got := w.service.snapshot(w.service.items[i.ID]); got.State == Ended {
		t.Error("it counts as ended")
	}
}
