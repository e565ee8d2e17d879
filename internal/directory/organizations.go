package directory

import (
	"context"
	"slices"
	"strings"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

const (
	// suggested is how many organizations are offered while one is being typed.
	suggested = 20
	// maxOrganizations is what Clerk takes in one organization_id list.
	maxOrganizations = 100
	// mostFound is how many organizations Clerk answers a search with at most.
	mostFound = 500
)

// meaning names what an org: value stands for: the value in lower case, and the
// pin of the view that it was looked up for, in milliseconds. Organizations come
// and go, so a view that is pinned anew looks again; 0 is for a slug, which is
// one organization's alone.
type meaning struct {
	value string
	pin   int64
}

// FindOrganizations returns up to 20 organizations whose name, slug or id
// matches, the newest of all for "", and none where they are turned off. It leaves
// out organizations whose id cannot be read, since nothing can be searched in them.
// A later search by one of their slugs needs no look-up of its own.
func (d *Directory) FindOrganizations(ctx context.Context, text string) ([]clerkapi.Organization, error) {
	found, err := d.orgs.FindOrganizations(ctx, text, suggested)
	switch {
	case fault.CodeOf(err) == fault.OrganizationsOff:
		return nil, nil
	case err != nil:
		return nil, err
	}
	found = slices.DeleteFunc(found, isUnread)
	for _, o := range found {
		if o.Slug != "" {
			d.keepOrganizations(meaning{value: strings.ToLower(o.Slug)}, []clerkapi.OrganizationID{o.ID})
		}
	}
	return found, nil
}

// organization finds the ids that an org: value means in a view with that pin.
// An id is taken as it is; a name or slug is looked up once.
func (d *Directory) organization(ctx context.Context, name string, pin time.Time) ([]clerkapi.OrganizationID, error) {
	if id, err := clerkapi.ParseOrganizationID(name); err == nil {
		return []clerkapi.OrganizationID{id}, nil
	}
	slug := meaning{value: strings.ToLower(name)}
	inView := meaning{slug.value, pin.UnixMilli()}
	d.mu.Lock()
	ids := d.orgIDs[slug]
	if ids == nil {
		ids = d.orgIDs[inView]
	}
	d.mu.Unlock()
	if ids != nil {
		return ids, nil
	}
	ids, err := d.lookUp(ctx, name)
	if err != nil {
		return nil, err
	}
	d.keepOrganizations(inView, ids)
	return ids, nil
}

// lookUp asks Clerk which organizations a name or slug means. It returns the ids of
// those called exactly so, else of all whose name has it as a part. If these are too
// many to search in, it asks for more, since the exact one may come later.
func (d *Directory) lookUp(ctx context.Context, name string) ([]clerkapi.OrganizationID, error) {
	found, err := d.orgs.FindOrganizations(ctx, name, maxOrganizations+1)
	if err != nil {
		return nil, noOrganizations(err)
	}
	ids := calledExactly(found, name)
	if ids == nil && len(found) > maxOrganizations {
		found, err = d.orgs.FindOrganizations(ctx, name, mostFound)
		if err != nil && fault.CodeOf(err) != fault.ClerkAnswerTooBig {
			return nil, err
		}
		if ids = calledExactly(found, name); ids == nil {
			return nil, invalid(sentence.Of("search_invalid.organizations", "most", maxOrganizations, "name", name))
		}
	}
	if ids == nil {
		for _, o := range found {
			ids = append(ids, o.ID)
		}
	}
	switch {
	case slices.Contains(ids, clerkapi.OrganizationID{}): // its members would be missing from the list
		return nil, invalid(sentence.Of("search_invalid.unread_organization", "name", name))
	case ids == nil:
		return nil, invalid(sentence.Of("search_invalid.no_organization", "name", name))
	}
	return ids, nil
}

// noOrganizations says of a search by organization that an instance has none.
func noOrganizations(err error) error {
	if fault.CodeOf(err) == fault.OrganizationsOff {
		return invalid(sentence.Of("search_invalid.organizations_off"))
	}
	return err
}

func isUnread(o clerkapi.Organization) bool { return o.ID.IsZero() }

// calledExactly is the organization with that slug, else all with that name, of
// which Clerk allows several; nil without any.
func calledExactly(found []clerkapi.Organization, name string) []clerkapi.OrganizationID {
	var named []clerkapi.OrganizationID
	for _, o := range found {
		if strings.EqualFold(o.Slug, name) {
			return []clerkapi.OrganizationID{o.ID}
		}
		if strings.EqualFold(o.Name, name) && len(named) < maxOrganizations {
			named = append(named, o.ID)
		}
	}
	return named
}

// keepOrganizations keeps what an org: value means.
func (d *Directory) keepOrganizations(of meaning, ids []clerkapi.OrganizationID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.orgIDs) >= keepRecent {
		clear(d.orgIDs)
	}
	d.orgIDs[of] = ids
}
