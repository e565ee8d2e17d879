package impersonation

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// world is everything around a Service. It notes the order of the steps, and
// fails the step that a test names.
type world struct {
	t           *testing.T
	mu          sync.Mutex // of steps
	steps       []string
	fail        map[string]error
	now         time.Time
	user        clerkapi.User
	memberships []clerkapi.Membership
	jonas       clerkapi.User
	issued      int
	counted     time.Time
	token       clerkapi.ActorToken
	sessions    []clerkapi.Session
	asked       []clerkapi.ActorTokenRequest
	records     []audit.Record
	policy      Policy
	operator    operator.Operator
	copied      string
	awake       time.Duration // the time of timers, which stands while the computer sleeps
	timers      []timer
	window      *window // nil: no browser can be held
	visit       browser.Visit
	reports     map[string][]byte
	windows     []string // ids of impersonations that a browser was opened for
	steal       func()
	shut        []func() // closes each window by hand
	service     *Service
}

var (
	_ ActorTokens = (*world)(nil)
	_ Sessions    = (*world)(nil)
	_ Users       = (*world)(nil)
	_ Log         = (*world)(nil)
	_ Opener      = (*world)(nil)
	_ Clipboard   = (*world)(nil)
)

// timer is what happens once the computer was awake for so long.
type timer struct {
	at time.Duration
	do func()
}

// pass lets time go by.
func (w *world) pass(d time.Duration) {
	w.now, w.awake = w.now.Add(d), w.awake+d
	for _, timer := range w.timers {
		if timer.at <= w.awake {
			timer.do()
		}
	}
	w.timers = slices.DeleteFunc(w.timers, func(t timer) bool { return t.at <= w.awake })
}

// setClock moves the clock alone: somebody sets it, or the computer sleeps.
func (w *world) setClock(d time.Duration) { w.now = w.now.Add(d) }

// start is the moment every world begins at.
var start = time.Date(2026, 11, 22, 13, 3, 0, 0, time.UTC)

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		t: t, now: start, fail: map[string]error{},
		user:     clerkapi.User{ID: userID("user_priya"), FirstName: "Priya", LastName: "Raman", Email: "priya@meridian.org"},
		token:    clerkapi.ActorToken{ID: actorTokenID("act_1"), Status: "pending", UserID: userID("user_priya"), URL: secret.NewTicketURL(goodTicket)},
		operator: operator.Operator{ID: userID("user_maya")},
	}
	w.service = New(Config{
		Instance: "ins_1", Gate: gateOf(t, "https://api.clerk.com/v1", "https://clerk.acme.com"),
		Admit: func(_ context.Context, who operator.Operator, _ time.Duration) error {
			return w.fail["admit "+who.Sub()]
		},
		Unmoved: func(context.Context) error { return w.fail["address"] },
		Policy:  func() Policy { return w.policy }, Operator: func() operator.Operator { return w.operator },
		Tokens: w, Sessions: w, Users: w, Log: w, Opener: w, Clipboard: w,
		Now: func() time.Time { return w.now }, NewID: func() string { return fmt.Sprintf("rid%d", len(w.records)) },
		AfterFunc: func(d time.Duration, f func()) { w.timers = append(w.timers, timer{w.awake + d, f}) },
	})
	return w
}

func (w *world) step(name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.steps = append(w.steps, name)
	return w.fail[name]
}

func (w *world) CreateActorToken(_ context.Context, r clerkapi.ActorTokenRequest) (clerkapi.ActorToken, error) {
	w.asked = append(w.asked, r)
	return w.token, w.step("create token")
}

func (w *world) RevokeActorToken(_ context.Context, id clerkapi.ActorTokenID) error {
	return w.step("revoke " + id.String())
}

func (w *world) Sessions(_ context.Context, user clerkapi.UserID) ([]clerkapi.Session, error) {
	return w.sessions, w.step("sessions of " + user.String())
}

func (w *world) RevokeSession(_ context.Context, id clerkapi.SessionID) error {
	return w.step("revoke " + id.String())
}

