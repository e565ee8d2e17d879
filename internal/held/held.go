// Package held holds a browser by its pipe for the length of one impersonation.
//
// Each request of each page, frame and worker is held until package viewonly has
// judged it: by the session of the browser itself, so that no tab is too early. A
// document waits until its page is armed. Pages get a mark that says who acts as
// whom. A [Watcher] is told what is seen.
//
// When in doubt, nothing is sent: a request that cannot be read stays held, and a
// page that cannot be armed is closed.
//
// targets.go attaches and arms, frames.go has documents wait, requests.go judges,
// documents.go narrows what documents may connect to, mode.go switches, signin.go sees
// what became of the link. mark.go, mark.js and mark.css are the mark in the page, refusals.go has it tell of
// what was not sent.
package held

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"understudy/internal/pipe"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// answerWithin is how long a command may take once the browser is held.
const answerWithin = 10 * time.Second

// ErrSilent is the failure to hold a browser: it does not answer, or refuses.
var ErrSilent = errors.New("held: the browser cannot be held by its pipe")

// Visit is what a browser is held for.
type Visit struct {
	Ticket secret.TicketURL
	Rules  viewonly.Rules
	Mode   viewonly.Mode
	// Land is a path of the app that is opened once the sign-in has ended, "" for
	// the app's own choice.
	Land string
	Mark Mark
	Now  func() time.Time // the clock on the wall
}

// Watcher is told what is seen. Its methods must return at once.
type Watcher interface {
	// SignedIn says what became of the link, at most once for each outcome.
	SignedIn(outcome SignIn)
	// Page is called with the address of each page that is shown.
	Page(url string)
	// Sent is called for each change that was sent, once its answer has come. The
	// status is 0 if none came. Signing in is no change.
	Sent(method, url string, status int)
	// HeldBack is called for what was not sent.
	HeldBack(method, url string)
	// Disconnected is called with the host of each WebSocket that was refused.
	Disconnected(host string)
	// Downloaded is called with the extension of a file's name and its size in bytes.
	Downloaded(extension string, size int64)
	// Asked is called when the mark's buttons are used.
	Asked(ask Ask)
}

// Window is what can be done with a browser that is held, see [Held].
type Window interface {
	SetMode(mode viewonly.Mode, until time.Time)
	Allow(change func(*viewonly.Rules)) error
	SetEnd(at time.Time)
}

// Held is a browser that is held. It is safe for concurrent use.
type Held struct {
	visit   Visit
	watcher Watcher
	conn    *pipe.Conn
	ctx     context.Context //nolint:containedctx // it ends with the connection

	first chan struct{} // closed when the first page is armed
	empty *time.Timer   // runs while there is no page

	mu      sync.Mutex
	mode    viewonly.Mode
	rules   viewonly.Rules
	judge   *viewonly.Judge
	targets map[string]*target // by session
	frames  map[string]*owner  // by their ids
	// loose: something was loaded while changes were allowed, which may hold
	// connections that view only does not allow.
	loose  bool
	seen   signing
	mark   state
	places map[string]json.RawMessage // where the mark stands, by host
	files  map[string]string          // extensions of what is being downloaded, by id
	// sockets are the hosts of sockets that a mark has told of.
	sockets map[string]bool
}

// Hold holds the browser behind those pipes, and opens the ticket in it. It returns
// once the browser has been told the ticket's address. [ErrSilent] says that it
// could not be held; the ticket has not been told then. A browser whose company
// forbids the pipe never answers, so the context needs a limit.
func Hold(ctx context.Context, in io.ReadCloser, out io.WriteCloser, visit Visit, watcher Watcher) (*Held, error) {
	judge, err := viewonly.New(visit.Rules)
	if err != nil {
		return nil, err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	h := &Held{
		visit: visit, watcher: watcher, ctx: running, first: make(chan struct{}),
		mode: visit.Mode, rules: visit.Rules, judge: judge, targets: map[string]*target{}, frames: map[string]*owner{},
		places: map[string]json.RawMessage{}, files: map[string]string{}, sockets: map[string]bool{},
		mark: state{Mark: visit.Mark, Mode: visit.Mode},
	}
	h.conn = pipe.New(in, out, h.hear)
	go func() {
		h.conn.Serve()
		stop()
	}()
	if err := h.begin(ctx); err != nil {
		h.conn.Close()
		return nil, err
	}
	return h, nil
}

// Gone is closed when the browser is.
func (h *Held) Gone() <-chan struct{} { return h.conn.Done() }

// Close asks the browser to end. [Held.Gone] says when it has.
func (h *Held) Close() { _ = h.conn.Send("", "Browser.close", nil) }

// begin arms the first page and sends it to the ticket.
func (h *Held) begin(ctx context.Context) error {
	for _, step := range []struct {
		method string
		params any
	}{
		{"Browser.getVersion", nil},
		{"Fetch.enable", map[string]any{"patterns": []any{map[string]any{"urlPattern": "*"}}}},
		{"Target.setAutoAttach", attaching()},
	} {
		if err := h.conn.Call(ctx, "", step.method, step.params, nil); err != nil {
			return silent(ctx, err)
		}
	}
	select {
	case <-h.first:
		return h.open()
	case <-ctx.Done():
		return silent(ctx, nil)
	case <-h.conn.Done():
		return ErrSilent
	}
}

// silent is the caller's own failure, or else ErrSilent.
func silent(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx) //nolint:wrapcheck // the caller's own
	}
	return errors.Join(ErrSilent, err)
}

// hear takes an event to where it belongs. It runs on the connection's reader, so
// that whatever needs an answer runs beside it.
func (h *Held) hear(e pipe.Event) {
	switch e.Method {
	case "Target.attachedToTarget":
		h.attached(e)
	case "Target.detachedFromTarget":
		h.detached(e)
	case "Fetch.requestPaused":
		h.paused(e)
	case "Page.frameAttached", "Page.frameDetached":
		h.framed(e)
	case "Page.frameNavigated", "Page.navigatedWithinDocument":
		h.navigated(e)
	case "Audits.issueAdded":
		h.issue(e)
	case "Runtime.bindingCalled":
		h.binding(e)
	case "Browser.downloadWillBegin", "Browser.downloadProgress":
		h.download(e)
	}
}

// decode reads the parameters of an event. It reports false for what it cannot
// read, which is then as if it had not come.
func decode(e pipe.Event, into any) bool { return json.Unmarshal(e.Params, into) == nil }

// call waits for the answer of a session, for a bounded time.
func (h *Held) call(session, method string, params, result any) error {
	ctx, done := context.WithTimeout(h.ctx, answerWithin)
	defer done()
	return h.conn.Call(ctx, session, method, params, result)
}

// send tells a session something whose answer does not matter.
func (h *Held) send(session, method string, params any) { _ = h.conn.Send(session, method, params) }
