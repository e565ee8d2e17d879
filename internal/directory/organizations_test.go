package directory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

func TestOrganizationIsLookedUpOnce(t *testing.T) {
	acme := clerkapi.Organization{ID: organizationID("org_1"), Name: "Acme", Slug: "acme"}
	corp := clerkapi.Organization{ID: organizationID("org_2"), Name: "Acme Corp", Slug: "acme-corp"}
	tests := []struct {
		name, query string
		found       []clerkapi.Organization
		want        []clerkapi.OrganizationID
		lookups     int
	}{
		{"an exact name wins", "org:ACME", []clerkapi.Organization{corp, acme}, []clerkapi.OrganizationID{organizationID("org_1")}, 1},
		{"partial names are all meant", "org:acm", []clerkapi.Organization{acme, corp}, []clerkapi.OrganizationID{organizationID("org_1"), organizationID("org_2")}, 1},
		{"an id needs no look-up", "org:org_9", nil, []clerkapi.OrganizationID{organizationID("org_9")}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &clerk{orgs: tt.found}
			d, view := New(c, c, fixed, c.ahead), newest
			view.Query = tt.query
			for range 2 {
				if _, err := d.Page(t.Context(), Request{View: view, Total: -1}); err != nil {
					t.Fatal(err)
				}
			}
			if got := c.pages[1].Filter.Organizations; !slices.Equal(got, tt.want) || len(c.lookups) != tt.lookups {
				t.Errorf("got %v after %d look-ups", got, len(c.lookups))
			}
		})
	}
	t.Run("none is a failure", func(t *testing.T) {
		c, view := &clerk{}, newest
		view.Query = "org:nowhere"
		if _, err := New(c, c, fixed, c.ahead).Page(t.Context(), Request{View: view}); fault.CodeOf(err) != fault.SearchInvalid {
			t.Errorf("got %v", err)
		}
	})
}

// several are n organizations whose names begin with Acme, and one called Acme
// that was there before all of them.
func several(n int) []clerkapi.Organization {
	var all []clerkapi.Organization
	for i := range n {
		all = append(all, clerkapi.Organization{
			ID: organizationID(fmt.Sprintf("org_%d", i)), Name: fmt.Sprintf("Acme %d", i), Slug: fmt.Sprintf("acme-%d", i),
		})
	}
	return append(all, clerkapi.Organization{ID: organizationID("org_acme"), Name: "ACME Inc.", Slug: "acme"})
}

