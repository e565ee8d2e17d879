package clerkapi

import (
	"net/http"
	"testing"
	"time"
)

// TestTimesAreByTheClockHere: this computer's clock stands at noon, Clerk's does
// not.
func TestTimesAreByTheClockHere(t *testing.T) {
	for name, c := range map[string]struct {
		date  string
		ahead time.Duration
	}{
		"the same clock":         {noon.Format(http.TimeFormat), 0},
		"a slow answer":          {noon.Add(-9 * time.Second).Format(http.TimeFormat), 0},
		"ours is a day behind":   {noon.Add(24 * time.Hour).Format(http.TimeFormat), 24 * time.Hour},
		"ours is a day ahead":    {noon.Add(-24 * time.Hour).Format(http.TimeFormat), -24 * time.Hour},
		"ours is a minute ahead": {noon.Add(-time.Minute).Format(http.TimeFormat), -time.Minute},
		"an answer without date": {"", 0},
		"a date that is none":    {"yesterday", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Date", c.date)
				reply(http.StatusOK, "["+sessionBody+"]")(w, r)
			})
			client, _ := newClient(t, s.URL, nil)
			got, err := client.Sessions(t.Context(), userID("user_jane"))
			if err != nil || len(got) != 1 {
				t.Fatal(everyPrint(err))
			}
			if want := time.UnixMilli(1700000600000).Add(-c.ahead); !got[0].ExpireAt.Equal(want) {
				t.Errorf("ends %s, want %s", got[0].ExpireAt, want)
			}
			if want := time.UnixMilli(1700000001000).Add(-c.ahead); !got[0].LastActiveAt.Equal(want) {
				t.Errorf("last active %s, want %s", got[0].LastActiveAt, want)
			}
			if client.Skew() != c.ahead {
				t.Errorf("Clerk's clock is ahead by %s, want %s", client.Skew(), c.ahead)
			}
		})
	}
}

func TestNoTimeStaysNone(t *testing.T) {
	var clocks skew
	clocks.note(http.Header{"Date": {noon.Format(http.TimeFormat)}}, noon.Add(time.Hour))
	if got := clocks.here(time.Time{}); !got.IsZero() {
		t.Errorf("got %s", got)
	}
}
