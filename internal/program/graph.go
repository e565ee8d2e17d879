package program

import (
	"cmp"
	"context"
	"crypto/rand"
	"io"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"understudy/internal/avatar"
	"understudy/internal/bridge"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/commandline"
	"understudy/internal/desktop"
	"understudy/internal/doctor"
	"understudy/internal/held"
	"understudy/internal/impersonation"
	"understudy/internal/instances"
	"understudy/internal/journal"
	"understudy/internal/keychain"
	"understudy/internal/loopback"
	"understudy/internal/operator"
	"understudy/internal/presence"
	"understudy/internal/settings"
)

// worthSaying is the shortest wait for Clerk that the operator is told of.
const worthSaying = time.Second

// browsersFolder is where in the data folder the profiles of browsers are.
const browsersFolder = "browsers"

// ports are what the window lends to the program.
type ports struct {
	clipboard desktop.Clipboard
	dialogs   desktop.Dialogs
	events    desktop.Events
	raise     func()
	quit      func()
}

// ask brings the window forward, with what is asked for in an app's page.
func (p ports) ask(id string, kind held.AskKind, place impersonation.Place) {
	p.raise()
	p.events.Emit(desktop.AskedEvent, strings.Join([]string{id, string(kind), place.Host, place.Path}, " "))
}

// graph is the object graph, by what is used of it from here on.
type graph struct {
	scope    *bridge.Scope
	settings *settings.Store
	presence *presence.Watch
	closing  *desktop.Closing
}

// build makes the object graph. Nothing of it does I/O beyond reading the settings:
// Wails runs the program to generate the bindings.
func (p Program) build(ctx context.Context, c Computer, asked commandline.Window, out ports) *graph {
	start := bridge.Start{Version: p.Version, OS: runtime.GOOS, Keychain: keychain.Place(), Sample: asked.Sample}
	policy, policyErr := c.Policy.Load()
	apiURL, addressErr := clerkapi.ChooseBaseURL(c.APIURL, policy.APIURL)
	if start.APIManaged = policy.APIURL != ""; c.APIURL != "" || apiURL != clerkapi.PublicURL {
		start.APIURL = apiURL
	}
	store, settingsErr := settings.Open(filepath.Join(c.ConfigDir, name), policy)
	if refusal := cmp.Or(policyErr, settingsErr, addressErr); refusal != nil {
		store.Refuse(refusal)
		start.Problem = bridge.ProblemOf(refusal)
	}
	var mirror io.Writer
	if asked.Debug {
		mirror = p.Err
	}
	diagnostics := journal.Mirror(mirror)
	checks := []doctor.Check{p.aboutComputer()} // the sample asks neither the keychain nor Clerk
	if !asked.Sample {
		diagnostics = journal.New(c.data(journal.Folder), mirror)
	}
	keys := p.keychain(c)
	network := loopback.ThisComputer()
	browsers := browser.New(browser.Config{
		Computer: c.Browsers, Network: network, ProfileDir: c.data(browsersFolder),
		Random: rand.Reader, Now: timeOfDay, After: time.After,
	})
	var manager *instances.Manager
	pictures := avatar.New(clerkapi.NewTransport(), func() bool { return showsPictures(manager) })
	// Connections of their own: the ones of clerkapi carry the secret key.
	signIn := &operator.SignIn{
		Ports: operator.Ports(), Network: network, Transport: clerkapi.NewTransport(), Browser: browsers,
		NewSecret: rand.Text, Now: timeOfDay, After: time.After,
	}
	manager = instances.New(instances.Config{
		Settings: store, Keys: keys, Vault: keys,
		AuditDir: c.data(auditFolder),
		Opener:   browsers, Clipboard: out.clipboard, SignIn: signIn, Log: diagnostics.Logger(),
		APIURL: apiURL, Version: p.Version, Transport: clerkapi.NewTransport(),
		Now: timeOfDay, NewID: rand.Text,
		AfterFunc: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
		OnWait: func(wait time.Duration, what clerkapi.Waiting) {
			if wait >= worthSaying {
				out.events.Emit(desktop.WaitEvent, string(what)+" "+strconv.FormatInt(wait.Milliseconds(), 10))
			}
		},
		OnAsk:    out.ask,
		OnAnswer: func() { out.events.Emit(desktop.AnswerEvent, "") },
		OnLock: func() {
			pictures.Forget()
			out.events.Emit(desktop.LockEvent, "")
		},
	})
	watch := presence.New(presence.Config{
		Limit: func() time.Duration { return idleLimit(manager) }, Now: time.Now, System: presence.System, Away: manager.Lock,
	})
	if !asked.Sample {
		checks = p.checks(c, keys, browsers, apiURL, addressErr)
	}
	closing := desktop.NewClosing(
		func() bool { return manager.Running() > 0 },
		func() { out.events.Emit(desktop.ClosingEvent, "") },
	)
	return &graph{settings: store, presence: watch, closing: closing, scope: &bridge.Scope{
		Run: start, Manager: manager, Browsers: browsers, Pictures: pictures, Journal: diagnostics, Checks: checks,
		Presence: watch, Closing: closing, Clipboard: out.clipboard, Dialogs: out.dialogs,
		OnExport: func(requestID string, percent int) {
			out.events.Emit(desktop.ExportEvent, requestID+" "+strconv.Itoa(percent))
		},
		Close: out.quit, Now: time.Now, NewID: rand.Text, Context: ctx,
	}}
}

// showsPictures reports whether users' pictures are to be fetched.
func showsPictures(m *instances.Manager) bool {
	w, err := m.Current()
	return err == nil && w.Settings().Get().Preferences.ShowPictures
}

// idleLimit is how long nobody may use the window before it is locked.
func idleLimit(m *instances.Manager) time.Duration {
	return time.Duration(m.Settings().Get().Preferences.LockMinutes) * time.Minute
}

// timeOfDay is the clock without its monotonic reading, which stands still while
// the computer sleeps on Linux and macOS (package time, "Monotonic Clocks"):
// a time that ran out meanwhile has to be found over at once.
func timeOfDay() time.Time { return time.Now().Round(0) }
