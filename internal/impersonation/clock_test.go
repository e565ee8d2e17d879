package impersonation

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"understudy/internal/fault"
)

// look asks for the board and expects one impersonation on it.
func (w *world) look() Impersonation {
	w.t.Helper()
	board := w.service.Live(w.t.Context())
	if board.Problem != nil || len(board.Items) != 1 {
		w.t.Fatalf("got %+v", board)
	}
	return board.Items[0]
}

const day = 24 * time.Hour

// TestAWakingComputerAsksClerkAtOnce sets the clock on without the timers. The first look
// after that asks Clerk, in every state.
func TestAWakingComputerAsksClerkAtOnce(t *testing.T) {
	t.Run("with a session that ended meanwhile", func(t *testing.T) {
		w := newWorld(t)
		w.signIn(w.create(), sessionID("sess_1"))
		w.look()
		w.sessions = nil
		w.setClock(6 * time.Hour)
		if got := w.look(); got.State != Ended || got.Ending != ByTime || !got.EndedAt.Equal(w.now) {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("with a session that lives", func(t *testing.T) {
		w := newWorld(t)
		w.signIn(w.create(), sessionID("sess_1"))
		w.look()
		w.setClock(5 * time.Minute)
		w.steps = nil
		if got := w.look(); got.State != Live {
			t.Errorf("got %+v", got)
		}
		w.expectSteps("sessions of user_priya")
	})
	t.Run("with a link that nobody used", func(t *testing.T) {
		w := newWorld(t)
		w.create()
		w.look()
		w.setClock(6 * time.Hour)
		w.steps = nil
		if got := w.look(); got.State != Ended || got.Ending != Unused {
			t.Errorf("got %+v", got)
		}
		w.expectSteps("sessions of user_priya", "revoke act_1", "record ended")
	})
}

func TestTheClockIsSet(t *testing.T) {
	for name, by := range map[string]time.Duration{"a day back": -day, "a day ahead": day, "a minute back": -time.Minute} {
		t.Run(name+" while a session lives", func(t *testing.T) {
			w := newWorld(t)
			w.signIn(w.create(), sessionID("sess_1"))
			w.look()
			w.setClock(by)
			w.steps = nil
			if got := w.look(); got.State != Live {
				t.Errorf("only Clerk says when a session is over, got %+v", got)
			}
			w.pass(checkEvery)
			w.look()
			w.expectSteps("sessions of user_priya", "sessions of user_priya")
		})
		t.Run(name+" while a link waits", func(t *testing.T) {
			w := newWorld(t)
			i := w.create()
			w.setClock(by)
			w.pass(time.Minute)
			_, err := w.service.Open(t.Context(), i.ID, "default")
			expectCode(t, err, fault.LinkExpired)
			if got := w.look(); got.State != Ended || !slices.Contains(w.steps, "revoke act_1") {
				t.Errorf("a link outlived its minute: %+v", got)
			}
		})
	}
}

// TestALinkOfTheFutureIsRevokedInTime has a clock that was set back between two runs.
// By it, the link on record runs out in a day, but its life here is a minute.
func TestALinkOfTheFutureIsRevokedInTime(t *testing.T) {
	w := newWorld(t)
	w.service.Recover(unusedLink(start.Add(day)))
	if got := w.look(); got.State != Unknown {
		t.Errorf("got %+v", got)
	}
	w.pass(time.Minute)
	if got := w.look(); got.State != Ended || !slices.Contains(w.steps, "revoke act_1") {
		t.Errorf("got %+v after %q", got, w.steps)
	}
}

// TestNothingKnownIsLostOffline also checks that the waits grow up to half a minute, and
// that the first answer counts at once.
func TestNothingKnownIsLostOffline(t *testing.T) {
	w := newWorld(t)
	w.signIn(w.create(), sessionID("sess_1"))
	known := w.look()
	w.fail["sessions of user_priya"] = fault.New(fault.ClerkUnreachable, nil)
	w.pass(checkEvery)
	var waits []time.Duration
	for range 50 {
		board := w.service.Live(t.Context())
		failure := fault.From(board.Problem)
		if failure == nil || failure.Code != fault.ClerkUnreachable || len(board.Items) != 1 || !reflect.DeepEqual(board.Items[0], known) {
			t.Fatalf("got %+v", board)
		}
		if !board.CheckedAt.Equal(start) {
			t.Errorf("says that it is as of %s", board.CheckedAt)
		}
		waits = append(waits, failure.RetryAfter)
		w.pass(failure.RetryAfter)
	}
	want := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, 30 * time.Second}
	if !slices.Equal(waits[:5], want) || slices.Max(waits) != 30*time.Second {
		t.Errorf("waited %v", waits)
	}
	w.fail = nil
	if got := w.look(); got.State != Live {
		t.Errorf("got %+v", got)
	}
	w.fail = map[string]error{"sessions of user_priya": fault.New(fault.ClerkUnreachable, nil)}
	w.pass(checkEvery)
	if failure := fault.From(w.service.Live(t.Context()).Problem); failure == nil || failure.RetryAfter != 5*time.Second {
		t.Errorf("the waits do not begin anew: %v", failure)
	}
}

func TestClerksOwnWaitGoesFirst(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.fail["sessions of user_priya"] = fault.New(fault.ClerkBusy, nil).WithRetryAfter(time.Minute)
	if failure := fault.From(w.service.Live(t.Context()).Problem); failure.RetryAfter != time.Minute {
		t.Errorf("would wait %s", failure.RetryAfter)
	}
}

// TestAUserWhoIsGoneHoldsNobodyUp: Clerk does not know them any more, so nobody
// is signed in as them.
func TestAUserWhoIsGoneHoldsNobodyUp(t *testing.T) {
	w := newWorld(t)
	w.signIn(w.create(), sessionID("sess_1"))
	w.look()
	w.sessions = nil
	w.fail["sessions of user_priya"] = fault.New(fault.UserGone, nil)
	w.pass(checkEvery)
	if got := w.look(); got.State != Ended || got.Ending != Elsewhere {
		t.Errorf("got %+v", got)
	}
}
