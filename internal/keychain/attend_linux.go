package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"
)

// errEnded is a Secret Service that left the bus while it was asked something.
var errEnded = errors.New("the keychain ended while it was asked")

// closeAgain is how long a call may stay at work after its connection was closed.
const closeAgain = 500 * time.Millisecond

// Attend implements attended. go-keyring waits without end for the answer to a
// question, on the connection to the session bus that godbus shares. It stops when
// that connection is closed, and opens another one for its next call. Nothing else
// in this program uses the shared connection.
func (system) Attend(ctx context.Context, work func() error) error {
	ctx, release := untilServiceEnds(ctx)
	defer release()
	returned, closed := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(closed)
		select {
		case <-returned:
			return
		case <-ctx.Done():
		}
		for { // work with several steps connects again for the next one
			closeShared()
			select {
			case <-returned:
				return
			case <-time.After(closeAgain):
			}
		}
	}()
	err := work()
	close(returned)
	<-closed
	if err != nil && errors.Is(context.Cause(ctx), errEnded) {
		return fmt.Errorf("%w: %w", errEnded, err)
	}
	return err
}

// closeShared closes the connection that go-keyring uses.
func closeShared() {
	if bus, err := dbus.SessionBus(); err == nil {
		_ = bus.Close() // nobody waits for an answer on it any more
	}
}

// untilServiceEnds gives a context that is done with errEnded when the Secret
// Service leaves the bus, since a process that was killed answers no question.
// Without a bus to watch it on there is no service either.
func untilServiceEnds(ctx context.Context) (_ context.Context, release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return ctx, func() { cancel(nil) }
	}
	err = errors.Join(bus.Auth(nil), bus.Hello(), bus.AddMatchSignal(
		dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, serviceName)))
	if err != nil {
		return ctx, func() { cancel(nil) }
	}
	signals := make(chan *dbus.Signal, 1) // godbus drops none
	bus.Signal(signals)
	go func() {
		for signal := range signals {
			var name, before, now string
			if dbus.Store(signal.Body, &name, &before, &now) == nil && name == serviceName && before != "" {
				cancel(errEnded)
			}
		}
	}()
	return ctx, func() {
		cancel(nil)
		_ = bus.Close()
	}
}
