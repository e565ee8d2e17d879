package keychain

import (
	"context"
	"errors"
	"fmt"

	"github.com/godbus/dbus/v5"
)

// Create implements creator: a collection that is the default one, which is where
// go-keyring keeps things. The service asks for its password itself.
func (system) Create(ctx context.Context) error {
	ctx, release := untilServiceEnds(ctx)
	defer release()
	// The connection outlives ctx: the question is taken back on it.
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(context.WithoutCancel(ctx)))
	if err != nil {
		return ErrAbsent
	}
	defer func() { _ = bus.Close() }()
	err = errors.Join(bus.Auth(nil), bus.Hello(), bus.AddMatchSignal(
		dbus.WithMatchSender(serviceName), dbus.WithMatchInterface(promptInterface), dbus.WithMatchMember("Completed")))
	if err == nil {
		err = create(ctx, bus)
	}
	if err != nil && errors.Is(context.Cause(ctx), errEnded) {
		return fmt.Errorf("%w: %w", errEnded, err)
	}
	return err
}

func create(ctx context.Context, bus *dbus.Conn) error {
	completed := make(chan *dbus.Signal, 1) // godbus drops none
	bus.Signal(completed)
	var collection, prompt dbus.ObjectPath
	properties := map[string]dbus.Variant{collectionInterface + ".Label": dbus.MakeVariant("Default keyring")}
	err := bus.Object(serviceName, servicePath).
		CallWithContext(ctx, serviceInterface+".CreateCollection", 0, properties, "default").Store(&collection, &prompt)
	if err != nil || prompt == nowhere {
		return tell(err)
	}
	question := bus.Object(serviceName, prompt)
	err = answered(ctx, question, completed)
	if ctx.Err() != nil {
		question.Go(promptInterface+".Dismiss", dbus.FlagNoReplyExpected, nil) // nobody waits for its answer
	}
	return err
}

// answered shows a question and waits until somebody has answered it.
func answered(ctx context.Context, question dbus.BusObject, completed <-chan *dbus.Signal) error {
	if err := question.CallWithContext(ctx, promptInterface+".Prompt", 0, "").Err; err != nil {
		return tell(err)
	}
	for {
		select {
		case signal, isOpen := <-completed:
			if !isOpen {
				return errEnded
			}
			if signal.Path != question.Path() || len(signal.Body) == 0 {
				continue
			}
			var dismissed bool
			if err := dbus.Store(signal.Body[:1], &dismissed); err != nil || dismissed {
				return errors.Join(ErrDeclined, err)
			}
			return nil
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // the caller's own
		}
	}
}
