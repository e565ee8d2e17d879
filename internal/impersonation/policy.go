package impersonation

import (
	"strings"
	"time"
	"unicode/utf8"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/secret"
)

// The lengths that may be chosen.
const (
	MinLinkLife = time.Minute
	MaxLinkLife = 10 * time.Minute
	maxReason   = 500 // characters
)

// Policy is what an impersonation must satisfy before anything is asked of
// Clerk.
type Policy struct {
	Environment secret.Environment
	// ReasonAlways asks for a reason outside of production as well.
	ReasonAlways bool
}

// ReasonRequired reports whether an impersonation needs a reason.
func (p Policy) ReasonRequired() bool {
	return p.ReasonAlways || p.Environment == secret.Production
}

// Check returns the first rule that the request breaks, as a fault.
func (p Policy) Check(operator clerkapi.UserID, user clerkapi.User, r Request) error {
	switch {
	case operator == "":
		return fault.New(fault.OperatorMissing, nil)
	case operator == user.ID:
		return fault.New(fault.Yourself, nil)
	case user.Banned:
		return fault.New(fault.UserBanned, nil)
	case user.Locked:
		return fault.New(fault.UserLocked, nil)
	case p.ReasonRequired() && strings.TrimSpace(r.Reason) == "":
		return fault.New(fault.ReasonMissing, nil)
	case utf8.RuneCountInString(r.Reason) > maxReason:
		return fault.New(fault.ReasonTooLong, nil)
	case r.LinkLife < MinLinkLife || r.LinkLife > MaxLinkLife || r.LinkLife%time.Second != 0:
		return fault.New(fault.LengthInvalid, nil)
	case r.SessionLength != 10*time.Minute && r.SessionLength != 30*time.Minute && r.SessionLength != time.Hour:
		return fault.New(fault.LengthInvalid, nil)
	}
	return nil
}
