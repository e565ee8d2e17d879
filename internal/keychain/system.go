package keychain

import (
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"
)

// System is the keychain of this computer. (go-keyring chooses it; this package
// adds, per operating system, how to look at it and what its errors mean.)
func System() Backend { return system{} }

type system struct{}

// Get implements Backend.
func (system) Get(service, account string) (string, error) {
	value, err := keyring.Get(service, account)
	return value, tell(err)
}

// Set implements Backend.
func (system) Set(service, account, value string) error {
	return tell(keyring.Set(service, account, value))
}

// Delete implements Backend.
func (system) Delete(service, account string) error {
	return tell(keyring.Delete(service, account))
}

// tell makes an error of go-keyring one that a Backend gives.
func tell(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	}
	if kind := meaning(err); kind != nil {
		return fmt.Errorf("%w: %w", kind, err)
	}
	return fmt.Errorf("keychain: %w", err)
}
