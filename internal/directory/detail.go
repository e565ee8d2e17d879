package directory

import (
	"context"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// keepRecent bounds what Recent keeps in memory.
const keepRecent = 64

// Detail is what the panel shows of one user.
type Detail struct {
	User        clerkapi.User
	Memberships []clerkapi.Membership
	// Problem is why the memberships are not known.
	Problem error
}

// Detail fetches a user and their organizations, at once. Without the user there
// is nothing to show; the organizations may be missing.
func (d *Directory) Detail(ctx context.Context, id clerkapi.UserID) (Detail, error) {
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		memberships []clerkapi.Membership
		err         error
	}
	answers := make(chan answer, 1)
	go func() {
		memberships, err := d.orgs.Memberships(both, id)
		answers <- answer{memberships, err}
	}()
	user, err := d.users.GetUser(both, id)
	if err != nil {
		return Detail{}, err
	}
	a := <-answers
	if a.err != nil && (ctx.Err() != nil || fault.CodeOf(a.err) == fault.UserGone) {
		return Detail{}, a.err
	}
	detail := Detail{User: user, Memberships: a.memberships, Problem: a.err}
	d.keep(detail)
	return detail, nil
}

// Recent returns the user as Detail does; what was fetched less than oldest ago
// will do.
func (d *Directory) Recent(ctx context.Context, id clerkapi.UserID, oldest time.Duration) (clerkapi.User, error) {
	detail, err := d.recently(ctx, id, oldest)
	return detail.User, err
}

// RecentMemberships is Recent for the user's places in organizations. What could
// not be had before is asked for again.
func (d *Directory) RecentMemberships(ctx context.Context, id clerkapi.UserID, oldest time.Duration) ([]clerkapi.Membership, error) {
	detail, err := d.recently(ctx, id, oldest)
	if err != nil {
		return nil, err
	}
	if detail.Problem != nil {
		return d.orgs.Memberships(ctx, id)
	}
	return detail.Memberships, nil
}

func (d *Directory) recently(ctx context.Context, id clerkapi.UserID, oldest time.Duration) (Detail, error) {
	d.mu.Lock()
	known, ok := d.recent[id]
	d.mu.Unlock()
	if age := d.now().Sub(known.at); ok && age >= 0 && age < oldest {
		return known.Detail, nil
	}
	return d.Detail(ctx, id)
}

func (d *Directory) keep(detail Detail) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.recent) >= keepRecent {
		clear(d.recent)
	}
	d.recent[detail.User.ID] = seen{Detail: detail, at: d.now()}
}
