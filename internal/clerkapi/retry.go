package clerkapi

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

const (
	// retries is how many times a GET is sent again.
	retries = 2
	// firstBackoff is the middle of the first wait; each next one doubles.
	firstBackoff = 400 * time.Millisecond
	// patience is the longest wait that a request sits through by itself.
	// Beyond it the operator is told and decides.
	patience = 20 * time.Second
	// busyWait is for a 429 that does not say how long. Clerk counts requests
	// in windows of 10 seconds, so after one of them the next gets through.
	busyWait = 10 * time.Second
	// longestWait caps what an answer can make the window count down from.
	longestWait = 10 * time.Minute
)

// backoff reports whether a GET that failed attempt times before and now with
// failure is worth another try, and after which wait.
func (c *Client) backoff(failure *fault.Error, attempt int) (time.Duration, bool) {
	// A timeout is not one that a retry is for: its wait was long enough already.
	passing := failure.Code == fault.ClerkUnreachable || failure.Code == fault.ClerkBroken || failure.Code == fault.ClerkBusy
	if !passing || attempt >= retries || failure.RetryAfter > patience {
		return 0, false
	}
	step := firstBackoff << attempt
	jitter := time.Duration(c.jitter() * float64(step))
	return max(failure.RetryAfter, step/2) + jitter, true
}

// waitingFor says what the wait after failure is for.
func waitingFor(failure *fault.Error) Waiting {
	if failure.Code == fault.ClerkBusy {
		return ForClerk
	}
	return ForRetry
}

// parseRetryAfter reads a Retry-After header: whole seconds or an HTTP date
// (RFC 9110, section 10.2.3). ok is false when it is neither. The wait is not
// negative and not above longestWait; capped tells that it was.
func parseRetryAfter(value string, now time.Time) (wait time.Duration, capped, ok bool) {
	value = strings.TrimSpace(value)
	if isDigits(value) {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > int64(longestWait/time.Second) {
			return longestWait, true, true
		}
		return time.Duration(seconds) * time.Second, false, true
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0, false, false
	}
	wait = max(date.Sub(now), 0)
	if wait > longestWait {
		return longestWait, true, true
	}
	return wait, false, true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// withRetryAfter adds to failure how long Clerk asks to wait.
func withRetryAfter(failure *fault.Error, header string, now time.Time) *fault.Error {
	wait, capped, ok := parseRetryAfter(header, now)
	switch {
	case !ok && failure.Code == fault.ClerkBusy:
		return failure.WithRetryAfter(busyWait)
	case !ok:
		return failure
	case capped && failure.Code == fault.ClerkBusy:
		return failure.WithRetryAfter(wait).Saying(sentence.Of("clerk_busy.long", "minutes", int(longestWait.Minutes())))
	default:
		return failure.WithRetryAfter(wait)
	}
}
