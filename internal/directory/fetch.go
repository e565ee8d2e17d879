package directory

import (
	"context"
	"slices"

	"understudy/internal/clerkapi"
)

// fetch asks for one page. In the order of creation that is by cursor behind a
// known row, or before one in the opposite order, else by offset, and past the
// middle by offset from the other end, since Clerk's offset gets slower the
// deeper it goes.
func (d *Directory) fetch(ctx context.Context, r Request, filter clerkapi.UserFilter) (Page, error) {
	ask := clerkapi.UserPage{Filter: filter, Order: r.View.Order, Limit: PageSize}
	switch {
	case r.View.Order.Field != clerkapi.ByCreated:
		return d.fetchPlace(ctx, r, ask)
	case !r.After.IsZero():
		ask.After = r.After
	case !r.Before.IsZero():
		return d.fetchBefore(ctx, r, ask)
	case r.Total > r.Index && r.Index > r.Total/2:
		return d.fetchFromEnd(ctx, r, ask)
	default:
		ask.Offset = r.Index
	}
	rows, err := d.users.ListUsers(ctx, ask)
	if err != nil {
		return Page{}, err
	}
	page := Page{Rows: rows, Last: len(rows) < PageSize}
	page.Total = totalOf(r, page)
	return page, nil
}

// fetchPlace asks for a page by its place, with the rows around it: an order that
// has no cursor moves rows when somebody signs in or is renamed, and a row that
// moves from one page to another is not in either. Such an order is not turned
// round: where Clerk puts the users without a value is not documented, nor in which
// order, and if they are last both ways, then one way is not the other one backwards.
func (d *Directory) fetchPlace(ctx context.Context, r Request, ask clerkapi.UserPage) (Page, error) {
	above := min(r.Index, 1)
	ask.Offset, ask.Limit = r.Index-above, above+PageSize+1
	rows, err := d.users.ListUsers(ctx, ask)
	if err != nil {
		return Page{}, err
	}
	var page Page
	if above > 0 && len(rows) > 0 {
		page.Above, rows = rows[0].ID, rows[1:]
	}
	page.Rows, page.Last = rows, len(rows) <= PageSize
	if !page.Last {
		page.Rows, page.Below = rows[:PageSize], rows[PageSize].ID
	}
	page.Total = totalOf(r, page)
	return page, nil
}

// totalOf is the number of rows of the view if the page tells it, else -1.
func totalOf(r Request, page Page) int {
	if page.Last && (len(page.Rows) > 0 || r.Index == 0) {
		return r.Index + len(page.Rows)
	}
	return -1
}

// fetchBefore goes up from a known row. Fewer rows than a page mean that some
// before it were deleted, so that Index is not their place any more: the page is
// then shorter than its place promises.
func (d *Directory) fetchBefore(ctx context.Context, r Request, ask clerkapi.UserPage) (Page, error) {
	ask.After = r.Before
	ask.Order.Descending = !ask.Order.Descending
	rows, err := d.users.ListUsers(ctx, ask)
	if err != nil {
		return Page{}, err
	}
	slices.Reverse(rows)
	return Page{Rows: rows, Total: -1}, nil
}

func (d *Directory) fetchFromEnd(ctx context.Context, r Request, ask clerkapi.UserPage) (Page, error) {
	ask.Limit = min(PageSize, r.Total-r.Index)
	ask.Offset = r.Total - r.Index - ask.Limit
	ask.Order.Descending = !ask.Order.Descending
	rows, err := d.users.ListUsers(ctx, ask)
	if err != nil {
		return Page{}, err
	}
	slices.Reverse(rows)
	return Page{Rows: rows, Last: ask.Offset == 0, Total: -1}, nil
}
