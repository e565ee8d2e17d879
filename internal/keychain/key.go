package keychain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"understudy/internal/fault"
	"understudy/internal/secret"
)

// entry is the form in which a key is kept.
type entry struct {
	Version int    `json:"v"`
	Key     string `json:"key"`
}

const entryVersion = 1

// SaveKey keeps the key of an instance, in place of an older one, and reads it
// back. If SaveKey is given up and the keychain takes the key all the same, it
// is removed again: a key must not be kept after the operator was told that it
// is not.
func (k *Keychain) SaveKey(ctx context.Context, instanceID string, key secret.Key) error {
	value, err := json.Marshal(entry{Version: entryVersion, Key: key.Reveal()})
	if err != nil {
		return fault.New(fault.KeyNotStored, err)
	}
	if err := checkEntry(instanceID, string(value)); err != nil {
		return err
	}
	written := false
	save := func(ctx context.Context) error {
		if err := k.backend.Set(k.service, instanceID, string(value)); err != nil {
			return err
		}
		written = true
		return k.readBack(ctx, instanceID, string(value))
	}
	undo := func() {
		if !written {
			return
		}
		// A dismissed question leaves the older key, which stays.
		if kept, err := k.backend.Get(k.service, instanceID); err == nil && kept == string(value) {
			_ = k.backend.Delete(k.service, instanceID) // nobody is left to be told
		}
	}
	return k.call(ctx, save, undo)
}

// LoadKey gets the key of an instance; [fault.KeychainNoKey] if there is none,
// or if what is there is no key.
func (k *Keychain) LoadKey(ctx context.Context, instanceID string) (secret.Key, error) {
	value, err := k.Load(ctx, instanceID)
	if err != nil {
		return secret.Key{}, err
	}
	return parseEntry(value)
}

// DeleteKey removes the key of an instance and makes sure that it is gone.
func (k *Keychain) DeleteKey(ctx context.Context, instanceID string) error {
	return k.Delete(ctx, instanceID)
}

var errNewer = errors.New("kept by a newer version")

// parseEntry keeps the causes of encoding/json out of its errors: they quote.
func parseEntry(value string) (secret.Key, error) {
	var kept entry
	if json.Unmarshal([]byte(value), &kept) != nil {
		return secret.Key{}, fault.New(fault.KeychainNoKey, nil)
	}
	if kept.Version > entryVersion {
		return secret.Key{}, fault.New(fault.KeychainNoKey, fmt.Errorf("%w: %d", errNewer, kept.Version)).
			WithMessage("The key of this instance was kept by a newer Understudy.")
	}
	key, err := secret.StoredKey(kept.Key)
	if err != nil {
		return secret.Key{}, fault.New(fault.KeychainNoKey, nil)
	}
	return key, nil
}
