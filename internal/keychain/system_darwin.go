package keychain

import (
	"context"
	"errors"
	"os/exec"
)

// Place is what people call the keychain.
func Place() string { return "macOS Keychain" }

// Probe implements Backend. Every macOS has a keychain, and whether it is
// locked cannot be told without using it.
func (system) Probe(context.Context) State { return Ready }

// meaning reads the exit code of /usr/bin/security, through which go-keyring
// works: the low byte of the OSStatus (Security/SecBase.h).
func meaning(err error) error {
	const (
		userCanceled          = 128 // errSecUserCanceled, -128
		authFailed            = 51  // errSecAuthFailed, -25293
		interactionNotAllowed = 36  // errSecInteractionNotAllowed, -25308
		interactionRequired   = 29  // errSecInteractionRequired, -25315
		noDefaultKeychain     = 37  // errSecNoDefaultKeychain, -25307
		noSuchKeychain        = 50  // errSecNoSuchKeychain, -25294
	)
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil
	}
	switch exit.ExitCode() {
	case userCanceled, authFailed:
		return ErrDeclined
	case interactionNotAllowed, interactionRequired:
		return ErrLocked
	case noDefaultKeychain, noSuchKeychain:
		return ErrAbsent
	}
	return nil
}
