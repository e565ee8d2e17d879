// Package fault is the error catalogue. A failure that reaches the operator has a
// code and a plain sentence. It also says what to do next and whether trying again
// makes sense. Go returns these errors, the bridge carries them as JSON, and the
// window switches on the code. An error without a code becomes [Internal].
package fault

import (
	"cmp"
	"context"
	"errors"
	"time"

	"understudy/internal/sentence"
)

// Error is one failure. Make it with [New]; fill in what is known with the
// With methods, which return copies.
type Error struct {
	Code Code
	// Said takes the place of the code's own sentence, for example with the number of
	// impersonations used. It never holds a secret, nor the name or address of a person.
	Said sentence.Sentence
	// TraceID is Clerk's clerk_trace_id, for the operator to copy into a ticket.
	TraceID string
	// RetryAfter is how long Clerk asks to wait. Zero: it did not say.
	RetryAfter time.Duration
	// Server is the host that stands for Clerk where that is not Clerk's own, "" where
	// it is. The sentences name it.
	Server string
	// Request is the method and the path of the request without its ids, for example
	// "GET /users/{user_id}", and Status that of its answer. "" and 0: there was none.
	Request string
	Status  int
	// Undone: nothing came of the request at Clerk, which never got it or refused
	// it. False where that is not known.
	Undone bool
	// Call is the id of the window's call that failed so, in the journal. "": none.
	Call  string
	cause error
}

// New returns the failure with that code. cause may be nil; it is kept for
// errors.Is and for the redacted log, and is never shown.
func New(code Code, cause error) *Error { return &Error{Code: code, cause: cause} }

// Saying returns a copy with its own sentence.
func (e *Error) Saying(said sentence.Sentence) *Error { c := *e; c.Said = said; return &c }

// WithTrace returns a copy with Clerk's trace id.
func (e *Error) WithTrace(id string) *Error { c := *e; c.TraceID = id; return &c }

// WithRetryAfter returns a copy that says how long to wait.
func (e *Error) WithRetryAfter(d time.Duration) *Error { c := *e; c.RetryAfter = d; return &c }

// AsUndone returns a copy that says that nothing came of the request.
func (e *Error) AsUndone() *Error { c := *e; c.Undone = true; return &c }

// AnsweredBy returns a copy that names the host in the place of Clerk.
func (e *Error) AnsweredBy(host string) *Error { c := *e; c.Server = host; return &c }

// WithRequest returns a copy that says what was asked, and with which status it was
// answered.
func (e *Error) WithRequest(request string, status int) *Error {
	c := *e
	c.Request, c.Status = request, status
	return &c
}

// WithCall returns a copy that says which call of the window failed so.
func (e *Error) WithCall(id string) *Error { c := *e; c.Call = id; return &c }

// Says is what the operator reads.
func (e *Error) Says() sentence.Sentence {
	if !e.Said.IsZero() {
		return e.naming(e.Said)
	}
	return e.naming(sentence.Sentence{Key: string(e.known())})
}

// Advises is what the operator can do about it. It may say nothing.
func (e *Error) Advises() sentence.Sentence {
	advice := sentence.Sentence{Key: string(e.known()) + ".next"}
	if !sentence.Has(advice.Key) {
		return sentence.Sentence{}
	}
	return e.naming(advice)
}

// Sentence is what the operator reads, in English.
func (e *Error) Sentence() string { return e.Says().String() }

// Next is what the operator can do about it, in English. It may be empty.
func (e *Error) Next() string { return e.Advises().String() }

// naming fills in who answered, and Clerk's own page where that is Clerk.
func (e *Error) naming(s sentence.Sentence) sentence.Sentence {
	for _, name := range sentence.Names(s.Key) {
		switch {
		case name == "server":
			s = s.And(name, cmp.Or(e.Server, "Clerk"))
		case name == "status" && e.Server == "":
			s = s.And(name, sentence.Of("clerk_status"))
		case name == "status":
			s = s.And(name, "")
		}
	}
	return s
}

// Retry reports whether the same action may succeed if it is simply tried again.
func (e *Error) Retry() bool { return retries[e.known()] }

// known is the code, or [Internal] if the catalogue does not have it.
func (e *Error) known() Code {
	if _, ok := retries[e.Code]; ok {
		return e.Code
	}
	return Internal
}

// Error is code and sentence. The cause stays out of it: it may quote outside
// data, and errors end up in logs.
func (e *Error) Error() string { return string(e.Code) + ": " + e.Sentence() }

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is(err, fault.New(code, nil)) compare codes.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Code == e.Code
}

// From finds the failure in err: a *Error in its chain, a cancelled or expired
// context, else [Internal]. nil stays nil.
func From(err error) *Error {
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.Canceled):
		return New(Canceled, err)
	case errors.Is(err, context.DeadlineExceeded):
		return New(ClerkTimeout, err)
	default:
		return New(Internal, err)
	}
}

// CodeOf is the code that [From] finds, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return From(err).Code
}
