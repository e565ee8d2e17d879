// Package workspace is the Clerk instance in use, with its operator, its rules, its
// users, its impersonations and its searches. All of it stands on one key, and ends
// when another instance takes its place or Understudy is locked.
package workspace

import (
	"context"
	"sync"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/history"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
)

// Instance is a connected Clerk instance, or the sample workspace.
type Instance struct {
	ID          string
	Name        string
	Environment secret.Environment
	KeyHint     string
	Frontends   []string // pinned Frontend API addresses
	Fingerprint string   // of the key, "" of the sample workspace
	Color       string   // name of a colour of the window, "" for the environment's colour
	Sample      bool
	// InMemory: the key is held for this run only.
	InMemory bool
}

// Config is everything a Workspace stands on. All fields are required but Found.
type Config struct {
	Instance Instance
	Client   *clerkapi.Client // with the key of the instance
	APIURL   string           // of Client
	// Found are the Frontend API addresses that Clerk just gave, nil if it was not
	// asked: Instance has those that were pinned.
	Found     []string
	Settings  *settings.Store
	History   *history.History
	Operators *Operators
	SignIn    *operator.SignIn
	Opener    impersonation.Opener
	Clipboard Clipboard
	Now       func() time.Time
	NewID     func() string
	AfterFunc func(d time.Duration, f func())
	Asked     func(id string, kind held.AskKind, place impersonation.Place)
	// Release closes what was opened for this workspace alone.
	Release func() error
}

// Workspace is the instance in use. It is safe for concurrent use.
type Workspace struct {
	Instance       Instance
	Directory      *directory.Directory
	Impersonations *impersonation.Service
	History        *history.History

	client      *clerkapi.Client
	settings    *settings.Store
	signIn      *operator.SignIn
	clipboard   Clipboard
	operators   *Operators
	permissions *operator.Permissions
	addresses   addresses
	now         func() time.Time
	newID       func() string
	release     func() error

	mu       sync.Mutex
	use      period
	searches settings.Searches
	browser  string         // id of the one that the last ticket was opened in
	rules    settings.Rules // as they were last, for an instance that the settings do not keep
}

// New puts a workspace together, with what the settings keep of its instance and with
// the impersonations of earlier runs. It asks Clerk nothing.
func New(c Config) (*Workspace, error) {
	gate, err := impersonation.NewGate(c.Instance.Frontends, c.APIURL)
	if err != nil {
		return nil, err
	}
	kept, _ := c.Settings.Get().Instance(c.Instance.ID)
	c.Operators.learn(c.Instance.ID, chosenIn(kept))
	w := &Workspace{
		Instance: c.Instance, History: c.History,
		Directory: directory.New(c.Client, c.Client, c.Now, c.Client.Skew),
		client:    c.Client, settings: c.Settings, signIn: c.SignIn, clipboard: c.Clipboard, operators: c.Operators,
		permissions: operator.NewPermissions(c.Client, c.Now),
		addresses:   newAddresses(c.APIURL, c.Found, c.Instance.Frontends),
		now:         c.Now, newID: c.NewID, release: c.Release,
		use: newPeriod(), searches: kept.Searches, browser: kept.Browser, rules: kept.Rules,
	}
	if c.Instance.Sample { // it shows what production would do
		w.rules.Changes.Default = viewonly.ViewOnly
	}
	w.Impersonations = impersonation.New(impersonation.Config{
		Instance: c.Instance.ID, Gate: gate,
		Admit: w.admit, Unmoved: func(ctx context.Context) error { return w.staysPut(ctx, true) }, Policy: w.policy, Operator: w.KnownOperator,
		Tokens: c.Client, Sessions: c.Client, Users: w.Directory,
		Log: c.History.Log, Opener: c.Opener, Clipboard: tickets{c.Clipboard},
		Now: c.Now, NewID: c.NewID, AfterFunc: c.AfterFunc, Asked: c.Asked,
	})
	past, err := c.History.Recent()
	if err != nil {
		return nil, err
	}
	w.Impersonations.Recover(past)
	return w, nil
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

// FetchAhead begins to fetch the first rows. It does not while nobody has said who
// acts, and where the rules may have to hide them.
func (w *Workspace) FetchAhead() {
	if !w.KnownOperator().IsNobody() && !w.Rules().Permission.HideTable {
		w.Directory.FetchAhead(w.period())
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

// AcceptHistory is [history.History.Accept] by the operator of this workspace.
func (w *Workspace) AcceptHistory(ctx context.Context) error {
	return w.History.Accept(ctx, audit.Record{
		Record: w.newID(), Operator: impersonation.OnRecord(w.KnownOperator()), Instance: w.Instance.ID,
	})
}

// Close ends the use of a workspace; why is what calls on it fail with from now on.
func (w *Workspace) Close(why fault.Code) error {
	w.Leave(why)
	w.client.CloseIdle()
	return w.release()
}
