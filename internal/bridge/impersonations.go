package bridge

import (
	"context"
	"time"

	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/impersonation"
	"understudy/internal/viewonly"
	"understudy/internal/workspace"
)

// ImpersonationCalls lead an impersonation from the checks before it to its end.
type ImpersonationCalls struct{ *Scope }

// Preflight returns the findings before a user is impersonated, the gravest first.
// A check that failed is a finding, too.
func (c *ImpersonationCalls) Preflight(requestID, userID string) ([]Finding, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) ([]Finding, error) {
		id, err := clerkapi.ParseUserID(userID)
		if err != nil {
			return nil, err
		}
		return findingsOf(w.Impersonations.Preflight(ctx, id)), nil
	})
}

// RecentReasons returns the latest reasons given in the instance in use.
func (c *ImpersonationCalls) RecentReasons() ([]string, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) ([]string, error) {
		reasons, err := w.RecentReasons()
		return append([]string{}, reasons...), err
	})
}

// OpenReference opens the ticket that a reference names in the default browser.
func (c *ImpersonationCalls) OpenReference(reference string) error {
	return c.openPage(func(w *workspace.Workspace) (string, error) { return w.LinkOf(reference) })
}

// ListBrowsers returns the ways to open a ticket, those that are isolated first and
// those that cannot open one last.
func (c *ImpersonationCalls) ListBrowsers() (all []Browser, err error) {
	_, exit := c.enter("")
	defer exit(&err)
	var chosen string
	if w, err := c.Manager.Current(); err == nil {
		chosen = w.Browser()
	}
	return browsersOf(c.Browsers.List(), chosen), nil
}

// CreateActorToken checks the policy, records the intent, asks Clerk for an
// actor token and checks its ticket URL, which stays in Go. If it is not known what
// became of the request, also because it was cancelled, the state is unknown.
func (c *ImpersonationCalls) CreateActorToken(r ActorTokenRequest) (Impersonation, error) {
	return settling(c.Scope, r.RequestID, func(ctx context.Context, w *workspace.Workspace) (Impersonation, error) {
		ask, err := r.requestOf()
		if err != nil {
			return Impersonation{}, err
		}
		created, err := w.Impersonate(ctx, ask)
		return impersonationOf(created), err
	})
}

// OpenTicket opens the ticket of an impersonation in a browser. It can be tried
// again, with another browser too.
func (c *ImpersonationCalls) OpenTicket(id, browserID string) (Impersonation, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Impersonation, error) {
		opened, err := w.OpenTicket(ctx, id, browserID)
		return impersonationOf(opened), err
	})
}

// CopyTicketLink copies the ticket URL of an impersonation, until it runs out.
func (c *ImpersonationCalls) CopyTicketLink(id string) error {
	_, err := inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (struct{}, error) {
		return struct{}{}, w.Impersonations.CopyLink(ctx, id)
	})
	return err
}

// ListLive returns what this machine started in this instance.
func (c *ImpersonationCalls) ListLive() (Live, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Live, error) {
		return liveOf(w.Impersonations.Live(ctx)), nil
	})
}

// EndImpersonation revokes an unused link, or ends the session.
func (c *ImpersonationCalls) EndImpersonation(id string) (Impersonation, error) {
	return inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (Impersonation, error) {
		ended, err := w.Impersonations.End(ctx, id)
		return impersonationOf(ended), err
	})
}