func (w *world) Recent(_ context.Context, id clerkapi.UserID, oldest time.Duration) (clerkapi.User, error) {
	step := "user "
	switch {
	case oldest == 0:
		step = "user anew "
	case oldest < time.Minute:
		step = "user ahead "
	}
	if err := w.step(step + id.String()); err != nil || id != w.jonas.ID {
		return w.user, err
	}
	return w.jonas, nil
}

func (w *world) RecentMemberships(_ context.Context, id clerkapi.UserID, _ time.Duration) ([]clerkapi.Membership, error) {
	return w.memberships, w.step("memberships of " + id.String())
}

func (w *world) Issued(instance string, since time.Time) (int, error) {
	w.counted = since
	return w.issued, w.step("issued in " + instance)
}

func (w *world) Append(_ context.Context, r audit.Record) (audit.Record, error) {
	if err := w.step("record " + string(r.Event)); err != nil {
		return audit.Record{}, err
	}
	r.Time, r.Seq, r.Hash = w.now, int64(len(w.records)+1), "abc"
	w.records = append(w.records, r)
	return r, nil
}

func (w *world) SaveReport(_ context.Context, id string, content []byte) (string, error) {
	if w.reports == nil {
		w.reports = map[string][]byte{}
	}
	w.reports[id] = content
	return "hash of " + id, w.step("report of " + id)
}

func (w *world) Open(_ context.Context, id string, v browser.Visit) (held.Window, error) {
	w.windows, w.steal, w.shut = append(w.windows, v.Impersonation), v.Stolen, append(w.shut, v.Closed)
	if v.Ticket.Reveal() != goodTicket {
		w.t.Errorf("another address was opened than Clerk's")
	}
	w.visit = v
	if w.window == nil {
		return nil, w.step("open in " + id)
	}
	return w.window, w.step("open in " + id)
}

func (w *world) Close(id string) {
	w.windows = slices.DeleteFunc(w.windows, func(open string) bool { return open == id })
}

func (w *world) WriteTicket(_ context.Context, ticket secret.TicketURL) error {
	w.copied = ticket.Reveal()
	return w.step("copy")
}

func (w *world) ClearTicket(_ context.Context, ticket secret.TicketURL) {
	if !ticket.IsZero() && w.copied == ticket.Reveal() {
		w.copied = ""
	}
}

// request is what the dialog sends by default.
func request() Request {
	return Request{UserID: userID("user_priya"), Reason: " Ticket 48213 ", LinkLife: time.Minute, SessionLength: 30 * time.Minute}
}

func (w *world) create() Impersonation {
	w.t.Helper()
	i, err := w.service.Create(w.t.Context(), request())
	if err != nil {
		w.t.Fatal(err)
	}
	return i
}

// signIn makes Clerk have a session of an impersonation.
func (w *world) signIn(i Impersonation, id clerkapi.SessionID) {
	w.sessions = append(w.sessions, clerkapi.Session{
		ID: id, UserID: i.UserID, Status: "active", Actor: &clerkapi.Actor{Sub: "user_maya", Iss: "understudy", RID: i.ID},
		ExpireAt: w.now.Add(30 * time.Minute), LastActiveAt: w.now,
	})
}

func (w *world) expectSteps(want ...string) {
	w.t.Helper()
	if !slices.Equal(w.steps, want) {
		w.t.Errorf("steps\n got %q\nwant %q", w.steps, want)
	}
	w.steps = nil
}

func expectCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestCreateThenOpen(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	w.expectSteps("user user_priya", "record requested", "create token", "record issued")
	if i.State != Pending || i.UserName != "Priya Raman" || i.Reason != "Ticket 48213" ||
		!i.LinkExpiresAt.Equal(start.Add(time.Minute)) {
		t.Errorf("got %+v", i)
	}
	want := clerkapi.ActorTokenRequest{
		UserID:   userID("user_priya"),
		Actor:    clerkapi.Actor{Sub: "user_maya", Iss: "understudy", RID: "rid0", Log: "1:abc"},
		LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	}
	if len(w.asked) != 1 || w.asked[0] != want {
		t.Errorf("asked %+v\nwant  %+v", w.asked, want)
	}
	if _, err := w.service.Open(t.Context(), i.ID, "default"); err != nil {
		t.Fatal(err)
	}
	w.expectSteps("user anew user_priya", "open in default", "record opened")
	intent, issued, opened := w.records[0], w.records[1], w.records[2]
	if intent.Reason != "Ticket 48213" || intent.Operator.ID != "user_maya" || intent.Instance != "ins_1" ||
		intent.User != "user_priya" || intent.LinkSeconds != 60 || intent.SessionSeconds != 1800 {
		t.Errorf("intent %+v", intent)
	}
	if issued.Result.ActorToken != "act_1" || opened.Browser != "default" || opened.Record != intent.Record {
		t.Errorf("issued %+v, opened %+v", issued, opened)
	}
}

