// Package bridge is what the window can call, cut by subject: each file has the
// methods of one subject, the types that cross with them, and their conversions.
// Package main binds the methods together, see App in app.go.
//
// The types are flat and have JSON tags: Wails generates the TypeScript interfaces
// from them. Times are RFC 3339 strings in UTC, "" when unknown; lists are never nil.
// No type here has room for a key, a ticket or its URL.
package bridge

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"understudy/internal/avatar"
	"understudy/internal/browser"
	"understudy/internal/doctor"
	"understudy/internal/fault"
	"understudy/internal/history"
	"understudy/internal/instances"
	"understudy/internal/journal"
	"understudy/internal/workspace"
)

// Scope is what the calls of all subjects share. Every call passes its enter, which
// recovers from panics and writes the call into the journal. All exported fields are
// required.
type Scope struct {
	Run       Start // does not change during a run
	Manager   *instances.Manager
	Browsers  *browser.Browsers
	Pictures  *avatar.Pictures
	Journal   *journal.Journal
	Checks    []doctor.Check // of `understudy doctor`, without the journal
	Presence  Presence
	Closing   Closing
	Clipboard Clipboard
	Dialogs   Dialogs
	// OnExport is told how far an export is, under the window's name for the call.
	OnExport func(requestID string, percent int)
	// Close closes the window.
	Close func()
	Now   func() time.Time
	NewID func() string
	// Context is the one of the window.
	//nolint:containedctx // Wails injects no context into bound methods
	Context context.Context

	mu sync.Mutex
	// cancels are those of the running calls, by the window's names for them: nothing
	// of a context crosses the bridge.
	cancels map[string]*context.CancelFunc
	report  atomic.Pointer[string] // shown last: the window saves no other
}

// Presence is told of the operator at the window.
type Presence interface {
	Used() // the window
	Back() // for certain, as after they unlocked
	// Look locks if the operator has been away for too long.
	Look()
}

// Closing is told whether the operator wants to close the window.
type Closing interface {
	Leave()
	Stay()
}

// Clipboard is the system clipboard.
type Clipboard interface {
	Write(ctx context.Context, text string) error
}

// Dialogs let the operator choose a file. The path is "" when they close the dialog.
type Dialogs interface {
	OpenEnvFile(ctx context.Context) (path string, err error)
	SaveFile(ctx context.Context, title, suggested string) (path string, err error)
}

// bound is the common shape of the methods below: it finds what the call is
// about and runs the call on it, under the window's name for the request so that
// it can be cancelled.
func bound[On, T any](s *Scope, requestID string, find func() (On, error), call func(context.Context, On) (T, error)) (result T, err error) {
	ctx, exit := s.enter(requestID)
	defer exit(&err)
	on, err := find()
	if err != nil {
		return result, err
	}
	return call(ctx, on)
}

// inUse runs a call on the workspace in use, unless it is time to lock that. A
// call that the window can cancel is stopped when the workspace is left.
func inUse[T any](s *Scope, requestID string, call func(context.Context, *workspace.Workspace) (T, error)) (T, error) {
	return bound(s, requestID, s.current, func(ctx context.Context, w *workspace.Workspace) (T, error) {
		return workspace.During(ctx, w, requestID != "", call)
	})
}

// current is the workspace in use, unless it is time to lock that.
func (s *Scope) current() (*workspace.Workspace, error) {
	s.Presence.Look()
	return s.Manager.Current()
}

// settling is inUse for a call that changes something at Clerk and that the window
// can cancel: leaving the workspace does not, since what became of it must get into
// the audit log.
func settling[T any](s *Scope, requestID string, call func(context.Context, *workspace.Workspace) (T, error)) (T, error) {
	return inUse(s, "", func(ctx context.Context, w *workspace.Workspace) (T, error) {
		ctx, done := s.begin(ctx, requestID)
		defer done()
		return call(ctx, w)
	})
}

// reading is inUse for calls that show users, which the rules may hide.
func reading[T any](s *Scope, requestID string, call func(context.Context, *workspace.Workspace) (T, error)) (T, error) {
	return inUse(s, requestID, func(ctx context.Context, w *workspace.Workspace) (T, error) {
		if err := w.MayRead(ctx); err != nil {
			var nothing T
			return nothing, err
		}
		return call(ctx, w)
	})
}

// onHistory runs a call on the history, which is read without a key.
func onHistory[T any](s *Scope, requestID string, call func(context.Context, *history.History) (T, error)) (T, error) {
	return bound(s, requestID, s.Manager.History, call)
}

