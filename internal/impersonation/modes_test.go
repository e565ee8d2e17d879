package impersonation

import (
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/report"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
)

// window is a browser that is held, as far as this package sees it.
type window struct {
	mu    sync.Mutex
	modes []viewonly.Mode
	until time.Time
	rules viewonly.Rules
	ends  time.Time
}

func (w *window) SetMode(mode viewonly.Mode, until time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.modes, w.until = append(w.modes, mode), until
}

func (w *window) Allow(change func(*viewonly.Rules)) error {
	rules := w.rules
	change(&rules)
	if _, err := viewonly.New(rules); err != nil {
		return err
	}
	w.rules = rules
	return nil
}

func (w *window) SetEnd(at time.Time) { w.ends = at }

// watched is an impersonation in a browser that is held, on production.
func watched(t *testing.T, change func(*world, *Request)) (*world, Impersonation) {
	t.Helper()
	w := newWorld(t)
	w.window, w.policy.Environment = &window{}, secret.Production
	r := request()
	if change != nil {
		change(w, &r)
	}
	i, err := w.service.Create(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	i, err = w.service.Open(t.Context(), i.ID, "chromium")
	if err != nil {
		t.Fatal(err)
	}
	return w, i
}

func (w *world) events() []audit.Event {
	var all []audit.Event
	for _, r := range w.records {
		all = append(all, r.Event)
	}
	return all
}

func TestTheModeBeginsAsTheRulesSay(t *testing.T) {
	never := settings.Changes{Allow: settings.AllowNever}
	tests := []struct {
		name        string
		environment secret.Environment
		rules       settings.Changes
		want        viewonly.Mode
	}{
		{"production", secret.Production, settings.Changes{}, viewonly.ViewOnly},
		{"development", secret.Development, settings.Changes{}, viewonly.AllowChanges},
		{"a rule for view only", secret.Development, settings.Changes{Default: viewonly.ViewOnly}, viewonly.ViewOnly},
		{"changes are never allowed", secret.Development, never, viewonly.ViewOnly},
		{"a rule that needs a reason that was not given", secret.Production, settings.Changes{Default: viewonly.AllowChanges}, viewonly.ViewOnly},
		{"a rule for changes without a reason", secret.Production, settings.Changes{Default: viewonly.AllowChanges, Allow: settings.AllowAlways}, viewonly.AllowChanges},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, i := watched(t, func(w *world, _ *Request) { w.policy.Environment, w.policy.Rules.Changes = tt.environment, tt.rules })
			if i.Mode != tt.want || w.visit.Mode != tt.want || !i.Watched {
				t.Errorf("began in %q, the browser in %q", i.Mode, w.visit.Mode)
			}
			if must := tt.rules.Allow == settings.AllowNever; w.visit.Required != must {
				t.Errorf("a browser that cannot be held: required is %t", w.visit.Required)
			}
			for _, r := range w.records {
				if (r.Event == audit.Requested || r.Event == audit.Opened) && r.Mode != string(tt.want) {
					t.Errorf("on record: %s in %q", r.Event, r.Mode)
				}
			}
		})
	}
}

func TestChangesThatTheRulesForbidAreRefused(t *testing.T) {
	w, i := watched(t, nil)
	for name, tt := range map[string]struct {
		rules  settings.Changes
		reason string
		code   fault.Code
	}{
		"never":            {settings.Changes{Allow: settings.AllowNever}, "because", fault.ChangesForbidden},
		"without a reason": {settings.Changes{}, "  ", fault.ChangesReason},
	} {
		w.policy.Rules.Changes = tt.rules
		_, err := w.service.AllowChanges(t.Context(), i.ID, tt.reason, 0)
		if fault.CodeOf(err) != tt.code || len(w.window.modes) > 0 {
			t.Errorf("%s: %v, %v", name, err, w.window.modes)
		}
		r := request()
		r.Mode, r.ChangesReason = viewonly.AllowChanges, tt.reason
		if _, err := w.service.Create(t.Context(), r); fault.CodeOf(err) != tt.code {
			t.Errorf("%s, in the dialog: %v", name, err)
		}
	}
}

func TestChangesAreOnRecordBeforeTheyAreAllowed(t *testing.T) {
	w, i := watched(t, nil)
	w.fail["record changes_allowed"] = errors.New("full")
	if _, err := w.service.AllowChanges(t.Context(), i.ID, "resend it", 0); fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("got %v", err)
	}
	if len(w.window.modes) > 0 {
		t.Error("allowed without a record")
	}
}

