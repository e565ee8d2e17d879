package main

import (
	"context"
	"strconv"
	"time"

	"understudy/internal/avatar"
	"understudy/internal/bridge"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/desktop"
	"understudy/internal/fault"
	"understudy/internal/journal"
	"understudy/internal/operator"
	"understudy/internal/presence"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// App is everything the window can call. Each method is the same three steps:
// recover, one call, convert. What crosses is in package bridge; no method
// takes or returns a key, a ticket or its URL.
type App struct {
	start     bridge.Start // what does not change during a run
	manager   *workspace.Manager
	settings  *settings.Store
	browsers  *browser.Browsers
	clipboard desktop.Clipboard
	dialogs   desktop.Dialogs
	events    desktop.Events
	closing   *desktop.Closing
	presence  *presence.Watch
	pictures  *avatar.Pictures
	quit      func()
	now       func() time.Time
	calls     bridge.Calls
	journal   *journal.Journal
	shown     struct { // to the window, which saves each as a whole
		settings bridge.Shown[bridge.Settings]
		rules    bridge.Shown[bridge.Rules]
	}
	//nolint:containedctx // Wails injects no context into bound methods: this is the one of the window
	ctx context.Context
}

// bound is the common shape of the methods below: it finds what the call is
// about and runs the call on it, under the window's name for the request so that
// it can be cancelled.
func bound[On, T any](a *App, requestID string, find func() (On, error), call func(context.Context, On) (T, error)) (result T, err error) {
	ctx, exit := a.calls.Enter(a.ctx, requestID)
	defer exit(&err)
	on, err := find()
	if err != nil {
		return result, err
	}
	return call(ctx, on)
}

// inUse runs a call on the workspace in use, unless it is time to lock that. A
// call that the window can cancel is stopped when the workspace is left.
func inUse[T any](a *App, requestID string, call func(context.Context, *workspace.Workspace) (T, error)) (T, error) {
	current := func() (*workspace.Workspace, error) {
		a.presence.Look()
		return a.manager.Current()
	}
	return bound(a, requestID, current, func(ctx context.Context, w *workspace.Workspace) (T, error) {
		return workspace.During(ctx, w, requestID != "", call)
	})
}

// settling is inUse for a call that changes something at Clerk and that the window
// can cancel: leaving the workspace does not, since what became of it must get into
// the record.
func settling[T any](a *App, requestID string, call func(context.Context, *workspace.Workspace) (T, error)) (T, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (T, error) {
		ctx, done := a.calls.Begin(ctx, requestID)
		defer done()
		return call(ctx, w)
	})
}

// connect is the shape of the methods that end in another instance in use: what
// was asked of the one before is stopped, and nothing of it stays in memory.
func (a *App) connect(requestID string, use func(context.Context) (*workspace.Workspace, error)) (c bridge.Connection, err error) {
	ctx, exit := a.calls.Enter(a.ctx, requestID)
	defer exit(&err)
	w, err := use(ctx)
	if err != nil {
		return c, err
	}
	a.pictures.Forget()
	a.presence.Back()
	return bridge.ConnectionOf(w), nil
}

// Start returns what the window needs for its first frame.
func (a *App) Start() (s bridge.Start, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	s = a.start
	s.Items, s.Selected = bridge.InstancesOf(a.manager.Instances()), a.settings.Get().Selected
	s.Settings = a.shown.settings.Keep(settingsOf(a.preferences()))
	if w := a.manager.Opened(); w != nil {
		s.Opened = bridge.OpenedOf(w)
	}
	_, s.Locked = a.manager.Locked()
	return s, nil
}

// ConnectFromClipboard connects the instance whose secret key was copied.
func (a *App) ConnectFromClipboard(requestID string) (bridge.Connection, error) {
	return a.connect(requestID, a.manager.ConnectFromClipboard)
}

