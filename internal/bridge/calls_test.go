package bridge

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/journal"
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

// App stands for the struct whose methods the window calls.
type App struct{ calls *Calls }

func (a *App) ListUsers(result error) (err error) {
	_, exit := a.calls.Enter(context.Background(), "")
	defer exit(&err)
	return result
}

func (a *App) Panics() (err error) { return inside(a) }

func inside(a *App) (err error) {
	_, exit := a.calls.Enter(context.Background(), "")
	defer exit(&err)
	panic("priya@meridian.org")
}

func journaled(written *strings.Builder) *App {
	tick := time.UnixMilli(0)
	return &App{&Calls{
		Journal: journal.Mirror(written).Logger(), NewID: func() string { return "ID" },
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
