package instances

import (
	"net/http"
	"time"

	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/secret"
	"understudy/internal/workspace"
)

// Locked is what is still known while Understudy is locked.
type Locked struct {
	Instance workspace.Instance
	// Running are the impersonations that were not over when it was locked, without
	// names. They cannot be followed or ended without the key.
	Running []impersonation.Impersonation
}

// Locked says what is locked; locked is false if nothing is.
func (m *Manager) Locked() (what Locked, locked bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.locked == nil {
		return Locked{}, false
	}
	return m.locked.Locked, true
}

// lock is what stands in the place of the workspace that was in use.
type lock struct {
	Locked
	// kept is the sample workspace, which has no secret: it goes on behind the lock,
	// since nothing of it could be found again. nil for all others.
	kept *workspace.Workspace
}

// Lock lets go of every key and of all that was loaded with one. It stops calls under
// way that only read, and throws their answers away. Keys that the keychain does not
// have are lost. Attempts to use an instance that are under way come to nothing.
// Remains of keys in memory are overwritten as far as that can be done, see
// [secret.Scrub], now and once more when the last call has ended.
func (m *Manager) Lock() {
	m.forgetSignIns()
	m.operators.ForgetNames()
	m.mu.Lock()
	w := m.current
	m.next()
	m.unkept = nil
	clear(m.held)
	if w == nil {
		m.mu.Unlock()
		return
	}
	m.current, m.locked = nil, &lock{
		Locked: Locked{Instance: w.Instance, Running: nameless(w.Impersonations.Unfinished())},
	}
	if w.Instance.Sample {
		m.locked.kept = w
	}
	m.mu.Unlock()
	if w.Instance.Sample {
		w.Leave(fault.Locked)
	} else {
		_ = w.Close(fault.Locked) // a real workspace has nothing to close that could fail
	}
	if m.config.OnLock != nil {
		m.config.OnLock()
	}
	secret.Scrub()
	m.config.AfterFunc(lingering, func() {
		(&http.Client{Transport: m.config.Transport}).CloseIdleConnections()
		secret.Scrub()
	})
}

// lingering is for how long something may go on holding a key when Understudy is
// locked: calls that change something at Clerk come to their end, and Go's HTTP/2
// holds a connection that was closed until its next ping.
const lingering = 90 * time.Second

// unlockSample goes on with the sample workspace if it is what is locked.
func (m *Manager) unlockSample(id string) *workspace.Workspace {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.locked == nil || m.locked.kept == nil || m.locked.Instance.ID != id {
		return nil
	}
	w := m.locked.kept
	w.Enter()
	m.current, m.locked = w, nil
	return w
}

// nameless leaves of impersonations what a locked screen may show.
func nameless(all []impersonation.Impersonation) []impersonation.Impersonation {
	kept := make([]impersonation.Impersonation, 0, len(all))
	for _, i := range all {
		kept = append(kept, impersonation.Impersonation{
			ID: i.ID, UserID: i.UserID, State: i.State, Browser: i.Browser, CreatedAt: i.CreatedAt,
			LinkExpiresAt: i.LinkExpiresAt, SessionEndsAt: i.SessionEndsAt, IdleEndsAt: i.IdleEndsAt,
		})
	}
	return kept
}

// forgetSignIns makes operators unverified in every instance whose rules ask for
// it after Understudy was locked.
func (m *Manager) forgetSignIns() {
	for _, instance := range m.config.Settings.Get().Instances {
		if instance.Rules.SignIn.AfterLock {
			m.operators.ForgetProof(instance.ID)
		}
	}
	if w, err := m.Current(); err == nil && w.Rules().SignIn.AfterLock {
		w.ForgetSignIn()
	}
}
