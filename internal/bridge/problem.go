package bridge

import (
	"encoding/json"

	"understudy/internal/fault"
)

// ProblemOf is a failure as data. nil stays nil.
func ProblemOf(err error) *Problem {
	f := fault.From(err)
	if f == nil {
		return nil
	}
	return &Problem{
		Code: string(f.Code), Message: f.Sentence(), Next: f.Next(), Retry: f.Retry(),
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
		return `{"code":"internal","message":"","next":"","retry":false,"traceID":"","retryAfterMS":0,"request":"","status":0,"call":""}`
	}
	return string(text)
}
