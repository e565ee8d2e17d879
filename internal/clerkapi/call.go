package clerkapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// How long one request may take, from dialling to the last byte of the answer.
const (
	getTimeout  = 15 * time.Second
	postTimeout = 20 * time.Second
	// countTimeout: a filtered count of a big instance can take minutes, and
	// nothing waits for it.
	countTimeout = 60 * time.Second
)

// request is one call of the API.
type request struct {
	method  string
	path    string // below the base URL, made of constants and parsed ids
	query   url.Values
	body    any
	timeout time.Duration
	room    int64 // bytes that the answer may have
	meaning meaning
	// background: nobody waits for the answer, whoever asks.
	background bool
}

func get(path string, query url.Values) request {
	return request{method: http.MethodGet, path: path, query: query, timeout: getTimeout, room: maxAnswer, meaning: noSpecialMeaning}
}

func post(path string, body any) request {
	return request{method: http.MethodPost, path: path, body: body, timeout: postTimeout, room: maxAnswer, meaning: noSpecialMeaning}
}

// shape is the method and the path, with names in the places of ids.
func (r request) shape() string {
	parts := strings.Split(r.path, "/")
	for i, part := range parts {
		switch {
		case userIDForm.MatchString(part):
			parts[i] = "{user_id}"
		case actorTokenIDForm.MatchString(part):
			parts[i] = "{actor_token_id}"
		case sessionIDForm.MatchString(part):
			parts[i] = "{session_id}"
		}
	}
	return r.method + " /" + strings.Join(parts, "/")
}

// send makes the call, a GET again where that makes sense, and decodes the
// answer. Every error it returns is a *fault.Error. An error of decode, which
// says what the answer lacks, becomes fault.ClerkAnswer; what decode returned
// beside it is returned as well.
func send[T any](ctx context.Context, c *Client, r request, decode func([]byte) (T, error)) (T, error) {
	body, trace, err := c.persist(ctx, r)
	if err != nil {
		var none T
		return none, err
	}
	value, err := decode(body)
	if err != nil {
		failure := fault.New(fault.ClerkAnswer, fmt.Errorf("%s %s: %w", r.method, r.path, err)).
			WithTrace(trace).AnsweredBy(c.host).WithRequest(r.shape(), http.StatusOK)
		if lacks, known := errors.AsType[unreadable](err); known {
			failure = failure.Saying(sentence.Of("clerk_answer.lacks", "what", lacks.what))
		}
		return value, failure
	}
	return value, nil
}

// persist sends r until it is answered or there is no sense in going on.
func (c *Client) persist(ctx context.Context, r request) (body []byte, trace string, err error) {
	for attempt := 0; ; attempt++ {
		began := c.now()
		body, trace, err := c.once(ctx, r)
		said := []slog.Attr{slog.Int("attempt", attempt+1), slog.Int64("ms", c.now().Sub(began).Milliseconds())}
		if err == nil {
			said = append(said, slog.String("request", r.shape()), slog.Int("status", http.StatusOK), slog.String("trace", trace))
			c.log.LogAttrs(ctx, slog.LevelInfo, "clerk", said...)
			if c.outage.end(c.now()) {
				c.onAnswer()
			}
			return body, trace, nil
		}
		failure := c.explain(ctx, r, err)
		c.log.LogAttrs(ctx, slog.LevelWarn, "clerk", append(said, slog.Any("fault", failure))...)
		c.outage.begin(failure.Code)
		wait, again := c.backoff(failure, attempt)
		if r.method != http.MethodGet || !again {
			return nil, "", failure
		}
		c.onWait(wait, waitingFor(failure))
		if err := c.sleep(ctx, wait); err != nil {
			return nil, "", fault.From(err)
		}
	}
}

// once sends one request, when its turn comes, and returns the body of a 2xx
// answer with Clerk's trace id.
func (c *Client) once(ctx context.Context, r request) (body []byte, trace string, err error) {
	if err := c.take(ctx, r); err != nil {
		return nil, "", unsentError{err}
	}
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	var way way
	call := clerk.NewAPIRequest(r.method, r.path)
	call.SetParams(&params{query: r.query, body: r.body})
	var reply answer
	err = c.backend(r.room).Call(httptrace.WithClientTrace(ctx, way.trace()), call, &reply)
	// The SDK also fails on an answer that is no JSON: decode refuses that, with the trace id.
	if err != nil && reply.Response == nil {
		err = fmt.Errorf("%s %s: %w", r.method, r.path, err)
		if way.waited.Load() && !way.connected.Load() {
			err = unsentError{err}
		}
		return nil, "", err
	}
	return reply.Response.RawJSON, parseTraceID(reply.Response.TraceID), nil
}

// answer keeps the body of a 2xx answer for the decoder of the request.
type answer struct{ clerk.APIResource }

// UnmarshalJSON leaves the body as it is.
func (a *answer) UnmarshalJSON([]byte) error { return nil }

// way is how far a request got. A request that had a connection may have reached
// Clerk, and is treated as if it had.
type way struct{ waited, connected atomic.Bool }

func (w *way) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { w.waited.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { w.connected.Store(true) },
	}
}

// unsentError is the failure of a request that never left.
type unsentError struct{ error }

func (e unsentError) Unwrap() error { return e.error }

// params hands a query or a body to the SDK. Its own types for lists lack
// starting_after, and its user.List asks for a count with every page.
type params struct {
	clerk.APIParams
	query url.Values
	body  any
}

// ToQuery gives the SDK the query of a GET.
func (p *params) ToQuery() url.Values { return p.query }

// MarshalJSON gives the SDK the body of a POST.
func (p *params) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.body) //nolint:wrapcheck // the SDK calls it
}
