package directory

import (
	"context"
	"fmt"
	"strings"

	"understudy/internal/clerkapi"
)

// maxOrganizations is what Clerk takes in one organization_id list.
const maxOrganizations = 100

// FindOrganizations returns up to 20 organizations whose name, slug or id
// matches, the newest of all for "". A search by a slug among them needs no
// look-up of its own any more.
func (d *Directory) FindOrganizations(ctx context.Context, text string) ([]clerkapi.Organization, error) {
	found, err := d.orgs.FindOrganizations(ctx, text)
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		if o.Slug != "" {
			d.keepOrganization(strings.ToLower(o.Slug), []clerkapi.OrganizationID{o.ID})
		}
	}
	return found, nil
}

// organization finds the ids that an org: value means. An id is taken as it
// is; a name or slug is looked up once, an exact match wins over partial ones.
func (d *Directory) organization(ctx context.Context, name string) ([]clerkapi.OrganizationID, error) {
	if id, err := clerkapi.ParseOrganizationID(name); err == nil {
		return []clerkapi.OrganizationID{id}, nil
	}
	key := strings.ToLower(name)
	d.mu.Lock()
	ids, known := d.orgIDs[key]
	d.mu.Unlock()
	if known {
		return ids, nil
	}
	found, err := d.orgs.FindOrganizations(ctx, name)
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		if strings.EqualFold(o.Slug, name) || strings.EqualFold(o.Name, name) {
			ids = []clerkapi.OrganizationID{o.ID}
			break
		}
		ids = append(ids, o.ID)
	}
	switch {
	case len(ids) == 0:
		return nil, invalid(fmt.Sprintf("There is no organization called %q.", name))
	case len(ids) > maxOrganizations:
		return nil, invalid(fmt.Sprintf("More than %d organizations match %q. Type more of the name.", maxOrganizations, name))
	}
	d.keepOrganization(key, ids)
	return ids, nil
}

// keepOrganization keeps what an org: value means, in lower case.
func (d *Directory) keepOrganization(value string, ids []clerkapi.OrganizationID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.orgIDs) >= keepRecent {
		clear(d.orgIDs)
	}
	d.orgIDs[value] = ids
}
