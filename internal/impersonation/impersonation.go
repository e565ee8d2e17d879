// Package impersonation signs the operator in as a user and ends it again. It
// keeps the order of steps that the audit log depends on: policy, audit intent,
// actor token, check of the ticket URL, open, audit outcome. It remembers what
// this machine started, since Clerk has no list of impersonations.
package impersonation

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"understudy/internal/audit"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/held"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

// State is where an impersonation stands.
type State string

// An impersonation goes from Pending (the link works, nobody was seen to use it)
// to Live (a session exists) to Ended, and back to Live if a session turns up all
// the same. Unknown: it was asked for, and this machine does not know what became
// of it.
const (
	Pending State = "pending"
	Live    State = "live"
	Ended   State = "ended"
	Unknown State = "unknown"
)

// Ending says how an impersonation ended.
type Ending string

// The ways to end.
const (
	ByOperator Ending = "operator"
	ByTime     Ending = "time"
	ByIdling   Ending = "idle"
	Elsewhere  Ending = "elsewhere" // signed out in the app, or ended by somebody else
	Unused     Ending = "unused"    // the link was never opened
	ByWindow   Ending = "window"    // its browser window was closed
	// Stolen: somebody else than the browser asked for the link, so whatever it
	// had opened was ended.
	Stolen Ending = "stolen"
	// Refused: the rules no longer allowed it when the link was to be opened.
	Refused Ending = "refused"
)

// idleLimit is after how long without activity Clerk ends an impersonated
// session (https://clerk.com/docs/users/user-impersonation).
const idleLimit = 10 * time.Minute

// issuer marks the actor payloads that Understudy creates.
const issuer = "understudy"

// Request is what the operator chose in the dialog.
type Request struct {
	UserID        clerkapi.UserID
	Reason        string
	Override      string // why a user whom the rules protect all the same
	Reference     string // of the helpdesk's ticket
	LinkLife      time.Duration
	SessionLength time.Duration
	// Mode is what the operator may do, "" for the rules' own choice. ChangesReason is
	// why they need to change something.
	Mode          viewonly.Mode
	ChangesReason string
	// Land is a path of the app that is opened after the sign-in, "" for the app's own.
	Land string
}

// Impersonation is one impersonation as this machine knows it. Times are zero
// while unknown.
type Impersonation struct {
	ID            string // record id, "rid" in the actor payload
	UserID        clerkapi.UserID
	UserName      string // in memory only
	UserEmail     string // in memory only
	Reason        string
	Reference     string
	State         State
	Problem       error // why it is Unknown, where that can be said
	Ending        Ending
	Waiting       []string // tasks before the app lets the user in, in Clerk's words
	Browser       string   // its id, or CopiedLink
	CreatedAt     time.Time
	LinkExpiresAt time.Time
	SessionEndsAt time.Time
	IdleEndsAt    time.Time
	LastActiveAt  time.Time
	EndedAt       time.Time

	Watching
}

// ActorTokens creates and revokes actor tokens at Clerk.
type ActorTokens interface {
	CreateActorToken(ctx context.Context, r clerkapi.ActorTokenRequest) (clerkapi.ActorToken, error)
	RevokeActorToken(ctx context.Context, id clerkapi.ActorTokenID) error
}

// Sessions finds and ends sessions at Clerk.
type Sessions interface {
	// Sessions gives those that are over too, as far as Clerk still has them.
	Sessions(ctx context.Context, user clerkapi.UserID) ([]clerkapi.Session, error)
	RevokeSession(ctx context.Context, id clerkapi.SessionID) error
}

// Users knows users and their organizations. It asks Clerk only if the answer it has
// was fetched longer than oldest ago.
type Users interface {
	Recent(ctx context.Context, id clerkapi.UserID, oldest time.Duration) (clerkapi.User, error)
	RecentMemberships(ctx context.Context, id clerkapi.UserID, oldest time.Duration) ([]clerkapi.Membership, error)
}

// Log is the audit log. Append returns once the record is on disk.
type Log interface {
	Append(ctx context.Context, r audit.Record) (audit.Record, error)
	// Issued counts the actor tokens of an instance since a moment.
	Issued(instance string, since time.Time) (int, error)
	// SaveReport keeps the report of an impersonation and returns its SHA-256.
	SaveReport(ctx context.Context, id string, content []byte) (string, error)
}

// Opener opens ticket URLs in the operator's browsers.
type Opener interface {
	// Open opens a ticket. It returns once the browser has it, and does not wait for
	// the browser to exit. The window is nil if the browser cannot be held.
	Open(ctx context.Context, browser string, visit browser.Visit) (held.Window, error)
	// Close closes what was opened for an impersonation alone; an Open that
	// still waits fails. It returns at once.
	Close(id string)
}

// Clipboard copies a ticket URL, and forgets it again if it is still there.
type Clipboard interface {
	WriteTicket(ctx context.Context, ticket secret.TicketURL) error
	ClearTicket(ctx context.Context, ticket secret.TicketURL)
}

