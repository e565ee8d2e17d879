// Package bridge holds the types that cross between Go and the window, flat
// and with JSON tags: Wails generates the TypeScript interfaces from them.
// Times are RFC 3339 strings in UTC, "" when unknown; lists are never nil.
// No type here has room for a key, a ticket or its URL.
package bridge

// Start is what the window needs to draw its first frame.
type Start struct {
	Version  string `json:"version"`
	OS       string `json:"os"` // "darwin", "windows", "linux"
	Keychain string `json:"keychain"`
	APIURL   string `json:"apiURL"` // "" if it is Clerk's own and nothing set it
	// APIManaged: the administrator set the address of the API, nothing else may.
	APIManaged bool   `json:"apiManaged"`
	Sample     bool   `json:"sample"` // started with --sample: connect it at once
	Selected   string `json:"selected"`
	Locked     bool   `json:"locked"` // the page was loaded anew while Understudy was locked
	// Problem is why nothing can be connected: it is shown in place of the
	// first screen.
	Problem  *Problem   `json:"problem"`
	Items    []Instance `json:"instances"`
	Settings Settings   `json:"settings"`
	// Opened is the instance that was used last if it is in use again by now.
	Opened *Connection `json:"opened"`
}

// Instance is one connected Clerk instance, or the sample workspace.
type Instance struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Environment string `json:"environment"` // "production", "development", "sample"
	KeyHint     string `json:"keyHint"`     // "sk_live_…x7Q2"
	FrontendAPI string `json:"frontendAPI"`
	Fingerprint string `json:"fingerprint"` // of the key, 16 hex digits, "" of the sample
	Color       string `json:"color"`       // name of a colour of the window, "": that of the environment
	// InMemory: the key is held for this run only, the keychain has no copy.
	InMemory bool `json:"inMemory"`
}

// Locked is what the window may show while Understudy is locked.
type Locked struct {
	Instance Instance `json:"instance"`
	// Running are the impersonations that were not over, without names.
	Running []Impersonation `json:"running"`
}

// AddressCheck compares where an instance signs in with what was pinned when it
// was connected.
type AddressCheck struct {
	Changed bool     `json:"changed"`
	Pinned  []string `json:"pinned"`
	Now     []string `json:"now"` // empty unless changed
}

// Connection is the outcome of connecting to or selecting an instance.
type Connection struct {
	// Canceled: the operator closed the file dialog.
	Canceled bool     `json:"canceled"`
	Instance Instance `json:"instance"`
	// Operator is who acts; its id is "" until the operator picked themselves.
	// After a start its name and email are still to be asked for with Operator.
	Operator Operator `json:"operator"`
	// Users are the first rows, newest first, if they were fetched ahead.
	Users *UsersPage `json:"users"`
}

// Operator is who acts: the operator's own user in this instance, or somebody who is
// no user of it.
type Operator struct {
	ID    string `json:"id"` // as in the record
	Name  string `json:"name"`
	Email string `json:"email"`
	// Outside: they are no user of this instance, and gave name and email themselves.
	Outside  bool `json:"outside"`
	Verified bool `json:"verified"`
	// VerifiedAt is when they signed in with Clerk, VerifiedUntil when they must
	// again. "" for an unverified operator.
	VerifiedAt    string `json:"verifiedAt"`
	VerifiedUntil string `json:"verifiedUntil"`
}

// SignIn is how operators of the instance in use sign in with Clerk.
type SignIn struct {
	// ClientID is that of the OAuth application at Clerk, "" without one.
	ClientID string `json:"clientID"`
	// Required: nobody impersonates unverified.
	Required bool `json:"required"`
	// Name, RedirectURIs and Scopes are those of the application to create.
	Name         string   `json:"name"`
	RedirectURIs []string `json:"redirectURIs"`
	Scopes       []string `json:"scopes"`
}

// SignedIn is the outcome of a sign-in.
type SignedIn struct {
	Operator Operator `json:"operator"`
	// Problem is why this operator may impersonate nobody all the same, null if
	// nothing speaks against it.
	Problem *Problem `json:"problem"`
}

