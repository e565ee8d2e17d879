package impersonation

// The ids of the tests of this package: a text that is no id panics.

import "understudy/internal/clerkapi"

func userID(s string) clerkapi.UserID { return clerkapi.Must(clerkapi.ParseUserID(s)) }

func actorTokenID(s string) clerkapi.ActorTokenID {
	return clerkapi.Must(clerkapi.ParseActorTokenID(s))
}

func sessionID(s string) clerkapi.SessionID { return clerkapi.Must(clerkapi.ParseSessionID(s)) }
