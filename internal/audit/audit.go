// Package audit keeps the history of impersonations in an append-only log. Its
// records are chained, so that an edit, a removal or a change of order shows.
//
// # Format
//
// A folder holds files of JSON Lines, audit-<number of the first record>.jsonl.
// One line is one [Record]. Its prev is the SHA-256, as lower-case hex, of the
// exact bytes of the line before it without the newline. The first line of a
// file continues the last line of the file before it, and the first line of all
// has 64 zeros. Records are numbered from 1 across files. Fields that this
// version does not know are passed over and, since the chain is over bytes,
// verified like the rest. There is no ticket, no email address and no name.
//
// A folder beside them keeps the reports of impersonations, which report.go is about.
//
// # What it shows
//
// The chain by itself shows every change but one to its end. For that the
// [Head] is kept elsewhere: in the OS keychain ([Vault]), and at Clerk inside
// the payload of each actor token. Somebody with the rights of the user can
// rewrite records that were never anchored there. The log cannot prove who sat at
// the desk.
//
// # Files
//
// log.go and segment.go write. anchor.go keeps the head in the vault. history.go
// reads from the beginning and backward.go from the end. page.go, cursor.go and
// join.go give pages of impersonations. verify.go verifies, and head.go compares
// with a head kept elsewhere. export*.go, narrow.go and progress.go export.
package audit

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Event is what happened to an impersonation.
type Event string

// The events, in the order in which they come.
const (
	Requested Event = "requested" // the intent; on disk before Clerk is asked
	Issued    Event = "issued"    // Clerk created the actor token
	Unclear   Event = "unclear"   // Clerk may have created one; Result.Code says why nobody knows
	Opened    Event = "opened"    // a browser was given the link
	Copied    Event = "copied"    // the operator took the link
	SignedIn  Event = "signed_in" // Clerk has a session of it, seen for the first time or again
	Failed    Event = "failed"    // a step did not work; Result.Code says why
	Revoked   Event = "revoked"   // the token was revoked before it was used
	Ended     Event = "ended"     // its sessions were ended

	// The next four come while a held browser is open, before they have effect.

	ChangesAllowed    Event = "changes_allowed"    // until Until; zero: to the end
	ChangesOver       Event = "changes_over"       // it is view only again
	PathAllowed       Event = "path_allowed"       // Path may be written to
	ConnectionAllowed Event = "connection_allowed" // a page may hold a WebSocket to Host

	// Accepted is about the log itself and no impersonation, see [Log.Accept].
	Accepted Event = "accepted"
)

// version is the newest form of a line that this program writes.
const version = 1

// maxSeq is the highest number of a record. The window, and most programs that
// read an export, hold numbers as floats, which are exact up to here.
const maxSeq = 1<<53 - 1

// maxSeconds is the longest time that a record can speak of: some 68 years.
const maxSeconds = 1<<31 - 1

// Record is one line of the log. Append fills in Version, Seq, Time, Boot and
// Prev. Records of the same impersonation have the same Record.
type Record struct {
	Version   int       `json:"v"`
	Seq       int64     `json:"seq"`
	Time      time.Time `json:"time"` // UTC
	Boot      string    `json:"boot"` // the run of the program that wrote it
	Event     Event     `json:"event"`
	Record    string    `json:"record"` // id of the impersonation: rid in the actor payload
	Operator  Operator  `json:"operator"`
	Instance  string    `json:"instance"`
	User      string    `json:"user"`
	Reason    string    `json:"reason,omitempty"`
	Override  string    `json:"override,omitempty"` // why a rule was set aside
	Reference string    `json:"reference,omitempty"`
	Browser   string    `json:"browser,omitempty"`
	// Mode is the one that was chosen, of Requested, and the one that the browser began
	// in, of Opened. It is "" where nobody watches.
	Mode           string    `json:"mode,omitempty"`
	LinkSeconds    int       `json:"link_seconds,omitempty"`
	SessionSeconds int       `json:"session_seconds,omitempty"`
	Path           string    `json:"path,omitempty"` // host and path without ids: of PathAllowed only
	Host           string    `json:"host,omitempty"` // of ConnectionAllowed only
	Until          time.Time `json:"until,omitzero"` // UTC
	Result         Result    `json:"result,omitzero"`
	Remembered     string    `json:"remembered,omitempty"` // the head that the vault had: of Accepted only
	Prev           string    `json:"prev"`
	// Hash is the SHA-256 of the record's own line, as lower-case hex: the next
	// record's Prev. It is filled in where the record is read or was appended.
	Hash string `json:"-"`
}

// exact reports whether the record's numbers are ones that Append writes.
func (r Record) exact() bool {
	within := func(n, most int64) bool { return n >= 0 && n <= most }
	return within(r.Seq, maxSeq) && within(int64(r.LinkSeconds), maxSeconds) && within(int64(r.SessionSeconds), maxSeconds) &&
		within(int64(r.Result.Pages), maxSeq) && within(int64(r.Result.Sent), maxSeq) && within(int64(r.Result.HeldBack), maxSeq)
}

// Operator is who acted: a user of the same Clerk instance, or somebody who is none.
// Of those the id is address_ and the first 32 digits of the SHA-256 of their work
// address in small letters, which is the sub at Clerk.
type Operator struct {
	ID         string    `json:"id"`
	Verified   bool      `json:"verified"`
	VerifiedAt time.Time `json:"verified_at,omitzero"`
}

// Result is what came of it.
type Result struct {
	Code       string   `json:"code,omitempty"` // of the fault catalogue, when it failed
	ActorToken string   `json:"actor_token,omitempty"`
	Sessions   []string `json:"sessions,omitempty"`
	TraceID    string   `json:"trace_id,omitempty"`
	// Report is the SHA-256 of the session report as lower-case hex, see
	// [Log.SaveReport]. It is "" where nobody watched. The figures are the report's.
	Report   string `json:"report,omitempty"`
	Pages    int    `json:"pages,omitempty"`
	Sent     int    `json:"sent,omitempty"`      // changes
	HeldBack int    `json:"held_back,omitempty"` // changes
}

// Head names the last record of a log and, by its hash, all those before it.
type Head struct {
	Seq  int64
	Hash string // SHA-256 as lower-case hex
}

// origin is the head of a log without records.
func origin() Head { return Head{Hash: strings.Repeat("0", hashDigits)} }

// hashDigits is the length of a SHA-256 in hex.
const hashDigits = 64

// String is "seq:hash", the form that goes into the keychain and, as log, into
// the actor payload.
func (h Head) String() string { return strconv.FormatInt(h.Seq, 10) + ":" + h.Hash }

// ParseHead reads what [Head.String] wrote.
func ParseHead(text string) (Head, error) {
	number, hash, _ := strings.Cut(text, ":")
	seq, err := strconv.ParseInt(number, 10, 64)
	isHex := len(hash) == hashDigits && strings.Trim(hash, "0123456789abcdef") == ""
	if head := (Head{Seq: seq, Hash: hash}); err == nil && seq >= 0 && seq <= maxSeq && isHex && head.String() == text {
		return head, nil
	}
	return Head{}, fmt.Errorf("not the head of a log: %d bytes", len(text))
}