// EndOther ends an impersonation of the same user that was not started here.
func (c *ImpersonationCalls) EndOther(userID, sessionID string) error {
	_, err := inUse(c.Scope, "", func(ctx context.Context, w *workspace.Workspace) (struct{}, error) {
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
func (c *ImpersonationCalls) EndAll() (EndResult, error) { return inUse(c.Scope, "", endAll(true)) }

// endAll ends what this machine started; with elsewhere also what the operator started
// on another one.
func endAll(elsewhere bool) func(context.Context, *workspace.Workspace) (EndResult, error) {
	return func(ctx context.Context, w *workspace.Workspace) (r EndResult, err error) {
		r.Ended, r.Failed = w.Impersonations.EndAll(ctx, elsewhere)
		return r, nil
	}
}

// Finding is one thing to know before an impersonation.
type Finding struct {
	Rule     string   `json:"rule"`
	Effect   string   `json:"effect"` // "refuse", "ask", "unchecked", "warn"
	Name     Sentence `json:"name"`   // the rule in words, "Admin of Meridian Health"
	Sentence Sentence `json:"sentence"`
	Until    string   `json:"until"` // when it is over by itself, "" if that is not known
}

// Browser is one way to open a ticket.
type Browser struct {
	ID       string `json:"id"`   // "default"
	Name     string `json:"name"` // "Firefox", "" of the default browser
	Isolated bool   `json:"isolated"`
	// Chosen: the last ticket of the instance in use was opened in it.
	Chosen bool `json:"chosen"`
	// Barrier is why it cannot open one, null if it can.
	Barrier *Sentence `json:"barrier"`
	// Unheld is why changes cannot be held back in it: "kind", "policy", "" if they can.
	Unheld string `json:"unheld"`
}

// ActorTokenRequest is what the impersonation dialog sends.
type ActorTokenRequest struct {
	RequestID      string `json:"requestID"` // the window's name for this call, for Cancel
	UserID         string `json:"userID"`
	Reason         string `json:"reason"`
	Override       string `json:"override"`       // why a protected user, "" for others
	Reference      string `json:"reference"`      // of the helpdesk's ticket, may be ""
	LinkSeconds    int    `json:"linkSeconds"`    // 60 to 600
	SessionMinutes int    `json:"sessionMinutes"` // 10, 30 or 60
	Browser        string `json:"browser"`        // id of a Browser
	// Mode is "view_only", "allow_changes" or "" for the rules' own choice.
	Mode          string `json:"mode"`
	ChangesReason string `json:"changesReason"` // why something has to be changed, may be ""
	Land          string `json:"land"`          // a path of the app to open after the sign-in, may be ""
}

// Impersonation is one impersonation as this machine knows it.
type Impersonation struct {
	ID        string `json:"id"` // the record id, "rid" in the actor payload
	UserID    string `json:"userID"`
	UserName  string `json:"userName"`
	UserEmail string `json:"userEmail"`
	Reason    string `json:"reason"`
	Reference string `json:"reference"`
	// State: "requested", "pending", "live", "ended", "failed", "unknown".
	State string `json:"state"`
	// Problem is why the state is unknown, null if that cannot be said.
	Problem *Problem `json:"problem"`
	// Waiting is what the session waits for before the app lets the user in, in
	// Clerk's words: "choose-organization"; "unknown" if it does not say.
	Waiting []string `json:"waiting"`
	// Ended says how it ended: "operator", "time", "idle", "elsewhere", "unused",
	// "window", "stolen", "refused", "".
	Ended         string `json:"ended"`
	Browser       string `json:"browser"`
	CreatedAt     string `json:"createdAt"`
	LinkExpiresAt string `json:"linkExpiresAt"`
	SessionEndsAt string `json:"sessionEndsAt"`
	IdleEndsAt    string `json:"idleEndsAt"`
	LastActiveAt  string `json:"lastActiveAt"`
	EndedAt       string `json:"endedAt"`
	// Watching is what its browser shows.
	Watching Watching `json:"watching"`
}

// Live is what runs now and what ended today.
type Live struct {
	CheckedAt string `json:"checkedAt"`
	// Following: Clerk is to be asked again.
	Following bool            `json:"following"`
	Items     []Impersonation `json:"items"`
	// Others run on the same users and were not started here.
	Others []OtherImpersonation `json:"others"`
	// Problem is set when Clerk could not be asked; the items are then as last known.
	Problem *Problem `json:"problem"`
}

// OtherImpersonation is one that a colleague started, or another tool, as Clerk
// keeps it.
type OtherImpersonation struct {
	SessionID  string `json:"sessionID"`
	UserID     string `json:"userID"`
	OperatorID string `json:"operatorID"` // as their tool calls them, "" if it tells nobody
	// Own: this operator began it, elsewhere.
	Own bool `json:"own"`
	// Foreign: it was not begun with Understudy, but with Tool, "" where that is not known.
	Foreign       bool     `json:"foreign"`
	Tool          string   `json:"tool"`
	Reference     string   `json:"reference"`
	Browser       string   `json:"browser"`
	Place         string   `json:"place"`
	CreatedAt     string   `json:"createdAt"`
	SessionEndsAt string   `json:"sessionEndsAt"`
	IdleEndsAt    string   `json:"idleEndsAt"`
	LastActiveAt  string   `json:"lastActiveAt"`
	Waiting       []string `json:"waiting"` // as in Impersonation
}

// EndResult tells what EndAll did.
type EndResult struct {
	Ended  int `json:"ended"`
	Failed int `json:"failed"`
}

// findingsOf converts what is to be known before an impersonation.
func findingsOf(all []impersonation.Finding) []Finding {
	return list(all, func(f impersonation.Finding) Finding {
		return Finding{Rule: string(f.Rule), Effect: string(f.Effect), Name: sentenceOf(f.Name), Sentence: sentenceOf(f.Sentence), Until: stamp(f.Until)}
	})
}

// browsersOf converts the ways to open a ticket. chosen is the id of the one
// that was used last, if any.
func browsersOf(all []browser.Browser, chosen string) []Browser {
	return list(all, func(b browser.Browser) Browser {
		return Browser{ID: b.ID, Name: b.Name, Isolated: b.Isolated, Chosen: b.ID == chosen, Barrier: sentenceIn(b.Barrier), Unheld: string(b.Unheld)}
	})
}

// requestOf reads what the dialog sends.
func (r ActorTokenRequest) requestOf() (impersonation.Request, error) {
	id, err := clerkapi.ParseUserID(r.UserID)
	return impersonation.Request{
		UserID: id, Reason: r.Reason, Override: r.Override, Reference: r.Reference,
		LinkLife:      time.Duration(r.LinkSeconds) * time.Second,
		SessionLength: time.Duration(r.SessionMinutes) * time.Minute,
		Mode:          viewonly.Mode(r.Mode), ChangesReason: r.ChangesReason, Land: r.Land,
	}, err
}

// impersonationOf converts an impersonation. Its ticket stays behind.
func impersonationOf(i impersonation.Impersonation) Impersonation {
	return Impersonation{
		ID: i.ID, UserID: i.UserID.String(), UserName: i.UserName, UserEmail: i.UserEmail,
		Reason: i.Reason, Reference: i.Reference, State: string(i.State), Ended: string(i.Ending), Browser: i.Browser,
		Problem: ProblemOf(i.Problem), Waiting: append([]string{}, i.Waiting...),
		CreatedAt: stamp(i.CreatedAt), LinkExpiresAt: stamp(i.LinkExpiresAt),
		SessionEndsAt: stamp(i.SessionEndsAt), IdleEndsAt: stamp(i.IdleEndsAt),
		LastActiveAt: stamp(i.LastActiveAt), EndedAt: stamp(i.EndedAt), Watching: watchingOf(i.Watching),
	}
}

// liveOf converts the live board.
func liveOf(l impersonation.Board) Live {
	return Live{
		CheckedAt: stamp(l.CheckedAt), Following: l.Following, Items: list(l.Items, impersonationOf), Problem: ProblemOf(l.Problem),
		Others: list(l.Others, func(o impersonation.Other) OtherImpersonation {
			return OtherImpersonation{
				SessionID: o.Session.String(), UserID: o.UserID.String(), OperatorID: o.OperatorID,
				Own: o.Own, Foreign: o.Foreign, Tool: o.Tool, Reference: o.Reference, Browser: o.Browser, Place: o.Place,
				CreatedAt: stamp(o.CreatedAt), SessionEndsAt: stamp(o.SessionEnds),
				IdleEndsAt: stamp(o.IdleEnds), LastActiveAt: stamp(o.LastActiveAt),
				Waiting: append([]string{}, o.Waiting...),
			}
		}),
	}
}
