// Package operator knows who is acting: a secret key identifies nobody, so the
// operator picks their own user of the instance, which becomes the "sub" of
// every actor payload. Picked is not proven: such an operator is unverified,
// here, in the window and in every audit record.
package operator

import (
	"context"
	"strings"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// Operator is who acts. The zero value is nobody.
type Operator struct {
	ID    clerkapi.UserID
	Name  string // in memory only
	Email string // in memory only
	// Verified reports whether the operator proved who they are, and when.
	Verified   bool
	VerifiedAt time.Time
}

// Users is what a pick needs of Clerk.
type Users interface {
	GetUser(ctx context.Context, id clerkapi.UserID) (clerkapi.User, error)
}

// Pick returns the operator with that id, unverified. It asks Clerk, so that
// nobody acts as a user who is gone, banned or locked.
func Pick(ctx context.Context, users Users, id clerkapi.UserID) (Operator, error) {
	user, err := users.GetUser(ctx, id)
	switch {
	case fault.CodeOf(err) == fault.UserGone:
		return Operator{}, fault.New(fault.OperatorGone, err)
	case err != nil:
		return Operator{}, err
	case user.Banned:
		return Operator{}, fault.New(fault.UserBanned, nil)
	case user.Locked:
		return Operator{}, fault.New(fault.UserLocked, nil)
	}
	return Operator{ID: user.ID, Name: strings.TrimSpace(user.FirstName + " " + user.LastName), Email: user.Email}, nil
}
