package clerkapi

import (
	"context"
	"io"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// The tests below run in synctest bubbles: their clock jumps, so that waits are
// exact and take no time. A bubble cannot contain a socket; the server is a real
// one at the other end of an in-memory connection.

// bubbleClient returns a client of handler with the real waits and the bubble's
// clock.
func bubbleClient(t *testing.T, handler http.HandlerFunc, change func(*Config)) *Client {
	t.Helper()
	listener := newPipeListener()
	s := &http.Server{Handler: handler, ErrorLog: quiet()}
	go func() { _ = s.Serve(listener) }()
	transport := NewTransport()
	transport.Proxy = nil
	transport.DialContext = listener.dial
	client, _ := newClient(t, "http://127.0.0.1", func(c *Config) {
		c.Transport = transport
		c.Now = time.Now
		c.Sleep = nil
		if change != nil {
			change(c)
		}
	})
	t.Cleanup(func() {
		client.CloseIdle()
		_ = s.Close()
	})
	return client
}

// silent answers nothing until the client gives up.
func silent(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// dripping sends a byte of a long body each second.
func dripping(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	for sleep(r.Context(), time.Second) == nil {
		_, _ = io.WriteString(w, " ")
		_ = http.NewResponseController(w).Flush()
	}
}

// refusingSlowly is dripping with the status of an error.
func refusingSlowly(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusBadRequest)
	_ = http.NewResponseController(w).Flush()
	dripping(w, r)
}

func TestEachKindOfRequestHasItsTimeout(t *testing.T) {
	calls := map[string]struct {
		call func(context.Context, *Client) error
		want time.Duration
	}{
		"list":  {func(ctx context.Context, c *Client) error { _, err := c.ListUsers(ctx, UserPage{Limit: 1}); return err }, 15 * time.Second},
		"count": {func(ctx context.Context, c *Client) error { _, err := c.CountUsers(ctx, UserFilter{}); return err }, 60 * time.Second},
		"post": {func(ctx context.Context, c *Client) error {
			_, err := c.CreateActorToken(ctx, tokenRequest())
			return err
		}, 20 * time.Second},
	}
	servers := map[string]http.HandlerFunc{"silent": silent, "dripping": dripping}
	for callName, call := range calls {
		for serverName, handler := range servers {
			t.Run(callName+" "+serverName, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var requests atomic.Int32
					client := bubbleClient(t, func(w http.ResponseWriter, r *http.Request) {
						requests.Add(1)
						handler(w, r)
					}, nil)
					start := time.Now()
					err := call.call(t.Context(), client)
					wantCode(t, err, fault.ClerkTimeout)
					if got := time.Since(start); got != call.want {
						t.Errorf("gave up after %v, want %v", got, call.want)
					}
					if got := requests.Load(); got != 1 {
						t.Errorf("%d requests, want 1: a timeout is not tried again", got)
					}
				})
			})
		}
	}
}

// TestAConnectionWithoutAHandshakeTimesOut has a server that takes the connection and
// never speaks TLS.
func TestAConnectionWithoutAHandshakeTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := NewTransport()
		transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
			client, _ := net.Pipe()
			return client, nil
		}
		client, _ := newClient(t, "https://clerk.test", func(c *Config) {
			c.Transport = transport
			c.Now = time.Now
		})
		start := time.Now()
		_, err := client.GetUser(t.Context(), userID("user_jane"))
		wantCode(t, err, fault.ClerkTimeout)
		if got := time.Since(start); got != 10*time.Second {
			t.Errorf("gave up after %v, want 10s", got)
		}
	})
}

// TestARefusalWhoseBodyNeverEndsIsNotATimeout holds because its status is known.
func TestARefusalWhoseBodyNeverEndsIsNotATimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := bubbleClient(t, refusingSlowly, nil)
		start := time.Now()
		_, err := client.GetUser(t.Context(), userID("user_jane"))
		wantCode(t, err, fault.ClerkAnswer)
		if got := time.Since(start); got != getTimeout {
			t.Errorf("gave up after %v, want %v", got, getTimeout)
		}
	})
}