// UsersRequest asks for one page of a view of the directory.
type UsersRequest struct {
	// RequestID is the window's name for this call, for Cancel.
	RequestID string `json:"requestID"`
	View      View   `json:"view"`
	// Index is the first row wanted, a multiple of the page size.
	Index int `json:"index"`
	// AfterID is the id of row Index-1 if the window holds it, else "".
	AfterID string `json:"afterID"`
	// BeforeID is the id of the row behind the page, at Index plus the page
	// size, if the window holds it, else "".
	BeforeID string `json:"beforeID"`
	// Total is how many rows the view has, -1 while unknown. With it a page
	// past the middle is asked for from the other end, in the order of creation.
	Total int `json:"total"`
}

// View is what the table shows: a search and an order, pinned to a moment so
// that users added later never shift a page.
type View struct {
	Query      string `json:"query"`
	Sort       string `json:"sort"` // "created_at", "last_sign_in_at", "first_name", "email_address", "username"
	Descending bool   `json:"descending"`
	// PinnedAt is in milliseconds since 1970; 0: now, and the answer says when.
	PinnedAt int64 `json:"pinnedAt"`
}

// UsersPage is one page of rows.
type UsersPage struct {
	PinnedAt int64     `json:"pinnedAt"`
	Index    int       `json:"index"`
	Rows     []UserRow `json:"rows"`
	// Last: there is no row after these.
	Last bool `json:"last"`
	// Total is set where the page itself tells it (the last page), else -1.
	Total int `json:"total"`
	// AboveID and BelowID are the users in the rows around these, "" where there is
	// none or where that is not known.
	AboveID string `json:"aboveID"`
	BelowID string `json:"belowID"`
}

// UserRow is one line of the table.
type UserRow struct {
	ID    string `json:"id"`
	Name  string `json:"name"`  // "" when the user has none
	Email string `json:"email"` // the primary address, or the best there is of several
	// Contact is the best there is to tell the user by beside the name: the email
	// address, or else a phone number, a wallet or the address of an account.
	Contact      string `json:"contact"`
	Username     string `json:"username"`
	Initials     string `json:"initials"`
	Picture      string `json:"picture"`      // where the window finds it, "" without one
	LastSignInAt string `json:"lastSignInAt"` // "" for never
	// LastSignInUnread: it is not never, but Clerk's answer makes no sense.
	LastSignInUnread bool   `json:"lastSignInUnread"`
	CreatedAt        string `json:"createdAt"`
	Banned           bool   `json:"banned"`
	Locked           bool   `json:"locked"`
	// Deprovisioned: the company's directory took them away, and nobody can sign in as them.
	Deprovisioned bool `json:"deprovisioned"`
	Self          bool `json:"self"` // the operator's own user
	// Unreadable: nothing else is known of this user but, at best, the id.
	Unreadable bool `json:"unreadable"`
}

// UserName is what stands for a user of whom only the id is kept.
type UserName struct {
	ID   string `json:"id"`
	Name string `json:"name"` // or the best there is instead; "" if there is nothing
}

// CountRequest asks how many users a view has.
type CountRequest struct {
	RequestID string `json:"requestID"`
	View      View   `json:"view"`
	// Newer counts the users created after the view was pinned instead.
	Newer bool `json:"newer"`
}

// Searches are what the operator searched for in the instance in use.
type Searches struct {
	Pinned []string `json:"pinned"` // in the order in which they were pinned
	Recent []string `json:"recent"` // the latest first; none of them is pinned
}

// UserDetail is what the panel shows of one user.
type UserDetail struct {
	Row         UserRow   `json:"row"`
	ExternalID  string    `json:"externalID"`
	Emails      []Contact `json:"emails"`
	Phones      []Contact `json:"phones"`
	Wallets     []Contact `json:"wallets"`
	Accounts    []Account `json:"accounts"`
	Passkeys    []Passkey `json:"passkeys"`
	TwoFactor   bool      `json:"twoFactor"`
	TOTP        bool      `json:"totp"` // an authenticator app is one of the second factors
	BackupCodes bool      `json:"backupCodes"`
	Password    bool      `json:"password"`
	// LockedUntil is when Clerk unlocks them by itself, "" if it does not say.
	LockedUntil    string `json:"lockedUntil"`
	LastActiveAt   string `json:"lastActiveAt"` // day precision
	UpdatedAt      string `json:"updatedAt"`
	PublicMetadata string `json:"publicMetadata"` // indented JSON, "" when empty
	UnsafeMetadata string `json:"unsafeMetadata"` // indented JSON, "" when empty
}

