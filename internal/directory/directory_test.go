package directory

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// clerk is a directory of n users, user_0 the oldest and the first to have
// signed in, that notes what it was asked.
type clerk struct {
	n       int
	newer   int // so many more were created since noon, none with a whole address
	never   int // the newest so many never signed in: they are last both ways
	pages   []clerkapi.UserPage
	counts  []clerkapi.UserFilter
	gets    int
	asked   int // for memberships
	lookups []string
	orgs    []clerkapi.Organization
	skew    time.Duration
	// mostOrgs is how many organizations fit into an answer, 0 for any number.
	mostOrgs int
	emails   map[string]bool
	noOrgs   error // of memberships
	gone     error // of a cursor that names nobody
	err      error
	orgsErr  error // of whatever is asked of organizations
}

var (
	_ Users         = (*clerk)(nil)
	_ Organizations = (*clerk)(nil)
)

// ahead is how far its clock is ahead.
func (c *clerk) ahead() time.Duration { return c.skew }

func (c *clerk) ListUsers(_ context.Context, p clerkapi.UserPage) ([]clerkapi.User, error) {
	c.pages = append(c.pages, p)
	if len(p.Filter.Organizations) > 0 && c.orgsErr != nil {
		return nil, c.orgsErr
	}
	if len(p.Filter.Emails) > 0 && !c.emails[p.Filter.Emails[0]] {
		return nil, c.err
	}
	var all []clerkapi.User
	for i := range c.n {
		all = append(all, clerkapi.User{ID: userID(fmt.Sprintf("user_%d", i))})
	}
	if p.Order.Field == clerkapi.ByLastSignIn {
		signedIn := all[:c.n-c.never]
		for i := range signedIn {
			signedIn[i].LastSignInAt = noon.Add(time.Duration(i-c.n) * time.Minute)
		}
		if p.Order.Descending {
			slices.Reverse(signedIn)
		}
	} else if p.Order.Descending {
		slices.Reverse(all)
	}
	from := p.Offset
	if !p.After.IsZero() {
		from = 1 + slices.IndexFunc(all, func(u clerkapi.User) bool { return u.ID == p.After })
		if from == 0 {
			return nil, c.gone
		}
	}
	from = min(from, c.n)
	return all[from:min(from+p.Limit, c.n)], c.err
}

func (c *clerk) CountUsers(_ context.Context, f clerkapi.UserFilter) (int64, error) {
	c.counts = append(c.counts, f)
	if len(f.Organizations) > 0 && c.orgsErr != nil {
		return 0, c.orgsErr
	}
	switch {
	case len(f.Emails) > 0 && (!c.emails[f.Emails[0]] || !f.CreatedAfter.IsZero()):
		return 0, c.err
	case !f.CreatedAfter.IsZero():
		return int64(c.newer), c.err
	}
	return int64(c.n), c.err
}

func (c *clerk) GetUser(_ context.Context, id clerkapi.UserID) (clerkapi.User, error) {
	c.gets++
	return clerkapi.User{ID: id}, c.err
}

func (c *clerk) FindOrganizations(_ context.Context, query string, limit int) ([]clerkapi.Organization, error) {
	c.lookups = append(c.lookups, query)
	if c.orgsErr != nil {
		return nil, c.orgsErr
	}
	if limit > c.mostOrgs && c.mostOrgs > 0 {
		return nil, fault.New(fault.ClerkAnswerTooBig, nil)
	}
	return c.orgs[:min(limit, len(c.orgs))], c.err
}

func (c *clerk) Memberships(context.Context, clerkapi.UserID) ([]clerkapi.Membership, error) {
	c.asked++
	if c.noOrgs != nil {
		return nil, c.noOrgs
	}
	return []clerkapi.Membership{{OrganizationName: "Acme", Role: "org:admin"}}, c.err
}

func fixed() time.Time { return noon }

var newest = View{Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}, PinnedAt: noon}

