package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"understudy/internal/emulator"
)

// clerkKey is a key of a production instance, which Clerk allows the most
// requests. It opens nothing.
const clerkKey = "sk_live_" + "BenchmarkKeyThatOpensNothing000000000000"

// clerk is the stand-in, and a clock on each of its answers.
type clerk struct {
	url    string
	server *emulator.Server
	http   *http.Server
	now    func() time.Time

	mu    sync.Mutex
	calls []call
}

// call is a request that was answered. From and to are when it arrived and when
// its answer was written: the round trip, but for the way over loopback.
type call struct {
	route    string // method and path
	from, to time.Time
}

func startClerk(ctx context.Context, now func() time.Time, users int) (*clerk, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	c := &clerk{
		url: "http://" + listener.Addr().String() + "/v1", now: now,
		server: emulator.New(emulator.Config{Users: users, Seed: 1, Now: now, Scene: emulator.Scene{Latency: latency}}),
	}
	c.http = &http.Server{Handler: http.HandlerFunc(c.serve), ReadHeaderTimeout: time.Second}
	go func() { _ = c.http.Serve(listener) }()
	return c, nil
}

func (c *clerk) close() { _ = c.http.Close() }

func (c *clerk) serve(w http.ResponseWriter, r *http.Request) {
	from := c.now()
	c.server.ServeHTTP(w, r)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, call{r.Method + " " + r.URL.Path, from, c.now()})
}

// Routes of the calls that are timed or counted.
const (
	listUsers        = "GET /v1/users"
	countUsers       = "GET /v1/users/count"
	createActorToken = "POST /v1/actor_tokens" //nolint:gosec // an address, no credentials
)

// between returns the calls of a route that arrived within a span of time.
func (c *clerk) between(route string, from, to time.Time) []call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.calls), func(k call) bool {
		return k.route != route || k.from.Before(from) || k.from.After(to)
	})
}

// count tells how many calls of a route arrived since.
func (c *clerk) count(route string, since time.Time) int {
	return len(c.between(route, since, c.now()))
}

// roundTrip is the median of calls, zero without any.
func roundTrip(calls []call) time.Duration {
	var took []time.Duration
	for _, k := range calls {
		took = append(took, k.to.Sub(k.from))
	}
	return median(took)
}
