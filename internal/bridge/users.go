package bridge

import (
	"context"
	"strconv"
	"time"
	"unicode"

	"understudy/internal/avatar"
	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/sentence"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// UserCalls fill the table of users, and keep what was searched for there.
type UserCalls struct{ *Scope }

// ListUsers returns one page of a view.
func (c *UserCalls) ListUsers(r UsersRequest) (UsersPage, error) {
	return reading(c.Scope, r.RequestID, func(ctx context.Context, w *workspace.Workspace) (UsersPage, error) {
		ask, err := r.requestOf(w.Directory.Now())
		if err != nil {
			return UsersPage{}, err
		}
		page, err := w.Directory.Page(ctx, ask)
		return pageOf(ask.Index, page, w.KnownOperator()), err
	})
}

// CountUsers returns how many users a view has, or how many are newer than it.
func (c *UserCalls) CountUsers(r CountRequest) (int64, error) {
	return reading(c.Scope, r.RequestID, func(ctx context.Context, w *workspace.Workspace) (int64, error) {
		if r.Newer {
			return countOf(w.Directory.CountNewer(ctx, r.View.viewOf(w.Directory.Now())))
		}
		return countOf(w.Directory.Count(ctx, r.View.viewOf(w.Directory.Now())))
	})
}

// FindOrganizations returns the organizations that org: with the text can mean.
func (c *UserCalls) FindOrganizations(requestID, text string) ([]Organization, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) ([]Organization, error) {
		found, err := w.Directory.FindOrganizations(ctx, text)
		return organizationsOf(found), err
	})
}

// GetUserNames returns the names of those of up to 100 users who exist.
func (c *UserCalls) GetUserNames(requestID string, userIDs []string) ([]UserName, error) {
	return reading(c.Scope, requestID, func(ctx context.Context, w *workspace.Workspace) ([]UserName, error) {
		ids, err := userIDsOf(userIDs)
		if err != nil {
			return nil, err
		}
		found, err := w.Directory.Names(ctx, ids)
		return namesOf(found), err
	})
}

// ListSearches returns the recent and pinned searches of the instance in use.
func (c *UserCalls) ListSearches() (Searches, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Searches, error) {
		return searchesOf(w.Searches()), nil
	})
}

// RememberSearch makes a search the latest one.
func (c *UserCalls) RememberSearch(text string) (Searches, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Searches, error) {
		kept, err := w.RememberSearch(text)
		return searchesOf(kept), err
	})
}

// PinSearch keeps a search until it is unpinned.
func (c *UserCalls) PinSearch(text string, pinned bool) (Searches, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Searches, error) {
		kept, err := w.PinSearch(text, pinned)
		return searchesOf(kept), err
	})
}

// ForgetSearches drops the searches that are not pinned.
func (c *UserCalls) ForgetSearches() (Searches, error) {
	return inUse(c.Scope, "", func(_ context.Context, w *workspace.Workspace) (Searches, error) {
		kept, err := w.ForgetSearches()
		return searchesOf(kept), err
	})
}

// UsersRequest asks for one page of a view of the directory.
type UsersRequest struct {
	// RequestID is the window's name for this call, for Cancel.
	RequestID string `json:"requestID"`
	View      View   `json:"view"`
	// Index is the first row wanted, a multiple of the page size.
	Index int `json:"index"`
	// AfterID is the id of row Index-1 if the window holds it, else "".
	AfterID string `json:"afterID"`
	// BeforeID is the id of the row behind the page, at Index plus the page
	// size, if the window holds it, else "".
	BeforeID string `json:"beforeID"`
	// Total is how many rows the view has, -1 while unknown. With it a page
	// past the middle is asked for from the other end, in the order of creation.
	Total int `json:"total"`
}

// View is what the table shows: a search and an order, pinned to a moment so
// that users added later never shift a page.
type View struct {
	Query      string `json:"query"`
	Sort       string `json:"sort"` // "created_at", "last_sign_in_at", "first_name", "email_address", "username"
	Descending bool   `json:"descending"`
	// PinnedAt is in milliseconds since 1970; 0: now, and the answer says when.
	PinnedAt int64 `json:"pinnedAt"`
}

// CountRequest asks how many users a view has.
type CountRequest struct {
	RequestID string `json:"requestID"`
	View      View   `json:"view"`
	// Newer counts the users created after the view was pinned instead.
	Newer bool `json:"newer"`
}

// UsersPage is one page of rows.
type UsersPage struct {
	PinnedAt int64     `json:"pinnedAt"`
	Index    int       `json:"index"`
	Rows     []UserRow `json:"rows"`
	// Last: there is no row after these.
	Last bool `json:"last"`
	// Total is set where the page itself tells it (the last page), else -1.
	Total int `json:"total"`
	// AboveID and BelowID are the users in the rows around these, "" where there is
	// none or where that is not known.
	AboveID string `json:"aboveID"`
	BelowID string `json:"belowID"`
}