// ConnectFromFile connects the instance whose secret key is in a file that the
// operator chooses.
func (a *App) ConnectFromFile(requestID string) (bridge.Connection, error) {
	closed := false
	c, err := a.connect(requestID, func(ctx context.Context) (*workspace.Workspace, error) {
		path, err := a.dialogs.OpenEnvFile(ctx)
		if err == nil && path == "" {
			closed, err = true, context.Canceled
		}
		if err != nil {
			return nil, err
		}
		return a.manager.ConnectFromFile(ctx, path)
	})
	if closed {
		return bridge.Connection{Canceled: true}, nil
	}
	return c, err
}

// ConnectSample opens the sample workspace.
func (a *App) ConnectSample(requestID string) (bridge.Connection, error) {
	return a.connect(requestID, a.manager.ConnectSample)
}

// KeepKeyInNewKeyring goes on with a key that found no keyring to be kept in: it has
// the system make one, which asks for a password.
func (a *App) KeepKeyInNewKeyring(requestID string) (bridge.Connection, error) {
	return a.connect(requestID, a.manager.KeepInNewKeyring)
}

// HoldKeyInMemory goes on with a key that the keychain did not take.
func (a *App) HoldKeyInMemory() (bridge.Connection, error) {
	return a.connect("", a.manager.HoldInMemory)
}

// SelectInstance uses a connected instance, or unlocks it. The keychain may ask for its
// password, so this can take as long as the operator does.
func (a *App) SelectInstance(requestID, id string) (bridge.Connection, error) {
	return a.connect(requestID, func(ctx context.Context) (*workspace.Workspace, error) {
		return a.manager.Select(ctx, id)
	})
}

// ListInstances returns the connected instances.
func (a *App) ListInstances() (all []bridge.Instance, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	return bridge.InstancesOf(a.manager.Instances()), nil
}

// DescribeInstance gives an instance another name and colour, and returns all of
// them as they are then.
func (a *App) DescribeInstance(id, name, color string) ([]bridge.Instance, error) {
	return a.arrange(func() error { return a.manager.Describe(id, name, color) })
}

// MoveInstance puts an instance that many places down the list, up if by is
// negative.
func (a *App) MoveInstance(id string, by int) ([]bridge.Instance, error) {
	return a.arrange(func() error { return a.manager.Move(id, by) })
}

// arrange is the shape of the methods that change the list of instances.
func (a *App) arrange(change func() error) (all []bridge.Instance, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	if err := change(); err != nil {
		return nil, err
	}
	return bridge.InstancesOf(a.manager.Instances()), nil
}

// ReplaceKey puts the key on the clipboard in the place of the one that an
// instance has.
func (a *App) ReplaceKey(requestID, id string) (i bridge.Instance, err error) {
	ctx, exit := a.calls.Enter(a.ctx, requestID)
	defer exit(&err)
	replaced, err := a.manager.ReplaceKeyFromClipboard(ctx, id)
	if err != nil {
		return i, err
	}
	return bridge.InstanceOf(replaced), nil
}

// CheckAddress tells whether the instance in use signs in where it did when it was
// connected.
func (a *App) CheckAddress(requestID string) (bridge.AddressCheck, error) {
	return inUse(a, requestID, func(ctx context.Context, w *workspace.Workspace) (bridge.AddressCheck, error) {
		moved, err := w.Moved(ctx)
		return bridge.AddressCheckOf(w.Instance.Frontends, moved), err
	})
}

// TrustAddress pins where the instance in use signs in now. shown is what the
// operator was shown of that.
func (a *App) TrustAddress(requestID string, shown []string) (bridge.Connection, error) {
	return a.connect(requestID, func(ctx context.Context) (*workspace.Workspace, error) {
		return a.manager.Trust(ctx, shown)
	})
}

// ReportUse tells that somebody uses the window.
func (a *App) ReportUse() (err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	a.presence.Used()
	return nil
}

// Lock lets go of the keys. SelectInstance gets the one of an instance back.
func (a *App) Lock() (err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	a.manager.Lock()
	return nil
}

