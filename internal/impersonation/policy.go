package impersonation

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/secret"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

// The lengths that may be chosen.
const (
	MinLinkLife  = time.Minute
	MaxLinkLife  = 10 * time.Minute
	maxReason    = 500 // characters, of the override reason too
	maxReference = 100 // characters
)

// Policy is what an impersonation must satisfy before anything is asked of
// Clerk.
type Policy struct {
	Environment secret.Environment
	// ReasonAlways asks for a reason outside of production as well.
	ReasonAlways bool
	Rules        settings.Rules
}

// Subject is whom an impersonation is about: the user and their places in
// organizations, as fetched at most a minute ago.
type Subject struct {
	User        clerkapi.User
	Memberships []clerkapi.Membership
}

// ReasonRequired reports whether an impersonation needs a reason.
func (p Policy) ReasonRequired() bool {
	return p.ReasonAlways || p.Environment == secret.Production || p.Rules.Reason.Pattern != ""
}

// checkRequest returns the first rule that the request breaks by itself, whatever
// Clerk says of the user.
func (p Policy) checkRequest(who operator.Operator, r Request) error {
	switch {
	case who.IsNobody():
		return fault.New(fault.OperatorMissing, nil)
	case who.ID == r.UserID:
		return fault.New(fault.Yourself, nil)
	}
	return p.checkTyped(r)
}

// Check returns the first rule that the request breaks, as a fault.
func (p Policy) Check(who operator.Operator, subject Subject, r Request) error {
	if who.IsNobody() {
		return fault.New(fault.OperatorMissing, nil)
	}
	protection := p.Protection(who, subject)
	for _, found := range protection {
		if found.Effect == Refuse {
			return found.refusal()
		}
	}
	if err := p.checkTyped(r); err != nil {
		return err
	}
	if len(protection) > 0 && r.Override == "" {
		return fault.New(fault.OverrideMissing, nil)
	}
	return nil
}

// checkTyped is about what the operator typed and chose, whoever the user is.
func (p Policy) checkTyped(r Request) error {
	longest := time.Duration(p.Rules.LongestSession) * time.Minute
	switch {
	case p.ReasonRequired() && r.Reason == "":
		return fault.New(fault.ReasonMissing, nil)
	case utf8.RuneCountInString(r.Reason) > maxReason || utf8.RuneCountInString(r.Override) > maxReason:
		return fault.New(fault.ReasonTooLong, nil)
	case !matches(p.Rules.Reason.Pattern, r.Reason):
		return fault.New(fault.ReasonPattern, nil).Saying(sentence.Of("reason_pattern.hint", "hint", p.Rules.Reason.Hint))
	case p.Rules.Reason.Reference != "" && r.Reference == "":
		return fault.New(fault.ReferenceMissing, nil)
	case !p.takesReference(r.Reference):
		return fault.New(fault.ReferenceInvalid, nil)
	case r.LinkLife < MinLinkLife || r.LinkLife > MaxLinkLife || r.LinkLife%time.Second != 0:
		return fault.New(fault.LengthInvalid, nil)
	case r.SessionLength != 10*time.Minute && r.SessionLength != 30*time.Minute && r.SessionLength != time.Hour:
		return fault.New(fault.LengthInvalid, nil)
	case longest > 0 && r.SessionLength > longest:
		return fault.New(fault.SessionTooLong, nil).
			Saying(sentence.Of("session_too_long.most", "minutes", p.Rules.LongestSession))
	case !isLand(r.Land):
		return fault.New(fault.LandInvalid, nil)
	}
	return p.checkMode(r)
}

// takesReference reports whether a reference, which may be empty, is one line
// that matches the pattern from end to end.
func (p Policy) takesReference(reference string) bool {
	isLine := utf8.ValidString(reference) && utf8.RuneCountInString(reference) <= maxReference &&
		!strings.ContainsFunc(reference, func(r rune) bool { return !unicode.IsPrint(r) })
	if p.Rules.Reason.Reference == "" {
		return isLine
	}
	return isLine && matches(`^(?:`+p.Rules.Reason.Reference+`)$`, reference)
}

// matches reports whether a text has the pattern in it. A pattern that is none
// matches nothing: the settings take no such pattern.
func matches(pattern, text string) bool {
	compiled, err := regexp.Compile(pattern)
	return err == nil && compiled.MatchString(text)
}
