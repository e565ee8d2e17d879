package held

import (
	"context"
	"slices"
	"testing"

	"understudy/internal/secret"
)

// outcomes is a watcher of how a sign-in ends.
type outcomes struct {
	Watcher

	all []Outcome
}

func (o *outcomes) SignedIn(s SignIn) { o.all = append(o.all, s.Outcome) }

func TestALinkThatTheNetworkFailedIsNotAccepted(t *testing.T) {
	o := &outcomes{}
	h := &Held{watcher: o, ctx: t.Context(), visit: Visit{Ticket: secret.NewTicketURL("https://clerk.acme.com/v1/tickets/accept?ticket=a.b.c")}}
	p := &paused{Failed: "ConnectionRefused"}
	p.Request.URL, p.Request.Method = h.visit.Ticket.Reveal(), "GET"
	h.noteSignIn(p)
	if len(o.all) > 0 {
		t.Errorf("told as %q", o.all)
	}
}

func TestASignInIsNotUnfinishedAfterItsEnd(t *testing.T) {
	running, stop := context.WithCancel(t.Context())
	o := &outcomes{}
	h := &Held{watcher: o, ctx: running}
	for _, outcome := range []Outcome{Unfinished, Accepted, Unfinished} {
		h.over(SignIn{Outcome: outcome})
	}
	gone := &Held{watcher: o, ctx: running}
	stop()
	gone.over(SignIn{Outcome: Unfinished})
	if want := []Outcome{Unfinished, Accepted}; !slices.Equal(o.all, want) {
		t.Errorf("told as %q, not %q", o.all, want)
	}
}