func TestChangesEndByThemselves(t *testing.T) {
	w, i := watched(t, nil)
	i, err := w.service.AllowChanges(t.Context(), i.ID, "resend it", time.Hour)
	if err != nil || i.Mode != viewonly.AllowChanges || !i.ChangesUntil.Equal(w.now.Add(10*time.Minute)) {
		t.Fatalf("%v, %q until %v", err, i.Mode, i.ChangesUntil)
	}
	w.pass(9 * time.Minute)
	if got := w.window.modes; len(got) != 1 {
		t.Errorf("after nine minutes: %v", got)
	}
	w.pass(time.Minute)
	if got := w.window.modes; len(got) != 2 || got[1] != viewonly.ViewOnly {
		t.Errorf("after ten minutes: %v", got)
	}
	last := w.records[len(w.records)-1]
	if last.Event != audit.ChangesOver || last.Result.Code != string(ByTime) {
		t.Errorf("on record: %+v", last)
	}
}

// TestAnEarlierEndDoesNotCutALaterPermission: allowed, taken back and allowed anew.
func TestAnEarlierEndDoesNotCutALaterPermission(t *testing.T) {
	w, i := watched(t, nil)
	allow := func() {
		if _, err := w.service.AllowChanges(t.Context(), i.ID, "resend it", 10*time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	allow()
	w.pass(5 * time.Minute)
	if now, err := w.service.ViewOnlyAgain(t.Context(), i.ID); err != nil || now.Mode != viewonly.ViewOnly {
		t.Fatalf("%v, %q", err, now.Mode)
	}
	allow()
	w.pass(5 * time.Minute)
	if got := w.window.modes[len(w.window.modes)-1]; got != viewonly.AllowChanges {
		t.Errorf("the first end came to the second permission: %v", w.window.modes)
	}
	w.pass(5 * time.Minute)
	if got := w.window.modes[len(w.window.modes)-1]; got != viewonly.ViewOnly {
		t.Errorf("not over: %v", w.window.modes)
	}
}

// TestChangesOfTheDialogCountFromTheSignIn on production.
func TestChangesOfTheDialogCountFromTheSignIn(t *testing.T) {
	w, _ := watched(t, func(_ *world, r *Request) { r.Mode, r.ChangesReason = viewonly.AllowChanges, "resend it" })
	w.pass(30 * time.Second)
	w.visit.Watcher.SignedIn(held.SignIn{Outcome: held.Accepted})
	for deadline := 1000; deadline > 0 && !w.switched(1); deadline-- {
		time.Sleep(time.Millisecond)
	}
	if want := w.now.Add(10 * time.Minute); !w.window.until.Equal(want) {
		t.Errorf("until %v, not %v", w.window.until, want)
	}
}

// TestViewOnlyBeforeTheSignInStays: the sign-in starts no permission anew that the
// operator gave up.
func TestViewOnlyBeforeTheSignInStays(t *testing.T) {
	w, i := watched(t, func(_ *world, r *Request) { r.Mode, r.ChangesReason = viewonly.AllowChanges, "resend it" })
	told := make(chan struct{})
	it, err := w.service.find(i.ID)
	if err != nil {
		t.Fatal(err)
	}
	begin := it.view.signedIn
	it.view.signedIn = func() { begin(); close(told) }
	if _, err := w.service.ViewOnlyAgain(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	w.visit.Watcher.SignedIn(held.SignIn{Outcome: held.Accepted})
	<-told
	if got := w.window.modes; !slices.Equal(got, []viewonly.Mode{viewonly.ViewOnly}) {
		t.Errorf("the browser was told %v", got)
	}
}

// TestASignInThatIsQuickerThanTheWindowStartsTheTime of changes all the same.
func TestASignInThatIsQuickerThanTheWindowStartsTheTime(t *testing.T) {
	told := make(chan int, 1)
	v := newViewing(time.Now)
	v.SignedIn(held.SignIn{Outcome: held.Accepted})
	v.begin(&window{}, viewonly.AllowChanges, func(turn int) { told <- turn }, nil)
	select {
	case turn := <-told:
		if !v.isAt(turn) {
			t.Error("told of another turn")
		}
	case <-time.After(10 * time.Second):
		t.Error("not told")
	}
}

func TestNothingIsAllowedAfterTheEnd(t *testing.T) {
	w, i := watched(t, nil)
	w.visit.Watcher.Disconnected("live.acme.com")
	if _, err := w.service.End(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	records := len(w.records)
	_, err := w.service.AllowPlace(t.Context(), i.ID, Place{Host: "live.acme.com"}, "look")
	expectCode(t, err, fault.ImpersonationUnknown)
	_, err = w.service.ViewOnlyAgain(t.Context(), i.ID)
	expectCode(t, err, fault.ImpersonationUnknown)
	if len(w.records) != records {
		t.Errorf("on record after the end: %v", w.events()[records:])
	}
}

func (w *world) switched(times int) bool {
	w.window.mu.Lock()
	defer w.window.mu.Unlock()
	return len(w.window.modes) >= times
}

func TestAPlaceIsAllowedForOneImpersonation(t *testing.T) {
	w, i := watched(t, nil)
	w.visit.Watcher.HeldBack("POST", "https://app.acme.com/api/patients/4711/search?q=name")
	w.visit.Watcher.Disconnected("live.acme.com")
	seen := w.service.Live(t.Context()).Items[0]
	if len(seen.HeldBack) != 1 || seen.HeldBack[0].Path != "/api/patients/:id/search" || !slices.Equal(seen.Refused, []string{"live.acme.com"}) {
		t.Fatalf("seen: %+v", seen.Watching)
	}
	for _, place := range []Place{seen.HeldBack[0].Place, {Host: "live.acme.com"}} {
		if _, err := w.service.AllowPlace(t.Context(), i.ID, place, ""); fault.CodeOf(err) != fault.ChangesReason {
			t.Errorf("without a reason: %v", err)
		}
		var err error
		if i, err = w.service.AllowPlace(t.Context(), i.ID, place, "search posts"); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"https://app.acme.com/api/patients/*/search"}; !slices.Equal(w.window.rules.Paths, want) || !slices.Equal(w.window.rules.Hosts, []string{"live.acme.com"}) {
		t.Errorf("the browser got %+v", w.window.rules)
	}
	if len(i.Allowed) != 2 || len(i.Refused) != 0 {
		t.Errorf("told as %+v", i.Watching)
	}
	if !slices.Contains(w.events(), audit.PathAllowed) || !slices.Contains(w.events(), audit.ConnectionAllowed) {
		t.Errorf("on record: %v", w.events())
	}
	i, err := w.service.DisallowPlace(i.ID, i.Allowed[0].Place)
	if err != nil || len(i.Allowed) != 1 || len(w.window.rules.Paths) != 0 {
		t.Errorf("taken back: %v, %+v", err, w.window.rules)
	}
}

func TestTheClosingRecordNamesTheReport(t *testing.T) {
	w, i := watched(t, nil)
	w.visit.Watcher.Page("https://app.acme.com/invoices")
	w.visit.Watcher.HeldBack("DELETE", "https://app.acme.com/api/invoices/4471")
	if _, err := w.service.End(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	var seen report.Report
	if err := json.Unmarshal(w.reports[i.ID], &seen); err != nil || len(seen.Pages) != 1 || seen.How != string(ByOperator) {
		t.Errorf("report %+v, %v", seen, err)
	}
	last := w.records[len(w.records)-1].Result
	if last.Report != "hash of "+i.ID || last.Pages != 1 || last.HeldBack != 1 || last.Sent != 0 {
		t.Errorf("on record: %+v", last)
	}
}

func TestNobodyIsSaidToHaveWatchedABrowserThatIsNotHeld(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	i, err := w.service.Open(t.Context(), i.ID, "firefox")
	if err != nil || i.Watched || i.Mode != "" {
		t.Fatalf("%v, %+v", err, i.Watching)
	}
	if _, err := w.service.AllowChanges(t.Context(), i.ID, "why", 0); fault.CodeOf(err) != fault.NotWatched {
		t.Errorf("got %v", err)
	}
	if _, err := w.service.End(t.Context(), i.ID); err != nil || len(w.reports) > 0 {
		t.Errorf("%v, reports %v", err, w.reports)
	}
}

func TestOnlyAPathOfTheAppIsOpenedAfterTheSignIn(t *testing.T) {
	for path, fine := range map[string]bool{
		"": true, "/": true, "/invoices/4471?tab=1#a": true, "//evil.example": false, "https://evil.example/": false,
		"/\\evil.example": false, "invoices": false, "/a\nb": false,
	} {
		w := newWorld(t)
		r := request()
		r.Land = path
		if _, err := w.service.Create(t.Context(), r); (err == nil) != fine {
			t.Errorf("%q: %v", path, err)
		}
	}
}