// Locked returns what is locked; the failure is fault.NotConnected if nothing is.
func (a *App) Locked() (l bridge.Locked, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	what, locked := a.manager.Locked()
	if !locked {
		return l, fault.New(fault.NotConnected, nil)
	}
	return bridge.LockedOf(what), nil
}

// Disconnect forgets an instance and its key.
func (a *App) Disconnect(id string) (err error) {
	ctx, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	return a.manager.Forget(ctx, id)
}

// SetOperator makes a user of the instance the one who acts.
func (a *App) SetOperator(userID string) (bridge.Operator, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.Operator, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return bridge.Operator{}, err
		}
		picked, err := w.PickOperator(ctx, id)
		return bridge.OperatorOf(picked), err
	})
}

// ActAsOutsider makes somebody who is no user of the instance the one who acts.
func (a *App) ActAsOutsider(name, address string) (bridge.Operator, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.Operator, error) {
		outsider, err := operator.Outsider(name, address)
		if err != nil {
			return bridge.Operator{}, err
		}
		known, err := w.ActAs(outsider)
		return bridge.OperatorOf(known), err
	})
}

// Operator returns who acts.
func (a *App) Operator() (bridge.Operator, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.Operator, error) {
		known, err := w.Operator(ctx)
		return bridge.OperatorOf(known), err
	})
}

// SignIn returns how operators of the instance in use sign in.
func (a *App) SignIn() (bridge.SignIn, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.SignIn, error) {
		return bridge.SignInOf(w), nil
	})
}

// SetSignInClient uses an OAuth application that exists at Clerk, by its client
// id; none with "".
func (a *App) SetSignInClient(clientID string) (bridge.SignIn, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.SignIn, error) {
		err := w.UseSignInApplication(ctx, clientID)
		return bridge.SignInOf(w), err
	})
}

// CreateSignInApplication creates the OAuth application at Clerk.
func (a *App) CreateSignInApplication(requestID string) (bridge.SignIn, error) {
	return inUse(a, requestID, func(ctx context.Context, w *workspace.Workspace) (bridge.SignIn, error) {
		err := w.CreateSignInApplication(ctx)
		return bridge.SignInOf(w), err
	})
}

// SignInOperator has the operator sign in with Clerk, in the browser, and makes
// whoever does the one who acts.
func (a *App) SignInOperator(requestID string) (bridge.SignedIn, error) {
	return a.signIn(requestID, (*workspace.Workspace).SignInOperator)
}

// SignInByLink is SignInOperator with the address of the page on the clipboard, for
// a browser of the operator's choice.
func (a *App) SignInByLink(requestID string) (bridge.SignedIn, error) {
	return a.signIn(requestID, (*workspace.Workspace).SignInByLink)
}

func (a *App) signIn(requestID string, run func(*workspace.Workspace, context.Context) (operator.Operator, error)) (bridge.SignedIn, error) {
	return inUse(a, requestID, func(ctx context.Context, w *workspace.Workspace) (bridge.SignedIn, error) {
		known, err := run(w, ctx)
		if err != nil {
			return bridge.SignedIn{}, err
		}
		return bridge.SignedIn{Operator: bridge.OperatorOf(known), Problem: bridge.ProblemOf(w.Permitted(ctx))}, nil
	})
}

// reading is inUse for calls that show users, which the rules may hide.
func reading[T any](a *App, requestID string, call func(context.Context, *workspace.Workspace) (T, error)) (T, error) {
	return inUse(a, requestID, func(ctx context.Context, w *workspace.Workspace) (T, error) {
		if err := w.MayRead(ctx); err != nil {
			var nothing T
			return nothing, err
		}
		return call(ctx, w)
	})
}

// ListUsers returns one page of a view.
func (a *App) ListUsers(r bridge.UsersRequest) (bridge.UsersPage, error) {
	return reading(a, r.RequestID, func(ctx context.Context, w *workspace.Workspace) (bridge.UsersPage, error) {
		ask, err := r.RequestOf(w.Directory.Now())
		if err != nil {
			return bridge.UsersPage{}, err
		}
		page, err := w.Directory.Page(ctx, ask)
		return bridge.PageOf(ask.Index, page, w.KnownOperator()), err
	})
}

