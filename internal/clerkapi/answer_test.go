package clerkapi

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

func TestTheFirstAnswerAfterAFailureOfAllIsTold(t *testing.T) {
	failures := map[string]struct {
		handler http.HandlerFunc
		told    int
	}{
		"unreachable":     {hangUp("", false), 1},
		"broken":          {reply(500, clerkError("internal_clerk_error", "")), 1},
		"busy":            {busy("60"), 1},
		"another network": {page(200), 1},
		"a redirect":      {reply(302, ""), 1},
		"key refused":     {reply(401, clerkError("clerk_key_invalid", "")), 1},
		"a user is gone":  {reply(404, clerkError("resource_not_found", "")), 0},
		"not allowed":     {reply(403, clerkError("authorization_invalid", "")), 0},
	}
	for name, test := range failures {
		t.Run(name, func(t *testing.T) {
			var mended atomic.Bool
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				if mended.Load() {
					reply(200, janeJSON)(w, r)
					return
				}
				test.handler(w, r)
			})
			told := 0
			client, _ := newClient(t, s.URL, func(c *Config) { c.OnAnswer = func() { told++ } })
			if _, err := client.GetUser(t.Context(), userID("user_jane")); err == nil || told > 0 {
				t.Fatalf("told %d times after the failure %v", told, err)
			}
			mended.Store(true)
			for range 3 {
				if _, err := client.GetUser(t.Context(), userID("user_jane")); err != nil {
					t.Fatal(everyPrint(err))
				}
			}
			if told != test.told {
				t.Errorf("told %d times, want %d", told, test.told)
			}
		})
	}
}

func TestAnEndpointThatAlwaysFailsDoesNotTellOfEachAnswer(t *testing.T) {
	now, told := noon, 0
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/users/user_gone" {
			hangUp("", false)(w, r)
			return
		}
		reply(200, janeJSON)(w, r)
	})
	client, _ := newClient(t, s.URL, func(c *Config) {
		c.Now = func() time.Time { return now }
		c.OnAnswer = func() { told++ }
	})
	ask := func(id UserID) {
		t.Helper()
		if _, err := client.GetUser(t.Context(), id); (err == nil) != (id.String() == "user_jane") {
			t.Fatal(everyPrint(err))
		}
	}
	for range 9 {
		ask(userID("user_gone"))
		ask(userID("user_jane"))
		now = now.Add(time.Second)
	}
	if told != 1 {
		t.Fatalf("told %d times in 9 seconds, want once", told)
	}
	now = now.Add(tellAgain)
	ask(userID("user_jane"))
	if told != 2 {
		t.Errorf("told %d times, want the end that was held back as well", told)
	}
}
