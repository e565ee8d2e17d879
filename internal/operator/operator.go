// Package operator knows who is acting: a secret key identifies nobody. The
// operator picks their own user of the instance, or signs in with Clerk, which
// proves it; that user is the "sub" of every actor payload. Picked is not
// proven: such an operator is unverified, here, in the window and in every audit
// record. Somebody who is no user of the instance gives a name and a work address
// ([Outsider]), which is the "sub" then.
//
// The sign-in is OAuth 2.1 with PKCE in the system browser, as RFC 8252 lays it
// out for desktop applications, and OpenID Connect for the proof. Its tokens are
// dropped once they are checked, and the secret key has no part in it.
//
// The package also knows whether an operator has the permission that the rules
// of an instance ask for ([Permissions]).
package operator

import (
	"context"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Operator is who acts. The zero value is nobody.
type Operator struct {
	ID    clerkapi.UserID // "" of an outsider
	Name  string          // of a user in memory only
	Email string          // of a user in memory only
	// Outside: they are no user of the instance, see [Outsider].
	Outside bool
	// Verified reports whether the operator proved who they are, when, and until
	// when that counts.
	Verified      bool
	VerifiedAt    time.Time
	VerifiedUntil time.Time
}

// With returns the operator as verified by a proof that counts for so long, or
// unverified if the proof is of somebody else, too old, or of a time to come: a
// clock that is put back must not make a sign-in last.
func (o Operator) With(p Proof, lasts time.Duration, now time.Time) Operator {
	o.Verified, o.VerifiedAt, o.VerifiedUntil = false, time.Time{}, time.Time{}
	if p.ID.IsZero() || p.ID != o.ID || now.Before(p.At.Add(-skew)) || !now.Before(p.At.Add(lasts)) {
		return o
	}
	o.Verified, o.VerifiedAt, o.VerifiedUntil = true, p.At, p.At.Add(lasts)
	return o
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
	case user.Unread.Banned || user.Unread.Locked:
		return Operator{}, fault.New(fault.ClerkAnswer, nil).
			Saying(sentence.Of("clerk_answer.user_state"))
	}
	return Operator{ID: user.ID, Name: user.Name(), Email: user.Email}, nil
}
