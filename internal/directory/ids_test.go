package directory

// The ids of the tests of this package: a text that is no id panics.

import "understudy/internal/clerkapi"

func userID(s string) clerkapi.UserID { return clerkapi.Must(clerkapi.ParseUserID(s)) }

func organizationID(s string) clerkapi.OrganizationID {
	return clerkapi.Must(clerkapi.ParseOrganizationID(s))
}
