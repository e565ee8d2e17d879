package bridge

import (
	"context"
	"time"

	"understudy/internal/impersonation"
	"understudy/internal/workspace"
)

// WatchingCalls change what may be sent in the browser of an impersonation, which
// Understudy holds. Each is on record.
type WatchingCalls struct{ *Scope }

// AllowChanges lets changes be sent for some minutes, 0 for as long as the rules allow.
func (c *WatchingCalls) AllowChanges(id, reason string, minutes int) (Impersonation, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Impersonation, error) {
		now, err := w.Impersonations.AllowChanges(ctx, id, reason, time.Duration(minutes)*time.Minute)
		return impersonationOf(now), err
	})
}

// ViewOnlyAgain holds changes back from now on.
func (c *WatchingCalls) ViewOnlyAgain(id string) (Impersonation, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Impersonation, error) {
		now, err := w.Impersonations.ViewOnlyAgain(ctx, id)
		return impersonationOf(now), err
	})
}

// AllowPlace lets a path be sent to, or a host be connected to, in view only as well,
// for the rest of this impersonation.
func (c *WatchingCalls) AllowPlace(id string, place Place, reason string) (Impersonation, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Impersonation, error) {
		now, err := w.Impersonations.AllowPlace(ctx, id, impersonation.Place(place), reason)
		return impersonationOf(now), err
	})
}

// DisallowPlace takes that back.
func (c *WatchingCalls) DisallowPlace(id string, place Place) (Impersonation, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Impersonation, error) {
		now, err := w.Impersonations.DisallowPlace(id, impersonation.Place(place))
		return impersonationOf(now), err
	})
}

// Place is a path, or a host that a page connects to, whose path is "".
type Place struct {
	Host string `json:"host"`
	Path string `json:"path"` // with ":id" where any one segment may stand
}

// Watching is what the browser of an impersonation shows.
type Watching struct {
	// Watched: Understudy holds the browser. Else the rest is empty.
	Watched bool   `json:"watched"`
	Mode    string `json:"mode"` // "view_only", "allow_changes"
	// ChangesUntil is when changes are over by themselves, "" for the session's end.
	ChangesUntil string `json:"changesUntil"`
	// SignIn is what became of the link: "", "accepted", "refused", "unfinished". Of a
	// refusal SignInCode is Clerk's word for it.
	SignIn       string     `json:"signIn"`
	SignInCode   string     `json:"signInCode"`
	Sent         int        `json:"sent"`         // changes
	HeldBackAll  int        `json:"heldBackAll"`  // changes, also those that HeldBack has no row for
	HeldBack     []HeldBack `json:"heldBack"`     // the first 50 places
	HeldBackMore int        `json:"heldBackMore"` // places that come after them
	Refused      []string   `json:"refused"`      // hosts that a socket was refused to
	Allowed      []Allowed  `json:"allowed"`
}

// HeldBack counts what was not sent to one place.
type HeldBack struct {
	Place  Place  `json:"place"`
	Method string `json:"method"`
	Count  int    `json:"count"`
	Last   string `json:"last"`
}

// Allowed is a place that was allowed by hand.
type Allowed struct {
	Place  Place  `json:"place"`
	Reason string `json:"reason"`
	At     string `json:"at"`
}

// watchingOf converts what the browser shows.
func watchingOf(w impersonation.Watching) Watching {
	return Watching{
		Watched: w.Watched, Mode: string(w.Mode), ChangesUntil: stamp(w.ChangesUntil),
		SignIn: string(w.SignIn.Outcome), SignInCode: w.SignIn.Code, Sent: w.Sent, HeldBackAll: w.HeldBackAll, HeldBackMore: w.HeldBackMore,
		Refused: append([]string{}, w.Refused...),
		HeldBack: list(w.HeldBack, func(h impersonation.HeldBack) HeldBack {
			return HeldBack{Place: Place(h.Place), Method: h.Method, Count: h.Count, Last: stamp(h.Last)}
		}),
		Allowed: list(w.Allowed, func(a impersonation.Allowed) Allowed {
			return Allowed{Place: Place(a.Place), Reason: a.Reason, At: stamp(a.At)}
		}),
	}
}
