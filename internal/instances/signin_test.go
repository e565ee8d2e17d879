package instances

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// person sits at the browser and signs in as a user of the stand-in.
type person struct {
	t      *testing.T
	client *http.Client
	user   string
	// asked counts the pages that were opened. isKnown has them answered by the
	// session that the browser has already.
	asked   atomic.Int32
	isKnown bool
	busy    sync.WaitGroup
}

var _ operator.Browser = (*person)(nil)

func newPerson(t *testing.T, user string) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &person{t: t, client: &http.Client{Jar: jar}, user: user}
	t.Cleanup(p.busy.Wait)
	return p
}

func (p *person) OpenUnseen(_ context.Context, address string, _ func()) error {
	p.asked.Add(1)
	p.busy.Go(func() {
		p.send(http.MethodGet, address, "")
		if p.isKnown {
			return
		}
		p.send(http.MethodPost, strings.Replace(address, "/oauth/authorize?", "/oauth/continue?", 1), url.Values{"user_id": {p.user}}.Encode())
	})
	return nil
}

// send goes somewhere and follows redirects, to Understudy too.
func (p *person) send(method, address, form string) {
	request, err := http.NewRequestWithContext(context.WithoutCancel(p.t.Context()), method, address, strings.NewReader(form))
	if err != nil {
		p.t.Error(err)
		return
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := p.client.Do(request)
	if err != nil {
		p.t.Error(err)
		return
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		p.t.Errorf("%s %s: %s", method, request.URL.Path, response.Status)
	}
}

// freePorts are many, since anybody may take one before it is used.
func freePorts(t *testing.T) []int {
	t.Helper()
	ports := make([]int, 20)
	for i := range ports {
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		ports[i] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports
}

func (o *office) signIn(w *workspace.Workspace) operator.Operator {
	o.t.Helper()
	if w.Rules().SignIn.ClientID == "" {
		if err := w.CreateSignInApplication(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
	}
	known, err := w.SignInOperator(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return known
}

// verify makes a user somebody who has signed in.
func (o *office) verify(w *workspace.Workspace, user string) {
	o.manager.operators.KeepProof(w.Instance.ID, operator.Proof{ID: userID(user), At: o.now(), Issuer: o.clerk.URL()})
}

// changeRules changes the rules of an instance that the settings keep.
func changeRules(t *testing.T, w *workspace.Workspace, change func(*settings.Rules)) {
	t.Helper()
	err := w.Settings().Update(func(s *settings.Settings) error {
		if !s.Change(w.Instance.ID, func(i *settings.Instance) { change(&i.Rules) }) {
			t.Error("the settings do not keep the instance")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// impersonate asks for an actor token as the dialog does.
func impersonate(t *testing.T, w *workspace.Workspace, user clerkapi.UserID) error {
	t.Helper()
	_, err := w.Impersonations.Create(t.Context(), impersonation.Request{
		UserID: user, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
	})
	return err
}

func TestTheOneWhoSignsInIsTheOperator(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	_, err := w.SignInOperator(t.Context())
	expectCode(t, err, fault.SignInNotSetUp)
	o.pickOperator(w)
	user := somebody(t, w)
	jonas := o.clerk.Server().UserID(1)
	o.person.user = jonas
	known := o.signIn(w)
	if known.ID.String() != jonas || !known.Verified || known.Name != "Jonas Weber" {
		t.Errorf("%+v signed in, not who was picked", known)
	}
	if err := impersonate(t, w, user.ID); err != nil {
		t.Fatal(err)
	}
	past, err := w.History.Recent()
	if err != nil {
		t.Fatal(err)
	}
	want := audit.Operator{ID: jonas, Verified: true, VerifiedAt: known.VerifiedAt}
	for _, record := range past[0].Records {
		if record.Operator != want {
			t.Errorf("%s is on record for %+v, want %+v", record.Event, record.Operator, want)
		}
	}
	if n := o.clerk.Server().CountRequests(http.MethodPost, "/v1/oauth_applications"); n != 1 {
		t.Errorf("%d applications were created", n)
	}
	o.restart()
	w, err = o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again := w.KnownOperator(); again.ID.String() != jonas || again.Verified || w.Rules().SignIn.ClientID == "" {
		t.Errorf("after a restart: %+v", again)
	}
}

// TestASignInByACopiedLink has the person paste what the clipboard holds into a browser.
func TestASignInByACopiedLink(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	if err := w.CreateSignInApplication(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.person.user = o.clerk.Server().UserID(1)
	o.clipboard.onWrite = func(text string) {
		if text != "" {
			_ = o.person.OpenUnseen(t.Context(), text, nil)
		}
	}
	known, err := w.SignInByLink(t.Context())
	if err != nil || known.ID.String() != o.person.user || !known.Verified {
		t.Errorf("%+v signed in, %v", known, err)
	}
	if asked := o.person.asked.Load(); asked != 1 {
		t.Errorf("%d pages were opened", asked)
	}
	if o.clipboard.text != "" {
		t.Error("the link is still on the clipboard")
	}
}

func TestACopiedSignInThatIsStoppedLeavesTheClipboard(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	if err := w.CreateSignInApplication(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, then := range map[string]string{"the link": "", "something else": "copied since"} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			o.clipboard.onWrite = func(text string) {
				if text != "" && then != "" {
					o.clipboard.text = then
				}
				stop()
			}
			_, err := w.SignInByLink(ctx)
			expectCode(t, err, fault.Canceled)
			if o.clipboard.text != then {
				t.Errorf("the clipboard has %q", o.clipboard.text)
			}
		})
	}
}

func TestASignInOutlastsAnotherInstanceButNotItsTime(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	known := o.signIn(w)
	if got := known.VerifiedUntil.Sub(known.VerifiedAt); got != 12*time.Hour {
		t.Errorf("it counts for %v", got)
	}
	if _, err := o.manager.ConnectSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	w, err := o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !w.KnownOperator().Verified {
		t.Error("coming back, it is asked for again")
	}
	o.ahead.Store(int64(12 * time.Hour))
	if w.KnownOperator().Verified {
		t.Error("it still counts after 12 hours")
	}
	changeRules(t, w, func(r *settings.Rules) { r.SignIn.Required = true })
	user := somebody(t, w)
	expectCode(t, impersonate(t, w, user.ID), fault.SignInRequired)
	changeRules(t, w, func(r *settings.Rules) { r.SignIn.Hours = 13 })
	if err := impersonate(t, w, user.ID); err != nil {
		t.Errorf("within 13 hours: %v", err)
	}
}

func TestALockAsksAgainWhereTheRulesSaySo(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.signIn(w)
	o.manager.forgetSignIns()
	if !w.KnownOperator().Verified {
		t.Error("forgotten, though no rule asks for it")
	}
	changeRules(t, w, func(r *settings.Rules) { r.SignIn.AfterLock = true })
	if _, err := o.manager.ConnectSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.manager.forgetSignIns()
	w, err := o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	if w.KnownOperator().Verified {
		t.Error("not forgotten, since another instance was in use")
	}
}

func TestSignInInTheSampleWorkspace(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w, err := o.manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.person.user = w.KnownOperator().RecordID()
	if known := o.signIn(w); !known.Verified {
		t.Errorf("got %+v", known)
	}
	if w, err = o.manager.ConnectSample(t.Context()); err != nil || w.KnownOperator().Verified {
		t.Errorf("the next sample workspace begins verified, or not at all: %v", err)
	}
}

func TestAUserWhomClerkDoesNotKnowDoesNotSignIn(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	if err := o.clerk.Server().Inject(emulator.Fault{Kind: emulator.FaultError, Path: "/v1/users/", Status: http.StatusNotFound, Code: "resource_not_found"}); err != nil {
		t.Fatal(err)
	}
	if err := w.CreateSignInApplication(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := w.SignInOperator(t.Context())
	expectCode(t, err, fault.OperatorGone)
	if w.KnownOperator().Verified {
		t.Error("verified as a user whom Clerk does not know")
	}
}

// TestASessionOfBeforeProvesNothing has a Clerk that ignores "prompt=login" and
// answers for whoever is signed in in the browser.
func TestASessionOfBeforeProvesNothing(t *testing.T) {
	for name, enter := range map[string]func(o *office, w *workspace.Workspace){
		"an impersonated one": func(o *office, w *workspace.Workspace) {
			made, err := w.Impersonate(t.Context(), impersonation.Request{
				UserID: somebody(t, w).ID, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute,
			})
			if err != nil {
				t.Fatal(err)
			}
			o.visitor.client = o.person.client
			if _, err := w.Impersonations.Open(t.Context(), made.ID, "default"); err != nil {
				t.Fatal(err)
			}
		},
		"an older one": func(o *office, _ *workspace.Workspace) {
			server := o.clerk.Server()
			if err := server.SetScene(emulator.Scene{ClockOffset: -time.Minute}); err != nil {
				t.Fatal(err)
			}
			o.person.send(http.MethodPost, o.clerk.URL()+"/sign-in", url.Values{"user_id": {server.UserID(1)}}.Encode())
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			o.pickOperator(w)
			if err := w.CreateSignInApplication(t.Context()); err != nil {
				t.Fatal(err)
			}
			enter(o, w)
			if err := o.clerk.Server().SetScene(emulator.Scene{PromptIgnored: true}); err != nil {
				t.Fatal(err)
			}
			o.person.isKnown = true
			_, err := w.SignInOperator(t.Context())
			expectCode(t, err, fault.SignInRefused)
			if known := w.KnownOperator(); known.Verified || known.ID.String() != o.clerk.Server().OperatorID() {
				t.Errorf("then %+v acts", known)
			}
		})
	}
}

func TestASignInOnAClockThatIsOff(t *testing.T) {
	for off, want := range map[time.Duration]fault.Code{
		-4 * time.Minute: "", 4 * time.Minute: "", -7 * time.Minute: fault.SignInClock, 7 * time.Minute: fault.SignInClock,
	} {
		t.Run(off.String(), func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			w := o.connect()
			if err := w.CreateSignInApplication(t.Context()); err != nil {
				t.Fatal(err)
			}
			o.ahead.Store(int64(off))
			_, err := w.SignInOperator(t.Context())
			expectCode(t, err, want)
			if opened := o.person.asked.Load() > 0; opened != (want == "") {
				t.Errorf("a page was opened: %v", opened)
			}
			o.ahead.Store(0) // the clock is put right
			if !o.signIn(w).Verified {
				t.Error("with the right time, it does not count")
			}
		})
	}
}

func TestThePermissionThatTheRulesAskFor(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	user := somebody(t, w)
	found, err := w.Directory.FindOrganizations(t.Context(), "northwind")
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	server := o.clerk.Server()
	admin, member, stranger, unverified := server.UserID(0), server.UserID(2), server.UserID(48), "unverified"
	tests := []struct {
		name       string
		operator   string
		permission string
		hide       bool
		mayRead    fault.Code
		mayEnter   fault.Code
	}{
		{"nothing is asked for", stranger, "", false, "", ""},
		{"an admin", admin, "org:sys_memberships:manage", false, "", ""},
		{"an admin, where users are hidden", admin, "org:sys_memberships:manage", true, "", ""},
		{"a member without it", member, "org:sys_memberships:manage", false, "", fault.PermissionMissing},
		{"a member without it, where users are hidden", member, "org:sys_memberships:manage", true, fault.PermissionMissing, fault.PermissionMissing},
		{"a member with it", member, "org:sys_memberships:read", true, "", ""},
		{"nobody of that organization", stranger, "org:sys_memberships:read", true, fault.PermissionMissing, fault.PermissionMissing},
		{"an admin who is unverified", unverified, "org:sys_memberships:manage", false, "", fault.SignInRequired},
		{"an admin who is unverified, where users are hidden", unverified, "org:sys_memberships:manage", true, fault.SignInRequired, fault.SignInRequired},
		{"somebody unverified, where users are hidden for no permission", unverified, "", true, fault.SignInRequired, ""},
		{"nobody at all", "", "org:sys_memberships:read", true, fault.SignInRequired, fault.OperatorMissing},
		{"nobody at all, where users are shown", "", "org:sys_memberships:read", false, "", fault.OperatorMissing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changeRules(t, w, func(r *settings.Rules) {
				r.Permission = settings.Permission{Name: tt.permission, HideTable: tt.hide}
				if tt.permission != "" {
					r.Permission.Organization = found[0].ID.String()
				}
			})
			w.ForgetSignIn()
			if tt.operator == unverified {
				tt.operator = admin
			} else if tt.operator != "" {
				o.verify(w, tt.operator)
			}
			var acting operator.Operator
			if tt.operator != "" {
				acting.ID = userID(tt.operator)
			}
			o.manager.operators.Keep(w.Instance.ID, acting)
			expectCode(t, w.MayRead(t.Context()), tt.mayRead)
			err := impersonate(t, w, user.ID)
			expectCode(t, err, tt.mayEnter)
			if fault.CodeOf(err) == fault.PermissionMissing && (!strings.Contains(err.Error(), "Northwind") || !strings.Contains(err.Error(), tt.permission)) {
				t.Errorf("%q does not name what is missing", err)
			}
		})
	}
}

func TestAPermissionOfThisMinuteCostsNothing(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	user := somebody(t, w)
	found, err := w.Directory.FindOrganizations(t.Context(), "northwind")
	if err != nil {
		t.Fatal(err)
	}
	changeRules(t, w, func(r *settings.Rules) {
		r.Permission = settings.Permission{Organization: found[0].ID.String(), Name: "org:sys_memberships:manage"}
	})
	o.verify(w, w.KnownOperator().RecordID())
	if err := w.Permitted(t.Context()); err != nil { // as the dialog opens
		t.Fatal(err)
	}
	if _, err := w.Directory.Recent(t.Context(), user.ID, time.Minute); err != nil {
		t.Fatal(err)
	}
	o.clerk.Server().ResetRequests()
	if err := impersonate(t, w, user.ID); err != nil {
		t.Fatal(err)
	}
	if asked := o.clerk.Server().Requests(); len(asked) != 1 {
		t.Errorf("Enter took %d requests: %v", len(asked), asked)
	}
	o.ahead.Store(int64(time.Minute))
	if err := o.clerk.Server().Inject(emulator.Fault{Kind: emulator.FaultError, Path: "/v1/users/" + w.KnownOperator().RecordID() + "/organization_memberships", Status: http.StatusForbidden, Code: "x"}); err != nil {
		t.Fatal(err)
	}
	o.clerk.Server().ResetRequests()
	expectCode(t, impersonate(t, w, user.ID), fault.PermissionUnknown)
	if n := o.clerk.Server().CountRequests(http.MethodPost, ""); n != 0 {
		t.Errorf("%d actor tokens were asked for", n)
	}
}