func TestCreateStopsAtTheFirstFailure(t *testing.T) {
	broken := errors.New("disk full")
	tests := []struct {
		name  string
		fails string
		with  error
		code  fault.Code
		steps []string
		posts int
	}{
		{"the operator may not", "admit user_maya", fault.New(fault.PermissionMissing, nil), fault.PermissionMissing, nil, 0},
		{"nobody knows the user", "user user_priya", fault.New(fault.UserGone, nil), fault.UserGone, []string{"user user_priya"}, 0},
		{
			"the intent cannot be written", "record requested", fault.New(fault.AuditUnwritable, broken), fault.AuditUnwritable,
			[]string{"user user_priya", "record requested"},
			0,
		},
		{
			"Clerk refuses", "create token", fault.New(fault.LimitExceeded, nil).WithTrace("t1").AsUndone(), fault.LimitExceeded,
			[]string{"user user_priya", "record requested", "create token", "record failed"},
			1,
		},
		{
			"Clerk was never asked", "create token", fault.New(fault.ClerkUnreachable, nil).AsUndone(), fault.ClerkUnreachable,
			[]string{"user user_priya", "record requested", "create token", "record failed"},
			1,
		},
		{
			"the token cannot be recorded", "record issued", fault.New(fault.AuditUnwritable, broken), fault.AuditUnwritable,
			[]string{"user user_priya", "record requested", "create token", "record issued", "revoke act_1"},
			1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.fail[tt.fails] = tt.with
			_, err := w.service.Create(t.Context(), request())
			expectCode(t, err, tt.code)
			w.expectSteps(tt.steps...)
			if len(w.asked) != tt.posts {
				t.Errorf("%d requests for a token, want %d", len(w.asked), tt.posts)
			}
			if board := w.service.Live(t.Context()); len(board.Items) != 0 {
				t.Errorf("something is live: %+v", board.Items)
			}
		})
	}
}

func TestFailureIsRecordedWithItsCode(t *testing.T) {
	w := newWorld(t)
	w.fail["create token"] = fault.New(fault.PlanLacks, nil).WithTrace("trace-1").AsUndone()
	if _, err := w.service.Create(t.Context(), request()); fault.From(err).TraceID != "trace-1" {
		t.Errorf("lost the trace id: %v", err)
	}
	if got := w.records[1].Result; got.Code != string(fault.PlanLacks) || got.TraceID != "trace-1" {
		t.Errorf("recorded %+v", got)
	}
}

func TestUnsafeTokenIsRevoked(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*clerkapi.ActorToken)
	}{
		{"no url", func(a *clerkapi.ActorToken) { a.URL = secret.TicketURL{} }},
		{"another host", func(a *clerkapi.ActorToken) {
			a.URL = secret.NewTicketURL(strings.Replace(goodTicket, "acme", "evil", 1))
		}},
		{"another user", func(a *clerkapi.ActorToken) { a.UserID = userID("user_other") }},
		{"accepted already", func(a *clerkapi.ActorToken) { a.Status = "accepted" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			tt.spoil(&w.token)
			_, err := w.service.Create(t.Context(), request())
			expectCode(t, err, fault.TicketRefused)
			w.expectSteps("user user_priya", "record requested", "create token", "revoke act_1", "record failed")
		})
	}
	t.Run("and it is said when that fails", func(t *testing.T) {
		w := newWorld(t)
		w.token.URL = secret.TicketURL{}
		w.fail["revoke act_1"] = fault.New(fault.ClerkBroken, nil)
		i, err := w.service.Create(t.Context(), request())
		if err != nil || i.State != Unknown || !strings.Contains(fault.From(i.Problem).Sentence(), "could not be canceled") {
			t.Errorf("got %+v, %v", i, err)
		}
	})
}

