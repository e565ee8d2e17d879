package bridge

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"understudy/internal/audit"
	"understudy/internal/avatar"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// InstanceOf converts an instance.
func InstanceOf(i workspace.Instance) Instance {
	environment := string(i.Environment)
	if i.Sample {
		environment = "sample"
	}
	return Instance{
		ID: i.ID, Name: i.Name, Environment: environment, KeyHint: i.KeyHint,
		FrontendAPI: strings.Join(i.Frontends, ", "), InMemory: i.InMemory,
		Fingerprint: i.Fingerprint, Color: i.Color,
	}
}

// InstancesOf converts a list of instances.
func InstancesOf(all []workspace.Instance) []Instance { return list(all, InstanceOf) }

// OperatorOf converts an operator.
func OperatorOf(o operator.Operator) Operator {
	return Operator{
		ID: o.RecordID(), Name: o.Name, Email: o.Email, Outside: o.Outside,
		Verified: o.Verified, VerifiedAt: stamp(o.VerifiedAt), VerifiedUntil: stamp(o.VerifiedUntil),
	}
}

// SignInOf converts how operators sign in.
func SignInOf(w *workspace.Workspace) SignIn {
	rules, application := w.Rules(), w.SignInApplication()
	return SignIn{
		ClientID: rules.SignIn.ClientID, Required: rules.SignIn.Required || rules.Permission.Name != "", Name: application.Name,
		RedirectURIs: application.RedirectURIs, Scopes: application.Scopes,
	}
}

// ConnectionOf converts the workspace that is in use now.
func ConnectionOf(w *workspace.Workspace) Connection {
	return Connection{Instance: InstanceOf(w.Instance), Operator: OperatorOf(w.KnownOperator())}
}

// OpenedOf converts the workspace that was opened while the window was being
// made, with its first rows if they are there.
func OpenedOf(w *workspace.Workspace) *Connection {
	c := ConnectionOf(w)
	if page, ok := w.Directory.Arrived(); ok {
		users := PageOf(0, page, w.KnownOperator())
		c.Users = &users
	}
	return &c
}

// LockedOf converts what is known while Understudy is locked.
func LockedOf(l workspace.Locked) Locked {
	return Locked{Instance: InstanceOf(l.Instance), Running: list(l.Running, ImpersonationOf)}
}

// AddressCheckOf compares what was pinned with where the instance signs in now,
// nil if that is the same.
func AddressCheckOf(pinned, moved []string) AddressCheck {
	return AddressCheck{Changed: moved != nil, Pinned: append([]string{}, pinned...), Now: append([]string{}, moved...)}
}

// RequestOf reads what the table asks for. The failure is fault.IDInvalid.
func (r UsersRequest) RequestOf(now time.Time) (directory.Request, error) {
	request := directory.Request{View: r.View.ViewOf(now), Index: max(r.Index, 0), Total: r.Total}
	var err error
	if r.AfterID != "" {
		if request.After, err = clerkapi.ParseUserID(r.AfterID); err != nil {
			return directory.Request{}, err
		}
	}
	if r.BeforeID != "" {
		if request.Before, err = clerkapi.ParseUserID(r.BeforeID); err != nil {
			return directory.Request{}, err
		}
	}
	return request, nil
}

// CountOf passes a count on, unless the window would show another one: it holds
// numbers as floats, which are exact up to 2^53.
func CountOf(count int64, err error) (int64, error) {
	const exact = 1<<53 - 1
	if err == nil && count > exact {
		return 0, fault.New(fault.ClerkAnswer, nil).WithMessage(fmt.Sprintf("Clerk counts %d users. That is more than Understudy can show.", count))
	}
	return count, err
}

// ViewOf reads a view. An unknown order becomes the newest first.
func (v View) ViewOf(now time.Time) directory.View {
	order := clerkapi.Order{Field: clerkapi.ByCreated, Descending: v.Descending}
	switch field := clerkapi.OrderField(v.Sort); field {
	case clerkapi.ByLastSignIn, clerkapi.ByFirstName, clerkapi.ByEmail, clerkapi.ByUsername:
		order.Field = field
	case clerkapi.ByCreated:
	}
	pinned := now
	if v.PinnedAt > 0 {
		pinned = time.UnixMilli(v.PinnedAt)
	}
	return directory.View{Query: v.Query, Order: order, PinnedAt: pinned}
}

// PageOf converts a page of users that begins at index. self is the operator's
// own user.
func PageOf(index int, p directory.Page, self operator.Operator) UsersPage {
	return UsersPage{
		PinnedAt: p.PinnedAt.UnixMilli(), Index: index, Last: p.Last, Total: p.Total,
		AboveID: string(p.Above), BelowID: string(p.Below),
		Rows: list(p.Rows, func(u clerkapi.User) UserRow { return RowOf(u, self) }),
	}
}

