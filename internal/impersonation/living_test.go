package impersonation

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// over are the statuses that Clerk says nobody can use a session in.
var over = []string{"revoked", "ended", "expired", "removed", "abandoned", "replaced"}

// TestASessionThatIsNotKnownToBeOverLives draws statuses, known and new ones. Each
// session is on the board, and End ends it. None is recorded as an unused link.
func TestASessionThatIsNotKnownToBeOverLives(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 17))
	statuses := append([]string{"active", "pending", "", "Ended", "ended ", "suspended"}, over...)
	for range 200 {
		letters := make([]byte, random.IntN(12))
		for i := range letters {
			letters[i] = "abcdefghijklmnopqrstuvwxyz_"[random.IntN(27)]
		}
		statuses = append(statuses, string(letters))
	}
	for _, status := range statuses {
		t.Run(status, func(t *testing.T) {
			w := newWorld(t)
			i := w.opened()
			w.fail["revoke act_1"] = fault.New(fault.TokenNotPending, nil)
			w.signIn(i, sessionID("sess_1"))
			w.sessions[0].Status = status
			w.pass(2 * time.Minute) // past the life of the link
			lives := !slices.Contains(over, status)
			got := w.look()
			if (got.State == Live) != lives {
				t.Errorf("the board says %s by %q", got.State, got.Ending)
			}
			if slices.Contains(w.windows, i.ID) != lives {
				t.Errorf("windows %q", w.windows)
			}
			w.steps = nil
			if _, err := w.service.End(t.Context(), i.ID); err != nil {
				t.Fatal(err)
			}
			if slices.Contains(w.steps, "revoke sess_1") != lives {
				t.Errorf("End did %q", w.steps)
			}
			for _, r := range w.records {
				if r.Event == audit.Revoked || r.Result.Code == string(Unused) {
					t.Errorf("recorded %+v", r)
				}
			}
		})
	}
}

func TestASignInIsRecordedOnceAndSaysWhatItWaitsFor(t *testing.T) {
	w := newWorld(t)
	i := w.opened()
	w.signIn(i, sessionID("sess_1"))
	w.sessions[0].Status, w.sessions[0].Tasks = "pending", []string{"setup-mfa", "choose-organization", "setup-mfa"}
	if got := w.look(); got.State != Live || !reflect.DeepEqual(got.Waiting, []string{"choose-organization", "setup-mfa"}) {
		t.Errorf("got %s, waiting for %q", got.State, got.Waiting)
	}
	w.sessions[0].Tasks = nil
	w.pass(checkEvery)
	if got := w.look(); !reflect.DeepEqual(got.Waiting, []string{"unknown"}) {
		t.Errorf("without tasks: waiting for %q", got.Waiting)
	}
	w.sessions[0].Status = "active"
	w.pass(checkEvery)
	if got := w.look(); got.State != Live || len(got.Waiting) > 0 {
		t.Errorf("once done: %s, waiting for %q", got.State, got.Waiting)
	}
	var sightings []audit.Record
	for _, r := range w.records {
		if r.Event == audit.SignedIn {
			sightings = append(sightings, r)
		}
	}
	if len(sightings) != 1 || !slices.Equal(sightings[0].Result.Sessions, []string{"sess_1"}) {
		t.Errorf("recorded %+v", sightings)
	}
}

// TestAUsedLinkWithoutASessionIsNotOver: the app completes the sign-in some
// seconds after Clerk took the link.
func TestAUsedLinkWithoutASessionIsNotOver(t *testing.T) {
	w := newWorld(t)
	i := w.opened()
	w.fail["revoke act_1"] = fault.New(fault.TokenNotPending, nil)
	w.pass(time.Minute)
	if got := w.look(); got.State != Unknown || got.Problem == nil || len(w.windows) != 1 {
		t.Errorf("got %s, %v, windows %q", got.State, got.Problem, w.windows)
	}
	w.signIn(i, sessionID("sess_1"))
	w.pass(checkEvery)
	if got := w.look(); got.State != Live || got.Problem != nil {
		t.Errorf("with a session: %s, %v", got.State, got.Problem)
	}
	w.sessions = nil
	w.pass(time.Hour)
	if got := w.look(); got.State != Ended || got.Ending != ByTime {
		t.Errorf("an hour later: %s by %q", got.State, got.Ending)
	}
}

