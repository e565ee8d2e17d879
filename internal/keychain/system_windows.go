package keychain

import (
	"context"
	"errors"

	"golang.org/x/sys/windows"
)

// Place is what people call the keychain.
func Place() string { return "Windows Credential Manager" }

// Probe implements Backend. Credential Manager is open as long as its user is
// signed in.
func (system) Probe(context.Context) State { return Ready }

// meaning reads the error codes of the Credentials API
// (https://learn.microsoft.com/windows/win32/api/wincred/nf-wincred-credwritew).
func meaning(err error) error {
	switch {
	case errors.Is(err, windows.ERROR_NO_SUCH_LOGON_SESSION): // services and some remote logins
		return ErrAbsent
	case errors.Is(err, windows.ERROR_CANCELLED):
		return ErrDeclined
	}
	return nil
}