func TestPolicy(t *testing.T) {
	tests := []struct {
		name   string
		change func(*world, *Request)
		want   fault.Code
	}{
		{"as the dialog sends it", func(*world, *Request) {}, ""},
		{"nobody acts", func(w *world, _ *Request) { w.operator.ID = clerkapi.UserID{} }, fault.OperatorMissing},
		{"yourself", func(_ *world, r *Request) { r.UserID = userID("user_maya") }, fault.Yourself},
		{"banned", func(w *world, _ *Request) { w.user.Banned = true }, fault.UserBanned},
		{"locked", func(w *world, _ *Request) { w.user.Locked = true }, fault.UserLocked},
		{"no reason in development", func(_ *world, r *Request) { r.Reason = "" }, ""},
		{"no reason on production", func(w *world, r *Request) { w.policy.Environment, r.Reason = secret.Production, " \t" }, fault.ReasonMissing},
		{"no reason where it is asked for", func(w *world, r *Request) { w.policy.ReasonAlways, r.Reason = true, "" }, fault.ReasonMissing},
		{"the longest reason", func(_ *world, r *Request) { r.Reason = strings.Repeat("ü", 500) }, ""},
		{"a longer reason", func(_ *world, r *Request) { r.Reason = strings.Repeat("ü", 501) }, fault.ReasonTooLong},
		{"ten minutes for the link", func(_ *world, r *Request) { r.LinkLife = 10 * time.Minute }, ""},
		{"more for the link", func(_ *world, r *Request) { r.LinkLife = 601 * time.Second }, fault.LengthInvalid},
		{"less for the link", func(_ *world, r *Request) { r.LinkLife = 59 * time.Second }, fault.LengthInvalid},
		{"half seconds", func(_ *world, r *Request) { r.LinkLife = 90*time.Second + time.Millisecond }, fault.LengthInvalid},
		{"an odd session", func(_ *world, r *Request) { r.SessionLength = 45 * time.Minute }, fault.LengthInvalid},
		{"an endless session", func(_ *world, r *Request) { r.SessionLength = 0 }, fault.LengthInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, r := newWorld(t), request()
			tt.change(w, &r)
			_, err := w.service.Create(t.Context(), r)
			expectCode(t, err, tt.want)
			if tt.want != "" && (len(w.asked) > 0 || len(w.records) > 0) {
				t.Error("a refused impersonation left a trace")
			}
		})
	}
}

func TestALinkCanBeOpenedAgainAfterAFailure(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	w.fail["open in default"] = fault.New(fault.BrowserFailed, nil)
	_, err := w.service.Open(t.Context(), i.ID, "default")
	expectCode(t, err, fault.BrowserFailed)
	if _, err := w.service.Open(t.Context(), i.ID, "firefox"); err != nil {
		t.Errorf("another browser: %v", err)
	}
	if last := w.records[len(w.records)-1]; last.Event != audit.Opened || last.Browser != "firefox" {
		t.Errorf("recorded %+v", last)
	}
	if len(w.asked) != 1 {
		t.Errorf("%d tokens for one impersonation", len(w.asked))
	}
	w.now = w.now.Add(time.Minute)
	_, err = w.service.Open(t.Context(), i.ID, "firefox")
	expectCode(t, err, fault.LinkExpired)
	_, err = w.service.Open(t.Context(), "another", "firefox")
	expectCode(t, err, fault.ImpersonationUnknown)
}

func TestOpenedButNotRecordedIsEnded(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	w.fail["record opened"] = fault.New(fault.AuditUnwritable, nil)
	_, err := w.service.Open(t.Context(), i.ID, "default")
	expectCode(t, err, fault.AuditUnwritable)
	if !slices.Contains(w.steps, "revoke act_1") {
		t.Errorf("the link still works: %q", w.steps)
	}
}

