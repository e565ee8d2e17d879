package clerkapi

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"understudy/internal/secret"
)

// Clerk allows an instance 100 requests in 10 seconds in development and 1000
// in production (https://clerk.com/docs/backend-requests/resources/rate-limits).
// They are spent evenly, with up to a second's worth at once.
const (
	developmentRate = 10
	productionRate  = 100
)

// Waiting is what a request waits for.
type Waiting string

// The waits that [Config.OnWait] is told of.
const (
	ForOwnLimit Waiting = "limit" // so that Clerk's limit is not reached
	ForClerk    Waiting = "clerk" // Clerk asked for it
	ForRetry    Waiting = "retry" // a moment before the next attempt
)

type backgroundKey struct{}

// InBackground marks requests that nobody waits for, such as polls. Requests that
// somebody waits for go out before them. A POST is never in the background, a count
// always is.
func InBackground(ctx context.Context) context.Context {
	return context.WithValue(ctx, backgroundKey{}, true)
}

func (r request) isInBackground(ctx context.Context) bool {
	return r.method != http.MethodPost && (r.background || ctx.Value(backgroundKey{}) != nil)
}

// take waits until r may go out. If ctx ends first, the place of r is free again.
func (c *Client) take(ctx context.Context, r request) error {
	background := r.isInBackground(ctx)
	place, wait := c.line.join(background)
	if wait > 0 && !background {
		c.onWait(wait, ForOwnLimit)
	}
	select {
	case <-place.turn:
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		c.line.leave(place)
		return err //nolint:wrapcheck // explain tells it from a failure of the network
	}
	return nil
}

// line is where requests wait for their turn. Those in the background leave half of
// what may go at once to the others, which therefore need not wait for them.
type line struct {
	interval time.Duration // between two requests, on average
	burst    int           // requests that may go at once
	now      func() time.Time
	sleep    func(context.Context, time.Duration) error

	mu                 sync.Mutex
	clock              time.Time // the latest moment that is known of, see read
	full               time.Time // when the whole burst may go again
	urgent, background []*place
	stop               context.CancelFunc // ends serve; nil while nobody waits
}

// place is one request's. Its turn is closed when the request may go.
type place struct{ turn chan struct{} }

func newLine(environment secret.Environment, now func() time.Time, sleep func(context.Context, time.Duration) error) *line {
	rate := developmentRate
	if environment == secret.Production {
		rate = productionRate
	}
	return &line{interval: time.Second / time.Duration(rate), burst: rate, now: now, sleep: sleep}
}

// join takes a place at the end. The wait is how long its turn is away if nobody
// leaves and nothing more urgent comes.
func (l *line) join(background bool) (*place, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	joined := &place{turn: make(chan struct{})}
	waiting, kept := &l.urgent, 0
	if background {
		waiting, kept = &l.background, l.burst/2
	}
	wait := max(0, l.opensIn(kept)) + time.Duration(len(*waiting))*l.interval
	*waiting = append(*waiting, joined)
	l.admit()
	return joined, wait
}

// leave gives a place back, also one whose turn has come.
func (l *line) leave(left *place) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-left.turn:
		l.full = l.full.Add(-l.interval)
	default:
		is := func(p *place) bool { return p == left }
		l.urgent, l.background = slices.DeleteFunc(l.urgent, is), slices.DeleteFunc(l.background, is)
		l.admit()
	}
}

// serve admits requests as their turns come, until ctx ends.
func (l *line) serve(ctx context.Context) {
	for {
		l.mu.Lock()
		wait := l.opensIn(0)
		for wait <= 0 { // to the next moment that may be somebody's turn
			wait += l.interval
		}
		then := l.clock.Add(wait)
		l.mu.Unlock()
		if l.sleep(ctx, wait) != nil {
			return
		}
		l.mu.Lock()
		if l.clock.Before(then) {
			l.clock = then
		}
		l.admit()
		l.mu.Unlock()
	}
}

// admit lets everybody go whose turn it is, and has the others served. l.mu is held.
func (l *line) admit() {
	for len(l.urgent) > 0 && l.opensIn(0) <= 0 {
		l.urgent = l.pass(l.urgent)
	}
	for len(l.urgent) == 0 && len(l.background) > 0 && l.opensIn(l.burst/2) <= 0 {
		l.background = l.pass(l.background)
	}
	switch waiting := len(l.urgent) + len(l.background); {
	case waiting > 0 && l.stop == nil:
		var ctx context.Context
		ctx, l.stop = context.WithCancel(context.Background())
		go l.serve(ctx)
	case waiting == 0 && l.stop != nil:
		l.stop()
		l.stop = nil
	}
}

func (l *line) pass(waiting []*place) []*place {
	if now := l.read(); l.full.Before(now) {
		l.full = now
	}
	l.full = l.full.Add(l.interval)
	close(waiting[0].turn)
	return waiting[1:]
}

// opensIn is how long it takes until a request may go that leaves so many others
// their turn at once. l.mu is held.
func (l *line) opensIn(kept int) time.Duration {
	return l.full.Add(-time.Duration(l.burst-1-kept) * l.interval).Sub(l.read())
}

// read returns the latest time that the line has seen. A clock that is set back, or
// stands, does not stop the line, because the time of its waits counts as passed.
// l.mu is held.
func (l *line) read() time.Time {
	if now := l.now(); now.After(l.clock) {
		l.clock = now
	}
	return l.clock
}
