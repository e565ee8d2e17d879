package instances

import (
	"slices"
	"testing"

	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// pin writes other addresses into the settings, as an operator can by hand.
func (o *office) pin(id string, addresses ...string) {
	o.t.Helper()
	err := o.store.Update(func(s *settings.Settings) error {
		s.Change(id, func(i *settings.Instance) { i.FrontendAPI = addresses })
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) selected(id string) *workspace.Workspace {
	o.t.Helper()
	w, err := o.manager.Select(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return w
}

// TestNobodySignsInWhileTheAddressDiffers has an operator who pins a provider of
// their own, which would say that they are anybody.
func TestNobodySignsInWhileTheAddressDiffers(t *testing.T) {
	const own = "https://clerk.own.example"
	for name, pinned := range map[string]func(clerk string) []string{
		"in place of Clerk's": func(string) []string { return []string{own} },
		"before Clerk's":      func(clerk string) []string { return []string{own, clerk} },
		"after Clerk's":       func(clerk string) []string { return []string{clerk, own} },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			id := w.Instance.ID
			if err := w.CreateSignInApplication(t.Context()); err != nil {
				t.Fatal(err)
			}
			o.pin(id, pinned(o.clerk.URL())...)
			w = o.selected(id)
			_, err := w.SignInOperator(t.Context())
			expectCode(t, err, fault.InstanceHostChange)
			if n := o.person.asked.Load(); n > 0 {
				t.Errorf("%d pages were opened", n)
			}
			if w, err = o.manager.Trust(t.Context(), []string{o.clerk.URL()}); err != nil {
				t.Fatal(err)
			}
			if !o.signIn(w).Verified {
				t.Error("at the trusted address, nobody can sign in")
			}
			o.pin(id, own)
			o.restart()
			_, err = o.selected(id).SignInOperator(t.Context())
			expectCode(t, err, fault.InstanceHostChange)
		})
	}
}

// TestAnAddressThatMovesMeanwhileIsNoticed has Clerk's answer change after the
// instance came into use.
func TestAnAddressThatMovesMeanwhileIsNoticed(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	if err := w.CreateSignInApplication(t.Context()); err != nil {
		t.Fatal(err)
	}
	if moved, err := w.Moved(t.Context()); moved != nil || err != nil {
		t.Fatalf("moved at first: %v, %v", moved, err)
	}
	w.Instance.Frontends = []string{"https://clerk.old.example"} // against which Clerk's answer is read
	_, err := w.SignInOperator(t.Context())
	expectCode(t, err, fault.InstanceHostChange)
}

func TestAProofIsBoundToWhoGaveIt(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id := w.Instance.ID
	o.signIn(w)
	o.pin(id, "https://clerk.other.example")
	if w = o.selected(id); w.KnownOperator().Verified {
		t.Error("a proof counts where its issuer is not pinned")
	}
	o.pin(id, o.clerk.URL())
	if w = o.selected(id); !w.KnownOperator().Verified {
		t.Error("it does not count at its own issuer")
	}
	jonas := o.clerk.Server().UserID(1)
	o.edit(func(s *settings.Settings) { s.Change(id, func(i *settings.Instance) { i.OperatorID = jonas }) })
	if _, err := o.manager.ConnectSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if known := o.selected(id).KnownOperator(); known.Verified || known.ID.String() != jonas {
		t.Errorf("another operator in the settings: %+v", known)
	}
}

// TestTrustDropsProofs also if the issuer is among the new addresses.
func TestTrustDropsProofs(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	id := w.Instance.ID
	o.signIn(w)
	o.pin(id, "https://clerk.old.example", o.clerk.URL())
	w = o.selected(id)
	moved, err := w.Moved(t.Context())
	if err != nil || !slices.Equal(moved, []string{o.clerk.URL()}) {
		t.Fatalf("moved to %v, %v", moved, err)
	}
	if w, err = o.manager.Trust(t.Context(), moved); err != nil {
		t.Fatal(err)
	}
	if w.KnownOperator().Verified {
		t.Error("a sign-in at the old addresses proves something at the new ones")
	}
	if !o.signIn(w).Verified {
		t.Error("nobody can sign in any more")
	}
}