func TestCopyLinkForgetsIt(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	if err := w.service.CopyLink(t.Context(), i.ID); err != nil || w.copied != goodTicket {
		t.Fatalf("copied %q, %v", w.copied, err)
	}
	if last := w.records[len(w.records)-1]; last.Event != audit.Copied || last.Browser != CopiedLink {
		t.Errorf("recorded %+v", last)
	}
	if live := w.service.Live(t.Context()).Items[0]; live.Browser != CopiedLink {
		t.Errorf("shown as opened in %q", live.Browser)
	}
	w.pass(time.Minute)
	if w.copied != "" {
		t.Error("the link is still on the clipboard after it ran out")
	}
}

func TestARuleForbidsCopyingLinks(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	w.policy.Rules.ForbidCopyingLinks = true
	recorded := len(w.records)
	expectCode(t, w.service.CopyLink(t.Context(), i.ID), fault.CopyingForbidden)
	if w.copied != "" || len(w.records) != recorded {
		t.Errorf("copied %q, recorded %+v", w.copied, w.records[recorded:])
	}
	if _, err := w.service.Open(t.Context(), i.ID, "default"); err != nil {
		t.Errorf("and the browsers are closed to the link too: %v", err)
	}
}

func TestALinkIsNotCopiedWhereChangesMustBeHeldBack(t *testing.T) {
	w := newWorld(t)
	w.policy.Rules.Changes.Allow = settings.AllowNever
	i := w.create()
	expectCode(t, w.service.CopyLink(t.Context(), i.ID), fault.CopyingForbidden)
	if w.copied != "" {
		t.Errorf("copied %q", w.copied)
	}
}

func TestEnd(t *testing.T) {
	used := fault.New(fault.TokenNotPending, nil)
	tests := []struct {
		name    string
		arrange func(*world, Impersonation)
		ending  Ending
		event   audit.Event
		code    fault.Code
	}{
		{"nobody used the link", func(*world, Impersonation) {}, ByOperator, audit.Revoked, ""},
		{"a session lives", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
		}, ByOperator, audit.Ended, ""},
		{"the session ended meanwhile", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.fail["revoke sess_1"] = fault.New(fault.ClerkNotFound, nil)
		}, ByOperator, audit.Ended, ""},
		{"it was over already", func(w *world, _ Impersonation) { w.fail["revoke act_1"] = used }, Elsewhere, audit.Ended, ""},
		{"a colleague's session is left alone", func(w *world, _ Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(Impersonation{ID: "theirs", UserID: userID("user_priya")}, sessionID("sess_theirs"))
		}, Elsewhere, audit.Ended, ""},
		{"Clerk is down", func(w *world, _ Impersonation) { w.fail["revoke act_1"] = fault.New(fault.ClerkBroken, nil) }, "", "", fault.ClerkBroken},
		{"the session does not end", func(w *world, i Impersonation) {
			w.fail["revoke act_1"] = used
			w.signIn(i, sessionID("sess_1"))
			w.fail["revoke sess_1"] = fault.New(fault.ClerkBusy, nil)
		}, "", "", fault.EndIncomplete},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			i := w.create()
			tt.arrange(w, i)
			w.steps = nil
			got, err := w.service.End(t.Context(), i.ID)
			expectCode(t, err, tt.code)
			if slices.Contains(w.steps, "revoke sess_theirs") {
				t.Error("a colleague's session was ended")
			}
			if tt.code != "" {
				return
			}
			if got.State != Ended || got.Ending != tt.ending {
				t.Errorf("got %s by %s", got.State, got.Ending)
			}
			if last := w.records[len(w.records)-1]; last.Event != tt.event {
				t.Errorf("recorded %+v", last)
			}
			w.steps = nil
			if _, err := w.service.End(t.Context(), i.ID); err != nil || len(w.steps) > 0 {
				t.Errorf("ending twice: %v, %q", err, w.steps)
			}
		})
	}
}

func TestEndAllGoesOn(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.token.ID = actorTokenID("act_2")
	w.create()
	w.fail["revoke act_1"] = fault.New(fault.ClerkBroken, nil)
	if ended, failed := w.service.EndAll(t.Context(), false); ended != 1 || failed != 1 {
		t.Errorf("ended %d, failed %d", ended, failed)
	}
}

