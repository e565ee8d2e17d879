package browser

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"understudy/internal/fault"
)

// tells is a browser that says its last argument, which is the address, and
// runs until it is ended.
const tells = `for address; do :; done; printf '%s' "$address" >"$SAY"; sleep 1000`

// stubborn is one that does not end when it is asked to.
const stubborn = `trap '' TERM; ` + tells

// opening is an Open that runs.
type opening struct {
	address string
	stolen  chan struct{}
	closed  chan struct{} // by hand
	result  chan error
}

func (d *desk) open(ctx context.Context, id string) opening {
	d.t.Helper()
	return d.openIn(ctx, "firefox", id)
}

func (d *desk) openIn(ctx context.Context, browser, id string) opening {
	d.t.Helper()
	o := opening{stolen: make(chan struct{}), closed: make(chan struct{}), result: make(chan error, 1)}
	go func() {
		v := visitOf(id)
		v.Stolen, v.Closed = func() { close(o.stolen) }, func() { close(o.closed) }
		_, err := d.Open(ctx, browser, v)
		o.result <- err
	}()
	o.address = d.heard()
	return o
}

// fetch asks for an address as a browser would, and returns where that leads.
func fetch(t *testing.T, address string) (status int, location string) {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode, response.Header.Get("Location")
}

// profileFolders are those that there are now.
func (d *desk) profileFolders() []string {
	entries, err := os.ReadDir(d.ProfileDir)
	if err != nil && !os.IsNotExist(err) {
		d.t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func (d *desk) expectNothingLeft() {
	d.t.Helper()
	d.Wait(d.t.Context())
	if left := d.profileFolders(); len(left) > 0 {
		d.t.Errorf("left behind: %q", left)
	}
}

func TestWindowLivesUntilItIsClosed(t *testing.T) {
	for name, script := range map[string]string{"one that obeys": tells, "one that does not": stubborn} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if script == stubborn {
				d.elapse(patience)
			}
			d.install("firefox", script)
			o := d.open(t.Context(), "rid")
			if status, location := fetch(t, o.address); status != http.StatusFound || location != address {
				t.Errorf("led to %d %q", status, location)
			}
			if err := <-o.result; err != nil {
				t.Fatal(err)
			}
			folders := d.profileFolders()
			if len(folders) != 1 {
				t.Fatalf("profile folders: %q", folders)
			}
			for _, dir := range []string{d.ProfileDir, filepath.Join(d.ProfileDir, folders[0])} {
				if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
					t.Errorf("%v, %v", info.Mode(), err)
				}
			}
			d.Close("another")
			d.Wait(t.Context())
			if len(d.profileFolders()) != 1 {
				t.Error("the end of another impersonation closed the window")
			}
			d.Close("rid")
			d.Close("rid")
			d.expectNothingLeft()
			if _, err := http.Get(o.address); err == nil {
				t.Error("the hand-off outlived the window")
			}
		})
	}
}

func TestWindowsSideBySide(t *testing.T) {
	d := newDesk(t)
	d.install("firefox", tells)
	first, second := d.open(t.Context(), "rid1"), d.open(t.Context(), "rid2")
	for _, o := range []opening{second, first} {
		fetch(t, o.address)
		if err := <-o.result; err != nil {
			t.Fatal(err)
		}
	}
	before := d.profileFolders()
	d.Close("rid1")
	d.Wait(t.Context())
	if after := d.profileFolders(); len(before) != 2 || len(after) != 1 {
		t.Errorf("folders %q, then %q", before, after)
	}
	d.Close("rid2")
	d.expectNothingLeft()
}

func TestUserClosesTheWindow(t *testing.T) {
	d := newDesk(t)
	d.install("firefox", tells[:strings.Index(tells, "sleep")]+`cat "$SAY" >/dev/null`)
	o := d.open(t.Context(), "rid")
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	d.Browsers.mu.Lock()
	var only *window
	for w := range d.windows {
		only = w
	}
	d.Browsers.mu.Unlock()
	if err := os.WriteFile(d.say, nil, 0o600); err != nil { // lets the browser end
		t.Fatal(err)
	}
	<-only.gone
	d.expectNothingLeft()
}

func TestWindowDoesNotOpen(t *testing.T) {
	tests := []struct {
		name   string
		script string
		act    func(d *desk, cancel func())
		code   fault.Code
	}{
		{"it exits at once", `printf x >"$SAY"; exit 1`, func(*desk, func()) {}, fault.BrowserFailed},
		{"it exits at once and finds nothing wrong", `printf x >"$SAY"`, func(*desk, func()) {}, fault.BrowserFailed},
		{"it hangs", tells, func(d *desk, _ func()) { d.elapse(handoffLife) }, fault.BrowserFailed},
		{"the impersonation ends meanwhile", tells, func(d *desk, _ func()) { d.Close("rid") }, fault.BrowserFailed},
		{"the operator stops it", tells, func(_ *desk, cancel func()) { cancel() }, fault.Canceled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.install("firefox", tt.script)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			o := d.open(ctx, "rid")
			tt.act(d, cancel)
			err := <-o.result
			if fault.CodeOf(err) != tt.code {
				t.Errorf("got %v", err)
			}
			d.expectNothingLeft()
		})
	}
}

