package browser

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/loopback"
	"understudy/internal/pipe/pipetest"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// role is the variable that makes this test program a browser, or what one starts.
const role = "UNDERSTUDY_TEST_ROLE"

// TestMain is a browser of Chromium's family if its role says so. An obedient one
// closes when it is told to. The others write the number of a process that they
// started into a file.
func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "":
		os.Exit(m.Run())
	case "obedient":
		pipetest.Play(pipetest.Pipes(os.Args))
	case "stubborn":
		startHelper()
		in, out := pipetest.Pipes(os.Args)
		pipetest.Play(in, out)
		time.Sleep(time.Hour) // the test ends it
	case "silent":
		startHelper()
		time.Sleep(time.Hour) // the test ends it
	case "understudy":
		startHeld()
		time.Sleep(time.Hour) // the test ends it
	case "helper":
		time.Sleep(time.Hour) // the test ends it
	}
}

// startHeld starts a stubborn browser, as Understudy does.
func startHeld() {
	self, err := os.Executable()
	theirs, _, failure := newPipes()
	if err != nil || failure != nil || os.Setenv(role, "stubborn") != nil {
		os.Exit(1)
	}
	marker, err := os.Create(filepath.Join(os.Getenv("PROFILES"), "marker"))
	if err == nil {
		_, err = launch(self, theirs.switches(), marker, theirs)
	}
	if err != nil {
		os.Exit(1)
	}
}

// startHelper starts a process as a browser does, and writes its number down.
func startHelper() {
	self, err := os.Executable()
	if err != nil {
		os.Exit(1)
	}
	helper := exec.Command(self)
	helper.Env = append(os.Environ(), role+"=helper")
	file := os.Getenv("HELPER")
	if helper.Start() != nil || os.WriteFile(file+".new", []byte(strconv.Itoa(helper.Process.Pid)), 0o600) != nil || os.Rename(file+".new", file) != nil {
		os.Exit(1)
	}
}

// heldDesk opens tickets in a browser that this test program plays.
type heldDesk struct {
	*Browsers

	t       *testing.T
	program installation
	helper  string
	visit   Visit
	shut    chan struct{} // closed when the window was closed by hand
	over    chan time.Time
}

func newHeldDesk(t *testing.T, as string) *heldDesk {
	t.Helper()
	app := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(app.Close)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	d := &heldDesk{t: t, helper: filepath.Join(t.TempDir(), "helper"), shut: make(chan struct{}), over: make(chan time.Time)}
	t.Setenv(role, as)
	t.Setenv("HELPER", d.helper)
	d.program = installation{product: chromiums()[0], program: self}
	d.Browsers = New(Config{
		Computer: ThisComputer(), Network: loopback.ThisComputer(), ProfileDir: t.TempDir(), Random: rand.Reader, Now: time.Now,
		After: func(wait time.Duration) <-chan time.Time {
			if wait == patience { // also upWithin
				return d.over
			}
			return time.After(wait)
		},
	})
	d.visit = Visit{
		Impersonation: "rid", Ticket: secret.NewTicketURL(app.URL + "/v1/tickets/accept?ticket=a.b.c"), Mode: viewonly.ViewOnly,
		Watcher: nobody{}, Stolen: func() {}, Closed: func() { close(d.shut) },
	}
	return d
}

// nobody does not listen.
type nobody struct{}

func (nobody) SignedIn(held.SignIn)     {}
func (nobody) Page(string)              {}
func (nobody) Sent(string, string, int) {}
func (nobody) HeldBack(string, string)  {}
func (nobody) Disconnected(string)      {}
func (nobody) Downloaded(string, int64) {}
func (nobody) Asked(held.Ask)           {}

func (d *heldDesk) expectNothingLeft() {
	d.t.Helper()
	d.Wait(d.t.Context())
	if left, err := os.ReadDir(d.ProfileDir); err != nil || len(left) > 0 {
		d.t.Errorf("left behind: %v, %v", left, err)
	}
	d.expectNoHelper()
}

// expectNoHelper waits until the process that the browser started is gone, if it
// started one.
func (d *heldDesk) expectNoHelper() {
	d.t.Helper()
	text, err := os.ReadFile(d.helper)
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		d.t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); isRunning(pid); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			d.t.Fatal("a process that the browser started runs on")
		}
	}
}

