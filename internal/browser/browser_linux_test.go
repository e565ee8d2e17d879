package browser

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/loopback"
	"understudy/internal/secret"
)

const address = desired

func ticket() secret.TicketURL { return secret.NewTicketURL(address) }

// visitOf opens the ticket for an impersonation.
func visitOf(id string) Visit { return Visit{Impersonation: id, Ticket: ticket()} }

// desk is a computer on which the test says what programs there are. The
// environment variable SAY in them is a pipe that the test reads.
type desk struct {
	*Browsers

	t   *testing.T
	dir string
	say string
	// clocks are the waits by their length. None is over before elapse says so.
	mu     sync.Mutex
	clocks map[time.Duration]chan time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), clocks: map[time.Duration]chan time.Time{}}
	d.say = filepath.Join(d.dir, "say")
	if err := syscall.Mkfifo(d.say, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SAY", d.say)
	t.Setenv("PATH", d.dir+":"+os.Getenv("PATH"))
	d.Browsers = New(Config{
		Computer: Computer{
			OS: goosLinux, Home: d.dir, Files: os.DirFS("/"),
			Env: func(name string) string { return map[string]string{"PATH": d.dir, "XDG_DATA_DIRS": d.dir}[name] },
		},
		Network: loopback.ThisComputer(), ProfileDir: filepath.Join(d.dir, "profiles"), Random: rand.Reader, Now: func() time.Time { return morning },
		After: func(wait time.Duration) <-chan time.Time { return d.clock(wait) },
	})
	return d
}

func (d *desk) clock(wait time.Duration) chan time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.clocks[wait] == nil {
		d.clocks[wait] = make(chan time.Time)
	}
	return d.clocks[wait]
}

// elapse lets the waits of that length be over, those to come as well.
func (d *desk) elapse(wait time.Duration) { close(d.clock(wait)) }

var morning = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// install puts a program into PATH.
func (d *desk) install(name, script string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		d.t.Fatal(err)
	}
}

// heard is what the program that was started says first.
func (d *desk) heard() string {
	d.t.Helper()
	text, err := os.ReadFile(d.say) // waits for a writer
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

func TestOpenPage(t *testing.T) {
	d := newDesk(t)
	d.install("xdg-open", `printf '%s|' "$#" "$1" >"$SAY"`)
	for _, page := range []string{"https://clerk.acme.com/oauth/authorize?state=a%20b", "http://127.0.0.1:4501/oauth/authorize", "http://localhost:4501/"} {
		opened := make(chan error, 1)
		go func() { opened <- d.OpenPage(page) }()
		if got := d.heard(); got != "1|"+page+"|" {
			t.Errorf("xdg-open got %q", got)
		}
		if err := <-opened; err != nil {
			t.Error(err)
		}
	}
}

func TestPagesThatAreNotOpened(t *testing.T) {
	d := newDesk(t)
	for name, page := range map[string]string{
		"nothing":            "",
		"an option":          "--version",
		"a file":             "file:///etc/passwd",
		"a script":           "javascript:alert(1)",
		"another program":    "understudy://impersonate?user=user_1",
		"http elsewhere":     "http://clerk.acme.com/oauth/authorize",
		"a name for this":    "http://127.0.0.1.evil.example/",
		"somebody at a host": "https://clerk.acme.com@evil.example/",
		"no host":            "https:///oauth/authorize",
		"two lines":          "https://clerk.acme.com/\nx",
		"endless":            "https://clerk.acme.com/" + strings.Repeat("a", maxPage),
	} {
		if err := d.OpenPage(page); fault.CodeOf(err) != fault.BrowserFailed {
			t.Errorf("%s: got %v", name, err)
		}
		if err := d.OpenUnseen(t.Context(), page, nil); fault.CodeOf(err) != fault.BrowserFailed {
			t.Errorf("%s, unseen: got %v", name, err)
		}
	}
}

func TestAPageThatCannotBeOpened(t *testing.T) {
	const page = "https://tickets.acme.com/48213"
	d := newDesk(t)
	t.Setenv("PATH", d.dir)
	if err := d.OpenPage(page); fault.CodeOf(err) != fault.BrowserMissing {
		t.Errorf("without xdg-open: %v", err)
	}
	d.install("xdg-open", "exit 3")
	if err := d.OpenPage(page); fault.CodeOf(err) != fault.BrowserFailed {
		t.Errorf("with one that fails: %v", err)
	}
}

func TestAPageIsNotWaitedForToTheEnd(t *testing.T) {
	d := newDesk(t)
	d.elapse(grace)
	d.install("xdg-open", `exec cat "$SAY"`) // until the test writes there
	if err := d.OpenPage("https://tickets.acme.com/48213"); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(d.say, nil, 0o600); err != nil {
		t.Error(err)
	}
}

// TestAStartThatFailsLateIsTold: xdg-open looks for a browser for more than a second.
func TestAStartThatFailsLateIsTold(t *testing.T) {
	d := newDesk(t)
	d.elapse(time.Second)
	d.install("xdg-open", `cat "$SAY"; exit 3`) // fails once the test writes there
	opened := make(chan error, 1)
	go func() { opened <- d.OpenPage("https://tickets.acme.com/48213") }()
	if err := os.WriteFile(d.say, nil, 0o600); err != nil {
		t.Error(err)
	}
	if err := <-opened; fault.CodeOf(err) != fault.BrowserFailed {
		t.Errorf("got %v", err)
	}
}

func TestOpenRefusesWhatIsNotThere(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"netscape", "chrome", ""} {
		_, err := d.Open(t.Context(), id, visitOf("rid"))
		if fault.CodeOf(err) != fault.BrowserMissing {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestListOffersIsolatedBrowsersFirst(t *testing.T) {
	d := newDesk(t)
	if all := d.List(); len(all) != 1 || all[0].ID != Default || all[0].Isolated {
		t.Errorf("without any browser: %+v", all)
	}
	d.install("firefox-esr", "")
	d.install("google-chrome", "")
	all := d.List()
	if len(all) != 3 || all[0].ID != "chrome" || all[0].Unheld != "" || all[1].ID != "firefox" || all[2].ID != Default {
		t.Fatalf("got %+v", all)
	}
	want := Browser{ID: "firefox", Name: "Firefox", Isolated: true, Unheld: ByKind}
	if !reflect.DeepEqual(all[1], want) {
		t.Errorf("got %+v", all[1])
	}
}
