package instances

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/emulator"
	"understudy/internal/impersonation"
)

// TestASessionIsSeenAndEndedWhateverItsStatus: pending, active and words that Clerk
// does not have yet, over HTTP and with a browser that took the link.
func TestASessionIsSeenAndEndedWhateverItsStatus(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 6))
	statuses := []string{"pending", "active", "Revoked", "needs_review"}
	for range 12 {
		word := make([]byte, 1+random.IntN(10))
		for i := range word {
			word[i] = "abcdefghijklmnopqrstuvwxyz_ "[random.IntN(28)]
		}
		statuses = append(statuses, string(word))
	}
	for _, status := range statuses {
		t.Run(status, func(t *testing.T) {
			o := newOffice(t, emulator.Config{Scene: emulator.Scene{PendingEvery: 1, PendingStatus: status, Tasks: "reset-password"}})
			w := o.connect()
			o.pickOperator(w)
			i, err := w.Impersonations.Create(t.Context(), request(t, w))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.OpenTicket(t.Context(), i.ID, "default"); err != nil {
				t.Fatal(err)
			}
			o.ahead.Store(int64(2 * time.Minute)) // the link is over by the clock of this computer
			got := w.Impersonations.Live(t.Context()).Items[0]
			if got.State != impersonation.Live || status == "pending" && !slices.Equal(got.Waiting, []string{"reset-password"}) {
				t.Errorf("the board says %s, waiting for %q", got.State, got.Waiting)
			}
			ended, err := w.Impersonations.End(t.Context(), i.ID)
			if err != nil || ended.Ending != impersonation.ByOperator {
				t.Errorf("ended %+v, %v", ended, err)
			}
			if got := o.clerk.Server().Sessions()[0].Status; got != "revoked" {
				t.Errorf("Clerk says %s", got)
			}
			past, err := w.History.Of(i.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range past.Records {
				if r.Event == audit.Revoked || r.Result.Code == "unused" {
					t.Errorf("recorded %+v", r)
				}
			}
		})
	}
}

// TestALinkOfABannedUserIsNotOpened: Clerk bans the user right after it made the
// token.
func TestALinkOfABannedUserIsNotOpened(t *testing.T) {
	o := newOffice(t, emulator.Config{Scene: emulator.Scene{BanAfterToken: true}})
	w := o.connect()
	o.pickOperator(w)
	i, err := w.Impersonations.Create(t.Context(), request(t, w))
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.OpenTicket(t.Context(), i.ID, "default")
	expectCode(t, err, "user_banned")
	past, err := w.History.Recent()
	if err != nil || past[0].Stage != audit.StageRevoked {
		t.Errorf("on record: %+v, %v", past, err)
	}
}