func TestAUsedLinkWithoutASessionEndsWithItsTime(t *testing.T) {
	w := newWorld(t)
	w.opened()
	w.fail["revoke act_1"] = fault.New(fault.TokenNotPending, nil)
	w.pass(time.Minute)
	w.look()
	w.pass(31 * time.Minute)
	if got := w.look(); got.State != Ended || got.Ending != ByTime || len(w.windows) > 0 {
		t.Errorf("got %s by %q, windows %q", got.State, got.Ending, w.windows)
	}
}

// TestAnEndedImpersonationComesBackWithItsSession has a moment in which Clerk shows no
// session, though it lives.
func TestAnEndedImpersonationComesBackWithItsSession(t *testing.T) {
	tests := []struct {
		name string
		lose func(*world, Impersonation)
	}{
		{"its session is not listed", func(w *world, _ Impersonation) { w.sessions = nil }},
		{"it is ended while its session is not listed", func(w *world, i Impersonation) {
			w.sessions = nil
			if _, err := w.service.End(w.t.Context(), i.ID); err != nil {
				w.t.Fatal(err)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			i := w.opened()
			w.fail["revoke act_1"] = fault.New(fault.TokenNotPending, nil)
			w.signIn(i, sessionID("sess_1"))
			w.look()
			there := w.sessions
			tt.lose(w, i)
			w.pass(checkEvery)
			if got := w.look(); got.State != Ended || !w.service.Live(t.Context()).Following {
				t.Errorf("without a session: %s", got.State)
			}
			w.sessions = there
			w.pass(checkEvery)
			if got := w.look(); got.State != Live || got.Ending != "" || !got.EndedAt.IsZero() {
				t.Errorf("with its session again: %+v", got)
			}
			if last := w.records[len(w.records)-1]; last.Event != audit.SignedIn {
				t.Errorf("recorded %+v", last)
			}
			w.pass(30 * time.Minute)
			w.sessions = nil
			w.look()
			w.pass(checkEvery)
			w.look()
			if w.service.Live(t.Context()).Following || len(w.windows) > 0 {
				t.Error("it is still followed when its time is up")
			}
		})
	}
}

func TestAVanishedSessionKeepsItsWindow(t *testing.T) {
	w := newWorld(t)
	i := w.opened()
	w.signIn(i, sessionID("sess_1"))
	w.look()
	w.sessions = nil
	w.pass(checkEvery)
	if w.look(); len(w.windows) != 1 {
		t.Error("the window is closed although a session may live")
	}
}

// TestColleaguesCountWhateverTheirStatus: on the board, before an impersonation,
// and for End.
func TestColleaguesCountWhateverTheirStatus(t *testing.T) {
	for _, status := range append([]string{"active", "pending", "limbo"}, over...) {
		t.Run(status, func(t *testing.T) {
			w := newWorld(t)
			w.create()
			w.colleague(sessionID("sess_theirs"), &clerkapi.Actor{Sub: "user_jonas"})
			w.sessions[0].Status = status
			lives := !slices.Contains(over, status)
			if others := w.service.Live(t.Context()).Others; (len(others) == 1) != lives {
				t.Errorf("on the board: %+v", others)
			}
			warned := slices.ContainsFunc(w.service.Preflight(t.Context(), userID("user_priya")), func(f Finding) bool { return f.Rule == RuleColleague })
			if warned != lives {
				t.Errorf("warned: %v", warned)
			}
			if err := w.service.EndOther(t.Context(), userID("user_priya"), sessionID("sess_theirs")); (err == nil) != lives {
				t.Errorf("ending it: %v", err)
			}
		})
	}
}
