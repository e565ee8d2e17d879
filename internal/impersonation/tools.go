package impersonation

import (
	"strings"

	"understudy/internal/bidi"
	"understudy/internal/clerkapi"
	"understudy/internal/operator"
)

// Origin is who began an impersonation that this machine did not, and with what.
type Origin struct {
	// OperatorID names who began it, as their tool does; "" if it tells nobody of here.
	OperatorID string
	// Own: the operator did, elsewhere.
	Own bool
	// Foreign: not with Understudy, so it is in nobody's history.
	Foreign bool
	// Tool names what it was begun with, "" where that is Understudy or not known.
	Tool string
}

// cliPrefix stands before the address of who uses Clerk's command line tool.
const cliPrefix = "cli:"

// originOf reads the payload that a session carries.
func originOf(actor clerkapi.Actor, who operator.Operator) Origin {
	o := Origin{OperatorID: actor.Sub, Foreign: actor.Iss != issuer}
	switch {
	case !o.Foreign:
	case actor.Type == "agent":
		o.Tool = "an agent task"
	case actor.Iss == "clerk-cli" || strings.HasPrefix(actor.Sub, cliPrefix):
		o.OperatorID, o.Tool = addressIn(actor.Sub), "Clerk CLI"
	case actor.Iss == "https://dashboard.clerk.com":
		o.OperatorID, o.Tool = "", "Clerk Dashboard" // a user of Clerk's own, and of no instance
	default:
		o.Tool = bidi.Clean(actor.Iss)
	}
	isAddress := o.Tool == "Clerk CLI" && who.Email != "" && strings.EqualFold(o.OperatorID, who.Email)
	o.Own = isAddress || o.OperatorID != "" && o.OperatorID == who.Sub()
	return o
}

// addressIn is the address in "cli:maya@acme.example", and in what may follow it.
func addressIn(sub string) string {
	address := strings.TrimPrefix(sub, cliPrefix)
	if end := strings.IndexAny(address, " \t:;,/?#|"); end > 0 {
		address = address[:end]
	}
	return address
}