// RowOf converts a user to a line of the table.
func RowOf(u clerkapi.User, self operator.Operator) UserRow {
	picture := ""
	if u.HasImage {
		picture = avatar.Path(u.ImageURL)
	}
	return UserRow{
		ID: string(u.ID), Picture: picture, Name: u.Name(), Email: u.Address(), Contact: u.Reach(), Username: u.Username,
		Initials:     initials(u.FirstName, u.LastName, u.Username, u.Reach()),
		LastSignInAt: stamp(u.LastSignInAt), LastSignInUnread: u.Unread.LastSignIn, CreatedAt: stamp(u.CreatedAt),
		Banned: u.Banned, Locked: u.Locked, Deprovisioned: u.Deprovision, Self: self.Is(u), Unreadable: u.Garbled,
	}
}

// SearchesOf converts the kept searches.
func SearchesOf(s settings.Searches) Searches {
	return Searches{Pinned: append([]string{}, s.Pinned...), Recent: append([]string{}, s.Recent...)}
}

// OrganizationsOf converts the organizations that were found.
func OrganizationsOf(found []clerkapi.Organization) []Organization {
	return list(found, func(o clerkapi.Organization) Organization {
		return Organization{ID: string(o.ID), Name: o.Name, Slug: o.Slug}
	})
}