func TestProgramThatCannotStart(t *testing.T) {
	d := newDesk(t)
	if err := os.WriteFile(filepath.Join(d.dir, "firefox"), []byte("\x7fELF"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := d.Open(t.Context(), "firefox", visitOf("rid"))
	if fault.CodeOf(err) != fault.BrowserFailed {
		t.Errorf("got %v", err)
	}
	d.expectNothingLeft()
}

func TestSecondFetchIsTold(t *testing.T) {
	d := newDesk(t)
	d.install("firefox", tells)
	o := d.open(t.Context(), "rid")
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	if status, location := fetch(t, o.address); status != http.StatusGone || location != "" {
		t.Errorf("led to %d %q", status, location)
	}
	<-o.stolen
	d.Close("rid")
	d.expectNothingLeft()
}

func TestAnotherUsersFetchIsRefusedAndTold(t *testing.T) {
	d := newDesk(t)
	d.Network.UID++ // so that this test is the other user
	d.install("firefox", tells)
	o := d.open(t.Context(), "rid")
	if status, location := fetch(t, o.address); status != http.StatusGone || location != "" {
		t.Errorf("led to %d %q", status, location)
	}
	<-o.stolen
	err := <-o.result
	if fault.CodeOf(err) != fault.BrowserFailed || !strings.Contains(fault.From(err).Sentence(), "Another program") {
		t.Errorf("got %v", err)
	}
	d.expectNothingLeft()
}

func TestForbiddenPrivateModeIsNotOffered(t *testing.T) {
	d := newDesk(t)
	d.install("firefox", tells)
	folder := filepath.Join(d.dir, "distribution")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	policies := []byte(`{"policies": {"DisablePrivateBrowsing": true}}`)
	if err := os.WriteFile(filepath.Join(folder, "policies.json"), policies, 0o600); err != nil {
		t.Fatal(err)
	}
	if all := d.List(); len(all) != 2 || all[0].ID != Default || all[1].Barrier.IsZero() {
		t.Errorf("offers %+v", all)
	}
	_, err := d.Open(t.Context(), "firefox", visitOf("rid"))
	if fault.CodeOf(err) != fault.BrowserFailed || !strings.Contains(fault.From(err).Sentence(), "organization") {
		t.Errorf("got %v", err)
	}
	d.expectNothingLeft()
}

func TestFolderOfABrowserThatOutlivesTheProgramIsKept(t *testing.T) {
	d := newDesk(t)
	d.install("firefox", tells)
	o := d.open(t.Context(), "rid")
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	d.Browsers.mu.Lock()
	for w := range d.windows {
		_ = w.profile.marker.Close() // as if this program had ended
	}
	d.Browsers.mu.Unlock()
	d.Now = func() time.Time { return morning.Add(old) }
	d.Sweep()
	if len(d.profileFolders()) != 1 {
		t.Error("the folder was taken from a browser that runs")
	}
	d.Close("rid")
	d.expectNothingLeft()
}

// brief is a browser that ends once the pipe SHUT has a writer.
const brief = `trap 'exit 0' TERM; for address; do :; done; printf '%s' "$address" >"$SAY"; read -r _ <"$SHUT"`

// shut closes the window of a brief browser by hand.
func (d *desk) shut() {
	d.t.Helper()
	if err := os.WriteFile(d.dir+"/shut", []byte("now\n"), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) installBrief() {
	d.t.Helper()
	if err := syscall.Mkfifo(d.dir+"/shut", 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.t.Setenv("SHUT", d.dir+"/shut")
	d.install("firefox", brief)
}

func TestAWindowClosedByHandIsTold(t *testing.T) {
	d := newDesk(t)
	d.installBrief()
	o := d.open(t.Context(), "rid")
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	d.shut()
	<-o.closed
	if left := d.profileFolders(); len(left) > 0 {
		t.Errorf("told before the profile was wiped: %q", left)
	}
}

// TestAWindowThatWasToldToCloseIsNotClosedByHand, nor is one that never got what
// it was opened for.
func TestAWindowThatWasToldToCloseIsNotClosedByHand(t *testing.T) {
	for name, end := range map[string]func(d *desk, o opening){
		"told to close": func(d *desk, o opening) {
			fetch(t, o.address)
			if err := <-o.result; err != nil {
				t.Error(err)
			}
			d.Close("rid")
		},
		"without its ticket": func(d *desk, o opening) {
			d.shut()
			if err := <-o.result; err == nil {
				t.Error("opened without a ticket")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.installBrief()
			o := d.open(t.Context(), "rid")
			w := d.window()
			end(d, o)
			<-w.gone
			o.expectNotClosedByHand(t)
			d.expectNothingLeft()
		})
	}
}

// TestALauncherIsNotTheBrowser: the process that was started ends, and what it
// started holds on to the profile.
func TestALauncherIsNotTheBrowser(t *testing.T) {
	d := newDesk(t)
	d.installBrief()
	// It is in a session of its own before the launcher goes on, else it would be ended too.
	d.install("firefox", `setsid sh -c 'printf %s "$$" >"$SHUT.new"; mv "$SHUT.new" "$SHUT.pid"; exec sleep 1000' &
while [ ! -e "$SHUT.pid" ]; do sleep 0.01; done; `+brief)
	o := d.open(t.Context(), "rid")
	w := d.window()
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	d.shut()
	<-w.gone
	o.expectNotClosedByHand(t)
	text, err := os.ReadFile(d.dir + "/shut.pid")
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Errorf("nothing ran on: %v", err)
	}
}

// window is the one that is open.
func (d *desk) window() *window {
	d.Browsers.mu.Lock()
	defer d.Browsers.mu.Unlock()
	for w := range d.windows {
		return w
	}
	d.t.Fatal("no window is open")
	return nil
}

func (o opening) expectNotClosedByHand(t *testing.T) {
	t.Helper()
	select {
	case <-o.closed:
		t.Error("told that it was closed by hand")
	default:
	}
}