// CountUsers returns how many users a view has, or how many are newer than it.
func (a *App) CountUsers(r bridge.CountRequest) (int64, error) {
	return reading(a, r.RequestID, func(ctx context.Context, w *workspace.Workspace) (int64, error) {
		if r.Newer {
			return bridge.CountOf(w.Directory.CountNewer(ctx, r.View.ViewOf(w.Directory.Now())))
		}
		return bridge.CountOf(w.Directory.Count(ctx, r.View.ViewOf(w.Directory.Now())))
	})
}

// FindOrganizations returns the organizations that org: with the text can mean.
func (a *App) FindOrganizations(requestID, text string) ([]bridge.Organization, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) ([]bridge.Organization, error) {
		found, err := w.Directory.FindOrganizations(ctx, text)
		return bridge.OrganizationsOf(found), err
	})
}

// ListSearches returns the recent and pinned searches of the instance in use.
func (a *App) ListSearches() (bridge.Searches, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.Searches, error) {
		return bridge.SearchesOf(w.Searches()), nil
	})
}

// RememberSearch makes a search the latest one.
func (a *App) RememberSearch(text string) (bridge.Searches, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.Searches, error) {
		kept, err := w.RememberSearch(text)
		return bridge.SearchesOf(kept), err
	})
}

// PinSearch keeps a search until it is unpinned.
func (a *App) PinSearch(text string, pinned bool) (bridge.Searches, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.Searches, error) {
		kept, err := w.PinSearch(text, pinned)
		return bridge.SearchesOf(kept), err
	})
}

// ForgetSearches drops the searches that are not pinned.
func (a *App) ForgetSearches() (bridge.Searches, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.Searches, error) {
		kept, err := w.ForgetSearches()
		return bridge.SearchesOf(kept), err
	})
}

// GetUserNames returns the names of those of up to 100 users who exist.
func (a *App) GetUserNames(requestID string, userIDs []string) ([]bridge.UserName, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) ([]bridge.UserName, error) {
		ids, err := bridge.UserIDsOf(userIDs)
		if err != nil {
			return nil, err
		}
		found, err := w.Directory.Names(ctx, ids)
		return bridge.NamesOf(found), err
	})
}

// GetUser returns what the panel shows of one user. Ahead of the panel, nobody waits
// for it.
func (a *App) GetUser(requestID, userID string, ahead bool) (bridge.UserDetail, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) (d bridge.UserDetail, err error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return d, err
		}
		if ahead {
			ctx = clerkapi.InBackground(ctx)
		}
		detail, err := w.Directory.Detail(ctx, id)
		if err != nil {
			return d, err
		}
		return bridge.DetailOf(detail, w.KnownOperator()), nil
	})
}

// GetMemberships returns the organizations of a user for the panel. They come beside
// the rest, never before it.
func (a *App) GetMemberships(requestID, userID string) ([]bridge.Membership, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) ([]bridge.Membership, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return nil, err
		}
		all, err := w.Directory.Memberships(clerkapi.InBackground(ctx), id)
		return bridge.MembershipsOf(all), err
	})
}

// GetSessions returns where a user is signed in, and who is as them. It comes beside
// the rest, never before it.
func (a *App) GetSessions(requestID, userID string) ([]bridge.UserSession, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) ([]bridge.UserSession, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return nil, err
		}
		all, err := w.Sessions(clerkapi.InBackground(ctx), id)
		return bridge.SessionsOf(all), err
	})
}

// GetPrivateMetadata returns the private metadata of a user as indented JSON, ""
// without any. It is asked for on its own and kept nowhere.
func (a *App) GetPrivateMetadata(requestID, userID string) (string, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) (string, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return "", err
		}
		raw, err := w.PrivateMetadata(ctx, id)
		return bridge.MetadataOf(raw), err
	})
}

// Cancel stops a running call by the window's name for it.
func (a *App) Cancel(requestID string) (err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	a.calls.Cancel(requestID)
	return nil
}

