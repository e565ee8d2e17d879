package impersonation

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

func TestWhenClerksAnswerIsLostTheImpersonationIsUnknown(t *testing.T) {
	for _, cause := range []error{
		context.DeadlineExceeded, context.Canceled, fault.New(fault.ClerkUnreachable, nil), fault.New(fault.ClerkBroken, nil),
		fault.New(fault.ClerkAnswer, nil), fault.New(fault.ClerkAnswerTooBig, nil), fault.New(fault.ClerkRedirect, nil), errors.New("anything"),
	} {
		t.Run(string(fault.CodeOf(cause)), func(t *testing.T) {
			w := newWorld(t)
			w.fail["create token"] = cause
			i, err := w.service.Create(t.Context(), request())
			if err != nil || i.State != Unknown || fault.CodeOf(i.Problem) != fault.ImpersonationUnclear {
				t.Fatalf("got %+v, %v", i, err)
			}
			if last := w.records[len(w.records)-1]; last.Event != audit.Unclear || last.Result.Code != string(fault.CodeOf(cause)) {
				t.Errorf("recorded %+v", last)
			}
			if len(w.asked) != 1 {
				t.Errorf("%d requests for a token", len(w.asked))
			}
			_, err = w.service.Open(t.Context(), i.ID, "default")
			expectCode(t, err, fault.LinkExpired)
			w.signIn(i, sessionID("sess_1"))
			ended, err := w.service.End(t.Context(), i.ID)
			if err != nil || ended.State != Ended || !slices.Contains(w.steps, "revoke sess_1") {
				t.Errorf("End: %+v, %v after %q", ended, err, w.steps)
			}
		})
	}
}

// TestStoppingAfterTheAnswerRevokesTheLink: nobody waits for it any more.
func TestStoppingAfterTheAnswerRevokesTheLink(t *testing.T) {
	for _, fails := range []bool{false, true} {
		w := newWorld(t)
		ctx, stop := context.WithCancel(t.Context())
		w.service.NewID = func() string { stop(); return "rid" }
		if fails {
			w.fail["revoke act_1"] = fault.New(fault.ClerkUnreachable, nil)
		}
		i, err := w.service.Create(ctx, request())
		last := w.records[len(w.records)-1]
		if fails && (err != nil || i.State != Unknown || last.Event != audit.Unclear) {
			t.Errorf("got %+v, %v; recorded %+v", i, err, last)
		}
		if !fails && (fault.CodeOf(err) != fault.Canceled || last.Event != audit.Revoked) {
			t.Errorf("got %v; recorded %+v", err, last)
		}
		if !slices.Contains(w.steps, "revoke act_1") {
			t.Errorf("steps %q", w.steps)
		}
	}
}

// claims are words that say that Clerk did nothing.
var claims = []string{"nothing was", "was not asked", "Nothing was"}

// TestNoSentenceIsFalseOnAFullDisk fails each record in turn, with Clerk there and
// gone, and looks at what was said after Clerk had been asked.
func TestNoSentenceIsFalseOnAFullDisk(t *testing.T) {
	full := fault.New(fault.AuditUnwritable, errors.New("disk full"))
	for _, event := range []audit.Event{audit.Requested, audit.Issued, audit.Unclear, audit.Opened, audit.Copied, audit.SignedIn, audit.Failed, audit.Revoked, audit.Ended} {
		for _, gone := range []string{"", "create token", "revoke act_1", "open in default"} {
			t.Run(string(event)+" "+gone, func(t *testing.T) {
				w := newWorld(t)
				w.fail["record "+string(event)] = full
				if gone != "" {
					w.fail[gone] = fault.New(fault.ClerkTimeout, nil)
				}
				said := func(err error) {
					t.Helper()
					if err == nil {
						return
					}
					text := fault.From(err).Sentence() + " " + fault.From(err).Next()
					for _, claim := range claims {
						if strings.Contains(text, claim) && len(w.asked) > 0 {
							t.Errorf("says %q after %q", text, w.steps)
						}
					}
				}
				i, err := w.service.Create(t.Context(), request())
				said(err)
				said(i.Problem)
				if err != nil {
					return
				}
				_, err = w.service.Open(t.Context(), i.ID, "default")
				said(err)
				said(w.service.CopyLink(t.Context(), i.ID))
				w.signIn(i, sessionID("sess_1"))
				said(w.service.Live(t.Context()).Problem)
				_, err = w.service.End(t.Context(), i.ID)
				said(err)
				said(w.service.EndOther(t.Context(), userID("user_priya"), sessionID("sess_1")))
			})
		}
	}
}

// TestAnEndThatCouldNotBeRecordedIsRecordedLater: Clerk has ended it, so it counts
// as ended, and the reason does not change meanwhile.
func TestAnEndThatCouldNotBeRecordedIsRecordedLater(t *testing.T) {
	w := newWorld(t)
	i := w.opened()
	w.signIn(i, sessionID("sess_1"))
	w.look()
	w.fail["record ended"] = fault.New(fault.AuditUnwritable, errors.New("disk full"))
	_, err := w.service.End(t.Context(), i.ID)
	if fault.CodeOf(err) != fault.AuditUnwritable || !strings.Contains(fault.From(err).Sentence(), "has ended") {
		t.Errorf("says %v", err)
	}
	w.sessions[0].Status = "revoked"
	w.pass(checkEvery)
	board := w.service.Live(t.Context())
	if board.Items[0].State != Ended || board.Items[0].Ending != ByOperator || board.Problem == nil || !board.Following {
		t.Errorf("the board says %+v", board)
	}
	delete(w.fail, "record ended")
	w.pass(time.Minute)
	if board := w.service.Live(t.Context()); board.Problem != nil || board.Following {
		t.Errorf("the board says %+v", board)
	}
	last := w.records[len(w.records)-1]
	if last.Event != audit.Ended || last.Result.Code != string(ByOperator) || !slices.Equal(last.Result.Sessions, []string{"sess_1"}) {
		t.Errorf("recorded %+v", last)
	}
}
