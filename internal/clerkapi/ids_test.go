package clerkapi

// The ids of the tests of this package: a text that is no id panics.

func userID(s string) UserID { return Must(ParseUserID(s)) }

func actorTokenID(s string) ActorTokenID { return Must(ParseActorTokenID(s)) }

func sessionID(s string) SessionID { return Must(ParseSessionID(s)) }

func organizationID(s string) OrganizationID { return Must(ParseOrganizationID(s)) }

func instanceID(s string) InstanceID { return Must(ParseInstanceID(s)) }