// Preflight tells what is to be known before a user is impersonated, the gravest
// first. What could not be found out is among it.
func (a *App) Preflight(requestID, userID string) ([]bridge.Finding, error) {
	return reading(a, requestID, func(ctx context.Context, w *workspace.Workspace) ([]bridge.Finding, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return nil, err
		}
		return bridge.FindingsOf(w.Impersonations.Preflight(ctx, id)), nil
	})
}

// RecentReasons returns the latest reasons given in the instance in use.
func (a *App) RecentReasons() ([]string, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) ([]string, error) {
		reasons, err := w.RecentReasons()
		return append([]string{}, reasons...), err
	})
}

// OpenReference opens the ticket that a reference names in the default browser.
func (a *App) OpenReference(reference string) error {
	return a.openPage(func(w *workspace.Workspace) (string, error) { return w.LinkOf(reference) })
}

// OpenBilling opens the page of Clerk where the plan is changed, in the default browser.
func (a *App) OpenBilling() error {
	return a.openPage(func(*workspace.Workspace) (string, error) { return clerkapi.BillingURL, nil })
}

// OpenInDashboard opens a user's page in Clerk's dashboard, in the default browser.
func (a *App) OpenInDashboard(userID string) error {
	return a.openPage(func(*workspace.Workspace) (string, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return "", err
		}
		return clerkapi.DashboardOf(id), nil
	})
}

// openPage opens a page that belongs to the workspace in use in the default browser.
func (a *App) openPage(of func(*workspace.Workspace) (string, error)) error {
	_, err := inUse(a, "", func(_ context.Context, w *workspace.Workspace) (struct{}, error) {
		address, err := of(w)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.browsers.OpenPage(address)
	})
	return err
}

// CreateActorToken checks the policy, records the intent, asks Clerk for an
// actor token and checks its ticket URL, which stays in Go. If it is not known what
// became of the request, also because it was cancelled, the state is unknown.
func (a *App) CreateActorToken(r bridge.ActorTokenRequest) (bridge.Impersonation, error) {
	return settling(a, r.RequestID, func(ctx context.Context, w *workspace.Workspace) (bridge.Impersonation, error) {
		ask, err := r.RequestOf()
		if err != nil {
			return bridge.Impersonation{}, err
		}
		created, err := w.Impersonate(ctx, ask)
		return bridge.ImpersonationOf(created), err
	})
}

// OpenTicket opens the ticket of an impersonation in a browser. It can be tried
// again, with another browser too.
func (a *App) OpenTicket(id, browserID string) (bridge.Impersonation, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.Impersonation, error) {
		opened, err := w.OpenTicket(ctx, id, browserID)
		return bridge.ImpersonationOf(opened), err
	})
}

// CopyTicketLink copies the ticket URL of an impersonation, until it runs out.
func (a *App) CopyTicketLink(id string) error {
	_, err := inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (struct{}, error) {
		return struct{}{}, w.Impersonations.CopyLink(ctx, id)
	})
	return err
}

// EndImpersonation revokes an unused link, or ends the session.
func (a *App) EndImpersonation(id string) (bridge.Impersonation, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.Impersonation, error) {
		ended, err := w.Impersonations.End(ctx, id)
		return bridge.ImpersonationOf(ended), err
	})
}

// EndOther ends an impersonation of the same user that was not started here.
func (a *App) EndOther(userID, sessionID string) error {
	_, err := inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (struct{}, error) {
		user, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return struct{}{}, err
		}
		session, err := clerkapi.ParseSessionID(sessionID)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, w.Impersonations.EndOther(ctx, user, session)
	})
	return err
}

// EndAll ends everything of the operator's on the live board.
func (a *App) EndAll() (bridge.EndResult, error) { return a.endAll(true) }

func (a *App) endAll(elsewhere bool) (bridge.EndResult, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (r bridge.EndResult, err error) {
		r.Ended, r.Failed = w.Impersonations.EndAll(ctx, elsewhere)
		return r, nil
	})
}

