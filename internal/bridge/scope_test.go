package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/journal"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestFormatErrorIsAProblem(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want Problem
	}{
		{"a fault", fault.New(fault.ClerkBusy, nil).WithTrace("t1").WithRetryAfter(4 * time.Second), Problem{Code: "clerk_busy", Retry: true, TraceID: "t1", RetryAfterMS: 4000}},
		{"anything else", errors.New("priya@meridian.org"), Problem{Code: "internal", Retry: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := FormatError(tt.err)
			var got Problem
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatal(err)
			}
			if got.Message.Key == "" || strings.Contains(text, "priya") {
				t.Errorf("got %s", text)
			}
			got.Message, got.Next = Sentence{}, nil
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	if text := FormatError(nil); !json.Valid([]byte(text)) {
		t.Errorf("nil becomes %q, which would resolve the promise", text)
	}
}

func TestCallsCancelByName(t *testing.T) {
	var calls Scope
	first, endFirst := calls.begin(t.Context(), "a")
	other, endOther := calls.begin(t.Context(), "b")
	defer endFirst()
	defer endOther()
	calls.cancel("a")
	calls.cancel("never begun")
	if first.Err() == nil || other.Err() != nil {
		t.Errorf("a: %v, b: %v", first.Err(), other.Err())
	}
}

func TestNewerCallOfTheSameNameWins(t *testing.T) {
	var calls Scope
	older, endOlder := calls.begin(t.Context(), "search")
	newer, endNewer := calls.begin(t.Context(), "search")
	defer endNewer()
	if older.Err() == nil || newer.Err() != nil {
		t.Fatalf("older: %v, newer: %v", older.Err(), newer.Err())
	}
	endOlder() // ends late, and must not take the newer one's place
	calls.cancel("search")
	if newer.Err() == nil {
		t.Error("the newer call cannot be cancelled any more")
	}
}

func TestCallsForgetWhatIsOver(t *testing.T) {
	var calls Scope
	_, done := calls.begin(t.Context(), "a")
	done()
	if len(calls.cancels) != 0 {
		t.Errorf("keeps %d calls", len(calls.cancels))
	}
	ctx, done := calls.begin(t.Context(), "")
	done()
	if ctx.Err() == nil || len(calls.cancels) != 0 {
		t.Error("a call without a name is kept, or goes on")
	}
}

// standInCalls stands for a subject, whose methods the window calls.
type standInCalls struct{ *Scope }

func (a *standInCalls) ListUsers(result error) (err error) {
	_, exit := a.enter("")
	defer exit(&err)
	return result
}

func (a *standInCalls) Panics() (err error) { return inside(a) }

func inside(a *standInCalls) (err error) {
	_, exit := a.enter("")
	defer exit(&err)
	panic("priya@meridian.org")
}

func journaled(written *strings.Builder) *standInCalls {
	tick := time.UnixMilli(0)
	return &standInCalls{&Scope{
		Context: context.Background(), Journal: journal.Mirror(written), NewID: func() string { return "ID" },
		Now: func() time.Time { tick = tick.Add(7 * time.Millisecond); return tick },
	}}
}

func TestAPanicBecomesAFailureAndItsStackIsKept(t *testing.T) {
	var written strings.Builder
	err := journaled(&written).Panics()
	if fault.CodeOf(err) != fault.Internal {
		t.Fatalf("got %v", err)
	}
	for _, part := range []string{`"method":"Panics"`, `"code":"internal"`, "bridge.inside:", `"call":"ID"`} {
		if !strings.Contains(written.String(), part) {
			t.Errorf("the journal lacks %s: %s", part, written.String())
		}
	}
	if cause := errors.Unwrap(err); cause == nil || strings.Contains(cause.Error()+written.String(), "priya") {
		t.Errorf("the cause is missing, or what was thrown is quoted: %v\n%s", cause, written.String())
	}
}

func TestEveryCallIsKeptWithItsTimeAndOutcome(t *testing.T) {
	for outcome, of := range map[string]struct {
		err  error
		kept []string
	}{
		"good":     {nil, []string{`"level":"INFO"`, `"method":"ListUsers","ms":7`}},
		"refused":  {fault.New(fault.KeyRefused, nil), []string{`"level":"WARN"`, `"code":"key_refused"`}},
		"unknown":  {errors.New("priya"), []string{`"level":"WARN"`, `"code":"internal"`, `"causes":"*errors.errorString"`}},
		"canceled": {context.Canceled, []string{`"level":"INFO"`, `"code":"canceled"`}},
	} {
		var written strings.Builder
		err := journaled(&written).ListUsers(of.err)
		if failure := fault.From(err); failure != nil && failure.Call != "ID" {
			t.Errorf("%s: the failure does not say which call it is of: %+v", outcome, failure)
		}
		for _, part := range of.kept {
			if !strings.Contains(written.String(), part) {
				t.Errorf("%s: the journal lacks %s: %s", outcome, part, written.String())
			}
		}
		if strings.Contains(written.String(), "priya") {
			t.Errorf("%s: the journal quotes a cause: %s", outcome, written.String())
		}
	}
}
