package browser

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"understudy/internal/fault"
)

// passes is a program that says its last argument, which is the address, and runs
// until the test is over.
const passes = `for address; do :; done; printf '%s' "$address" >"$SAY"; cat "$HOLD"`

func (d *desk) installPasses() {
	d.t.Helper()
	hold := filepath.Join(d.dir, "hold")
	if err := syscall.Mkfifo(hold, 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.t.Setenv("HOLD", hold)
	d.t.Cleanup(func() {
		if held, err := os.OpenFile(hold, os.O_RDWR, 0); err == nil {
			_ = held.Close()
		}
	})
	d.install("xdg-open", passes)
}

// everyWay are the ways to open a ticket by the hand-off, each a program that
// says its last argument and runs on. xdg-open is one that runs on too.
func everyWay(d *desk) []string {
	var ways []string
	for _, p := range products() {
		if len(p.linux.commands) == 0 || p.family.unheld(d.Computer, installation{}) == "" {
			continue // Safari is told as the default browser is, others by their pipes
		}
		d.install(p.linux.commands[0], tells)
		ways = append(ways, p.id)
	}
	d.installPasses()
	return append(ways, Default)
}

func TestTheTicketStandsInNoArgumentsAndNoEnvironment(t *testing.T) {
	d := newDesk(t)
	for _, way := range everyWay(d) {
		t.Run(way, func(t *testing.T) {
			o := d.openIn(t.Context(), way, "rid-"+way)
			expectUnseen(t, ticket().Reveal(), o.address)
			if status, location := fetch(t, o.address); status != http.StatusFound || location != address {
				t.Errorf("led to %d %q", status, location)
			}
			if err := <-o.result; err != nil {
				t.Fatal(err)
			}
			expectUnseen(t, ticket().Reveal(), o.address)
		})
		d.Close("rid-" + way)
	}
	d.expectNothingLeft()
}

// expectUnseen reads the argument lists of all processes, which every user of the
// computer can, and their environments. told is known to be in one.
func expectUnseen(t *testing.T, hidden, told string) {
	t.Helper()
	found := false
	for _, list := range []string{"/proc/[0-9]*/cmdline", "/proc/[0-9]*/environ"} {
		files, err := filepath.Glob(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, _ := os.ReadFile(file) // a process may have ended meanwhile
			if bytes.Contains(content, []byte(hidden)) {
				t.Errorf("%s holds %s", file, hidden)
			}
			found = found || bytes.Contains(content, []byte(told))
		}
	}
	if !found {
		t.Error("the scan does not see what the browser was told")
	}
}

// TestWithoutAPortNoBrowserIsStarted: another user of the computer can take all
// ports, and then read what stands in argument lists.
func TestWithoutAPortNoBrowserIsStarted(t *testing.T) {
	d := newDesk(t)
	ways := everyWay(d)
	bind := d.Network.Bind
	d.Network.Bind = func(context.Context, string) (net.Listener, error) { return nil, syscall.EADDRINUSE }
	for _, way := range ways {
		_, err := d.Open(t.Context(), way, visitOf("rid")) // it would wait for the pipe if it were told
		if fault.CodeOf(err) != fault.HandoffFailed || !fault.From(err).Retry() {
			t.Errorf("%s: %v", way, err)
		}
	}
	if err := d.OpenUnseen(t.Context(), "https://clerk.acme.com/", nil); fault.CodeOf(err) != fault.HandoffFailed {
		t.Errorf("a page: %v", err)
	}
	d.expectNothingLeft()
	d.Network.Bind = bind
	for _, way := range ways {
		o := d.openIn(t.Context(), way, "again")
		fetch(t, o.address)
		if err := <-o.result; err != nil {
			t.Errorf("%s, once a port is free: %v", way, err)
		}
	}
	d.Close("again")
	d.expectNothingLeft()
}

func TestTheDefaultBrowserDoesNotOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		script string
		act    func(d *desk, cancel func())
		code   fault.Code
	}{
		"what passes the address on fails":      {`printf x >"$SAY"; exit 3`, func(*desk, func()) {}, fault.BrowserFailed},
		"nobody asks":                           {`printf x >"$SAY"`, func(d *desk, _ func()) { d.elapse(handoffLife) }, fault.BrowserFailed},
		"the impersonation ends meanwhile":      {"", func(d *desk, _ func()) { d.Close("rid") }, fault.BrowserFailed},
		"the operator stops it":                 {"", func(_ *desk, cancel func()) { cancel() }, fault.Canceled},
		"another user asks before the operator": {"", nil, fault.BrowserFailed},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.installPasses()
			if tt.script != "" {
				d.install("xdg-open", tt.script)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.act == nil {
				d.Network.UID++ // so that this test is the other user
			}
			o := d.openIn(ctx, Default, "rid")
			if tt.act == nil {
				fetch(t, o.address)
				<-o.stolen
			} else {
				tt.act(d, cancel)
			}
			err := <-o.result
			if fault.CodeOf(err) != tt.code || strings.Contains(err.Error(), "ticket=") {
				t.Errorf("got %v", err)
			}
			if tt.script == "" {
				if response, err := http.Get(o.address); err == nil {
					t.Errorf("the offer still stands: %s", response.Status)
				}
			}
			d.expectNothingLeft()
		})
	}
}

func TestASecondFetchFromTheDefaultBrowserIsTold(t *testing.T) {
	d := newDesk(t)
	d.installPasses()
	o := d.openIn(t.Context(), Default, "rid")
	fetch(t, o.address)
	if err := <-o.result; err != nil {
		t.Fatal(err)
	}
	if status, location := fetch(t, o.address); status != http.StatusGone || location != "" {
		t.Errorf("led to %d %q", status, location)
	}
	<-o.stolen
}

func TestWithoutADefaultBrowserNothingIsOffered(t *testing.T) {
	d := newDesk(t)
	t.Setenv("PATH", d.dir)
	if _, err := d.Open(t.Context(), Default, visitOf("rid")); fault.CodeOf(err) != fault.BrowserMissing {
		t.Errorf("got %v", err)
	}
	d.expectNothingLeft()
}

func TestAPageIsOpenedUnseen(t *testing.T) {
	const page = "https://clerk.acme.com/oauth/authorize?state=STATE234567STATE234567STAT"
	d := newDesk(t)
	d.installPasses()
	seen := make(chan struct{})
	opened := make(chan error, 1)
	go func() { opened <- d.OpenUnseen(t.Context(), page, func() { close(seen) }) }()
	told := d.heard()
	expectUnseen(t, page, told)
	if status, location := fetch(t, told); status != http.StatusFound || location != page {
		t.Errorf("led to %d %q", status, location)
	}
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
	fetch(t, told)
	<-seen
}

// TestAnotherUserGetsNoTicket has one who reads the argument lists be faster than
// the browser.
func TestAnotherUserGetsNoTicket(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be another user as well")
	}
	d := newDesk(t)
	everyWay(d)
	for _, way := range []string{"firefox", Default} {
		o := d.openIn(t.Context(), way, "rid")
		curl := exec.CommandContext(t.Context(), "curl", "--silent", "--write-out", "%{http_code} %{redirect_url}", o.address)
		curl.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		if got, err := curl.Output(); err != nil || string(got) != "410 " {
			t.Errorf("%s: another user got %q, %v", way, got, err)
		}
		<-o.stolen
		if err := <-o.result; fault.CodeOf(err) != fault.BrowserFailed {
			t.Errorf("%s: %v", way, err)
		}
	}
	d.expectNothingLeft()
}
