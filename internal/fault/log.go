package fault

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strconv"
	"strings"
)

// LogValue is what the journal keeps of a failure: its code, what Clerk was asked,
// and the types of its causes. Their texts may quote a person or a key.
func (e *Error) LogValue() slog.Value {
	attributes := []slog.Attr{slog.String("code", string(e.Code))}
	if e.Request != "" {
		attributes = append(attributes, slog.String("request", e.Request), slog.Int("status", e.Status))
	}
	if e.TraceID != "" {
		attributes = append(attributes, slog.String("trace", e.TraceID))
	}
	if causes := causesOf(e.cause); len(causes) > 0 {
		attributes = append(attributes, slog.String("causes", strings.Join(causes, ", ")))
	}
	if thrown, ok := errors.AsType[*panicError](e); ok {
		attributes = append(attributes, slog.String("stack", strings.Join(thrown.stack, ", ")))
	}
	return slog.GroupValue(attributes...)
}

// mostCauses bounds what a line of the journal says of one failure.
const mostCauses = 16

// causesOf are the types in the chain of an error, outermost first. Of those that
// several calls make, such as *errors.errorString, only the type is known.
func causesOf(err error) []string {
	var types []string
	for next := []error{err}; len(next) > 0 && len(types) < mostCauses; next = next[1:] {
		if next[0] == nil {
			continue
		}
		types = append(types, fmt.Sprintf("%T", next[0]))
		switch wrapper := next[0].(type) { //nolint:errorlint // each layer by itself
		case interface{ Unwrap() error }:
			next = append(next, wrapper.Unwrap())
		case interface{ Unwrap() []error }:
			next = append(next, wrapper.Unwrap()...)
		}
	}
	return types
}

// panicError is a panic that was recovered. The value that was thrown may quote
// outside data, so only its type and the stack are kept.
type panicError struct {
	thrown string
	stack  []string // innermost first: function and line
}

func (e *panicError) Error() string { return "panic of a " + e.thrown }

// mostFrames bounds the stack of a panic.
const mostFrames = 40

// Panicked returns the failure of a call that panicked with that value. Call it
// from the deferred function that recovered.
func Panicked(thrown any) *Error {
	counters := make([]uintptr, mostFrames)
	frames := runtime.CallersFrames(counters[:runtime.Callers(2, counters)])
	var stack []string
	for {
		frame, more := frames.Next()
		stack = append(stack, frame.Function+":"+strconv.Itoa(frame.Line))
		if !more {
			return New(Internal, &panicError{thrown: fmt.Sprintf("%T", thrown), stack: stack})
		}
	}
}
