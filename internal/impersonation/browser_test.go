package impersonation

import (
	"slices"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// opened is an impersonation that a browser has the ticket of.
func (w *world) opened() Impersonation {
	w.t.Helper()
	i := w.create()
	if _, err := w.service.Open(w.t.Context(), i.ID, "firefox"); err != nil {
		w.t.Fatal(err)
	}
	if !slices.Contains(w.windows, i.ID) {
		w.t.Fatal("no window is open")
	}
	w.steps = nil
	return i
}

func TestWindowClosesWhenTheImpersonationEnds(t *testing.T) {
	used := fault.New(fault.TokenNotPending, nil)
	tests := []struct {
		name string
		act  func(w *world, i Impersonation)
	}{
		{"by the operator", func(w *world, i Impersonation) { _, _ = w.service.End(w.t.Context(), i.ID) }},
		{"with all others", func(w *world, _ Impersonation) { w.service.EndAll(w.t.Context(), false) }},
		{"because nobody used the link", func(w *world, _ Impersonation) {
			w.now = w.now.Add(time.Minute)
			w.service.Live(w.t.Context())
		}},
		{"elsewhere", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.service.Live(w.t.Context())
			w.now, w.sessions[0].Status = w.now.Add(checkEvery), "ended"
			w.service.Live(w.t.Context())
		}},
		{"although Clerk cannot be reached", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = fault.New(fault.ClerkUnreachable, nil)
			if _, err := w.service.End(w.t.Context(), i.ID); err == nil {
				w.t.Error("the end counts as done")
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			tt.act(w, w.opened())
			if len(w.windows) > 0 {
				t.Errorf("still open: %q", w.windows)
			}
		})
	}
}

func TestStolenLinkIsRevokedAndToldOf(t *testing.T) {
	used := fault.New(fault.TokenNotPending, nil)
	tests := []struct {
		name    string
		arrange func(*world, Impersonation)
		event   audit.Event
		steps   []string
	}{
		{"before anybody used it", func(*world, Impersonation) {}, audit.Revoked, []string{"revoke act_1", "record revoked"}},
		{"after somebody used it", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
		}, audit.Ended, []string{"revoke act_1", "sessions of user_priya", "revoke sess_1", "record ended"}},
		{
			"after the session ended", func(w *world, _ Impersonation) { w.fail["revoke act_1"] = used },
			audit.Ended,
			[]string{"revoke act_1", "sessions of user_priya", "record ended"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			i := w.opened()
			tt.arrange(w, i)
			w.steal()
			w.expectSteps(tt.steps...)
			last := w.records[len(w.records)-1]
			if last.Event != tt.event || last.Result.Code != string(Stolen) || last.Record != i.ID {
				t.Errorf("recorded %+v", last)
			}
			if got := w.service.Live(t.Context()).Items[0]; got.State != Ended || got.Ending != Stolen {
				t.Errorf("the board says %s by %q", got.State, got.Ending)
			}
			if len(w.windows) > 0 {
				t.Error("the window is still open")
			}
		})
	}
}

// TestStolenLinkIsRevokedLater: the network may be down just then.
func TestStolenLinkIsRevokedLater(t *testing.T) {
	w := newWorld(t)
	i := w.opened()
	w.fail["revoke act_1"] = fault.New(fault.ClerkUnreachable, nil)
	w.steal()
	if board := w.service.Live(t.Context()); board.Items[0].State == Ended || board.Problem == nil {
		t.Errorf("the board says %+v", board)
	}
	delete(w.fail, "revoke act_1")
	w.signIn(i, sessionID("sess_1"))
	w.now = w.now.Add(checkEvery)
	if got := w.service.Live(t.Context()).Items[0]; got.State != Ended || got.Ending != Stolen {
		t.Errorf("the board says %s by %q", got.State, got.Ending)
	}
	if !slices.Contains(w.steps, "revoke act_1") {
		t.Errorf("steps %q", w.steps)
	}
}

func TestTheftAfterTheEndChangesNothing(t *testing.T) {
	w := newWorld(t)
	i := w.opened()
	if _, err := w.service.End(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	w.steps = nil
	w.steal()
	w.expectSteps()
	if got := w.service.Live(t.Context()).Items[0]; got.Ending != ByOperator {
		t.Errorf("ended by %q", got.Ending)
	}
}

func TestClosingTheWindowEndsTheImpersonation(t *testing.T) {
	used := fault.New(fault.TokenNotPending, nil)
	tests := []struct {
		name  string
		act   func(w *world, i Impersonation)
		state State
		how   Ending
	}{
		{"which is live", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.shut[0]()
		}, Ended, ByWindow},
		{"when Clerk is back", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.fail["sessions of user_priya"] = fault.New(fault.ClerkUnreachable, nil)
			w.shut[0]()
			delete(w.fail, "sessions of user_priya")
			w.pass(checkEvery)
			w.service.Live(w.t.Context())
		}, Ended, ByWindow},
		{"whose session Clerk tells of later", func(w *world, i Impersonation) {
			w.shut[0]()
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.pass(checkEvery)
			w.service.Live(w.t.Context())
		}, Ended, ByWindow},
		{"but not while nobody has signed in: another browser can be tried", func(w *world, _ Impersonation) {
			w.shut[0]()
		}, Pending, ""},
		{"but not while a second window is open", func(w *world, i Impersonation) {
			w.openAgain(i)
			w.signIn(i, sessionID("sess_1"))
			w.shut[0]()
		}, Live, ""},
		{"once the second window is closed as well", func(w *world, i Impersonation) {
			w.openAgain(i)
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.shut[0]()
			w.shut[1]()
		}, Ended, ByWindow},
		{"but not when the link was copied", func(w *world, i Impersonation) {
			if err := w.service.CopyLink(w.t.Context(), i.ID); err != nil {
				w.t.Fatal(err)
			}
			w.signIn(i, sessionID("sess_1"))
			w.shut[0]()
		}, Live, ""},
		{"whose user signed out before", func(w *world, i Impersonation) {
			w.signIn(i, sessionID("sess_1"))
			w.service.Live(w.t.Context())
			w.sessions = nil
			w.shut[0]()
		}, Ended, Elsewhere},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			i := w.opened()
			tt.act(w, i)
			got := w.service.snapshot(w.service.items[i.ID])
			if got.State != tt.state || got.Ending != tt.how {
				t.Errorf("got %s by %q after %q", got.State, got.Ending, w.steps)
			}
			if last := w.records[len(w.records)-1]; tt.how == ByWindow &&
				(last.Event != audit.Ended || last.Result.Code != "window" || !slices.Equal(last.Result.Sessions, []string{"sess_1"})) {
				t.Errorf("recorded %+v", last)
			}
		})
	}
}

// openAgain opens the same link in another window.
func (w *world) openAgain(i Impersonation) {
	w.t.Helper()
	if _, err := w.service.Open(w.t.Context(), i.ID, "chromium"); err != nil {
		w.t.Fatal(err)
	}
}