// openPage opens a page that belongs to the workspace in use in the default browser.
func (s *Scope) openPage(of func(*workspace.Workspace) (string, error)) error {
	_, err := inUse(s, "", func(_ context.Context, w *workspace.Workspace) (struct{}, error) {
		address, err := of(w)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, s.Browsers.OpenPage(address)
	})
	return err
}

// enter begins a call of a bound method under the window's name for it, as begin does.
// The context says to the journal which call its lines belong to. Defer exit with the
// error that the method returns:
//
//	ctx, exit := s.enter(requestID)
//	defer exit(&err)
//
// It turns a panic into an error, without which the promise in the window would stay
// pending for ever, and gives every failure the id of the call.
func (s *Scope) enter(requestID string) (ctx context.Context, exit func(*error)) {
	id, method, began := s.NewID(), boundMethod(), s.Now()
	ctx, done := s.begin(journal.WithCall(s.Context, id), requestID)
	return ctx, func(err *error) {
		done()
		if thrown := recover(); thrown != nil {
			*err = fault.Panicked(thrown)
		}
		attributes := []slog.Attr{slog.String("method", method), slog.Int64("ms", s.Now().Sub(began).Milliseconds())}
		level := slog.LevelInfo
		if failure := fault.From(*err); failure != nil {
			failure = failure.WithCall(id)
			*err = failure
			attributes = append(attributes, slog.Any("fault", failure))
			if failure.Code != fault.Canceled {
				level = slog.LevelWarn
			}
		}
		s.Journal.Logger().LogAttrs(ctx, level, "call", attributes...)
	}
}

// boundMethod is the name of the method of a subject that is being called, "" outside
// of one.
func boundMethod() string {
	counters := make([]uintptr, 16)
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters)])
	for {
		frame, more := frames.Next()
		if _, name, of := strings.Cut(frame.Function, "Calls)."); of && name[0] >= 'A' && name[0] <= 'Z' {
			name, _, _ = strings.Cut(name, ".")
			return name
		}
		if !more {
			return ""
		}
	}
}

// begin starts a call under the window's name for it; an empty name cannot be
// cancelled. A call of the same name that is still running is cancelled: the
// newer one wins. done must be called when the call is over.
func (s *Scope) begin(parent context.Context, id string) (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancel(parent)
	if id == "" {
		return ctx, cancel
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancels == nil {
		s.cancels = map[string]*context.CancelFunc{}
	}
	if older, ok := s.cancels[id]; ok {
		(*older)()
	}
	mine := &cancel
	s.cancels[id] = mine
	return ctx, func() {
		cancel()
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.cancels[id] == mine {
			delete(s.cancels, id)
		}
	}
}

// cancel stops the call of that name. Stopping one that is over does nothing.
func (s *Scope) cancel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel, ok := s.cancels[id]; ok {
		(*cancel)()
	}
}

// Problem is a failure as data, the same shape that a rejected call carries.
type Problem struct {
	Code         string    `json:"code"`
	Message      Sentence  `json:"message"`
	Next         *Sentence `json:"next"` // null: nothing to do
	Retry        bool      `json:"retry"`
	TraceID      string    `json:"traceID"`
	RetryAfterMS int64     `json:"retryAfterMS"`
	Request      string    `json:"request"` // "GET /users/{user_id}", "" if nothing was asked
	Status       int       `json:"status"`  // of the answer, 0 if there was none
	Call         string    `json:"call"`    // the id of the call in the journal, "" if it is of none
}

// ProblemOf is a failure as data. nil stays nil.
func ProblemOf(err error) *Problem {
	f := fault.From(err)
	if f == nil {
		return nil
	}
	return &Problem{
		Code: string(f.Code), Message: sentenceOf(f.Says()), Next: sentenceIn(f.Advises()), Retry: f.Retry(),
		TraceID: f.TraceID, RetryAfterMS: f.RetryAfter.Milliseconds(),
		Request: f.Request, Status: f.Status, Call: f.Call,
	}
}

// FormatError is a failure as the text that rejects a promise in the window:
// the JSON of a [Problem]. It is never empty, since Wails resolves the promise
// then.
func FormatError(err error) string {
	text, marshalErr := json.Marshal(ProblemOf(err))
	if marshalErr != nil || err == nil {
		return `{"code":"internal","message":{"key":"internal","with":{}},"next":null,"retry":false,"traceID":"","retryAfterMS":0,"request":"","status":0,"call":""}`
	}
	return string(text)
}

// list converts each element; the result is never nil, which would arrive as
// null.
func list[From, To any](all []From, convert func(From) To) []To {
	converted := make([]To, 0, len(all))
	for _, one := range all {
		converted = append(converted, convert(one))
	}
	return converted
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func capitalized(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
