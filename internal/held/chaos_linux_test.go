//go:build realbrowser

package held

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"understudy/internal/pipe"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// role makes this test program an Understudy that holds a browser and can be killed.
const role = "UNDERSTUDY_TEST_ROLE"

func TestMain(m *testing.M) {
	if os.Getenv(role) == "" {
		os.Exit(m.Run())
	}
	in, out, _, err := startChromium(os.Getenv("PROFILE"))
	if err == nil {
		_, err = Hold(context.Background(), in, out, Visit{Now: time.Now, Ticket: secret.NewTicketURL(os.Getenv("TICKET")), Mode: viewonly.ViewOnly}, &seen{})
	}
	if err != nil {
		os.Exit(1)
	}
	_ = os.WriteFile(os.Getenv("READY"), nil, 0o600)
	time.Sleep(time.Hour)
}

// hold holds a browser in view only, on a page of the app.
func (h *hostile) hold(page string) (*Held, *exec.Cmd) {
	h.t.Helper()
	in, out, cmd, err := startChromium(h.t.TempDir())
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		_, _ = in.Close(), out.Close()
		_ = cmd.Wait()
	})
	h.landing = page
	held, err := Hold(h.t.Context(), in, out, Visit{
		Now:    time.Now,
		Ticket: secret.NewTicketURL(h.a.URL + "/v1/tickets/accept?ticket=a.b.c"), Mode: viewonly.ViewOnly,
		Rules: viewonly.Rules{Frontends: []string{h.a.URL}},
	}, &seen{})
	if err != nil {
		h.t.Fatal(err)
	}
	return held, cmd
}

// soon waits until something is so.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not in time: " + what)
		}
	}
}

// TestTabsWriteNothing opens tabs as a person does, most of them in the background.
func TestTabsWriteNothing(t *testing.T) {
	const control = 2
	for _, tt := range []struct {
		name, page, button string
		modifiers, tabs    int
	}{
		{"by a click with control", "/links", "left", control, 50},
		{"by the middle button", "/links", "middle", 0, 5},
		{"of a link that wants one", "/links?blank", "left", 0, 1},
		{"by a script on a click", "/links?script", "left", 0, 1},
		{"by a script that keeps no hold", "/links?noopener", "left", 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			app := newHostile(t)
			held, _ := app.hold(tt.page)
			soon(t, "the page is there", func() bool { return app.count("/get/links") == 1 })
			held.mu.Lock()
			var session string
			for id, t := range held.targets {
				if t.Kind == page {
					session = id
				}
			}
			held.mu.Unlock()
			click := func() {
				for _, what := range []string{"mousePressed", "mouseReleased"} {
					held.send(session, "Input.dispatchMouseEvent", map[string]any{
						"type": what, "x": 200, "y": 200, "button": tt.button, "clickCount": 1, "modifiers": tt.modifiers,
					})
				}
			}
			for range tt.tabs - 1 {
				click()
			}
			soon(t, "all tabs have tried to write", func() bool {
				click() // in vain until the page has been drawn
				time.Sleep(300 * time.Millisecond)
				return app.count("/get/tab") >= tt.tabs
			})
			if got := app.written(); len(got) > 0 {
				t.Errorf("written %d times", len(app.writes))
			}
		})
	}
}

// TestARendererThatCrashedIsGuardedAgain when its page is loaded anew.
func TestARendererThatCrashedIsGuardedAgain(t *testing.T) {
	app := newHostile(t)
	held, _ := app.hold("/tab?0")
	soon(t, "the page has tried to write", func() bool { return app.count("/get/tab") == 1 })
	var session string
	held.mu.Lock()
	for id, t := range held.targets {
		if t.Kind == page {
			session = id
		}
	}
	held.mu.Unlock()
	held.send(session, "Page.crash", nil)
	soon(t, "the page has tried to write again", func() bool {
		held.send(session, "Page.reload", nil) // in vain until the crash is over
		time.Sleep(300 * time.Millisecond)
		return app.count("/get/tab") >= 2
	})
	if got := app.written(); len(got) > 0 {
		t.Errorf("written: %q", got)
	}
}

// TestABrowserThatIsKilledWritesNothing at whichever moment that is.
func TestABrowserThatIsKilledWritesNothing(t *testing.T) {
	for _, after := range []time.Duration{0, 200 * time.Millisecond, time.Second} {
		app := newHostile(t)
		held, cmd := app.hold("/")
		time.Sleep(after)
		if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		<-held.Gone()
		held.SetMode(viewonly.AllowChanges, time.Time{}) // hangs on nothing
		if err := held.conn.Call(t.Context(), "", "Browser.getVersion", nil, nil); !errors.Is(err, pipe.ErrClosed) {
			t.Errorf("after %s: %v", after, err)
		}
		if got := app.written(); len(got) > 0 {
			t.Errorf("after %s, written: %q", after, got)
		}
	}
}

// TestABodyOfAHundredMegabytesIsNotSent and holds nothing up: it is refused, or the
// browser is ended.
func TestABodyOfAHundredMegabytesIsNotSent(t *testing.T) {
	app := newHostile(t)
	held, _ := app.hold("/big")
	soon(t, "the page goes on, or the browser has ended", func() bool {
		select {
		case <-held.Gone():
			return true
		default:
			return app.count("/get/big") > 0
		}
	})
	if got := app.written(); len(got) > 0 {
		t.Errorf("written: %q", got)
	}
}

func TestTheBrowserEndsWithUnderstudy(t *testing.T) {
	app := newHostile(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ready, profile := filepath.Join(t.TempDir(), "ready"), t.TempDir()
	program := exec.Command(self)
	program.Env = append(os.Environ(), role+"=understudy", "READY="+ready, "PROFILE="+profile, "TICKET="+app.a.URL+"/tab")
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	soon(t, "the browser is held", func() bool {
		_, err := os.Stat(ready)
		return err == nil
	})
	if len(runningOn(t, profile)) == 0 {
		t.Fatal("no process has the profile in its arguments")
	}
	killed := time.Now()
	_ = program.Process.Kill()
	_ = program.Wait()
	soon(t, "the browser is gone", func() bool { return len(runningOn(t, profile)) == 0 })
	t.Logf("gone after %s", time.Since(killed).Round(time.Millisecond))
}

// runningOn are the processes that name a profile folder in their arguments.
func runningOn(t *testing.T, profile string) []string {
	t.Helper()
	lists, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, list := range lists {
		arguments, _ := os.ReadFile(list) // a process may have ended meanwhile
		if strings.Contains(string(arguments), profile) {
			found = append(found, list)
		}
	}
	return found
}
