// Package keychain keeps secret keys in the keychain of the operating system:
// macOS Keychain, Windows Credential Manager, or a Secret Service on Linux such
// as GNOME Keyring. There is no other place: without a keychain nothing is kept.
//
// A keychain may ask for a password, wait for it for ever, report success for
// what it did not do, and answer after nobody waits any more. So there is one
// call at a time, each ends when its context does or after a fixed time, what
// was written is read back, and what comes late is thrown away.
//
// Every error is a *fault.Error.
package keychain

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"understudy/internal/fault"
)

// The service names under which entries are kept. They never change: entries
// under another name would be lost. Development builds have their own, so that
// they cannot reach the keys of the real program.
const (
	Service    = "understudy"
	DevService = "understudy-dev"
)

// Patience is how long a call waits for somebody to type a password.
const Patience = 2 * time.Minute

// maxValue is the most bytes of an entry. Windows takes 2560, and macOS about
// 4096 for a command that holds the value in base64.
const maxValue = 2048

// State is what can be told of the keychain.
type State string

// The states of a keychain.
const (
	Ready     State = "ready"
	Absent    State = "absent"     // there is none
	NoKeyring State = "no_keyring" // there is one with no place for keys yet
	Locked    State = "locked"     // it needs a password, and cannot ask for it
	Declined  State = "declined"   // somebody said no
	TimedOut  State = "timed_out"  // nobody answered
	Broken    State = "broken"
)

// Errors that a [Backend] tells apart. Any other error is a keychain that is broken.
var (
	ErrNotFound  = errors.New("no such entry in the keychain")
	ErrAbsent    = errors.New("no keychain")
	ErrNoKeyring = errors.New("no keyring in the keychain")
	ErrLocked    = errors.New("the keychain is locked")
	ErrDeclined  = errors.New("the keychain was not opened")
)

// Backend is a keychain. Its methods may block for as long as they like, and
// are never called at the same time. [System] is the real one.
type Backend interface {
	// Probe looks at the keychain without making it ask for a password.
	Probe(ctx context.Context) State
	Get(service, account string) (string, error)
	Set(service, account, value string) error
	Delete(service, account string) error
}

// Keychain is the entries of one service name. Its methods may be called from
// several goroutines.
type Keychain struct {
	service  string
	backend  Backend
	patience time.Duration
	turn     chan struct{} // holds one token while a call to the backend runs
}

// New returns the entries of a service in a backend. patience is how long a
// call waits, [Patience] but in tests.
func New(service string, backend Backend, patience time.Duration) *Keychain {
	return &Keychain{service: service, backend: backend, patience: patience, turn: make(chan struct{}, 1)}
}

// State looks at the keychain without making it ask for a password.
func (k *Keychain) State(ctx context.Context) State { return k.backend.Probe(ctx) }

// Load gets the text that is kept under an account; [fault.KeychainNoKey] if
// there is none.
func (k *Keychain) Load(ctx context.Context, account string) (string, error) {
	if err := checkAccount(account); err != nil {
		return "", err
	}
	var value string
	err := k.call(ctx, func(ctx context.Context) (err error) {
		value, err = k.get(ctx, account)
		return err
	}, nil)
	if err != nil {
		return "", err
	}
	return value, nil
}

// Save keeps a text of at most 2 KB under an account, in place of the one that
// is there, and reads it back: [fault.KeyNotStored] if it is another one. If
// Save is given up, the text may still be stored later.
func (k *Keychain) Save(ctx context.Context, account, value string) error {
	if err := checkEntry(account, value); err != nil {
		return err
	}
	return k.call(ctx, func(ctx context.Context) error {
		if err := k.set(ctx, account, value); err != nil {
			return err
		}
		return k.readBack(ctx, account, value)
	}, nil)
}

// Delete removes what is kept under an account, and looks whether it is gone:
// if not, somebody dismissed the question ([fault.KeychainDeclined]). Nothing
// there is no error.
func (k *Keychain) Delete(ctx context.Context, account string) error {
	if err := checkAccount(account); err != nil {
		return err
	}
	return k.call(ctx, func(ctx context.Context) error {
		if k.backend.Probe(ctx) == NoKeyring {
			return nil
		}
		err := k.backend.Delete(k.service, account)
		if err != nil && !errors.Is(err, ErrNotFound) || ctx.Err() != nil {
			return err
		}
		switch _, err := k.backend.Get(k.service, account); {
		case err == nil:
			return ErrDeclined
		case errors.Is(err, ErrNotFound):
			return nil
		default:
			return err
		}
	}, nil)
}

// set tells apart that there is nowhere to keep a value. A service that its first
// use started is looked at only then.
func (k *Keychain) set(ctx context.Context, account, value string) error {
	if k.backend.Probe(ctx) == NoKeyring {
		return ErrNoKeyring
	}
	err := k.backend.Set(k.service, account, value)
	if err != nil && k.backend.Probe(ctx) == NoKeyring {
		return fmt.Errorf("%w: %w", ErrNoKeyring, err)
	}
	return err
}

// get finds nothing where there is no keyring.
func (k *Keychain) get(ctx context.Context, account string) (string, error) {
	if k.backend.Probe(ctx) == NoKeyring {
		return "", ErrNotFound
	}
	value, err := k.backend.Get(k.service, account)
	if err != nil && k.backend.Probe(ctx) == NoKeyring {
		return "", fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	return value, err
}

// creator is a Backend that can make the keyring that it lacks.
type creator interface {
	// Create asks somebody for a password and waits for it; [ErrDeclined] if they
	// say no.
	Create(ctx context.Context) error
}

// CreateKeyring makes a keyring where the state is [NoKeyring]. Somebody is asked
// for a password for it, so it waits as all calls do.
func (k *Keychain) CreateKeyring(ctx context.Context) error {
	backend, can := k.backend.(creator)
	if !can {
		return toFault(ErrAbsent)
	}
	return k.call(ctx, backend.Create, nil)
}

var errReadBack = errors.New("read back another value than was written")

// readBack checks what was written, unless nobody waits for it any more.
func (k *Keychain) readBack(ctx context.Context, account, value string) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // nobody is left to be told
	}
	switch got, err := k.backend.Get(k.service, account); {
	case err != nil && !errors.Is(err, ErrNotFound):
		return err
	case err != nil || got != value:
		return fault.New(fault.KeyNotStored, errors.Join(errReadBack, err))
	}
	return nil
}

// accountForm is what every keychain takes as it is: Windows joins service and
// account with a colon, macOS passes them through a command line.
var accountForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)

var (
	errAccount = errors.New("not a name for an account in a keychain")
	errTooBig  = errors.New("too long for a keychain")
)

func checkAccount(account string) error {
	if !accountForm.MatchString(account) {
		return fault.New(fault.IDInvalid, errAccount)
	}
	return nil
}

func checkEntry(account, value string) error {
	if len(value) > maxValue {
		return fault.New(fault.KeyNotStored, errTooBig)
	}
	return checkAccount(account)
}
