package instances

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/workspace"
)

// lostAnswer is a fault, and whether its answer says that Clerk did nothing.
type lostAnswer struct {
	emulator.Fault
	refused bool
}

// broken is every way in which an answer goes wrong.
func broken() []lostAnswer {
	faults := []lostAnswer{
		{emulator.Fault{Kind: emulator.FaultError, Status: 429, Code: "too_many_requests", RetryAfter: "1"}, true},
		{emulator.Fault{Kind: emulator.FaultError, Status: 422, Code: "impersonation_limit_exceeded"}, true},
		{emulator.Fault{Kind: emulator.FaultError, Status: 402, Code: "unsupported_subscription_plan_features"}, true},
		{emulator.Fault{Kind: emulator.FaultError, Status: 500, Code: "internal_clerk_error"}, false},
		{emulator.Fault{Kind: emulator.FaultError, Status: 503, Code: "user_locked"}, false},
		{emulator.Fault{Kind: emulator.FaultError, Status: 500, Code: "internal_clerk_error", Applied: true}, false},
		{emulator.Fault{Kind: emulator.FaultRedirect, Location: "/elsewhere"}, false},
		{emulator.Fault{Kind: emulator.FaultRedirect, Location: "/elsewhere", Status: http.StatusTemporaryRedirect}, false},
		{emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusForbidden}, false},
		{emulator.Fault{Kind: emulator.FaultHuge, Size: 3 << 20}, false},
		{emulator.Fault{Kind: emulator.FaultGzipBomb, Size: 3 << 20}, false},
	}
	for _, kind := range []emulator.FaultKind{
		emulator.FaultHTML, emulator.FaultEmpty, emulator.FaultNull, emulator.FaultObject, emulator.FaultResetBefore,
		emulator.FaultResetInside, emulator.FaultTruncated, emulator.FaultWrongTypes, emulator.FaultCaptivePortal,
	} {
		faults = append(faults, lostAnswer{emulator.Fault{Kind: kind}, false}, lostAnswer{emulator.Fault{Kind: kind, Applied: true}, false})
	}
	return faults
}

func request(t *testing.T, w *workspace.Workspace) impersonation.Request {
	t.Helper()
	return impersonation.Request{
		UserID: somebody(t, w).ID, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	}
}

func inject(t *testing.T, o *office, f emulator.Fault, path string) {
	t.Helper()
	f.Method, f.Path = http.MethodPost, path
	if err := o.clerk.Server().Inject(f); err != nil {
		t.Fatal(err)
	}
	o.clerk.Server().ResetRequests()
}

// TestACreationIsRefusedOnlyIfClerkSaysSo breaks the answer to the one request, and
// has the impersonation ended afterwards.
func TestACreationIsRefusedOnlyIfClerkSaysSo(t *testing.T) {
	for _, f := range broken() {
		t.Run(fmt.Sprint(f.Fault), func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			o.pickOperator(w)
			inject(t, o, f.Fault, "/v1/actor_tokens")
			i, err := w.Impersonations.Create(t.Context(), request(t, w))
			o.clerk.Server().ClearFaults()
			if n := o.clerk.Server().CountRequests(http.MethodPost, "/v1/actor_tokens"); n != 1 {
				t.Errorf("%d requests for an actor token", n)
			}
			past, _ := w.History.Recent()
			if f.refused {
				if err == nil || past[0].Stage != audit.StageFailed {
					t.Errorf("got %+v, %v; on record: %s", i, err, past[0].Stage)
				}
				return
			}
			if err != nil || i.State != impersonation.Unknown || past[0].Stage != audit.StageUnknown {
				t.Fatalf("got %+v, %v; on record: %s", i, err, past[0].Stage)
			}
			if says := fault.From(i.Problem).Sentence(); !strings.Contains(says, "may have created") {
				t.Errorf("says %q", says)
			}
			ended, err := w.Impersonations.End(t.Context(), i.ID)
			past, _ = w.History.Recent()
			if err != nil || ended.State != impersonation.Ended || past[0].Stage != audit.StageEnded {
				t.Errorf("ended %+v, %v; on record: %s", ended, err, past[0].Stage)
			}
		})
	}
}

// TestAnEndWhoseAnswerIsLostIsNotYetOne breaks the answer to the end of a link and
// of a session. The next try ends it, and the record says that the operator did.
func TestAnEndWhoseAnswerIsLostIsNotYetOne(t *testing.T) {
	for _, isOpen := range []bool{false, true} {
		path := map[bool]string{true: "/v1/sessions/", false: "/v1/actor_tokens/"}[isOpen]
		for _, f := range broken() {
			t.Run(fmt.Sprint(path, f.Fault), func(t *testing.T) {
				o := newOffice(t, emulator.Config{})
				w := o.connect()
				o.pickOperator(w)
				i, err := w.Impersonations.Create(t.Context(), request(t, w))
				if err != nil {
					t.Fatal(err)
				}
				if isOpen {
					if _, err := w.Impersonations.Open(t.Context(), i.ID, "default"); err != nil {
						t.Fatal(err)
					}
				}
				inject(t, o, f.Fault, path)
				_, err = w.Impersonations.End(t.Context(), i.ID)
				o.clerk.Server().ClearFaults()
				if text := fault.From(err).Sentence() + fault.From(err).Next(); err == nil || strings.Contains(text, "othing was") {
					t.Errorf("says %q", text)
				}
				if n := o.clerk.Server().CountRequests(http.MethodPost, path); n != 1 {
					t.Errorf("%d requests", n)
				}
				if _, err := w.Impersonations.End(t.Context(), i.ID); err != nil {
					t.Fatal(err)
				}
				past, err := w.History.Of(i.ID)
				if err != nil || past.Records[len(past.Records)-1].Result.Code != "operator" {
					t.Errorf("on record: %+v, %v", past, err)
				}
				if slices.ContainsFunc(o.clerk.Server().Sessions(), func(x emulator.Session) bool { return x.Status == "active" }) {
					t.Error("a session lives")
				}
			})
		}
	}
}
