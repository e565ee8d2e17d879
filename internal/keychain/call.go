package keychain

import (
	"context"
	"errors"
	"fmt"

	"understudy/internal/fault"
)

// call lets work use the backend when its turn comes, and waits for it until
// ctx is done or the patience is at an end. If the backend cannot be interrupted,
// work then goes on alone and keeps its turn until it returns. It is followed by
// undo (nil: nothing to undo). Its result is thrown away.
//
// work is given a context that is done once nobody waits any more, undo one that
// gives it as long.
func (k *Keychain) call(ctx context.Context, work, undo func(context.Context) error) error {
	waiting := ctx
	ctx, cancel := context.WithTimeout(ctx, k.patience)
	defer cancel()
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return gaveUp(ctx.Err())
	}
	// Unbuffered: either the result is taken or it came too late, never both.
	result := make(chan error)
	go func() {
		defer func() { <-k.turn }()
		err := k.attempt(ctx, work)
		select {
		case result <- err:
		case <-ctx.Done():
			if undo != nil {
				undoing, cancel := context.WithTimeout(context.WithoutCancel(waiting), k.patience)
				defer cancel()
				_ = k.attempt(undoing, undo) // nobody is left to be told
			}
		}
	}()
	select {
	case err := <-result:
		return toFault(err)
	case <-ctx.Done():
		return gaveUp(ctx.Err())
	}
}

// attempt looks for a keychain before work uses it: go-keyring without a
// session bus would start one, and leave it behind.
func (k *Keychain) attempt(ctx context.Context, work func(context.Context) error) error {
	return guard(func() error {
		if ctx.Err() != nil {
			return gaveUp(ctx.Err())
		}
		if k.backend.Probe(ctx) == Absent {
			return ErrAbsent
		}
		if b, can := k.backend.(attended); can {
			return b.Attend(ctx, func() error { return guard(func() error { return work(ctx) }) })
		}
		return work(ctx)
	})
}

// attended is a Backend whose calls can be given up. Attend returns soon after ctx
// is done, or after the keychain ended, and work has returned by then. The keychain
// may still carry out the call that was given up.
type attended interface {
	Attend(ctx context.Context, work func() error) error
}

var errPanic = errors.New("the keychain library panicked")

// guard turns a panic into an error: go-keyring takes the types of what a
// Secret Service answers for granted, and a service that ends at the wrong
// moment answers nothing.
func guard(work func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%w: %T", errPanic, cause)
		}
	}()
	return work()
}

func gaveUp(err error) error {
	if errors.Is(err, context.Canceled) {
		return fault.New(fault.Canceled, err)
	}
	return fault.New(fault.KeychainTimedOut, err)
}

// toFault gives an error of a backend its code.
func toFault(err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.Is(err, ErrNotFound):
		return fault.New(fault.KeychainNoKey, err)
	case errors.Is(err, ErrNoKeyring):
		return fault.New(fault.KeychainNoKeyring, err)
	case errors.Is(err, ErrAbsent):
		return fault.New(fault.KeychainAbsent, err)
	case errors.Is(err, ErrLocked):
		return fault.New(fault.KeychainLocked, err)
	case errors.Is(err, ErrDeclined):
		return fault.New(fault.KeychainDeclined, err)
	default:
		return fault.New(fault.KeychainBroken, err)
	}
}
