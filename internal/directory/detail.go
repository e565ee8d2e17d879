package directory

import (
	"context"
	"time"

	"understudy/internal/clerkapi"
)

// keepRecent bounds what Recent keeps in memory.
const keepRecent = 64

// Detail is what the panel shows of one user.
type Detail struct {
	User        clerkapi.User
	Memberships []clerkapi.Membership
}

// Detail fetches a user and their organizations, at once.
func (d *Directory) Detail(ctx context.Context, id clerkapi.UserID) (Detail, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		memberships []clerkapi.Membership
		err         error
	}
	answers := make(chan answer, 1)
	go func() {
		memberships, err := d.orgs.Memberships(ctx, id)
		answers <- answer{memberships, err}
	}()
	user, err := d.users.GetUser(ctx, id)
	if err != nil {
		return Detail{}, err
	}
	a := <-answers
	if a.err != nil {
		return Detail{}, a.err
	}
	detail := Detail{User: user, Memberships: a.memberships}
	d.keep(detail)
	return detail, nil
}

// Recent returns what Detail does; what was fetched less than oldest ago will do.
func (d *Directory) Recent(ctx context.Context, id clerkapi.UserID, oldest time.Duration) (clerkapi.User, []clerkapi.Membership, error) {
	d.mu.Lock()
	known, ok := d.recent[id]
	d.mu.Unlock()
	if age := d.now().Sub(known.at); ok && age >= 0 && age < oldest {
		return known.User, known.Memberships, nil
	}
	detail, err := d.Detail(ctx, id)
	return detail.User, detail.Memberships, err
}

func (d *Directory) keep(detail Detail) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.recent) >= keepRecent {
		clear(d.recent)
	}
	d.recent[detail.User.ID] = seen{Detail: detail, at: d.now()}
}