// UserRow is one line of the table.
type UserRow struct {
	ID    string `json:"id"`
	Name  string `json:"name"`  // "" when the user has none
	Email string `json:"email"` // the primary address, or the best there is of several
	// Contact is the best there is to tell the user by beside the name: the email
	// address, or else a phone number, a wallet or the address of an account.
	Contact      string `json:"contact"`
	Username     string `json:"username"`
	Initials     string `json:"initials"`
	Picture      string `json:"picture"`      // where the window finds it, "" without one
	LastSignInAt string `json:"lastSignInAt"` // "" for never
	// LastSignInUnread: it is not never, but Clerk's answer makes no sense.
	LastSignInUnread bool   `json:"lastSignInUnread"`
	CreatedAt        string `json:"createdAt"`
	Banned           bool   `json:"banned"`
	Locked           bool   `json:"locked"`
	// Deprovisioned: the company's directory took them away, and nobody can sign in as them.
	Deprovisioned bool `json:"deprovisioned"`
	Self          bool `json:"self"` // the operator's own user
	// Unreadable: nothing else is known of this user but, at best, the id.
	Unreadable bool `json:"unreadable"`
}

// Organization is one that org: in the search box can mean. Slug is "" where an
// instance has none.
type Organization struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

// UserName is what stands for a user of whom only the id is kept.
type UserName struct {
	ID   string `json:"id"`
	Name string `json:"name"` // or the best there is instead; "" if there is nothing
}

// Searches are what the operator searched for in the instance in use.
type Searches struct {
	Pinned []string `json:"pinned"` // in the order in which they were pinned
	Recent []string `json:"recent"` // the latest first; none of them is pinned
}

// requestOf reads what the table asks for. The failure is fault.IDInvalid.
func (r UsersRequest) requestOf(now time.Time) (directory.Request, error) {
	request := directory.Request{View: r.View.viewOf(now), Index: max(r.Index, 0), Total: r.Total}
	var err error
	if r.AfterID != "" {
		if request.After, err = clerkapi.ParseUserID(r.AfterID); err != nil {
			return directory.Request{}, err
		}
	}
	if r.BeforeID != "" {
		if request.Before, err = clerkapi.ParseUserID(r.BeforeID); err != nil {
			return directory.Request{}, err
		}
	}
	return request, nil
}

// viewOf reads a view. An unknown order becomes the newest first.
func (v View) viewOf(now time.Time) directory.View {
	order := clerkapi.Order{Field: clerkapi.ByCreated, Descending: v.Descending}
	switch field := clerkapi.OrderField(v.Sort); field {
	case clerkapi.ByLastSignIn, clerkapi.ByFirstName, clerkapi.ByEmail, clerkapi.ByUsername:
		order.Field = field
	case clerkapi.ByCreated:
	}
	pinned := now
	if v.PinnedAt > 0 {
		pinned = time.UnixMilli(v.PinnedAt)
	}
	return directory.View{Query: v.Query, Order: order, PinnedAt: pinned}
}

// countOf passes a count on, unless the window would show another one: it holds
// numbers as floats, which are exact up to 2^53.
func countOf(count int64, err error) (int64, error) {
	const exact = 1<<53 - 1
	if err == nil && count > exact {
		return 0, fault.New(fault.ClerkAnswer, nil).Saying(sentence.Of("clerk_answer.too_many", "count", strconv.FormatInt(count, 10)))
	}
	return count, err
}

// pageOf converts a page of users that begins at index. self is the operator's
// own user.
func pageOf(index int, p directory.Page, self operator.Operator) UsersPage {
	return UsersPage{
		PinnedAt: p.PinnedAt.UnixMilli(), Index: index, Last: p.Last, Total: p.Total,
		AboveID: p.Above.String(), BelowID: p.Below.String(),
		Rows: list(p.Rows, func(u clerkapi.User) UserRow { return rowOf(u, self) }),
	}
}

// rowOf converts a user to a line of the table.
func rowOf(u clerkapi.User, self operator.Operator) UserRow {
	picture := ""
	if u.HasImage {
		picture = avatar.Path(u.ImageURL)
	}
	return UserRow{
		ID: u.ID.String(), Picture: picture, Name: u.Name(), Email: u.Address(), Contact: u.Reach(), Username: u.Username,
		Initials:     initials(u.FirstName, u.LastName, u.Username, u.Reach()),
		LastSignInAt: stamp(u.LastSignInAt), LastSignInUnread: u.Unread.LastSignIn, CreatedAt: stamp(u.CreatedAt),
		Banned: u.Banned, Locked: u.Locked, Deprovisioned: u.Deprovision, Self: self.Is(u), Unreadable: u.Garbled,
	}
}

// initials are what an avatar without a picture shows: of first and last name,
// else the first letter of whatever names the user.
func initials(first, last string, others ...string) string {
	letters := firstLetter(first) + firstLetter(last)
	for i := 0; letters == "" && i < len(others); i++ {
		letters = firstLetter(others[i])
	}
	return letters
}

func firstLetter(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return ""
}

// organizationsOf converts the organizations that were found.
func organizationsOf(found []clerkapi.Organization) []Organization {
	return list(found, func(o clerkapi.Organization) Organization { return Organization{o.ID.String(), o.Name, o.Slug} })
}

// userIDsOf reads a list of ids. The failure is fault.IDInvalid.
func userIDsOf(texts []string) ([]clerkapi.UserID, error) {
	ids := make([]clerkapi.UserID, 0, len(texts))
	for _, text := range texts {
		id, err := clerkapi.ParseUserID(text)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// namesOf converts users of whom only the names are wanted.
func namesOf(users []clerkapi.User) []UserName {
	return list(users, func(u clerkapi.User) UserName { return UserName{ID: u.ID.String(), Name: u.Called()} })
}

// searchesOf converts the kept searches.
func searchesOf(s settings.Searches) Searches {
	return Searches{Pinned: append([]string{}, s.Pinned...), Recent: append([]string{}, s.Recent...)}
}