func TestPageAsksOnce(t *testing.T) {
	signIn := View{Order: clerkapi.Order{Field: clerkapi.ByLastSignIn, Descending: true}, PinnedAt: noon}
	pinned := clerkapi.UserFilter{CreatedBefore: noon}
	tests := []struct {
		name    string
		request Request
		ask     clerkapi.UserPage
		first   clerkapi.UserID
		rows    int
		last    bool
		total   int
	}{
		{
			"first page by offset",
			Request{View: newest, Total: -1},
			clerkapi.UserPage{Filter: pinned, Order: newest.Order, Limit: 100},
			userID("user_949"), 100, false, -1,
		},
		{
			"next page by cursor",
			Request{View: newest, Index: 100, After: userID("user_850"), Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: newest.Order, Limit: 100, After: userID("user_850")},
			userID("user_849"), 100, false, -1,
		},
		{
			"page before a known row by cursor, turned round",
			Request{View: newest, Index: 600, Before: userID("user_249"), Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: clerkapi.Order{Field: clerkapi.ByCreated}, Limit: 100, After: userID("user_249")},
			userID("user_349"), 100, false, -1,
		},
		{
			"between two known rows it goes down",
			Request{View: newest, Index: 100, After: userID("user_850"), Before: userID("user_749"), Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: newest.Order, Limit: 100, After: userID("user_850")},
			userID("user_849"), 100, false, -1,
		},
		{
			"fewer before a known row than belong there",
			Request{View: newest, Index: 100, Before: userID("user_900"), Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: clerkapi.Order{Field: clerkapi.ByCreated}, Limit: 100, After: userID("user_900")},
			userID("user_949"), 49, false, -1,
		},
		{
			"no cursor in another order, and the rows around the page",
			Request{View: signIn, Index: 100, After: userID("user_850"), Before: userID("user_749"), Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: signIn.Order, Limit: 102, Offset: 99},
			userID("user_749"), 100, false, -1,
		},
		{
			"none above the first page of another order",
			Request{View: signIn, Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: signIn.Order, Limit: 101},
			userID("user_849"), 100, false, -1,
		},
		{
			"jump before the middle",
			Request{View: newest, Index: 300, Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: newest.Order, Limit: 100, Offset: 300},
			userID("user_649"), 100, false, -1,
		},
		{
			"jump past the middle comes from the other end",
			Request{View: newest, Index: 600, Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: clerkapi.Order{Field: clerkapi.ByCreated}, Limit: 100, Offset: 250},
			userID("user_349"), 100, false, -1,
		},
		{
			"jump to the end",
			Request{View: newest, Index: 900, Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: clerkapi.Order{Field: clerkapi.ByCreated}, Limit: 50},
			userID("user_49"), 50, true, -1,
		},
		{
			"jump to the end of another order, where some have no value",
			Request{View: signIn, Index: 900, Total: 950},
			clerkapi.UserPage{Filter: pinned, Order: signIn.Order, Limit: 102, Offset: 899},
			userID("user_900"), 50, true, 950,
		},
		{
			"behind the end of another order",
			Request{View: signIn, Index: 1000, Total: -1},
			clerkapi.UserPage{Filter: pinned, Order: signIn.Order, Limit: 102, Offset: 999},
			clerkapi.UserID{},
			0, true, -1,
		},
		{
			"a short page tells the total",
			Request{View: newest, Index: 900, After: userID("user_50"), Total: -1},
			clerkapi.UserPage{Filter: pinned, Order: newest.Order, Limit: 100, After: userID("user_50")},
			userID("user_49"), 50, true, 950,
		},
		{
			"behind the end",
			Request{View: newest, Index: 1000, Total: -1},
			clerkapi.UserPage{Filter: pinned, Order: newest.Order, Limit: 100, Offset: 1000},
			clerkapi.UserID{},
			0, true, -1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &clerk{n: 950, never: 100}
			page, err := New(c, c, fixed, c.ahead).Page(t.Context(), tt.request)
			if err != nil {
				t.Fatal(err)
			}
			if want := []clerkapi.UserPage{tt.ask}; !reflect.DeepEqual(c.pages, want) {
				t.Errorf("asked %+v\nwant  %+v", c.pages, want)
			}
			if len(page.Rows) != tt.rows || page.Last != tt.last || page.Total != tt.total {
				t.Errorf("got %d rows, last %v, total %d", len(page.Rows), page.Last, page.Total)
			}
			if tt.rows > 0 && page.Rows[0].ID != tt.first {
				t.Errorf("first row is %s, want %s", page.Rows[0].ID, tt.first)
			}
		})
	}
}

