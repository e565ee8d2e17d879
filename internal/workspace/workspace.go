// Package workspace connects Clerk instances: it turns a pasted key into a
// working instance, keeps the list of those connected, and holds what stands on
// the key of the one in use: its directory, its impersonations and its record.
// The sample workspace is such an instance too, with everything of its own.
package workspace

import (
	"context"
	"sync"
	"time"

	"understudy/internal/audit"
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
	proofs      *proofs
	permissions *operator.Permissions
	addresses   addresses
	now         func() time.Time
	release     func() error // of what was opened for this workspace alone

	mu       sync.Mutex
	use      period
	operator operator.Operator
	searches settings.Searches
	browser  string         // id of the one that the last ticket was opened in
	rules    settings.Rules // as they were last, for an instance that the settings do not keep
}

// Operator is who acts in this workspace. Name and email are fetched when they
// are not known yet; the failure is fault.OperatorMissing before the first pick
// and fault.OperatorGone when Clerk knows that user no more.
func (w *Workspace) Operator(ctx context.Context) (operator.Operator, error) {
	known := w.KnownOperator()
	switch {
	case known.ID == "":
		return operator.Operator{}, fault.New(fault.OperatorMissing, nil)
	case known.Name != "" || known.Email != "":
		return known, nil
	}
	fetched, err := operator.Pick(ctx, w.client, known.ID)
	if err != nil {
		return operator.Operator{}, err
	}
	w.setOperator(fetched)
	return w.KnownOperator(), nil
}

// PickOperator makes a user of the instance the one who acts, and remembers it
// with the instance.
func (w *Workspace) PickOperator(ctx context.Context, id clerkapi.UserID) (operator.Operator, error) {
	picked, err := operator.Pick(ctx, w.client, id)
	if err != nil {
		return operator.Operator{}, err
	}
	err = w.keep(func(i *settings.Instance) { i.OperatorID = string(id) })
	if err != nil {
		return operator.Operator{}, err
	}
	w.setOperator(picked)
	return w.KnownOperator(), nil
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

// OperatorID is the id of who acts, "" before the first pick.
func (w *Workspace) OperatorID() clerkapi.UserID {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.operator.ID
}

// KnownOperator is who acts and whether that is proven now, without asking
// Clerk: name and email may be missing.
func (w *Workspace) KnownOperator() operator.Operator {
	w.mu.Lock()
	known := w.operator
	w.mu.Unlock()
	return known.With(w.proofs.of(w.Instance), w.Rules().SignIn.Lasts(), w.now())
}

func (w *Workspace) setOperator(o operator.Operator) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.operator = o
}

// auditOperator is who acts as the audit log keeps it: ids, no names.
func (w *Workspace) auditOperator() audit.Operator {
	o := w.KnownOperator()
	return audit.Operator{ID: string(o.ID), Verified: o.Verified, VerifiedAt: o.VerifiedAt}
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

// Settings are those of this workspace: the sample has its own, in memory.
func (w *Workspace) Settings() *settings.Store { return w.settings }

// close ends the use of a workspace; why is what calls on it fail with from now on.
func (w *Workspace) close(why fault.Code) error {
	w.leave(why)
	w.client.CloseIdle()
	return w.release()
}
