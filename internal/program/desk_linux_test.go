package program

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"understudy/internal/browser"
	"understudy/internal/commandline"
	"understudy/internal/emulator"
	"understudy/internal/keychain"
	"understudy/internal/managed"
	"understudy/internal/pipe/pipetest"
)

// The names that this test program has where it stands for a browser. The first is
// told an address, the second is held.
const (
	opener   = "xdg-open"
	obedient = "chromium"
)

func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case opener:
		os.Exit(browse(filepath.Dir(os.Args[0]), os.Args[1]))
	case obedient:
		pipetest.Play(pipetest.Pipes(os.Args))
	default:
		os.Exit(m.Run())
	}
}

// browse writes the address down in a folder. It goes there if it is on this computer,
// and signs in as the user that the folder names where it is asked who it is.
func browse(dir, address string) (code int) {
	file, err := os.OpenFile(filepath.Join(dir, "opened"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 1
	}
	if _, err := file.WriteString(address + "\n"); err != nil || file.Close() != nil {
		return 1
	}
	user, err := os.ReadFile(filepath.Join(dir, "user"))
	if err != nil || strings.HasPrefix(address, "http://127.0.0.1:") && visit(address, string(user)) != nil {
		return 1
	}
	return 0
}

// visit goes to an address as a browser does.
func visit(address, user string) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	client := &http.Client{Jar: jar}
	response, err := client.Get(address)
	if err != nil {
		return err
	}
	_ = response.Body.Close()
	at := response.Request.URL.String()
	if !strings.Contains(at, "/oauth/authorize?") {
		return nil
	}
	response, err = client.PostForm(strings.Replace(at, "/oauth/authorize?", "/oauth/continue?", 1), url.Values{"user_id": {user}})
	if err == nil {
		_ = response.Body.Close()
	}
	return err
}

// desk is a computer with Understudy on it that was just started, and a Clerk that
// answers. It stands for dialogs and events.
type desk struct {
	t        *testing.T
	dir      string
	clerk    *emulator.Running
	computer Computer
	app      *app
	graph    *graph

	clipboard string
	clipFails error
	dialog    string // the path that is chosen next
	closed    bool
	vault     *vault
	// instance, user, impersonation and session are what the rows are about.
	instance, user, impersonation, session string
}

const key = "sk_test_CanaryCanaryCanaryCanaryCanaryCanary00"

func newDesk(t *testing.T) *desk {
	t.Helper()
	clerk, err := emulator.Start(t.Context(), "127.0.0.1:0", emulator.Config{Users: 50, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = clerk.Close() })
	d := &desk{t: t, dir: t.TempDir(), clerk: clerk, vault: &vault{kept: map[string]string{}}, clipboard: key, user: clerk.Server().UserID(7)}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", d.dir)
	if err := os.Symlink(program, filepath.Join(d.dir, opener)); err != nil {
		t.Fatal(err)
	}
	d.write("user", clerk.Server().OperatorID())
	d.computer = Computer{
		ConfigDir: d.path("config"), DataDir: d.path("data"), APIURL: clerk.APIURL(),
		Policy: managed.File{Path: d.path("policy.json"), Owner: os.Getuid()}, Keychain: d.vault,
		Browsers: browser.Computer{
			OS: "linux", Home: d.dir, Files: fstest.MapFS{},
			Env: func(string) string { return "" },
		},
	}
	d.start()
	return d
}

// start starts Understudy, again if it runs.
func (d *desk) start() {
	d.t.Helper()
	if d.graph != nil {
		d.stop()
	}
	d.graph = Program{Version: "1.2.3", Err: io.Discard}.build(d.t.Context(), d.computer, commandline.Window{},
		ports{clipboard: clipboard{d}, dialogs: d, events: d, raise: func() {}, quit: func() { d.closed = true }})
	d.app = bind(d.graph.scope)
	d.t.Cleanup(d.stop)
}

func (d *desk) stop() { _ = d.graph.scope.Manager.Close() }

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d *desk) write(name, text string) {
	d.t.Helper()
	if err := os.MkdirAll(filepath.Dir(d.path(name)), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(d.path(name), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

type clipboard struct{ *desk }

func (c clipboard) Read(context.Context) (string, error) { return c.clipboard, c.clipFails }

// Write also goes to a sign-in page that is copied, as an operator would.
func (c clipboard) Write(_ context.Context, text string) error {
	c.clipboard = text
	if strings.Contains(text, "/oauth/authorize?") {
		go func() { _ = visit(text, c.clerk.Server().OperatorID()) }()
	}
	return c.clipFails
}

func (d *desk) OpenEnvFile(context.Context) (string, error)              { return d.dialog, nil }
func (d *desk) SaveFile(context.Context, string, string) (string, error) { return d.dialog, nil }
func (d *desk) Emit(string, string)                                      {}

// vault is a keychain that can fail.
type vault struct {
	mu    sync.Mutex
	kept  map[string]string
	fails error
}

func (v *vault) Probe(context.Context) keychain.State { return keychain.Ready }

// Create ends what fails for want of a keyring.
func (v *vault) Create(context.Context) error {
	v.fail(nil)
	return nil
}

func (v *vault) fail(failure error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fails = failure
}

func (v *vault) Get(_, account string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	value, ok := v.kept[account]
	if !ok && v.fails == nil {
		return "", keychain.ErrNotFound
	}
	return value, v.fails
}

func (v *vault) Set(_, account, value string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.fails == nil {
		v.kept[account] = value
	}
	return v.fails
}

func (v *vault) Delete(_, account string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.kept, account)
	return v.fails
}

// kept is how many lines of the journal say that a bound method was called.
func (d *desk) kept(method string) int {
	lines := must(d.graph.scope.Journal.Lines())(d)
	return strings.Count(strings.Join(lines, "\n"), `"msg":"call","method":"`+method+`"`)
}

// textOf is an answer as it crosses to the window.
func textOf(d *desk, answer any) string { return string(must(json.Marshal(answer))(d)) }

// look fails where nobody said what is there.
func (d *desk) look() (Computer, error) {
	if d.computer.ConfigDir == "" {
		return d.computer, errors.New("no home")
	}
	return d.computer, nil
}