func TestLiveFollowsClerk(t *testing.T) {
	w := newWorld(t)
	i := w.create()
	one := func(state State, ending Ending) Impersonation {
		t.Helper()
		w.now = w.now.Add(checkEvery)
		board := w.service.Live(t.Context())
		if board.Problem != nil || len(board.Items) != 1 {
			t.Fatalf("got %+v", board)
		}
		if got := board.Items[0]; got.State != state || got.Ending != ending {
			t.Errorf("got %s by %q, want %s by %q", got.State, got.Ending, state, ending)
		}
		return board.Items[0]
	}
	one(Pending, "")
	w.signIn(i, sessionID("sess_1"))
	signedIn := w.now
	got := one(Live, "")
	if !got.SessionEndsAt.Equal(signedIn.Add(30*time.Minute)) || !got.IdleEndsAt.Equal(signedIn.Add(idleLimit)) {
		t.Errorf("ends %v, idle %v", got.SessionEndsAt, got.IdleEndsAt)
	}
	w.sessions[0].Status = "ended"
	one(Ended, Elsewhere)
	w.steps = nil
	one(Ended, Elsewhere)
	w.expectSteps() // nothing is unfinished, so Clerk is not asked
}

func TestLiveTellsHowASessionEnded(t *testing.T) {
	for name, tt := range map[string]struct {
		later time.Duration
		want  Ending
	}{"by time": {30 * time.Minute, ByTime}, "by idling": {11 * time.Minute, ByIdling}, "elsewhere": {5 * time.Minute, Elsewhere}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.signIn(w.create(), sessionID("sess_1"))
			w.service.Live(t.Context())
			w.sessions, w.now = nil, w.now.Add(tt.later)
			if got := w.service.Live(t.Context()).Items[0]; got.Ending != tt.want {
				t.Errorf("ended by %s", got.Ending)
			}
		})
	}
}

func TestUnusedLinkIsRevokedByItself(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.now = w.now.Add(time.Minute)
	w.steps = nil
	got := w.service.Live(t.Context()).Items[0]
	if got.State != Ended || got.Ending != Unused {
		t.Errorf("got %s by %s", got.State, got.Ending)
	}
	w.expectSteps("sessions of user_priya", "revoke act_1", "record ended")
}

func TestLiveKeepsWhatItKnowsWhenClerkIsDown(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.fail["sessions of user_priya"] = fault.New(fault.ClerkUnreachable, nil)
	board := w.service.Live(t.Context())
	expectCode(t, board.Problem, fault.ClerkUnreachable)
	if len(board.Items) != 1 || board.Items[0].State != Pending {
		t.Errorf("got %+v", board.Items)
	}
}

func TestLiveAsksGently(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.token.ID = actorTokenID("act_2")
	w.create() // the same user: one request serves both
	w.steps = nil
	w.service.Live(t.Context())
	w.now = w.now.Add(checkEvery - time.Millisecond)
	w.service.Live(t.Context())
	w.expectSteps("sessions of user_priya")
	w.now = w.now.Add(-time.Hour) // set back by hand: it must not stop looking
	w.service.Live(t.Context())
	w.expectSteps("sessions of user_priya")
}

// colleague makes Clerk have an impersonation that was not started here.
func (w *world) colleague(id clerkapi.SessionID, actor *clerkapi.Actor) {
	w.sessions = append(w.sessions, clerkapi.Session{
		ID: id, UserID: userID("user_priya"), Status: "active", Actor: actor, CreatedAt: w.now,
		ExpireAt: w.now.Add(time.Hour), LastActiveAt: w.now, Browser: "Firefox", City: "Leeds", Country: "UK",
	})
}

func TestLiveShowsColleaguesOnTheSameUser(t *testing.T) {
	w := newWorld(t)
	w.signIn(w.create(), sessionID("sess_mine"))
	w.colleague(sessionID("sess_theirs"), &clerkapi.Actor{Sub: "user_jonas", Iss: "understudy", RID: "theirs", Ref: "48198"})
	w.colleague(sessionID("sess_tool"), &clerkapi.Actor{Sub: "user_jonas"})
	w.colleague(sessionID("sess_own"), nil)
	board := w.service.Live(t.Context())
	want := Other{
		Origin:  Origin{OperatorID: "user_jonas"},
		Session: sessionID("sess_theirs"), UserID: userID("user_priya"), Reference: "48198",
		Browser: "Firefox", Place: "\u2068Leeds\u2069, \u2068UK\u2069", CreatedAt: w.now, SessionEnds: w.now.Add(time.Hour),
		IdleEnds: w.now.Add(idleLimit), LastActiveAt: w.now,
	}
	if len(board.Others) != 2 || !reflect.DeepEqual(board.Others[0], want) || board.Others[1].Session.String() != "sess_tool" {
		t.Errorf("got  %+v\nwant %+v and another tool's", board.Others, want)
	}
}