// Contact is an email address, a phone number or a web3 wallet.
type Contact struct {
	Value    string `json:"value"`
	Verified bool   `json:"verified"`
	Primary  bool   `json:"primary"`
	AddedAt  string `json:"addedAt"`
}

// Account is a sign-in elsewhere: at a provider, or of the user's company.
type Account struct {
	Name       string `json:"name"` // "Google", "Okta"; "" if Clerk does not say
	Email      string `json:"email"`
	Enterprise bool   `json:"enterprise"`
	AddedAt    string `json:"addedAt"`
	UsedAt     string `json:"usedAt"`
}

// Passkey is a passkey of the user.
type Passkey struct {
	Name   string `json:"name"` // "" if Clerk does not say
	UsedAt string `json:"usedAt"`
}

// UserSession is a session of the user that is not over, with its device.
type UserSession struct {
	ID      string `json:"id"` // "" if it cannot be read
	Browser string `json:"browser"`
	Device  string `json:"device"` // "Macintosh"
	Mobile  bool   `json:"mobile"`
	Place   string `json:"place"` // "Leeds, UK"
	// Impersonated: somebody else is signed in as the user. OperatorID is who, in the
	// words of their tool, "" if it does not say.
	Impersonated bool     `json:"impersonated"`
	OperatorID   string   `json:"operatorID"`
	CreatedAt    string   `json:"createdAt"`
	LastActiveAt string   `json:"lastActiveAt"`
	Waiting      []string `json:"waiting"` // as in Impersonation
}

// Membership is a place in an organization.
type Membership struct {
	ID   string `json:"id"` // of the organization
	Name string `json:"name"`
	Role string `json:"role"`
}

// Organization is one that org: in the search box can mean. Slug is "" where an
// instance has none.
type Organization struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
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