// TestPagesFitTogether reads a view from both ends, which meet everybody once.
func TestPagesFitTogether(t *testing.T) {
	for _, field := range []clerkapi.OrderField{clerkapi.ByCreated, clerkapi.ByLastSignIn} {
		for _, descending := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, descending %v", field, descending), func(t *testing.T) {
				c := &clerk{n: 950, never: 250}
				d := New(c, c, fixed, c.ahead)
				view := View{Order: clerkapi.Order{Field: field, Descending: descending}, PinnedAt: noon}
				met := map[clerkapi.UserID]bool{}
				var last clerkapi.User
				for index := 0; index < c.n; index += PageSize {
					page, err := d.Page(t.Context(), Request{View: view, Index: index, Total: c.n})
					if err != nil {
						t.Fatal(err)
					}
					for _, user := range page.Rows {
						met[user.ID], last = true, user
					}
				}
				if len(met) != c.n {
					t.Errorf("met %d of %d", len(met), c.n)
				}
				if field == clerkapi.ByLastSignIn && !last.LastSignInAt.IsZero() {
					t.Errorf("the last row is %s, who signed in", last.ID)
				}
			})
		}
	}
}

// TestPagesOfEveryOrderTellTheRowsAroundThem: by these the window sees that a row
// moved from one page to another.
func TestPagesOfEveryOrderTellTheRowsAroundThem(t *testing.T) {
	for _, field := range []clerkapi.OrderField{clerkapi.ByLastSignIn, clerkapi.ByFirstName, clerkapi.ByEmail, clerkapi.ByUsername} {
		for _, descending := range []bool{true, false} {
			for _, n := range []int{0, 1, 99, 100, 101, 200, 201, 202, 350} {
				t.Run(fmt.Sprintf("%s, descending %v, %d users", field, descending, n), func(t *testing.T) {
					c := &clerk{n: n, never: n / 4}
					d := New(c, c, fixed, c.ahead)
					view := View{Order: clerkapi.Order{Field: field, Descending: descending}, PinnedAt: noon}
					var all []clerkapi.UserID
					var pages []Page
					for index := 0; index == 0 || !pages[len(pages)-1].Last; index += PageSize {
						page, err := d.Page(t.Context(), Request{View: view, Index: index, Total: -1})
						if err != nil || len(page.Rows) > PageSize || !page.Last && len(page.Rows) < PageSize {
							t.Fatalf("%d rows, last %v, %v", len(page.Rows), page.Last, err)
						}
						for _, user := range page.Rows {
							all = append(all, user.ID)
						}
						pages = append(pages, page)
					}
					if len(all) != n || pages[len(pages)-1].Total != n || len(c.pages) != len(pages) {
						t.Fatalf("met %d of %d in %d requests", len(all), n, len(c.pages))
					}
					all = append(append([]clerkapi.UserID{{}}, all...), clerkapi.UserID{})
					for i, page := range pages {
						from := i * PageSize
						if above, below := all[from], all[from+len(page.Rows)+1]; page.Above != above || page.Below != below {
							t.Errorf("page %d is between %q and %q, want %q and %q", i, page.Above, page.Below, above, below)
						}
					}
				})
			}
		}
	}
}

