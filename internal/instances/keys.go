package instances

import (
	"cmp"
	"context"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

// storedKey is the key that the keychain has of an instance, or
// fault.InstanceElsewhere if it was verified at another address than the one of
// this run. The settings are asked first, since they ask for no password; the
// keychain is asked too, since anybody can edit the settings.
func (m *Manager) storedKey(ctx context.Context, kept settings.Instance) (secret.Key, error) {
	if base := baseOf(kept.APIURL); base != m.config.APIURL {
		return secret.Key{}, fault.New(fault.InstanceElsewhere, nil).Saying(sentence.Of("instance_elsewhere.address", "there", base, "here", m.config.APIURL))
	}
	key, base, err := m.config.Keys.LoadKey(ctx, kept.ID)
	if err != nil {
		return secret.Key{}, err
	}
	if baseOf(base) != m.config.APIURL {
		return secret.Key{}, fault.New(fault.InstanceElsewhere, nil)
	}
	return key, nil
}

// baseOf is the address of the API where an instance or its key was verified, from
// what is kept of that: versions that kept nothing knew Clerk's own alone.
func baseOf(kept string) string { return cmp.Or(kept, clerkapi.PublicURL) }

// hold keeps a key for this run.
func (m *Manager) hold(found *candidate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held[found.instance.ID] = found
}

// heldKey is the key that is held for this run, nil if there is none. It is not
// to be changed: others may use it.
func (m *Manager) heldKey(id string) *candidate {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.held[id]
}

func (m *Manager) drop(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.held, id)
}