// Config is everything a Service stands on. All fields are required.
type Config struct {
	Instance string // its id in the audit log
	Gate     Gate
	// Admit refuses operators who may impersonate nobody as things stood less than
	// oldest ago.
	Admit func(ctx context.Context, who operator.Operator, oldest time.Duration) error
	// Unmoved refuses while the instance signs in elsewhere than when it was
	// connected, as things stand now.
	Unmoved   func(ctx context.Context) error
	Policy    func() Policy
	Operator  func() operator.Operator
	Tokens    ActorTokens
	Sessions  Sessions
	Users     Users
	Log       Log
	Opener    Opener
	Clipboard Clipboard
	Now       func() time.Time
	NewID     func() string
	AfterFunc func(d time.Duration, f func())
	// Asked is told what the operator asks for in the app's page, where Understudy's
	// window has to ask for a reason. place is empty if it is about none.
	Asked func(id string, kind held.AskKind, place Place)
}

// Service runs the impersonations of one instance. It is safe for concurrent
// use.
type Service struct {
	Config

	mu      sync.Mutex
	items   map[string]*item
	order   []string // ids, oldest first
	others  []Other
	checked time.Time
	problem error
	// misses is how many checks in a row could not ask Clerk.
	misses int
	told   told
}

// item is an impersonation with what must stay inside of this package.
type item struct {
	// busy is held while Clerk or a browser is asked about this impersonation,
	// so that a double click does not end it twice.
	busy sync.Mutex

	Impersonation
	request  Request // without a user if an earlier run began it
	operator string  // on record as the one that created it
	token    clerkapi.ActorTokenID
	// accepted is true once Clerk said that the link was used, or a session was seen.
	// recorded is true once the audit log says that somebody is signed in. Both are
	// guarded by busy.
	accepted, recorded bool
	// asked is the reason for which Clerk was asked to end it, if no answer came. It
	// is guarded by busy.
	asked Ending
	// open is true if it counts as ended, but a session may turn up until
	// SessionEndsAt. unwritten is an end that could not be recorded. Both are guarded
	// by the service's mu.
	open      bool
	unwritten *outcome
	// ranOut is true once the link's life has passed by a timer, which does not
	// depend on the clock of the computer.
	ranOut atomic.Bool
	ticket secret.TicketURL
	stolen bool // the ticket may be in other hands
	// places is how many browsers and clipboards were given the ticket, and left
	// how many of them are gone with all they had. Both are guarded by busy.
	places, left int
	view         *viewing
}

// outcome is how an impersonation ended at Clerk.
type outcome struct {
	event    audit.Event
	how      Ending
	sessions []string // that were revoked
	proven   bool     // Clerk said so; else it has no trace of a session
}

// New returns a service that knows of no impersonation yet, see [Service.Recover].
func New(c Config) *Service {
	return &Service{Config: c, items: map[string]*item{}}
}

// add makes an impersonation known.
func (s *Service) add(it *item) {
	s.mu.Lock()
	s.items[it.ID] = it
	s.order = append(s.order, it.ID)
	s.mu.Unlock()
	// The timer holds the item alone. The service has a key, which must be able to
	// leave the memory before.
	s.AfterFunc(it.request.LinkLife, func() { it.ranOut.Store(true) })
}

// linkOver reports whether the link has run out: by the clock, which goes on
// while the computer sleeps, or by the timer, which nobody can set back.
func (s *Service) linkOver(it *item) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return it.ranOut.Load() || !s.Now().Before(it.LinkExpiresAt)
}

// find returns a known impersonation, or fault.ImpersonationUnknown.
func (s *Service) find(id string) (*item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	it, ok := s.items[id]
	if !ok {
		return nil, fault.New(fault.ImpersonationUnknown, nil)
	}
	return it, nil
}

// change updates an impersonation and returns it as it is then.
func (s *Service) change(it *item, update func(*Impersonation)) Impersonation {
	s.mu.Lock()
	defer s.mu.Unlock()
	update(&it.Impersonation)
	return it.now()
}

// now is an impersonation with what its browser shows. The caller holds mu.
func (it *item) now() Impersonation {
	now := it.Impersonation
	now.Watching = it.view.watching()
	return now
}

// locked runs f while nobody else reads or changes what mu guards.
func (s *Service) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// snapshot returns an impersonation as it is now.
func (s *Service) snapshot(it *item) Impersonation {
	return s.change(it, func(*Impersonation) {})
}

// OnRecord is who acts as the audit log keeps it: ids, no names.
func OnRecord(who operator.Operator) audit.Operator {
	return audit.Operator{ID: who.RecordID(), Verified: who.Verified, VerifiedAt: who.VerifiedAt}
}

// record appends to the audit log what happened to an impersonation.
func (s *Service) record(ctx context.Context, it *item, event audit.Event, result audit.Result) error {
	r := audit.Record{
		Event: event, Record: it.ID, Operator: OnRecord(s.Operator()),
		Instance: s.Instance, User: it.UserID.String(), Result: result,
	}
	if event == audit.Opened || event == audit.Copied || event == audit.Failed {
		now := s.snapshot(it)
		r.Browser, r.Mode = now.Browser, string(now.Mode)
	}
	_, err := s.Log.Append(ctx, r)
	return err
}
