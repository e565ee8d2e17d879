// Package directory finds users: it reads the text of the search box, decides
// how each page is asked of Clerk, and keeps the cost of a page the same at a
// hundred users and at a million. One page is one request.
package directory

import (
	"context"
	"sync"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// PageSize is the number of rows in a page.
const PageSize = 100

// Users is what the directory needs of Clerk.
type Users interface {
	ListUsers(ctx context.Context, page clerkapi.UserPage) ([]clerkapi.User, error)
	CountUsers(ctx context.Context, filter clerkapi.UserFilter) (int64, error)
	GetUser(ctx context.Context, id clerkapi.UserID) (clerkapi.User, error)
}

// Organizations is what org: needs of Clerk, and what the panel shows.
type Organizations interface {
	FindOrganizations(ctx context.Context, query string, limit int) ([]clerkapi.Organization, error)
	Memberships(ctx context.Context, id clerkapi.UserID) ([]clerkapi.Membership, error)
}

// View is what the table shows, pinned to a moment: users created later do not
// belong to it, so that no page shifts while people sign up.
type View struct {
	Query    string
	Order    clerkapi.Order
	PinnedAt time.Time
}

// Request asks for the rows of a view from Index on.
type Request struct {
	View  View
	Index int
	// After is the user in the row before Index, if the caller holds it.
	After clerkapi.UserID
	// Before is the user in the row PageSize behind Index, if the caller holds
	// it: the first row of the next page.
	Before clerkapi.UserID
	// Total is the number of rows of the view, -1 while unknown.
	Total int
}

// Page is an answer. Total is -1 unless the page itself tells it, PinnedAt the
// moment to which the view is pinned.
type Page struct {
	Rows     []clerkapi.User
	Last     bool
	Total    int
	PinnedAt time.Time
	// Above and Below are the users in the rows around these, "" where there is none
	// or where the page was not asked for by its place. Another one than the caller
	// holds there means that rows moved between the two pages.
	Above, Below clerkapi.UserID
}

// Directory reads the users of one instance. It is safe for concurrent use.
type Directory struct {
	users  Users
	orgs   Organizations
	now    func() time.Time
	skew   func() time.Duration
	mu     sync.Mutex
	recent *recent[clerkapi.User]
	places *recent[[]clerkapi.Membership]
	orgIDs map[meaning][]clerkapi.OrganizationID
	ahead  *ahead // nil once somebody has it
}

// New returns the directory of the instance behind users and orgs. skew is how far
// Clerk's clock is ahead of now, as far as that is known.
func New(users Users, orgs Organizations, now func() time.Time, skew func() time.Duration) *Directory {
	return &Directory{
		users: users, orgs: orgs, now: now, skew: skew,
		recent: newRecent[clerkapi.User](), places: newRecent[[]clerkapi.Membership](),
		orgIDs: map[meaning][]clerkapi.OrganizationID{},
	}
}

// Now is the moment to pin a new view to. It is Clerk's, which says when a user was
// created: pinned by a clock that is behind, a view would not have the newest, and
// by one that is ahead, its pages would shift.
func (d *Directory) Now() time.Time { return d.now().Add(d.skew()) }

// Page returns up to PageSize rows. A whole value in the search, such as an
// address, is looked up exactly first; only if nobody has it, a second request
// matches it partly. A second one is also made if Clerk does not take the known row as a cursor.
func (d *Directory) Page(ctx context.Context, r Request) (Page, error) {
	if a := d.takeAhead(r); a != nil {
		return a.wait(ctx)
	}
	return d.find(ctx, r)
}

func (d *Directory) find(ctx context.Context, r Request) (page Page, err error) {
	defer func() { page.PinnedAt, err = r.View.PinnedAt, noOrganizations(err) }()
	asks, err := d.asks(ctx, r.View)
	if err != nil {
		return Page{}, err
	}
	if r.Index == 0 {
		for _, filter := range asks.Exact {
			if page, err := d.fetch(ctx, r, filter); err != nil || len(page.Rows) > 0 {
				return page, err
			}
		}
	}
	filter := pinned(asks.Listed, r.View.PinnedAt)
	page, err = d.fetch(ctx, r, filter)
	if (!r.After.IsZero() || !r.Before.IsZero()) && isRefusedCursor(err) {
		r.After, r.Before = clerkapi.UserID{}, clerkapi.UserID{}
		page, err = d.fetch(ctx, r, filter)
	}
	if err == nil && r.Index == 0 && len(page.Rows) == 0 && asks.Last != nil {
		return d.fetch(ctx, r, *asks.Last)
	}
	return page, err
}

// isRefusedCursor reports whether a page may have failed because the user beside
// it was deleted. Clerk does not document its answer to a cursor that names nobody.
func isRefusedCursor(err error) bool {
	code := fault.CodeOf(err)
	return code == fault.ClerkRefused || code == fault.ClerkNotFound
}

// Count returns how many users the view has. On a large instance with a filter
// it can take minutes: never make rows wait for it.
func (d *Directory) Count(ctx context.Context, v View) (int64, error) {
	asks, err := d.asks(ctx, v)
	if err != nil {
		return 0, err
	}
	for _, filter := range asks.Exact {
		if n, err := d.users.CountUsers(ctx, filter); err != nil || n > 0 {
			return n, err
		}
	}
	n, err := d.users.CountUsers(ctx, pinned(asks.Listed, v.PinnedAt))
	if err == nil && n == 0 && asks.Last != nil {
		return d.users.CountUsers(ctx, *asks.Last)
	}
	return n, noOrganizations(err)
}

// CountNewer returns how many users the view would have more if it were pinned
// anew: matching ones that were created since it was pinned. A list of ids is
// complete as it is. With a whole value, such as an address, that somebody has, who has it in part is
// not shown and does not count.
func (d *Directory) CountNewer(ctx context.Context, v View) (int64, error) {
	asks, err := d.asks(ctx, v)
	if err != nil || narrowsExactly(asks.Listed) {
		return 0, err
	}
	for _, filter := range asks.Exact {
		n, err := d.users.CountUsers(ctx, filter)
		if err != nil {
			return 0, err
		}
		if n > 0 {
			return d.users.CountUsers(ctx, newer(filter, v.PinnedAt))
		}
	}
	return d.users.CountUsers(ctx, newer(asks.Listed, v.PinnedAt))
}

// asks reads the search of a view and looks organizations up. Relative dates count
// from the pin, so that all pages of a view are of one list. Clerk's cursor also
// takes no other parameters than the page before had.
func (d *Directory) asks(ctx context.Context, v View) (Asks, error) {
	search, err := ParseSearch(v.Query)
	if err != nil {
		return Asks{}, err
	}
	asks, err := search.Asks(d.momentOf(v))
	if err != nil {
		return Asks{}, err
	}
	for _, name := range search.Organizations() {
		ids, err := d.organization(ctx, name, v.PinnedAt)
		if err != nil {
			return Asks{}, err
		}
		asks.within(ids)
	}
	return asks, nil
}

// pinned leaves out users created after the pin, unless the filter names ids or a
// whole address. Such a list does not grow, so its pages do not shift. A user who
// just signed up must not be hidden by a clock that is behind.
func pinned(filter clerkapi.UserFilter, pin time.Time) clerkapi.UserFilter {
	if narrowsExactly(filter) {
		return filter
	}
	if !pin.IsZero() && (filter.CreatedBefore.IsZero() || pin.Before(filter.CreatedBefore)) {
		filter.CreatedBefore = pin
	}
	return filter
}

// newer leaves out who was created before the pin. The pin is exclusive on its
// own side, so the moment itself belongs here.
func newer(filter clerkapi.UserFilter, pin time.Time) clerkapi.UserFilter {
	if filter.CreatedAfter.Before(pin) {
		filter.CreatedAfter = justBefore(pin)
	}
	return filter
}

// momentOf is the moment that a view shows, where days begin as they do here.
func (d *Directory) momentOf(v View) time.Time {
	now := d.Now()
	if v.PinnedAt.IsZero() {
		return now
	}
	return v.PinnedAt.In(now.Location())
}