// OtherImpersonation is one that a colleague started, or another tool: what
// Clerk keeps of it.
type OtherImpersonation struct {
	SessionID  string `json:"sessionID"`
	UserID     string `json:"userID"`
	OperatorID string `json:"operatorID"` // whatever their tool calls them, "" if it tells nobody
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

// Problem is a failure as data, the same shape that a rejected call carries.
type Problem struct {
	Code         string `json:"code"`
	Message      string `json:"message"`
	Next         string `json:"next"`
	Retry        bool   `json:"retry"`
	TraceID      string `json:"traceID"`
	RetryAfterMS int64  `json:"retryAfterMS"`
	Request      string `json:"request"` // "GET /users/{user_id}", "" if nothing was asked
	Status       int    `json:"status"`  // of the answer, 0 if there was none
	Call         string `json:"call"`    // the id of the call in the journal, "" if it is of none
}

// HistoryRequest asks for a page of the history.
type HistoryRequest struct {
	Filter HistoryFilter `json:"filter"`
	Cursor string        `json:"cursor"` // History.Next of the page before, "" for the newest
	Limit  int           `json:"limit"`
}

// HistoryFilter narrows the history; what is "" or 0 narrows nothing.
type HistoryFilter struct {
	Query      string `json:"query"` // words, each in the reason, the reference or an id
	Since      string `json:"since"` // begun then or later
	Until      string `json:"until"` // begun before then
	UserID     string `json:"userID"`
	OperatorID string `json:"operatorID"`
	InstanceID string `json:"instanceID"`
	Result     string `json:"result"` // as in HistoryEntry
	UpTo       int64  `json:"upTo"`   // begun with the record of this number or before
}

// History is a page of the audit log as the screen shows it.
type History struct {
	Entries []HistoryEntry `json:"entries"` // newest first
	// Next is where the next page goes on, "" at the beginning of the log.
	Next string `json:"next"`
	// Reached is the time up to which was searched, "" if that is the beginning or
	// the last entry.
	Reached string `json:"reached"`
}

// HistoryChoices are what the history can be narrowed to, as far as that is on
// record.
type HistoryChoices struct {
	Operators []string `json:"operators"`
	Instances []string `json:"instances"`
}

// ExportRequest says what to export.
type ExportRequest struct {
	// Format is "json", "csv" with a line for each record, or "impersonations", which
	// is a CSV with a line for each impersonation.
	Format string `json:"format"`
	// Narrowed: a CSV has only the entries that pass Filter.
	Narrowed bool          `json:"narrowed"`
	Filter   HistoryFilter `json:"filter"`
}

// HistoryEntry is one impersonation on record.
type HistoryEntry struct {
	ID               string  `json:"id"`
	Time             string  `json:"time"`
	UserID           string  `json:"userID"`
	OperatorID       string  `json:"operatorID"`
	OperatorVerified bool    `json:"operatorVerified"`
	InstanceID       string  `json:"instanceID"`
	Reason           string  `json:"reason"`
	Override         string  `json:"override"` // why a protected user
	Reference        string  `json:"reference"`
	State            string  `json:"state"`  // as in Impersonation, and "opened"
	Until            string  `json:"until"`  // when the clock alone makes it another state, ""
	Ended            string  `json:"ended"`  // as in Impersonation
	Code             string  `json:"code"`   // of the failure, ""
	Result           string  `json:"result"` // what came of it, in one word of the screen
	Length           int     `json:"length"` // seconds it was live, 0 unknown
	Seqs             []int64 `json:"seqs"`   // the numbers of its records
}

// HistoryRecords are all lines of the log about one entry.
type HistoryRecords struct {
	Records []HistoryRecord `json:"records"`
	// Anchor is what Clerk was given with the actor token, in its payload: the
	// number and the hash of the record of the request, "" if it gave none.
	Anchor string `json:"anchor"` // "seq:hash"
}

// HistoryRecord is one line of the log.
type HistoryRecord struct {
	Seq   int64  `json:"seq"`
	Time  string `json:"time"`
	Event string `json:"event"`
	Code  string `json:"code"`
	Hash  string `json:"hash"`
	Prev  string `json:"prev"`
	// OperatorID is who did it; "" for what nobody did.
	OperatorID string `json:"operatorID"`
	// Remembered is the head that the keychain had, of "accepted" only.
	Remembered string `json:"remembered"` // "seq:hash"
}

// Verification is the state of the chain.
type Verification struct {
	State     string `json:"state"` // "good", "broken", "torn"
	Records   int64  `json:"records"`
	Since     string `json:"since"`
	Line      int64  `json:"line"` // of the first break
	Message   string `json:"message"`
	Clock     string `json:"clock"` // what is odd about the times, "" if nothing is
	CheckedAt string `json:"checkedAt"`
}

// HeadComparison is how the chain stands to its end as the keychain remembers it.
type HeadComparison struct {
	State   string `json:"state"`   // "none", "matches", "differs"
	Head    string `json:"head"`    // "seq:hash" of the keychain, "" with none
	Message string `json:"message"` // how it differs
}

// Browser is one way to open a ticket.
type Browser struct {
	ID       string `json:"id"`   // "default"
	Name     string `json:"name"` // "Your default browser"
	Effect   string `json:"effect"`
	Isolated bool   `json:"isolated"`
	// Chosen: the last ticket of the instance in use was opened in it.
	Chosen bool `json:"chosen"`
	// Barrier is why it cannot open one, "" if it can.
	Barrier string `json:"barrier"`
}

// Settings are the operator's preferences.
type Settings struct {
	Theme          string `json:"theme"`   // "system", "light", "dark"
	Density        string `json:"density"` // "compact", "normal", "relaxed"
	Zoom           int    `json:"zoom"`    // percent, 80 to 200
	SessionMinutes int    `json:"sessionMinutes"`
	LinkSeconds    int    `json:"linkSeconds"`
	ReasonAlways   bool   `json:"reasonAlways"`
	LockMinutes    int    `json:"lockMinutes"` // 0: never by itself
	ShowPictures   bool   `json:"showPictures"`
	// Columns are those of the users table that were changed, in their order.
	Columns []Column `json:"columns"`
	// Managed names the fields above that the operator cannot change.
	Managed []string `json:"managed"`
}

// Column is a column of the users table.
type Column struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // in pixels at a zoom of 100 %, 0: as the window has it
	Hidden bool   `json:"hidden"`
	ByRoom bool   `json:"byRoom"` // nobody chose: it is hidden where there is no room
}
