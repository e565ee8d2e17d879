package audit

import (
	"slices"
	"time"
)

// Stage is how far an impersonation is, as far as the log knows. Whether a
// session is alive only Clerk knows.
type Stage string

// The stages of an impersonation.
const (
	StageRequested Stage = "requested" // Clerk is being asked, in this run of the program
	StagePending   Stage = "pending"   // there is a link, and no browser has it
	StageOpened    Stage = "opened"    // a browser has the link, and nobody was seen signed in
	StageLive      Stage = "live"      // somebody was seen signed in, and the time is not up
	StageExpired   Stage = "expired"   // the link ran out before a browser had it
	StageRevoked   Stage = "revoked"   // the link was revoked before it was used
	StageEnded     Stage = "ended"     // by the operator, or its time was up
	StageFailed    Stage = "failed"    // Clerk gave no link
	StageUnknown   Stage = "unknown"   // nobody knows Clerk's answer, or what became of an opened link
	StageAccepted  Stage = "accepted"  // no impersonation: the log was taken as it is
)

// Impersonation is what the log has about one impersonation.
type Impersonation struct {
	Record  string   // the id that its records share
	Stage   Stage    // at the moment that was asked about
	Records []Record // in the order of the log; at least one
	// Until is when the clock alone makes it another stage; zero: never.
	Until time.Time
}

// Request returns the first record. It says who asked to impersonate whom, why and
// for how long.
func (i Impersonation) Request() Record { return i.Records[0] }

// Anchor is the head that Clerk has been given with the actor token, in its
// payload: the record of the request itself. It is false if Clerk gave none.
func (i Impersonation) Anchor() (Head, bool) {
	request := i.Request()
	issued := slices.ContainsFunc(i.Records, func(r Record) bool { return r.Event == Issued })
	return Head{Seq: request.Seq, Hash: request.Hash}, issued && request.Event == Requested
}

// Moment is when the stages of impersonations are asked for, and in which run
// of the program: an intent of another run has nobody left who waits for its
// outcome.
type Moment struct {
	Time time.Time
	Boot string
}

// stageOf follows the records of one impersonation to the last, then lets the
// clock have its say. until is when the clock ends the stage; zero: never.
func stageOf(records []Record, at Moment) (stage Stage, until time.Time) {
	stage, boot := StageUnknown, ""
	request := records[0]
	link := time.Duration(request.LinkSeconds) * time.Second
	session := time.Duration(request.SessionSeconds) * time.Second
	for _, record := range records {
		switch record.Event {
		case Requested:
			stage, boot = StageRequested, record.Boot
		case Issued:
			stage, until = StagePending, record.Time.Add(link)
		case Unclear:
			stage = StageUnknown
		case Opened, Copied:
			if stage == StagePending {
				stage = StageOpened
			}
		case SignedIn:
			// The session started by then, at the latest.
			stage, until = StageLive, record.Time.Add(session)
		case Failed:
			if stage == StageRequested { // later on a step failed, and what there was stays
				stage = StageFailed
			}
		case Revoked:
			stage = StageRevoked
		case Ended:
			stage = StageEnded
		case Accepted:
			stage = StageAccepted
		case ChangesAllowed, ChangesOver, PathAllowed, ConnectionAllowed:
		}
	}
	var never time.Time
	isOver := !at.Time.Before(until)
	switch stage {
	case StageRequested:
		if boot != at.Boot {
			return StageUnknown, never
		}
	case StagePending:
		if isOver {
			return StageExpired, never
		}
		return stage, until
	case StageOpened:
		switch signedOut := until.Add(session); {
		case !at.Time.Before(signedOut):
			return StageEnded, never // a session that the link started is over by now
		case isOver:
			return StageUnknown, signedOut
		}
		return stage, until
	case StageLive:
		if isOver {
			return StageEnded, never
		}
		return stage, until
	case StageExpired, StageRevoked, StageEnded, StageFailed, StageUnknown, StageAccepted:
	}
	return stage, never
}

// Outcome is what came of an impersonation.
type Outcome string

// The outcomes. There is none, "", while it goes on.
const (
	ChangedNothing Outcome = "changed_nothing" // it was watched
	Changed        Outcome = "changed"         // Result.Sent of the closing record says how often
	LinkUnused     Outcome = "link_unused"
	NotWatched     Outcome = "not_watched" // somebody may have been signed in, and there is no report
	NotCreated     Outcome = "failed"      // Clerk gave no link
	NotKnown       Outcome = "unknown"
)

// endedUnused is the code of an ending after which nobody was signed in.
const endedUnused = "unused"

// Outcome is what came of the impersonation, by its stage and its report.
func (i Impersonation) Outcome() Outcome {
	closing, watched := i.Closing()
	switch i.Stage {
	case StageFailed:
		return NotCreated
	case StageExpired, StageRevoked:
		return LinkUnused
	case StageEnded, StageUnknown:
	case StageRequested, StagePending, StageOpened, StageLive, StageAccepted:
		return ""
	}
	last := i.Records[len(i.Records)-1]
	switch {
	case last.Event == Ended && last.Result.Code == endedUnused:
		return LinkUnused
	case watched && closing.Result.Sent == 0:
		return ChangedNothing
	case watched:
		return Changed
	case i.Stage == StageUnknown:
		return NotKnown
	}
	return NotWatched
}
