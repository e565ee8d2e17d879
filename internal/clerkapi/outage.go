package clerkapi

import (
	"sync"
	"time"

	"understudy/internal/fault"
)

// tellAgain is the least time between two ends of an outage that are told. One
// endpoint that always fails beside one that answers looks like an end each time.
const tellAgain = 10 * time.Second

// outage notices the first answer after a failure that is not about the request.
type outage struct {
	mu   sync.Mutex
	on   bool
	told time.Time
}

// begin takes note of a failure.
func (o *outage) begin(code fault.Code) {
	if !isOfNoRequest(code) {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.on = true
}

// end takes note of an answer, and reports whether that is to be told.
func (o *outage) end(now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.on || now.Sub(o.told) < tellAgain {
		return false
	}
	o.on, o.told = false, now
	return true
}

// isOfNoRequest reports whether a failure says that other requests may have failed
// as well, and need not once one succeeds.
func isOfNoRequest(code fault.Code) bool {
	switch code {
	case fault.ClerkUnreachable, fault.ClerkTimeout, fault.ClerkCertificate, fault.ClerkRedirect,
		fault.ClerkAnswer, fault.ClerkBroken, fault.ClerkBusy, fault.KeyRefused:
		return true
	default:
		return false
	}
}