// ListLive returns what this machine started in this instance.
func (a *App) ListLive() (bridge.Live, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.Live, error) {
		return bridge.LiveOf(w.Impersonations.Live(ctx)), nil
	})
}

// onRecord runs a call on the record, which can be read without a key.
func onRecord[T any](a *App, requestID string, call func(context.Context, *workspace.History) (T, error)) (T, error) {
	return bound(a, requestID, a.manager.History, call)
}

// ListHistory returns a page of the record, newest first.
func (a *App) ListHistory(requestID string, r bridge.HistoryRequest) (bridge.History, error) {
	return onRecord(a, requestID, func(ctx context.Context, record *workspace.History) (bridge.History, error) {
		query, err := r.Query()
		if err != nil {
			return bridge.History{}, err
		}
		page, err := record.Page(ctx, query)
		return bridge.HistoryOf(page), err
	})
}

// HistoryChoices returns what the record can be narrowed to.
func (a *App) HistoryChoices(requestID string) (bridge.HistoryChoices, error) {
	return onRecord(a, requestID, func(ctx context.Context, record *workspace.History) (bridge.HistoryChoices, error) {
		choices, err := record.Choices(ctx)
		return bridge.ChoicesOf(choices), err
	})
}

// FindRecord returns the entry that holds the record with that number.
func (a *App) FindRecord(seq int64) (bridge.HistoryEntry, error) {
	return onRecord(a, "", func(_ context.Context, record *workspace.History) (bridge.HistoryEntry, error) {
		found, err := record.Containing(seq)
		if err != nil {
			return bridge.HistoryEntry{}, err
		}
		return bridge.EntryOf(found), nil
	})
}

// ListRecords returns all that is on record of one entry.
func (a *App) ListRecords(id string) (bridge.HistoryRecords, error) {
	return onRecord(a, "", func(_ context.Context, record *workspace.History) (bridge.HistoryRecords, error) {
		found, err := record.Of(id)
		if err != nil {
			return bridge.HistoryRecords{}, err
		}
		return bridge.RecordsOf(found), nil
	})
}

// VerifyHistory checks the whole record, without its end in the keychain.
func (a *App) VerifyHistory() (bridge.Verification, error) {
	return onRecord(a, "", func(ctx context.Context, record *workspace.History) (bridge.Verification, error) {
		verified, err := record.Verify(ctx)
		return bridge.VerificationOf(verified, a.now()), err
	})
}

// CompareHead compares the record with its end in the keychain, which may ask
// for its password.
func (a *App) CompareHead(requestID string) (bridge.HeadComparison, error) {
	return onRecord(a, requestID, func(ctx context.Context, record *workspace.History) (bridge.HeadComparison, error) {
		compared, err := record.CompareHead(ctx)
		return bridge.HeadComparisonOf(compared), err
	})
}

// AcceptHistory takes the record as it is although the keychain remembers
// another end, and records that.
func (a *App) AcceptHistory(requestID string) (err error) {
	ctx, exit := a.calls.Enter(a.ctx, requestID)
	defer exit(&err)
	return a.manager.AcceptHistory(ctx)
}

// ExportHistory writes the history into a file that the operator chooses, as a
// table if its name ends in .csv, else as the whole chain. A table of impersonations
// is one whatever the name ends with. It returns the
// file's path, "" when they close the dialog.
func (a *App) ExportHistory(requestID string, r bridge.ExportRequest) (string, error) {
	return onRecord(a, requestID, func(ctx context.Context, record *workspace.History) (string, error) {
		only, err := r.Only()
		if err != nil {
			return "", err
		}
		path, err := a.dialogs.SaveExport(ctx, r.Name(a.now()))
		if err != nil || path == "" {
			return "", err
		}
		told := func(percent int) { a.events.Emit(desktop.ExportEvent, requestID+" "+strconv.Itoa(percent)) }
		if r.ByImpersonation() {
			return path, record.ExportImpersonations(ctx, path, only, told)
		}
		return path, record.Export(ctx, path, only, told)
	})
}