// TestCancelStopsAtOnce cancels in each place that waits but the line.
func TestCancelStopsAtOnce(t *testing.T) {
	const when = 150 * time.Millisecond
	cases := map[string]http.HandlerFunc{
		"before the answer":        silent,
		"in the body":              dripping,
		"in the body of a no":      refusingSlowly,
		"before a retry":           reply(http.StatusInternalServerError, ""),
		"while Clerk asks to wait": busy("5"),
	}
	for name, handler := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client := bubbleClient(t, handler, nil)
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(when, cancel)
				start := time.Now()
				_, err := client.GetUser(ctx, userID("user_jane"))
				wantCode(t, err, fault.Canceled)
				if got := time.Since(start); got != when {
					t.Errorf("stopped after %v, want %v", got, when)
				}
			})
		})
	}
}

func TestEndedContextSendsNothing(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, janeJSON))
	client, _ := newClient(t, s.URL, nil)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client.CreateActorToken(canceled, tokenRequest())
	wantCode(t, err, fault.Canceled)
	late, stop := context.WithDeadline(t.Context(), noon)
	defer stop()
	_, err = client.GetUser(late, userID("user_jane"))
	wantCode(t, err, fault.ClerkTimeout)
	if got := len(s.requests()); got != 0 {
		t.Errorf("%d requests were made", got)
	}
}

// TestRequestsKeepToTheRateOfTheInstance counts the requests of the first seconds. 35
// of a development instance take 2.5 s: ten at once, then ten a second.
func TestRequestsKeepToTheRateOfTheInstance(t *testing.T) {
	cases := map[string]struct {
		environment secret.Environment
		requests    int
		want        time.Duration
		firstWait   time.Duration
	}{
		"development":          {secret.Development, 35, 2500 * time.Millisecond, 100 * time.Millisecond},
		"production":           {secret.Production, 250, 1500 * time.Millisecond, 10 * time.Millisecond},
		"as the key says":      {"", 11, 100 * time.Millisecond, 100 * time.Millisecond},
		"within the allowance": {secret.Production, 100, 0, 0},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var told []time.Duration
				client := bubbleClient(t, reply(http.StatusOK, janeJSON), func(c *Config) {
					c.Environment = test.environment
					c.OnWait = func(d time.Duration, _ Waiting) { told = append(told, d) }
				})
				start := time.Now()
				for range test.requests {
					if _, err := client.GetUser(t.Context(), userID("user_jane")); err != nil {
						t.Fatal(everyPrint(err))
					}
				}
				if got := time.Since(start).Round(time.Millisecond); got != test.want {
					t.Errorf("%d requests took %v, want %v", test.requests, got, test.want)
				}
				if len(told) > 0 && told[0].Round(time.Millisecond) != test.firstWait || len(told) == 0 && test.firstWait != 0 {
					t.Errorf("told of waits %v, first %v wanted", told, test.firstWait)
				}
			})
		})
	}
}

// TestRetrySucceeds: the third answer is the one that counts, and the waits
// before it are told.
func TestRetrySucceeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answers := []http.HandlerFunc{
			busy("3"),
			reply(http.StatusInternalServerError, clerkError("internal_clerk_error", "")),
			reply(http.StatusOK, janeJSON),
		}
		var told []time.Duration
		client := bubbleClient(t, func(w http.ResponseWriter, r *http.Request) {
			answer := answers[0]
			answers = answers[1:]
			answer(w, r)
		}, func(c *Config) {
			c.Jitter = func() float64 { return 0.5 }
			c.OnWait = func(d time.Duration, _ Waiting) { told = append(told, d) }
		})
		start := time.Now()
		user, err := client.GetUser(t.Context(), userID("user_jane"))
		if err != nil || user.ID.String() != "user_jane" {
			t.Fatalf("user %q, %s", user.ID, everyPrint(err))
		}
		// Retry-After and half of 400 ms; half of 800 ms and half of it again.
		want := []time.Duration{3200 * time.Millisecond, 800 * time.Millisecond}
		if !slices.Equal(told, want) || time.Since(start) != 4*time.Second {
			t.Errorf("waits %v in %v, want %v", told, time.Since(start), want)
		}
	})
}
