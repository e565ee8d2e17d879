// Understudy lists the users of a Clerk application and signs the operator in
// as one of them, in the system browser and on the record.
//
// main builds the object graph: it is the only place that knows the clock, the
// randomness, the environment and the folders of this computer.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"understudy/internal/avatar"
	"understudy/internal/bridge"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/commandline"
	"understudy/internal/desktop"
	"understudy/internal/doctor"
	"understudy/internal/fault"
	"understudy/internal/instances"
	"understudy/internal/journal"
	"understudy/internal/keychain"
	"understudy/internal/loopback"
	"understudy/internal/managed"
	"understudy/internal/operator"
	"understudy/internal/presence"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set when a release is built: -ldflags "-X main.version=1.2.3". A
// build without it is a development build and has a keychain entry of its own.
var version = development

const development = "development"

// name is the folder of settings and history, and tells this program's window
// from others'.
const name = "understudy"

// worthSaying is the shortest wait for Clerk that the operator is told of.
const worthSaying = time.Second

// auditFolder is where in the data folder the history is.
const auditFolder = "audit"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit code, see [commandline.Program.Run].
func run(args []string, out, errs io.Writer) int {
	desktop.IgnoreRelativeFolders(name, errs)
	return commandline.Program{
		Version: version,
		Commands: map[string]func([]string) int{
			"audit":  func(args []string) int { return runAudit(args, out, errs) },
			"doctor": func(args []string) int { return runDoctor(args, out, errs) },
			"policy": func(args []string) int { return runPolicy(args, out, errs) },
		},
		Open: func(w commandline.Window) error {
			var mirror io.Writer
			if w.Debug {
				mirror = errs
			}
			return open(w.Sample, errs, mirror)
		},
		Alert: desktop.Alert, Out: out, Err: errs,
	}.Run(args)
}

// runAudit is the program without a window: exit codes are those of
// commandline.Audit.
func runAudit(args []string, out, errs io.Writer) int {
	dataDir, err := desktop.DataDir()
	if err != nil {
		_, _ = fmt.Fprintln(errs, err)
		return 1
	}
	return commandline.Audit{
		Dir: filepath.Join(dataDir, name, auditFolder), Vault: openKeychain(), Now: timeOfDay, Out: out, Err: errs,
	}.Run(context.Background(), args)
}

// runPolicy is for administrators: exit codes are those of commandline.Policy.
func runPolicy(args []string, out, errs io.Writer) int {
	deployed, err := managed.System()
	if err != nil {
		_, _ = fmt.Fprintln(errs, err)
		return 1
	}
	return commandline.Policy{Deployed: deployed, Out: out, Err: errs}.Run(args)
}

// runDoctor looks at what the program stands on: exit codes are those of
// commandline.Doctor.
func runDoctor(args []string, out, errs io.Writer) int {
	configDir, configErr := os.UserConfigDir()
	dataDir, dataErr := desktop.DataDir()
	deployed, policyErr := managed.System()
	if err := cmp.Or(configErr, dataErr, policyErr); err != nil {
		_, _ = fmt.Fprintln(errs, err)
		return 1
	}
	policy, _ := deployed.Load() // what is wrong with it, its check says
	apiURL, err := clerkapi.ChooseBaseURL(os.Getenv("CLERK_API_URL"), policy.APIURL())
	if err != nil {
		_, _ = fmt.Fprintln(errs, fault.From(err).Sentence())
		return 1
	}
	own := func(parts ...string) string { return filepath.Join(append([]string{dataDir, name}, parts...)...) }
	browsers := browser.New(browser.Config{Computer: browser.ThisComputer(), Network: loopback.ThisComputer(), ProfileDir: own("browsers")})
	return commandline.Doctor{Out: out, Err: errs, Checks: []doctor.Check{
		doctor.Computer(version),
		doctor.Keychain(keychain.Place(), openKeychain().State),
		doctor.Browsers(browsers.List),
		doctor.Folders(filepath.Join(configDir, name), own(auditFolder), own("browsers"), own(journal.Folder)),
		doctor.Policy(deployed),
		doctor.Clerk(apiURL, clerkapi.NewTransport(), time.Now),
		doctor.Journal(journal.New(own(journal.Folder), nil)),
	}}.Run(context.Background(), args)
}

// openKeychain is the keychain under this build's service name.
func openKeychain() *keychain.Keychain {
	service := keychain.Service
	if version == development {
		service = keychain.DevService
	}
	return keychain.New(service, keychain.System(), keychain.Patience)
}

// windowPatience is how long the end of the program waits for browser windows
// that were told to close. What is left then is swept at the next start.
const windowPatience = 10 * time.Second

