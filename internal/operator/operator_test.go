package operator

import (
	"context"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

type users struct {
	user clerkapi.User
	err  error
}

var _ Users = users{}

func (u users) GetUser(context.Context, clerkapi.UserID) (clerkapi.User, error) { return u.user, u.err }

func TestPick(t *testing.T) {
	maya := clerkapi.User{ID: userID("user_maya"), FirstName: "Maya", LastName: "Lindqvist", Email: "maya@acme.com"}
	banned, locked := maya, maya
	banned.Banned, locked.Locked = true, true
	unread := maya
	unread.Unread.Locked = true
	tests := []struct {
		name  string
		users users
		want  fault.Code
	}{
		{"a colleague", users{user: maya}, ""},
		{"banned", users{user: banned}, fault.UserBanned},
		{"locked", users{user: locked}, fault.UserLocked},
		{"locked or not, nobody can read", users{user: unread}, fault.ClerkAnswer},
		{"gone", users{err: fault.New(fault.UserGone, nil)}, fault.OperatorGone},
		{"Clerk is busy", users{err: fault.New(fault.ClerkBusy, nil)}, fault.ClerkBusy},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Pick(t.Context(), tt.users, userID("user_maya"))
			if fault.CodeOf(err) != tt.want {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if tt.want != "" {
				return
			}
			if want := (Operator{ID: userID("user_maya"), Name: "Maya Lindqvist", Email: "maya@acme.com"}); got != want {
				t.Errorf("got %+v, want %+v: a pick proves nothing, so it is unverified", got, want)
			}
		})
	}
}
