// Package workspace connects Clerk instances: it turns a pasted key into a
// working instance, keeps the list of those connected, and holds what stands on
// the key of the one in use: its directory, its impersonations and its record.
// The sample workspace is such an instance too, with everything of its own.
package workspace

import (
	"context"
	"sync"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
)

// SampleID is the id of the sample workspace among the instances. It is no
// Clerk id, so it can never be a customer's.
const SampleID = "sample"

// Instance is a connected Clerk instance, or the sample workspace.
type Instance struct {
	ID          string
	Name        string
	Environment secret.Environment
	KeyHint     string
	Frontends   []string // pinned Frontend API addresses
	Fingerprint string   // of the key, "" of the sample workspace
	Color       string   // name of a colour of the window, "": that of the environment
	Sample      bool
	// InMemory: the key is held for this run only.
	InMemory bool
}

// Workspace is the instance in use.
type Workspace struct {
	Instance       Instance
	Directory      *directory.Directory
	Impersonations *impersonation.Service
	History        *History

	client      *clerkapi.Client
	settings    *settings.Store
	signIn      *operator.SignIn
	clipboard   Clipboard
	proofs      *proofs
	actors      *actors
	permissions *operator.Permissions
	addresses   addresses
	now         func() time.Time
	release     func() error // of what was opened for this workspace alone

	mu       sync.Mutex
	use      period
	searches settings.Searches
	browser  string         // id of the one that the last ticket was opened in
	rules    settings.Rules // as they were last, for an instance that the settings do not keep
}

// keep changes what the settings hold of this instance. The sample workspace,
// and an instance whose key is held for this run only, are in no settings file:
// there is nothing to change then.
func (w *Workspace) keep(change func(*settings.Instance)) error {
	return w.settings.Update(func(s *settings.Settings) error {
		s.Change(w.Instance.ID, change)
		return nil
	})
}

// policy is what the settings and the instance ask of an impersonation.
func (w *Workspace) policy() impersonation.Policy {
	return impersonation.Policy{
		Environment:  w.Instance.Environment,
		ReasonAlways: w.settings.Get().Preferences.ReasonAlways,
		Rules:        w.Rules(),
	}
}

// PrivateMetadata fetches the private metadata of a user, a raw JSON object or
// nil. It goes past everything that keeps users.
func (w *Workspace) PrivateMetadata(ctx context.Context, id clerkapi.UserID) ([]byte, error) {
	return w.client.PrivateMetadata(ctx, id)
}

// Sessions lists the sessions of a user, over or not, the newest first.
func (w *Workspace) Sessions(ctx context.Context, id clerkapi.UserID) ([]clerkapi.Session, error) {
	return w.client.Sessions(ctx, id)
}

// Settings are those of this workspace: the sample has its own, in memory.
func (w *Workspace) Settings() *settings.Store { return w.settings }

// close ends the use of a workspace; why is what calls on it fail with from now on.
func (w *Workspace) close(why fault.Code) error {
	w.leave(why)
	w.client.CloseIdle()
	return w.release()
}
