//go:build realbrowser

package browser

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/loopback"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// These tests need a display, Chromium and Firefox.

// real are the browsers, with a part of the name that each gives itself.
var real = map[string]string{"chromium": "Chrome/", "firefox": "Firefox/"}

// TestTwoUsersAtOnce opens two users in two real browsers, and the same two the
// other way round, all of them side by side.
func TestTwoUsersAtOnce(t *testing.T) {
	app := newApp(t)
	b, kept := newRealBrowsers(t)
	var visits []visit
	for _, pair := range []map[string]int{{"chromium": 0, "firefox": 1}, {"chromium": 1, "firefox": 0}} {
		for id, user := range pair {
			visits = append(visits, app.prepare(id, app.users[user]))
		}
	}
	var opening sync.WaitGroup
	for _, v := range visits {
		opening.Go(func() {
			if _, err := b.Open(t.Context(), v.browser, v.visit(t, func() {})); err != nil {
				t.Errorf("%s: %v", v.browser, err)
			}
		})
	}
	opening.Wait()
	if t.Failed() {
		t.FailNow()
	}
	app.expectPages(visits)
	app.expectSessions(visits)
	expectInNoArguments(t, visits)

	for _, v := range visits {
		b.Close(v.impersonation)
	}
	b.Wait(t.Context())
	if left, err := os.ReadDir(b.ProfileDir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	expectNoTrace(t, kept, append(app.cookies(), ticketsOf(visits)...))
}

// TestUserClosesARealBrowser ends the browsers from outside, as the user does.
func TestUserClosesARealBrowser(t *testing.T) {
	app := newApp(t)
	b, _ := newRealBrowsers(t)
	var told atomic.Int32
	for id := range real {
		v := app.prepare(id, app.users[0])
		if _, err := b.Open(t.Context(), id, v.visit(t, func() { told.Add(1) })); err != nil {
			t.Fatal(err)
		}
	}
	b.mu.Lock()
	open := slices.Collect(maps.Keys(b.windows))
	b.mu.Unlock()
	for _, w := range open {
		w.process.terminate()
		<-w.gone
	}
	if left, err := os.ReadDir(b.ProfileDir); err != nil || len(left) > 0 || len(open) != len(real) {
		t.Errorf("of %d windows are left behind: %v, %v", len(open), left, err)
	}
	if got := int(told.Load()); got != len(real) {
		t.Errorf("%d of %d windows were told closed by hand", got, len(real))
	}
}

// TestARealBrowserOfAnEarlierRunIsClosed: the program ended while windows were
// open, and the next run closes them.
func TestARealBrowserOfAnEarlierRunIsClosed(t *testing.T) {
	app := newApp(t)
	before, _ := newRealBrowsers(t)
	now := New(before.Config)
	for id := range real {
		v := app.prepare(id, app.users[0])
		if _, err := before.Open(t.Context(), id, v.visit(t, func() {})); err != nil {
			t.Fatal(err)
		}
		before.mu.Lock()
		open := slices.Collect(maps.Keys(before.windows))
		before.mu.Unlock()
		now.Close(v.impersonation)
		now.Wait(t.Context())
		for _, w := range open {
			<-w.process.exited
			<-w.gone
		}
	}
	if left, err := os.ReadDir(now.ProfileDir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// visit is one impersonation in one browser.
type visit struct {
	browser, impersonation string
	user                   clerkapi.User
	ticket                 secret.TicketURL
}

// visit is what it is opened with.
func (v visit) visit(t *testing.T, closed func()) Visit {
	t.Helper()
	return Visit{
		Impersonation: v.impersonation, Ticket: v.ticket, Mode: viewonly.AllowChanges, Watcher: nobody{},
		Stolen: func() { t.Error("a second fetch") }, Closed: closed,
	}
}

func ticketsOf(visits []visit) []string {
	var all []string
	for _, v := range visits {
		_, ticket, _ := strings.Cut(v.ticket.Reveal(), "ticket=")
		all = append(all, ticket)
	}
	return all
}

// app is the stand-in for Clerk and for the customer's app, with what it showed.
type app struct {
	t      *testing.T
	clerk  *clerkapi.Client
	url    string
	users  []clerkapi.User
	visits int

	mu    sync.Mutex
	seen  *sync.Cond
	shown []shown
}

// shown is a page as a browser got it.
type shown struct{ agent, cookie, page string }

func newApp(t *testing.T) *app {
	t.Helper()
	a := &app{t: t}
	a.seen = sync.NewCond(&a.mu)
	stand := emulator.New(emulator.Config{Users: 50, Seed: 1, Now: time.Now})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.RequestURI != "/" { // the app looks at itself with a query
			stand.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		stand.ServeHTTP(answer, r)
		a.note(r, answer.Body.String())
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	}))
	t.Cleanup(server.Close)
	a.url = server.URL
	key, err := secret.ParseKey(emulator.SampleKey)
	if err != nil {
		t.Fatal(err)
	}
	a.clerk, err = clerkapi.New(clerkapi.Config{BaseURL: server.URL, Key: key, Now: time.Now, UserAgent: "test", Transport: clerkapi.NewTransport()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.clerk.CloseIdle)
	a.users, err = a.clerk.ListUsers(t.Context(), clerkapi.UserPage{
		Limit: 20, Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	a.users = usable(a.users)
	return a
}

// usable are the users that can be signed in as and told apart by name.
func usable(all []clerkapi.User) []clerkapi.User {
	var found []clerkapi.User
	for _, u := range all {
		if !u.Banned && !u.Locked && u.FirstName != "" && u.LastName != "" {
			found = append(found, u)
		}
	}
	return found
}

func (a *app) note(r *http.Request, page string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one := shown{agent: r.UserAgent(), page: page}
	if cookie, err := r.Cookie("__client"); err == nil {
		one.cookie = cookie.Value
	}
	a.shown = append(a.shown, one)
	a.seen.Broadcast()
}

func (a *app) cookies() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []string
	for _, one := range a.shown {
		all = append(all, one.cookie)
	}
	return all
}

func (a *app) prepare(browser string, user clerkapi.User) visit {
	a.t.Helper()
	a.visits++
	v := visit{browser: browser, impersonation: fmt.Sprintf("rid%d", a.visits), user: user}
	token, err := a.clerk.CreateActorToken(a.t.Context(), clerkapi.ActorTokenRequest{
		UserID: user.ID, Actor: clerkapi.Actor{Sub: "user_operator", Iss: "understudy", RID: v.impersonation},
		LinkLife: time.Minute, SessionLength: 10 * time.Minute,
	})
	if err != nil {
		a.t.Fatal(err)
	}
	v.ticket = token.URL
	return v
}

// expectPages waits until every browser has got its page, and looks for the
// name of the one user on it.
func (a *app) expectPages(visits []visit) {
	a.t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.shown) < len(visits) {
		a.seen.Wait()
	}
	for _, v := range visits {
		pages := 0
		for _, one := range a.shown {
			if strings.Contains(one.agent, real[v.browser]) && strings.Contains(one.page, v.user.FirstName+" "+v.user.LastName) {
				pages++
			}
		}
		if pages != 1 {
			a.t.Errorf("%d pages of %s show %s", pages, v.browser, v.user.ID)
		}
	}
}

func (a *app) expectSessions(visits []visit) {
	a.t.Helper()
	for _, v := range visits {
		sessions, err := a.clerk.Sessions(a.t.Context(), v.user.ID)
		if err != nil {
			a.t.Fatal(err)
		}
		active := 0
		for _, s := range sessions {
			if s.Actor != nil && s.Actor.RID == v.impersonation {
				active++
			}
		}
		if active != 1 {
			a.t.Errorf("%s in %s has %d sessions", v.user.ID, v.browser, active)
		}
	}
}

// newRealBrowsers finds the real browsers behind programs of the same names that
// keep a copy of the profile folders in kept when the browser has ended, before
// they are wiped. Chromium refuses to run as root with its sandbox.
func newRealBrowsers(t *testing.T) (b *Browsers, kept string) {
	t.Helper()
	bin, profiles := t.TempDir(), filepath.Join(t.TempDir(), "profiles")
	kept = t.TempDir()
	for name, option := range map[string]string{"chromium": "--no-sandbox", "firefox": ""} {
		program, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		script := fmt.Sprintf("#!/bin/sh\ntrap : TERM\n%s %s \"$@\"\ncp -a '%s' '%s'/%s-$$\n", program, option, profiles, kept, name)
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	computer := ThisComputer()
	computer.Env = func(name string) string {
		if name == "PATH" {
			return bin
		}
		return os.Getenv(name)
	}
	return New(Config{
		Computer: computer, Network: loopback.ThisComputer(), ProfileDir: profiles, Random: rand.Reader, Now: time.Now, After: time.After,
	}), kept
}

func expectInNoArguments(t *testing.T, visits []visit) {
	t.Helper()
	lists, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range lists {
		arguments, _ := os.ReadFile(list) // a process may have ended meanwhile
		for _, ticket := range ticketsOf(visits) {
			if bytes.Contains(arguments, []byte(ticket)) {
				t.Errorf("%s holds a ticket", list)
			}
		}
	}
}

// expectNoTrace searches the copies of the profile folders.
func expectNoTrace(t *testing.T, kept string, secrets []string) {
	t.Helper()
	copies, err := os.ReadDir(kept)
	if err != nil || len(copies) == 0 {
		t.Fatalf("no copies of the profile folders: %v", err)
	}
	known := 0
	err = filepath.WalkDir(kept, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if entry.Name() == "Local State" || entry.Name() == "prefs.js" {
			known++
		}
		content, err := os.ReadFile(file)
		for _, one := range secrets {
			if one != "" && bytes.Contains(content, []byte(one)) {
				t.Errorf("%s holds a ticket or a cookie", file)
			}
		}
		return err
	})
	if err != nil || known < len(copies) {
		t.Errorf("the copies are not of profiles: %d known files, %v", known, err)
	}
}

// TestARealBrowserInUseFetchesItsTicket tells a browser that the operator has
// open already, as xdg-open does.
func TestARealBrowserInUseFetchesItsTicket(t *testing.T) {
	for id := range real {
		t.Run(id, func(t *testing.T) {
			app := newApp(t)
			b, _ := newRealBrowsers(t)
			bin, own := t.TempDir(), t.TempDir()
			options := map[string]string{
				"chromium": "--no-sandbox --no-first-run --password-store=basic --user-data-dir=" + own,
				"firefox":  "--profile " + own,
			}[id]
			script := fmt.Sprintf("#!/bin/sh\nexec %s %s \"$1\"\n", id, options)
			if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
			if err := os.WriteFile(filepath.Join(own, "user.js"), []byte(firefox{}.files()["user.js"]), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := b.OpenUnseen(t.Context(), app.url+"/sign-in", func() { t.Error("a second fetch") }); err != nil {
				t.Fatal(err) // it starts the browser
			}
			v := app.prepare(id, app.users[0])
			if _, err := b.Open(t.Context(), Default, v.visit(t, func() {})); err != nil {
				t.Fatal(err)
			}
			expectInNoArguments(t, []visit{v})
			app.expectPages([]visit{v})
			endBrowserOn(t, own)
		})
	}
}

// endBrowserOn ends the browser that runs on a profile folder, so that nothing
// writes there any more.
func endBrowserOn(t *testing.T, profile string) {
	t.Helper()
	lists, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range lists {
		arguments, _ := os.ReadFile(list) // a process may have ended meanwhile
		if !bytes.Contains(arguments, []byte(profile)) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(list)))
		if err != nil {
			t.Fatal(err)
		}
		birth, _ := birthOf(pid)
		running := New(Config{After: time.After}).adopt(pid, birth)
		_ = syscall.Kill(pid, syscall.SIGKILL)
		<-running.exited
	}
}