func TestOrganizationAmongMany(t *testing.T) {
	tests := []struct {
		name, query string
		orgs        []clerkapi.Organization
		mostOrgs    int
		searched    int // organizations, 0: refused
	}{
		{"35 that match are all searched", "org:ac", several(34), 0, 35},
		{"100 are as many as can be", "org:ac", several(99), 0, 100},
		{"101 are refused", "org:ac", several(100), 0, 0},
		{"the one with that slug", "org:acme", several(34), 0, 1},
		{"the one with that slug, behind 400 others", "org:acme", several(400), 0, 1},
		{"the one with that name, behind 400 others", `org:"acme inc."`, several(400), 0, 1},
		{"more than an answer has room for", "org:acme", several(400), 200, 0},
		{"several of one name", "org:acme", []clerkapi.Organization{{ID: organizationID("org_1"), Name: "Acme"}, {ID: organizationID("org_2"), Name: "Acme Corp"}, {ID: organizationID("org_3"), Name: "Acme"}}, 0, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, view := &clerk{orgs: tt.orgs, mostOrgs: tt.mostOrgs}, newest
			view.Query = tt.query
			_, err := New(c, c, fixed, c.ahead).Page(t.Context(), Request{View: view, Total: -1})
			if tt.searched == 0 {
				refused := fault.From(err)
				if fault.CodeOf(err) != fault.SearchInvalid || !strings.HasPrefix(refused.Sentence(), "More than 100 organizations match") || len(c.pages) > 0 {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := c.pages[0].Filter.Organizations; len(got) != tt.searched || tt.searched == 1 && got[0].String() != "org_acme" {
				t.Errorf("searched %v", got)
			}
		})
	}
}

func TestOrganizationsAreLookedUpAnewForANewView(t *testing.T) {
	c, view := &clerk{orgs: several(1)}, newest
	d := New(c, c, fixed, c.ahead)
	view.Query = "org:ac"
	for _, pin := range []time.Time{noon, noon.Add(time.Microsecond), noon.Add(time.Minute)} {
		view.PinnedAt = pin
		if _, err := d.Page(t.Context(), Request{View: view, Total: -1}); err != nil {
			t.Fatal(err)
		}
		c.orgs = several(2)
	}
	searched := []int{len(c.pages[0].Filter.Organizations), len(c.pages[1].Filter.Organizations), len(c.pages[2].Filter.Organizations)}
	if !slices.Equal(searched, []int{2, 2, 3}) || len(c.lookups) != 2 {
		t.Errorf("searched %v after %d look-ups", searched, len(c.lookups))
	}
}

func TestFoundOrganizationNeedsNoLookUp(t *testing.T) {
	c, view := &clerk{orgs: []clerkapi.Organization{
		{ID: organizationID("org_1"), Name: "Acme", Slug: "Acme-1"}, {ID: organizationID("org_2"), Name: "Acme"},
	}}, newest
	d := New(c, c, fixed, c.ahead)
	if found, err := d.FindOrganizations(t.Context(), "ac"); err != nil || !slices.Equal(found, c.orgs) {
		t.Fatalf("got %v, %v", found, err)
	}
	view.Query = "org:acme-1"
	if _, err := d.Page(t.Context(), Request{View: view, Total: -1}); err != nil {
		t.Fatal(err)
	}
	if got := c.pages[0].Filter.Organizations; !slices.Equal(got, []clerkapi.OrganizationID{organizationID("org_1")}) || !slices.Equal(c.lookups, []string{"ac"}) {
		t.Errorf("got %v after %v", got, c.lookups)
	}
	c.err = fault.New(fault.ClerkTimeout, nil)
	if _, err := d.FindOrganizations(t.Context(), "a"); fault.CodeOf(err) != fault.ClerkTimeout {
		t.Errorf("got %v", err)
	}
}

func TestAnOrganizationWithoutAReadableIDIsNamedWhereItIsMeant(t *testing.T) {
	c, view := &clerk{orgs: []clerkapi.Organization{{Name: "Acme", Slug: "acme"}, {ID: organizationID("org_2"), Name: "Bolt", Slug: "bolt"}}}, newest
	d := New(c, c, fixed, c.ahead)
	if found, err := d.FindOrganizations(t.Context(), ""); err != nil || len(found) != 1 || found[0].ID.String() != "org_2" {
		t.Errorf("offered %v, %v", found, err)
	}
	c.orgs = []clerkapi.Organization{{Name: "Acme", Slug: "acme"}}
	view.Query = "org:acme"
	_, err := d.Page(t.Context(), Request{View: view, Total: -1})
	if fault.CodeOf(err) != fault.SearchInvalid || !strings.Contains(fault.From(err).Sentence(), "cannot be read") || len(c.pages) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestWithOrganizationsTurnedOffASearchSaysThatThereAreNone(t *testing.T) {
	const says = "There are no organizations: they are turned off for this instance."
	for _, query := range []string{"org:acme", "org:org_9"} {
		t.Run(query, func(t *testing.T) {
			c, view := &clerk{orgsErr: fault.New(fault.OrganizationsOff, nil)}, newest
			view.Query = query
			d := New(c, c, fixed, c.ahead)
			_, err := d.Page(t.Context(), Request{View: view, Total: -1})
			if fault.CodeOf(err) != fault.SearchInvalid || fault.From(err).Sentence() != says {
				t.Errorf("rows: %v", err)
			}
			if _, err = d.Count(t.Context(), view); fault.CodeOf(err) != fault.SearchInvalid {
				t.Errorf("count: %v", err)
			}
		})
	}
	c := &clerk{orgsErr: fault.New(fault.OrganizationsOff, nil)}
	if found, err := New(c, c, fixed, c.ahead).FindOrganizations(t.Context(), "ac"); err != nil || len(found) > 0 {
		t.Errorf("suggests %v, %v", found, err)
	}
}
