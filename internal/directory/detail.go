package directory

import (
	"context"
	"sync"
	"time"

	"understudy/internal/clerkapi"
)

// keepRecent bounds what Recent keeps in memory, in users.
const keepRecent = 64

// Detail is what the panel shows of one user, and when it was fetched.
type Detail struct {
	User clerkapi.User
	At   time.Time
}

// Detail fetches a user.
func (d *Directory) Detail(ctx context.Context, id clerkapi.UserID) (Detail, error) {
	user, err := d.users.GetUser(ctx, id)
	if err != nil {
		return Detail{}, err
	}
	at := d.now()
	d.recent.keep(id, user, at)
	return Detail{User: user, At: at}, nil
}

// Memberships fetches the user's places in organizations, which can take several
// requests.
func (d *Directory) Memberships(ctx context.Context, id clerkapi.UserID) ([]clerkapi.Membership, error) {
	memberships, err := d.orgs.Memberships(ctx, id)
	if err != nil {
		return nil, err
	}
	d.places.keep(id, memberships, d.now())
	return memberships, nil
}

// Recent returns the user as Detail does; what was fetched less than oldest ago
// will do.
func (d *Directory) Recent(ctx context.Context, id clerkapi.UserID, oldest time.Duration) (clerkapi.User, error) {
	if user, known := d.recent.get(id, d.now(), oldest); known {
		return user, nil
	}
	detail, err := d.Detail(ctx, id)
	return detail.User, err
}

// RecentMemberships is Recent for the user's places in organizations. It asks Clerk
// again if an earlier request failed.
func (d *Directory) RecentMemberships(ctx context.Context, id clerkapi.UserID, oldest time.Duration) ([]clerkapi.Membership, error) {
	if memberships, known := d.places.get(id, d.now(), oldest); known {
		return memberships, nil
	}
	return d.Memberships(ctx, id)
}

// recent holds what was fetched of some users, and when. It is safe for concurrent
// use.
type recent[T any] struct {
	mu    sync.Mutex
	known map[clerkapi.UserID]seen[T]
}

type seen[T any] struct {
	what T
	at   time.Time
}

func newRecent[T any]() *recent[T] { return &recent[T]{known: map[clerkapi.UserID]seen[T]{}} }

// get returns what was fetched less than oldest before now.
func (r *recent[T]) get(id clerkapi.UserID, now time.Time, oldest time.Duration) (what T, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	last, known := r.known[id]
	if age := now.Sub(last.at); !known || age < 0 || age >= oldest {
		return what, false
	}
	return last.what, true
}

func (r *recent[T]) keep(id clerkapi.UserID, what T, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= keepRecent {
		clear(r.known)
	}
	r.known[id] = seen[T]{what, at}
}
