package directory

import (
	"context"

	"understudy/internal/clerkapi"
)

// Names returns those of up to 100 users who exist, in any order. It is one request,
// and behind those that somebody waits for: without the names there are the ids.
func (d *Directory) Names(ctx context.Context, ids []clerkapi.UserID) ([]clerkapi.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ask := clerkapi.UserPage{Limit: len(ids)}
	for _, id := range ids {
		ask.Filter.UserIDs = append(ask.Filter.UserIDs, id.String())
	}
	return d.users.ListUsers(clerkapi.InBackground(ctx), ask)
}
