package keychain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/sentence"
)

// entry is the form in which a key is kept. Version 1 has no address. A program
// that knows that version alone refuses this one: it would send the key to
// whatever address it was started with.
type entry struct {
	Version int    `json:"v"`
	Key     string `json:"key"`
	API     string `json:"api,omitempty"` // where the key was verified
}

const entryVersion = 2

// SaveKey keeps the key of an instance, in place of an older one, and reads it
// back. apiURL is the address of the API where the key was verified: it stands
// beside the key, so that no change of a file can send the key elsewhere. If
// SaveKey is given up and the keychain takes the key all the same, it is removed
// again: a key must not be kept after the operator was told that it is not.
func (k *Keychain) SaveKey(ctx context.Context, instanceID string, key secret.Key, apiURL string) error {
	value, err := json.Marshal(entry{Version: entryVersion, Key: key.Reveal(), API: apiURL})
	if err != nil {
		return fault.New(fault.KeyNotStored, err)
	}
	if err := checkEntry(instanceID, string(value)); err != nil {
		return err
	}
	_, isCut := k.backend.(attended)
	mayBeWritten := false
	save := func(ctx context.Context) error {
		err := k.set(ctx, instanceID, string(value))
		mayBeWritten = err == nil || isCut && ctx.Err() != nil
		if err != nil {
			return err
		}
		return k.readBack(ctx, instanceID, string(value))
	}
	undo := func(ctx context.Context) error {
		if !mayBeWritten || k.backend.Probe(ctx) != Ready { // looking must not ask for the password again
			return nil
		}
		// A dismissed question leaves the older key, which stays.
		if kept, err := k.backend.Get(k.service, instanceID); err == nil && kept == string(value) {
			return k.backend.Delete(k.service, instanceID)
		}
		return nil
	}
	return k.call(ctx, save, undo)
}

// LoadKey gets the key of an instance and the address of the API where it was
// verified, "" if an older version kept it, which did not say. There is none, or
// what is there is no key: [fault.KeychainNoKey].
func (k *Keychain) LoadKey(ctx context.Context, instanceID string) (key secret.Key, apiURL string, err error) {
	value, err := k.Load(ctx, instanceID)
	if err != nil {
		return secret.Key{}, "", err
	}
	return parseEntry(value)
}

// DeleteKey removes the key of an instance and makes sure that it is gone.
func (k *Keychain) DeleteKey(ctx context.Context, instanceID string) error {
	return k.Delete(ctx, instanceID)
}

var errNewer = errors.New("kept by a newer version")

// parseEntry keeps the causes of encoding/json out of its errors: they quote.
func parseEntry(value string) (key secret.Key, apiURL string, err error) {
	var kept entry
	if json.Unmarshal([]byte(value), &kept) != nil {
		return secret.Key{}, "", fault.New(fault.KeychainNoKey, nil)
	}
	if kept.Version > entryVersion {
		return secret.Key{}, "", fault.New(fault.KeychainNoKey, fmt.Errorf("%w: %d", errNewer, kept.Version)).
			Saying(sentence.Of("keychain_no_key.newer"))
	}
	if (kept.Version == entryVersion) != (kept.API != "") { // an older version knew no address
		return secret.Key{}, "", fault.New(fault.KeychainNoKey, nil)
	}
	key, err = secret.StoredKey(kept.Key)
	if err != nil {
		return secret.Key{}, "", fault.New(fault.KeychainNoKey, nil)
	}
	return key, kept.API, nil
}
