package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

const address = "https://clerk.acme.com/v1/tickets/accept?ticket=a.b.c"

// xdgOpen puts a script in the place of xdg-open and returns the file that it
// can write to as $1's witness.
func xdgOpen(t *testing.T, script string) (witness string) {
	t.Helper()
	dir := t.TempDir()
	witness = filepath.Join(dir, "witness")
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("WITNESS", witness)
	//nolint:gosec // a program must be executable
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return witness
}

// never is a grace period that does not end, so that a test waits for the
// program itself.
func never(time.Duration) <-chan time.Time { return nil }

func TestOpenHandsOverTheAddressAsOneArgument(t *testing.T) {
	witness := xdgOpen(t, `printf '%s|' "$#" "$1" >"$WITNESS"`)
	if err := New(never).Open(t.Context(), Default, secret.NewTicketURL(address)); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(witness)
	if err != nil || string(got) != "1|"+address+"|" {
		t.Errorf("xdg-open got %q, %v", got, err)
	}
}

func TestOpenTellsWhenTheProgramFails(t *testing.T) {
	xdgOpen(t, "exit 3")
	err := New(never).Open(t.Context(), Default, secret.NewTicketURL(address))
	if fault.CodeOf(err) != fault.BrowserFailed {
		t.Errorf("got %v", err)
	}
	if strings.Contains(err.Error(), "ticket=") {
		t.Error("the failure quotes the address")
	}
}

func TestOpenDoesNotWaitForABrowserThatRuns(t *testing.T) {
	// The script ends when the folder of the test is removed, not before.
	xdgOpen(t, `while [ -d "`+t.TempDir()+`" ]; do sleep 0.05; done`)
	over := make(chan time.Time)
	close(over) // the grace period is over at once
	if err := New(func(time.Duration) <-chan time.Time { return over }).Open(t.Context(), Default, secret.NewTicketURL(address)); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestOpenSaysWhenThereIsNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := New(never).Open(t.Context(), Default, secret.NewTicketURL(address))
	if fault.CodeOf(err) != fault.BrowserMissing {
		t.Errorf("got %v", err)
	}
}

func TestOpenRefusesAnUnknownBrowserAndACancelledCall(t *testing.T) {
	witness := xdgOpen(t, `: >"$WITNESS"`)
	if err := New(never).Open(t.Context(), "netscape", secret.NewTicketURL(address)); fault.CodeOf(err) != fault.BrowserMissing {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := New(never).Open(ctx, Default, secret.NewTicketURL(address)); fault.CodeOf(err) != fault.Canceled {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(witness); err == nil {
		t.Error("something was opened")
	}
}

func TestListOffersWhatOpenKnows(t *testing.T) {
	xdgOpen(t, "exit 0")
	b := New(never)
	for _, one := range b.List() {
		if err := b.Open(t.Context(), one.ID, secret.NewTicketURL(address)); err != nil {
			t.Errorf("%s: %v", one.ID, err)
		}
	}
}
