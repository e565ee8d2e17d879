package clerkapi

import (
	"net/http"
	"sync/atomic"
	"time"
)

// tolerable is how far two clocks may be apart without a word of it: the Date of
// an answer is in whole seconds and as old as its way here.
const tolerable = 10 * time.Second

// skew is how far Clerk's clock is ahead of this computer's, by its last answer.
// Clerk says when a session ends by its own clock; where this one is set wrong,
// that moment would be shown as long past or a day away.
type skew struct{ ahead atomic.Int64 }

// note reads the Date of an answer (RFC 9110, section 6.6.1) that came now.
func (s *skew) note(answer http.Header, now time.Time) {
	theirs, err := http.ParseTime(answer.Get("Date"))
	if err != nil {
		return
	}
	ahead := theirs.Sub(now)
	if ahead.Abs() < tolerable {
		ahead = 0
	}
	s.ahead.Store(int64(ahead))
}

// Skew is how far Clerk's clock is ahead of this computer's, negative if it is
// behind. It is zero before Clerk's first answer, and where the two are less than
// ten seconds apart.
func (c *Client) Skew() time.Duration { return time.Duration(c.skew.ahead.Load()) }

// here is a moment of Clerk's by the clock of this computer. The zero time,
// which is none, stays as it is.
func (s *skew) here(theirs time.Time) time.Time {
	if theirs.IsZero() {
		return theirs
	}
	return theirs.Add(-time.Duration(s.ahead.Load()))
}
