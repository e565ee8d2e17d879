package clerkapi

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// developmentClient counts what a development instance is asked.
func developmentClient(t *testing.T, change func(*Config)) (client *Client, sent *atomic.Int32) {
	t.Helper()
	sent = &atomic.Int32{}
	client = bubbleClient(t, func(w http.ResponseWriter, r *http.Request) {
		sent.Add(1)
		reply(http.StatusOK, janeJSON)(w, r)
	}, func(c *Config) {
		c.Environment = secret.Development
		if change != nil {
			change(c)
		}
	})
	return client, sent
}

// ask asks for a user that many times at once. done waits for the answers.
func ask(ctx context.Context, client *Client, times int) (done func()) {
	var asking sync.WaitGroup
	for range times {
		asking.Go(func() { _, _ = client.GetUser(ctx, userID("user_jane")) })
	}
	synctest.Wait()
	return asking.Wait
}

func wantAnswerAfter(t *testing.T, client *Client, want time.Duration) {
	t.Helper()
	start := time.Now()
	if _, err := client.GetUser(t.Context(), userID("user_jane")); err != nil {
		t.Fatal(everyPrint(err))
	}
	if got := time.Since(start); got > want {
		t.Errorf("the answer came after %v, want %v at most", got, want)
	}
}

func TestARequestThatSomebodyWaitsForGoesOutBeforeAThousandOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := developmentClient(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		done := ask(InBackground(ctx), client, 1000)
		for range developmentRate / 2 {
			wantAnswerAfter(t, client, 0)
		}
		time.Sleep(10 * time.Second)
		wantAnswerAfter(t, client, 0)
		cancel()
		done()
	})
}

func TestAllRequestsTogetherStayWithinTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, sent := developmentClient(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		background := ask(InBackground(ctx), client, 1000)
		urgent := ask(ctx, client, 1000)
		time.Sleep(20*time.Second + time.Millisecond)
		synctest.Wait()
		if got := sent.Load(); got != 10+20*developmentRate {
			t.Errorf("%d requests in 20 seconds, want %d", got, 10+20*developmentRate)
		}
		cancel()
		background()
		urgent()
	})
}

func TestCancelledRequestsGiveTheirPlacesBack(t *testing.T) {
	for name, of := range map[string]func(context.Context) context.Context{
		"in the background": InBackground,
		"waited for":        func(ctx context.Context) context.Context { return ctx },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, sent := developmentClient(t, nil)
				ask(t.Context(), client, developmentRate)()
				ctx, cancel := context.WithCancel(t.Context())
				canceled := ask(of(ctx), client, 500)
				after := ask(of(t.Context()), client, 1)
				cancel()
				canceled()
				start := time.Now()
				after()
				if got, want := time.Since(start), 600*time.Millisecond; got > want {
					t.Errorf("the request behind 500 cancelled ones went out after %v, want %v at most", got, want)
				}
				if got := sent.Load(); got != developmentRate+1 {
					t.Errorf("%d requests were sent, want %d", got, developmentRate+1)
				}
			})
		})
	}
}

// TestARequestCancelledInItsTurnGivesItsPlaceBack cancels at the very moment at
// which the request may go.
func TestARequestCancelledInItsTurnGivesItsPlaceBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := developmentClient(t, nil)
		ask(t.Context(), client, developmentRate)()
		for range 50 {
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			_, err := client.GetUser(ctx, userID("user_jane"))
			cancel()
			if code := fault.CodeOf(err); err != nil && code != fault.ClerkTimeout {
				t.Fatal(everyPrint(err))
			}
		}
		wantAnswerAfter(t, client, 100*time.Millisecond)
	})
}

func TestAPostIsNeverInTheBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, sent := developmentClient(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		done := ask(InBackground(ctx), client, 1000)
		before := sent.Load()
		_, _ = client.CreateActorToken(InBackground(t.Context()), tokenRequest())
		if got := sent.Load(); got != before+1 {
			t.Errorf("%d requests went out before the actor token, want none", got-before-1)
		}
		cancel()
		done()
	})
}

func TestACountIsAlwaysInTheBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := developmentClient(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		var counting sync.WaitGroup
		for range 100 {
			counting.Go(func() { _, _ = client.CountUsers(ctx, UserFilter{}) })
		}
		synctest.Wait()
		wantAnswerAfter(t, client, 0)
		cancel()
		counting.Wait()
	})
}

func TestAWaitSaysWhatItIsFor(t *testing.T) {
	const unsaid = Waiting("nothing")
	tests := map[string]struct {
		handler http.HandlerFunc
		asked   int
		mark    func(context.Context) context.Context
		want    Waiting
	}{
		"our own limit":                    {reply(http.StatusOK, janeJSON), developmentRate, nil, ForOwnLimit},
		"our own limit, with nobody there": {reply(http.StatusOK, janeJSON), developmentRate, InBackground, unsaid},
		"Clerk asks to wait":               {busy("5"), 0, nil, ForClerk},
		"Clerk is broken":                  {reply(http.StatusInternalServerError, ""), 0, nil, ForRetry},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := unsaid
				client := bubbleClient(t, test.handler, func(c *Config) {
					c.Environment = secret.Development
					c.OnWait = func(_ time.Duration, what Waiting) { got = what }
				})
				ask(t.Context(), client, test.asked)()
				ctx := t.Context()
				if test.mark != nil {
					ctx = test.mark(ctx)
				}
				_, _ = client.GetUser(ctx, userID("user_jane"))
				if got != test.want {
					t.Errorf("the wait is for %q, want %q", got, test.want)
				}
			})
		})
	}
}

func TestAClockThatIsSetBackDoesNotStopTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var back atomic.Int64
		client, _ := developmentClient(t, func(c *Config) {
			c.Now = func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }
		})
		ask(t.Context(), client, developmentRate)()
		back.Store(int64(time.Hour))
		for range 20 {
			wantAnswerAfter(t, client, 100*time.Millisecond)
		}
	})
}