// Quit closes the window, after ending what this machine started if endAll. If
// something could not be ended the window stays.
func (a *App) Quit(endAll bool) (result bridge.EndResult, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	if endAll {
		if result, err = a.endAll(false); err != nil || result.Failed > 0 {
			return result, err
		}
	}
	a.closing.Leave()
	a.quit()
	return result, nil
}

// StayOpen tells that the operator does not want to close the window after all.
func (a *App) StayOpen() (err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	a.closing.Stay()
	return nil
}

// ListBrowsers returns the ways to open a ticket, those that are isolated first and
// those that cannot open one last.
func (a *App) ListBrowsers() (all []bridge.Browser, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	var chosen string
	if w, err := a.manager.Current(); err == nil {
		chosen = w.Browser()
	}
	return bridge.BrowsersOf(a.browsers.List(), chosen), nil
}

// GetSettings returns the preferences.
func (a *App) GetSettings() (s bridge.Settings, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	return a.shown.settings.Keep(settingsOf(a.preferences())), nil
}

// SaveSettings keeps what the window changed of the preferences, and returns them
// as they are then.
func (a *App) SaveSettings(s bridge.Settings) (saved bridge.Settings, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	store := a.preferences()
	shown := a.shown.settings.Last(settingsOf(store))
	err = store.Update(func(now *settings.Settings) error { s.Apply(shown, &now.Preferences); return nil })
	if err != nil {
		return saved, err
	}
	return a.shown.settings.Keep(settingsOf(store)), nil
}

func settingsOf(store *settings.Store) bridge.Settings {
	return bridge.SettingsOf(store.Get().Preferences, store.Managed().Preferences())
}

// GetRules returns the rules of the instance in use.
func (a *App) GetRules() (bridge.Rules, error) {
	return inUse(a, "", func(_ context.Context, w *workspace.Workspace) (bridge.Rules, error) {
		return a.shown.rules.Keep(rulesOf(w)), nil
	})
}

// SaveRules keeps what the window changed of the rules of the instance in use, and
// returns them as they are then.
func (a *App) SaveRules(r bridge.Rules) (bridge.Rules, error) {
	return inUse(a, "", func(ctx context.Context, w *workspace.Workspace) (bridge.Rules, error) {
		shown := a.shown.rules.Last(rulesOf(w))
		err := w.SaveRules(ctx, func(now *settings.Rules) { r.Apply(shown, now) })
		if err != nil {
			return bridge.Rules{}, err
		}
		return a.shown.rules.Keep(rulesOf(w)), nil
	})
}

func rulesOf(w *workspace.Workspace) bridge.Rules { return bridge.RulesOf(w.Rules(), w.ManagedRules()) }

// preferences are those of the workspace in use: the sample has its own.
func (a *App) preferences() *settings.Store {
	if w, err := a.manager.Current(); err == nil {
		return w.Settings()
	}
	return a.settings
}

// showsPictures reports whether users' pictures are to be fetched.
func (a *App) showsPictures() bool {
	w, err := a.manager.Current()
	return err == nil && w.Settings().Get().Preferences.ShowPictures
}

// idleLimit is how long nobody may use the window before it is locked.
func (a *App) idleLimit() time.Duration {
	return time.Duration(a.preferences().Get().Preferences.LockMinutes) * time.Minute
}

// JournalOf returns the lines of the journal about one call, each a JSON object.
func (a *App) JournalOf(call string) (lines []string, err error) {
	_, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	if lines, err = a.journal.LinesOf(call); err != nil {
		return []string{}, fault.New(fault.Internal, err)
	}
	return lines, nil
}

// CopyText puts text from the window on the clipboard.
func (a *App) CopyText(text string) (err error) {
	ctx, exit := a.calls.Enter(a.ctx, "")
	defer exit(&err)
	if err := a.clipboard.Write(ctx, text); err != nil {
		return fault.New(fault.ClipboardFailed, err)
	}
	return nil
}