// isRunning reports whether a process is there and has not ended.
func isRunning(pid int) bool {
	_, known := birthOf(pid)
	stat, err := os.Open("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return known
	}
	defer func() { _ = stat.Close() }()
	for lines := bufio.NewScanner(stat); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "State:") {
			return !strings.Contains(lines.Text(), "zombie")
		}
	}
	return known
}

func TestAHeldBrowserEndsWithAllThatItStarted(t *testing.T) {
	for _, as := range []string{"obedient", "stubborn"} {
		t.Run(as, func(t *testing.T) {
			d := newHeldDesk(t, as)
			window, err := d.openHeld(t.Context(), d.program, d.visit)
			if err != nil || window == nil {
				t.Fatal(err)
			}
			if as == "stubborn" {
				close(d.over) // its patience is over at once
			}
			d.Close("rid")
			d.expectNothingLeft()
			select {
			case <-d.shut:
				t.Error("counts as closed by hand")
			default:
			}
		})
	}
}

func TestAHeldBrowserThatIsGoneWasClosedByHand(t *testing.T) {
	d := newHeldDesk(t, "obedient")
	window, err := d.openHeld(t.Context(), d.program, d.visit)
	if err != nil {
		t.Fatal(err)
	}
	window.(*held.Held).Close() // as when the person closes it
	<-d.shut
	d.expectNothingLeft()
}

func TestABrowserThatDoesNotObeyIsNotHeld(t *testing.T) {
	d := newHeldDesk(t, "silent")
	go func() {
		for {
			if _, err := os.Stat(d.helper); err == nil {
				close(d.over)
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, err := d.openHeld(t.Context(), d.program, d.visit); !errors.Is(err, held.ErrSilent) {
		t.Errorf("got %v", err)
	}
	d.expectNothingLeft()
}

func TestTheEndOfAnImpersonationStopsTheHolding(t *testing.T) {
	d := newHeldDesk(t, "silent")
	done := make(chan error)
	go func() {
		_, err := d.openHeld(t.Context(), d.program, d.visit)
		done <- err
	}()
	for {
		if _, err := os.Stat(d.helper); err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	close(d.over)
	d.Close("rid")
	if err := <-done; err == nil {
		t.Error("opened")
	}
	d.expectNothingLeft()
}

func TestNoBrowserIsOpenedWhereViewOnlyIsDemandedAndCannotBeHad(t *testing.T) {
	d := newHeldDesk(t, "silent")
	d.visit.Required = true
	if err := d.openWindow(t.Context(), d.program, d.visit); fault.CodeOf(err) != fault.BrowserUnheld {
		t.Errorf("a window: %v", err)
	}
	if _, err := d.Open(context.Background(), Default, d.visit); fault.CodeOf(err) != fault.BrowserUnheld {
		t.Errorf("the default browser: %v", err)
	}
	d.expectNothingLeft()
}

// TestPoliciesAgainstHolding: measured with Chromium 156, see browser.md.
func TestPoliciesAgainstHolding(t *testing.T) {
	for policy, want := range map[string]Unheld{
		`{}`:                                "",
		`{"RemoteDebuggingAllowed": true}`:  "",
		`{"RemoteDebuggingAllowed": false}`: ByPolicy,
		`{"DeveloperToolsAvailability": 2}`: ByPolicy,
		`{"DeveloperToolsAvailability": 1}`: "",
	} {
		c := computerWith(goosLinux, "/usr/bin/chromium", "/etc/chromium/policies/managed/it.json|"+policy)
		if found := find(c); len(found) != 1 || found[0].unheld != want {
			t.Errorf("%s: found %+v", policy, found)
		}
	}
	registry := fakeRegistry{`HKLM\Software\Policies\Google\Chrome\RemoteDebuggingAllowed`: 0}
	c := Computer{OS: goosWindows, Registry: registry}
	if got := chromiums()[0].family.unheld(c, installation{product: chromiums()[0]}); got != ByPolicy {
		t.Errorf("in the registry: %q", got)
	}
}