// open builds the program and runs its window until it is closed. The journal is
// written to mirror too, unless that is nil.
func open(sample bool, errs, mirror io.Writer) error {
	if err := secret.Protect(); err != nil {
		return err
	}
	if err := desktop.PrepareEnvironment(); err != nil {
		return fmt.Errorf("environment: %w", err)
	}
	content, err := fs.Sub(assets, "frontend/dist")
	if err != nil {
		return fmt.Errorf("front end: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	window := desktop.New()
	built, err := build(ctx, sample, window, mirror)
	if err != nil {
		return err
	}
	if refusal := built.settings.Refusal(); refusal != nil {
		_, _ = fmt.Fprintln(errs, fault.From(refusal).Sentence())
	}
	id := name
	if sample {
		id += "-sample"
	}
	place := windowPlace{store: built.settings, keep: !sample}
	err = window.Run(desktop.Options{
		ID: id, Assets: content, Handler: built.scope.Pictures, App: newApp(built.scope), Log: errs, FormatError: bridge.FormatError,
		LoadPlace: place.load, SavePlace: place.save,
		OnStartup: func(context.Context) {
			go built.scope.Browsers.Sweep()
			go built.presence.Run(ctx)
			if !sample {
				built.scope.Manager.OpenLast(ctx)
			}
		},
		OnBeforeClose: func(context.Context) bool { return built.closing.Prevent() },
	})
	cancel()
	closing, stop := context.WithTimeout(context.Background(), windowPatience)
	defer stop()
	built.scope.Browsers.Wait(closing)
	if closeErr := built.scope.Manager.Close(); err == nil {
		err = closeErr
	}
	return err
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
func build(ctx context.Context, sample bool, window *desktop.Desktop, mirror io.Writer) (*graph, error) {
	start := bridge.Start{Version: version, OS: runtime.GOOS, Keychain: keychain.Place(), Sample: sample}
	configDir, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("settings folder: %w", err)
	}
	dataDir, err := desktop.DataDir()
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	policy, policyErr := loadPolicy()
	variable := os.Getenv("CLERK_API_URL")
	apiURL, addressErr := clerkapi.ChooseBaseURL(variable, policy.APIURL())
	if start.APIManaged = policy.APIURL() != ""; variable != "" || apiURL != clerkapi.PublicURL {
		start.APIURL = apiURL
	}
	store, settingsErr := settings.Open(filepath.Join(configDir, name), policy)
	if refusal := cmp.Or(policyErr, settingsErr, addressErr); refusal != nil {
		store.Refuse(refusal)
		start.Problem = bridge.ProblemOf(refusal)
	}
	diagnostics := journal.Mirror(mirror)
	if !sample {
		diagnostics = journal.New(filepath.Join(dataDir, name, journal.Folder), mirror)
	}
	keys := openKeychain()
	network := loopback.ThisComputer()
	browsers := browser.New(browser.Config{
		Computer: browser.ThisComputer(), Network: network, ProfileDir: filepath.Join(dataDir, name, "browsers"),
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
		AuditDir: filepath.Join(dataDir, name, auditFolder),
		Opener:   browsers, Clipboard: window.Clipboard, SignIn: signIn, Log: diagnostics.Logger(),
		APIURL: apiURL, Version: version, Transport: clerkapi.NewTransport(),
		Now: timeOfDay, NewID: rand.Text,
		AfterFunc: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
		OnWait: func(wait time.Duration, what clerkapi.Waiting) {
			if wait >= worthSaying {
				window.Events.Emit(desktop.WaitEvent, string(what)+" "+strconv.FormatInt(wait.Milliseconds(), 10))
			}
		},
		OnAnswer: func() { window.Events.Emit(desktop.AnswerEvent, "") },
		OnLock: func() {
			pictures.Forget()
			window.Events.Emit(desktop.LockEvent, "")
		},
	})
	watch := presence.New(presence.Config{
		Limit: func() time.Duration { return idleLimit(manager) }, Now: time.Now, System: presence.System, Away: manager.Lock,
	})
	closing := desktop.NewClosing(
		func() bool { return manager.Running() > 0 },
		func() { window.Events.Emit(desktop.ClosingEvent, "") },
	)
	return &graph{settings: store, presence: watch, closing: closing, scope: &bridge.Scope{
		Run: start, Manager: manager, Browsers: browsers, Pictures: pictures, Journal: diagnostics,
		Presence: watch, Closing: closing, Clipboard: window.Clipboard, Dialogs: window.Dialogs,
		OnExport: func(requestID string, percent int) {
			window.Events.Emit(desktop.ExportEvent, requestID+" "+strconv.Itoa(percent))
		},
		Close: window.Quit, Now: time.Now, NewID: rand.Text, Context: ctx,
	}}, nil
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

// loadPolicy reads what the administrator of this computer set.
func loadPolicy() (settings.Managed, error) {
	deployed, err := managed.System()
	if err != nil {
		return settings.Managed{}, fault.New(fault.PolicyUnusable, err)
	}
	return deployed.Load()
}

// timeOfDay is the clock without its monotonic reading, which stands still while
// the computer sleeps on Linux and macOS (package time, "Monotonic Clocks"):
// what ran out meanwhile has to be found over at once.
func timeOfDay() time.Time { return time.Now().Round(0) }

// windowPlace keeps the place of the window in the settings.
type windowPlace struct {
	store *settings.Store
	keep  bool // false in the sample workspace, which changes no settings
}

func (p windowPlace) load() (desktop.Place, bool) {
	w := p.store.Get().Window
	return desktop.Place{X: w.X, Y: w.Y, Width: w.Width, Height: w.Height, Maximised: w.Maximized}, w.Width > 0
}

func (p windowPlace) save(place desktop.Place) {
	if !p.keep {
		return
	}
	// A place that cannot be kept is no reason to keep the window open.
	_ = p.store.Update(func(s *settings.Settings) error {
		s.Window = settings.Window{X: place.X, Y: place.Y, Width: place.Width, Height: place.Height, Maximized: place.Maximised}
		return nil
	})
}