// UserIDsOf reads a list of ids. The failure is fault.IDInvalid.
func UserIDsOf(texts []string) ([]clerkapi.UserID, error) {
	ids := make([]clerkapi.UserID, 0, len(texts))
	for _, text := range texts {
		id, err := clerkapi.ParseUserID(text)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// NamesOf converts users of whom only the names are wanted.
func NamesOf(users []clerkapi.User) []UserName {
	return list(users, func(u clerkapi.User) UserName {
		return UserName{ID: string(u.ID), Name: u.Called()}
	})
}

// ImpersonationOf converts an impersonation. Its ticket stays behind.
func ImpersonationOf(i impersonation.Impersonation) Impersonation {
	return Impersonation{
		ID: i.ID, UserID: string(i.UserID), UserName: i.UserName, UserEmail: i.UserEmail,
		Reason: i.Reason, Reference: i.Reference, State: string(i.State), Ended: string(i.Ending), Browser: i.Browser,
		Problem: ProblemOf(i.Problem), Waiting: append([]string{}, i.Waiting...),
		CreatedAt: stamp(i.CreatedAt), LinkExpiresAt: stamp(i.LinkExpiresAt),
		SessionEndsAt: stamp(i.SessionEndsAt), IdleEndsAt: stamp(i.IdleEndsAt),
		LastActiveAt: stamp(i.LastActiveAt), EndedAt: stamp(i.EndedAt),
	}
}

// LiveOf converts the live board.
func LiveOf(l impersonation.Board) Live {
	return Live{
		CheckedAt: stamp(l.CheckedAt), Following: l.Following, Items: list(l.Items, ImpersonationOf), Problem: ProblemOf(l.Problem),
		Others: list(l.Others, func(o impersonation.Other) OtherImpersonation {
			return OtherImpersonation{
				SessionID: string(o.Session), UserID: string(o.UserID), OperatorID: o.OperatorID,
				Own: o.Own, Foreign: o.Foreign, Tool: o.Tool, Reference: o.Reference, Browser: o.Browser, Place: o.Place,
				CreatedAt: stamp(o.CreatedAt), SessionEndsAt: stamp(o.SessionEnds),
				IdleEndsAt: stamp(o.IdleEnds), LastActiveAt: stamp(o.LastActiveAt),
				Waiting: append([]string{}, o.Waiting...),
			}
		}),
	}
}

// RequestOf reads what the dialog sends.
func (r ActorTokenRequest) RequestOf() (impersonation.Request, error) {
	id, err := clerkapi.ParseUserID(r.UserID)
	return impersonation.Request{
		UserID: id, Reason: r.Reason, Override: r.Override, Reference: r.Reference,
		LinkLife:      time.Duration(r.LinkSeconds) * time.Second,
		SessionLength: time.Duration(r.SessionMinutes) * time.Minute,
	}, err
}

// EntryOf converts one impersonation on record.
func EntryOf(i audit.Impersonation) HistoryEntry {
	request := i.Request()
	entry := HistoryEntry{
		ID: i.Record, Time: stamp(request.Time), UserID: request.User, InstanceID: request.Instance,
		OperatorID: request.Operator.ID, OperatorVerified: request.Operator.Verified,
		Reason: request.Reason, Override: request.Override, Reference: request.Reference, State: stateOf(i.Stage), Until: stamp(i.Until),
		Seqs: list(i.Records, func(r audit.Record) int64 { return r.Seq }),
	}
	var opened, signedIn time.Time
	for _, r := range i.Records {
		switch r.Event {
		case audit.Opened, audit.Copied:
			if opened.IsZero() {
				opened = r.Time
			}
		case audit.SignedIn:
			if signedIn.IsZero() {
				signedIn = r.Time
			}
			entry.Ended, entry.Length = "", 0 // what was thought over was not
		case audit.Failed, audit.Unclear:
			entry.Code = r.Result.Code
		case audit.Revoked:
			entry.Ended = string(impersonation.Unused)
			if r.Result.Code == string(impersonation.Refused) || r.Result.Code == string(impersonation.Stolen) {
				entry.Ended = r.Result.Code
			}
		case audit.Ended:
			entry.Ended = r.Result.Code
			// Records of before a sign-in was recorded have the opening alone.
			if since := cmp.Or(signedIn, opened); !since.IsZero() && r.Result.Code != string(impersonation.Unused) {
				entry.Length = int(r.Time.Sub(since).Seconds())
			}
		case audit.Requested, audit.Issued, audit.Accepted:
		}
	}
	entry.Result = resultOf(entry)
	return entry
}

// RecordsOf converts what is on record of one entry.
func RecordsOf(i audit.Impersonation) HistoryRecords {
	converted := HistoryRecords{Records: list(i.Records, func(r audit.Record) HistoryRecord {
		return HistoryRecord{
			Seq: r.Seq, Time: stamp(r.Time), Event: string(r.Event), Code: r.Result.Code,
			Hash: r.Hash, Prev: r.Prev, OperatorID: r.Operator.ID, Remembered: r.Remembered,
		}
	})}
	if head, given := i.Anchor(); given {
		converted.Anchor = head.String()
	}
	return converted
}

// HeadComparisonOf converts a comparison with the keychain.
func HeadComparisonOf(c workspace.Comparison) HeadComparison {
	converted := HeadComparison{State: string(c.State), Message: c.Reason}
	if c.State != workspace.HeadNone {
		converted.Head = c.Head.String()
	}
	return converted
}

// stateOf puts the log's stages into the words of the window.
func stateOf(stage audit.Stage) string {
	switch stage {
	case audit.StageExpired, audit.StageRevoked, audit.StageEnded:
		return string(impersonation.Ended)
	case audit.StageRequested, audit.StagePending, audit.StageOpened, audit.StageLive, audit.StageFailed, audit.StageUnknown,
		audit.StageAccepted:
		return string(stage)
	}
	return string(impersonation.Unknown)
}

// VerificationOf converts the outcome of a verification of the chain alone: how it
// stands to the keychain is for [HeadComparisonOf] to say.
func VerificationOf(v audit.Verification, at time.Time) Verification {
	converted := Verification{
		State: string(v.State), Records: v.Records, Since: stamp(v.First), Line: v.BrokenAt,
		Message: v.Reason, Clock: v.Clock(at), CheckedAt: stamp(at),
	}
	if v.State.Holds() {
		converted.State, converted.Message = string(audit.Good), ""
	}
	return converted
}

// BrowsersOf converts the ways to open a ticket. chosen is the id of the one
// that was used last, if any.
func BrowsersOf(all []browser.Browser, chosen string) []Browser {
	return list(all, func(b browser.Browser) Browser {
		return Browser{ID: b.ID, Name: b.Name, Effect: b.Effect, Isolated: b.Isolated, Chosen: b.ID == chosen, Barrier: b.Barrier}
	})
}

// SettingsOf converts the operator's preferences, of which some are managed.
func SettingsOf(p settings.Preferences, managed []string) Settings {
	return Settings{
		Theme: string(p.Theme), Density: string(p.Density), Zoom: p.Zoom,
		SessionMinutes: p.SessionMinutes, LinkSeconds: p.LinkSeconds, ReasonAlways: p.ReasonAlways,
		LockMinutes:  p.LockMinutes,
		ShowPictures: p.ShowPictures,
		Columns:      list(p.Columns, func(c settings.Column) Column { return Column(c) }),
		Managed:      list(managed, camelCase),
	}
}

func (s Settings) preferences() settings.Preferences {
	return settings.Preferences{
		Theme: settings.Theme(s.Theme), Density: settings.Density(s.Density), Zoom: s.Zoom,
		SessionMinutes: s.SessionMinutes, LinkSeconds: s.LinkSeconds, ReasonAlways: s.ReasonAlways,
		ShowPictures: s.ShowPictures, LockMinutes: s.LockMinutes,
		Columns: list(s.Columns, func(c Column) settings.Column { return settings.Column(c) }),
	}
}

// list converts each element; the result is never nil, which would arrive as
// null.
func list[From, To any](all []From, convert func(From) To) []To {
	converted := make([]To, 0, len(all))
	for _, one := range all {
		converted = append(converted, convert(one))
	}
	return converted
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// initials are what an avatar without a picture shows: of first and last name,
// else the first letter of whatever names the user.
func initials(first, last string, others ...string) string {
	letters := firstLetter(first) + firstLetter(last)
	for i := 0; letters == "" && i < len(others); i++ {
		letters = firstLetter(others[i])
	}
	return letters
}

func firstLetter(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return ""
}

func capitalized(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// MetadataOf indents a JSON object; an empty one is not worth showing.
func MetadataOf(raw []byte) string {
	var out bytes.Buffer
	if len(raw) == 0 || string(bytes.TrimSpace(raw)) == "{}" || json.Indent(&out, raw, "", "  ") != nil {
		return ""
	}
	return out.String()
}
