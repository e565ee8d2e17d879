// Package browser opens ticket URLs. It starts programs itself, without a
// shell, and opens nothing but what it is handed as a ticket: which tickets are
// safe, package impersonation has decided by then.
package browser

import (
	"context"
	"errors"
	"os/exec"
	"time"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// Default is the id of the system's default browser.
const Default = "default"

// Browser is one way to open a ticket.
type Browser struct {
	ID   string
	Name string
	// Effect says what opening a ticket there does besides.
	Effect string
	// Isolated: the operator's own sessions are untouched.
	Isolated bool
}

// errUnknown is the cause when an id is none of [Browsers.List].
var errUnknown = errors.New("browser: unknown id")

// Browsers are the browsers of this computer.
type Browsers struct {
	// grace is how long a start may take to fail. A handler that is missing
	// fails within milliseconds; one that still runs after this has a browser.
	grace time.Duration
	// after is time.After, injected so that tests need not wait.
	after func(time.Duration) <-chan time.Time
}

// New returns the browsers of this computer.
func New(after func(time.Duration) <-chan time.Time) *Browsers {
	return &Browsers{grace: time.Second, after: after}
}

// List returns the ways to open a ticket, the preferred one first.
func (b *Browsers) List() []Browser {
	return []Browser{{
		ID: Default, Name: "Your default browser",
		Effect: "If you are signed in to this app there, you will be signed out.",
	}}
}

// Open starts the browser with that id. It waits for the program only as long
// as it takes to see it fail; a program that keeps running is left alone.
// Failures are fault.BrowserMissing and fault.BrowserFailed, and never hold the
// address or an argument list.
func (b *Browsers) Open(ctx context.Context, id string, ticket secret.TicketURL) error {
	if id != Default {
		return fault.New(fault.BrowserMissing, errUnknown)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.openDefault(ticket)
}

// run starts a program and watches it through the grace period.
func (b *Browsers) run(name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		return fault.New(fault.BrowserMissing, errors.New("browser: the system has no "+name))
	}
	//nolint:gosec,noctx // the program is fixed, there is no shell, and the browser outlives the call
	cmd := exec.Command(path, args...)
	if err := cmd.Start(); err != nil {
		return fault.New(fault.BrowserFailed, errors.New("browser: "+name+" did not start"))
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	select {
	case err := <-exited:
		if err != nil {
			return fault.New(fault.BrowserFailed, err)
		}
		return nil
	case <-b.after(b.grace):
		return nil
	}
}
