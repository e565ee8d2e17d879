package bridge

import (
	"errors"
	"strings"
	"testing"

	"understudy/internal/fault"
)

func TestCallsCancelByName(t *testing.T) {
	var calls Calls
	first, endFirst := calls.Begin(t.Context(), "a")
	other, endOther := calls.Begin(t.Context(), "b")
	defer endFirst()
	defer endOther()
	calls.Cancel("a")
	calls.Cancel("never begun")
	if first.Err() == nil || other.Err() != nil {
		t.Errorf("a: %v, b: %v", first.Err(), other.Err())
	}
}

func TestNewerCallOfTheSameNameWins(t *testing.T) {
	var calls Calls
	older, endOlder := calls.Begin(t.Context(), "search")
	newer, endNewer := calls.Begin(t.Context(), "search")
	defer endNewer()
	if older.Err() == nil || newer.Err() != nil {
		t.Fatalf("older: %v, newer: %v", older.Err(), newer.Err())
	}
	endOlder() // ends late, and must not take the newer one's place
	calls.Cancel("search")
	if newer.Err() == nil {
		t.Error("the newer call cannot be cancelled any more")
	}
}

func TestCallsForgetWhatIsOver(t *testing.T) {
	var calls Calls
	_, done := calls.Begin(t.Context(), "a")
	done()
	if len(calls.cancels) != 0 {
		t.Errorf("keeps %d calls", len(calls.cancels))
	}
	ctx, done := calls.Begin(t.Context(), "")
	done()
	if ctx.Err() == nil || len(calls.cancels) != 0 {
		t.Error("a call without a name is kept, or goes on")
	}
}

func TestRecoverTurnsAPanicIntoAFailure(t *testing.T) {
	call := func() (err error) {
		defer Recover(&err)
		panic("priya@meridian.org")
	}
	err := call()
	if fault.CodeOf(err) != fault.Internal {
		t.Fatalf("got %v", err)
	}
	if cause := errors.Unwrap(err); cause == nil || strings.Contains(cause.Error(), "priya") {
		t.Errorf("the cause is missing, or quotes what was thrown: %v", cause)
	}
}