func TestEndOther(t *testing.T) {
	w := newWorld(t)
	w.create()
	w.colleague(sessionID("sess_theirs"), &clerkapi.Actor{Sub: "user_jonas", Iss: "understudy", RID: "theirs"})
	w.colleague(sessionID("sess_tool"), &clerkapi.Actor{Sub: "user_jonas"})
	w.colleague(sessionID("sess_own"), nil)
	w.service.Live(t.Context())
	for session, record := range map[clerkapi.SessionID]string{sessionID("sess_theirs"): "theirs", sessionID("sess_tool"): "sess_tool"} {
		if err := w.service.EndOther(t.Context(), userID("user_priya"), session); err != nil {
			t.Fatal(err)
		}
		last := w.records[len(w.records)-1]
		if last.Event != audit.Ended || last.Record != record || last.Operator.ID != "user_maya" || !slices.Equal(last.Result.Sessions, []string{session.String()}) {
			t.Errorf("recorded %+v", last)
		}
	}
	w.steps = nil
	for _, session := range []clerkapi.SessionID{sessionID("sess_own"), sessionID("sess_gone")} {
		expectCode(t, w.service.EndOther(t.Context(), userID("user_priya"), session), fault.ImpersonationUnknown)
	}
	w.expectSteps("sessions of user_priya", "sessions of user_priya") // the user's own session is left alone
	if others := w.service.Live(t.Context()).Others; len(others) != 0 {
		t.Errorf("still shown: %+v", others)
	}
}

// unusedLink is what an earlier run has on record of a link made at a moment.
func unusedLink(at time.Time) []audit.Impersonation {
	intent := audit.Record{
		Event: audit.Requested, Record: "old", Instance: "ins_1", User: "user_priya",
		Time: at, LinkSeconds: 60, SessionSeconds: 1800,
	}
	issued := intent
	issued.Event, issued.Result.ActorToken = audit.Issued, "act_1"
	return []audit.Impersonation{{Record: "old", Stage: audit.StagePending, Records: []audit.Record{intent, issued}}}
}

func TestRecover(t *testing.T) {
	old := unusedLink(start.Add(-time.Minute))
	intent := old[0].Request()
	with := func(change func(*audit.Record)) audit.Impersonation {
		r := intent
		change(&r)
		return audit.Impersonation{Record: r.Record, Stage: audit.StageUnknown, Records: []audit.Record{r}}
	}
	over := audit.Impersonation{Record: "over", Stage: audit.StageEnded, Records: []audit.Record{intent}}

	w := newWorld(t)
	w.service.Recover([]audit.Impersonation{
		old[0],
		over,
		with(func(r *audit.Record) { r.Instance = "ins_other" }),
		with(func(r *audit.Record) { r.User = "../organizations" }),
	})
	items := w.service.unfinished()
	if len(items) != 1 || items[0].ID != "old" || items[0].State != Unknown || items[0].token.String() != "act_1" {
		t.Fatalf("recovered %+v", items)
	}
	_, err := w.service.Open(t.Context(), "old", "default")
	expectCode(t, err, fault.LinkExpired) // its ticket is gone
	w.fail["revoke act_1"] = fault.New(fault.TokenNotPending, nil)
	w.signIn(items[0].Impersonation, sessionID("sess_1"))
	if board := w.service.Live(t.Context()); board.Items[0].State != Live {
		t.Errorf("got %+v", board.Items[0])
	}
	if got, err := w.service.End(t.Context(), "old"); err != nil || got.Ending != ByOperator {
		t.Errorf("got %+v, %v", got, err)
	}
}