// TestAKnownRowMayBeDeletedMeanwhile: without a cursor the page is found by its
// place.
func TestAKnownRowMayBeDeletedMeanwhile(t *testing.T) {
	oldest := clerkapi.Order{Field: clerkapi.ByCreated}
	pinned := clerkapi.UserFilter{CreatedBefore: noon}
	tests := []struct {
		name    string
		request Request
		asked   []clerkapi.UserPage
		first   clerkapi.UserID
	}{
		{
			"the row before the page",
			Request{View: newest, Index: 100, After: userID("user_gone"), Total: 950},
			[]clerkapi.UserPage{
				{Filter: pinned, Order: newest.Order, Limit: 100, After: userID("user_gone")},
				{Filter: pinned, Order: newest.Order, Limit: 100, Offset: 100},
			},
			userID("user_849"),
		},
		{
			"the row behind the page",
			Request{View: newest, Index: 600, Before: userID("user_gone"), Total: 950},
			[]clerkapi.UserPage{
				{Filter: pinned, Order: oldest, Limit: 100, After: userID("user_gone")},
				{Filter: pinned, Order: oldest, Limit: 100, Offset: 250},
			},
			userID("user_349"),
		},
	}
	for _, tt := range tests {
		for _, code := range []fault.Code{fault.ClerkRefused, fault.ClerkNotFound} {
			t.Run(fmt.Sprintf("%s, %s", tt.name, code), func(t *testing.T) {
				c := &clerk{n: 950, gone: fault.New(code, nil)}
				page, err := New(c, c, fixed, c.ahead).Page(t.Context(), tt.request)
				if err != nil || len(page.Rows) != PageSize || page.Rows[0].ID != tt.first {
					t.Fatalf("got %+v, %v", page.Rows, err)
				}
				if !reflect.DeepEqual(c.pages, tt.asked) {
					t.Errorf("asked %+v\nwant  %+v", c.pages, tt.asked)
				}
			})
		}
	}
	t.Run("what failed otherwise is not asked for again", func(t *testing.T) {
		c := &clerk{n: 950, gone: fault.New(fault.ClerkTimeout, nil)}
		_, err := New(c, c, fixed, c.ahead).Page(t.Context(), tests[0].request)
		if fault.CodeOf(err) != fault.ClerkTimeout || len(c.pages) != 1 {
			t.Errorf("got %v after %d requests", err, len(c.pages))
		}
	})
}

func TestPageFindsWholeAddressFirst(t *testing.T) {
	view := newest
	view.Query = "priya@meridian.org"
	t.Run("somebody has it", func(t *testing.T) {
		c := &clerk{n: 1, emails: map[string]bool{"priya@meridian.org": true}}
		if _, err := New(c, c, fixed, c.ahead).Page(t.Context(), Request{View: view, Total: -1}); err != nil {
			t.Fatal(err)
		}
		if len(c.pages) != 1 || c.pages[0].Filter.EmailQuery != "" {
			t.Errorf("asked %+v", c.pages)
		}
	})
	t.Run("nobody has it", func(t *testing.T) {
		c := &clerk{n: 1}
		if _, err := New(c, c, fixed, c.ahead).Page(t.Context(), Request{View: view, Total: -1}); err != nil {
			t.Fatal(err)
		}
		if len(c.pages) != 2 || c.pages[1].Filter.EmailQuery != "priya@meridian.org" || c.pages[1].Filter.Emails != nil {
			t.Errorf("asked %+v", c.pages)
		}
	})
}

func TestCountFollowsTheSameRule(t *testing.T) {
	view := newest
	view.Query = "priya@meridian.org"
	c := &clerk{n: 3}
	n, err := New(c, c, fixed, c.ahead).Count(t.Context(), view)
	if err != nil || n != 3 || len(c.counts) != 2 {
		t.Errorf("got %d, %v after %+v", n, err, c.counts)
	}
}
