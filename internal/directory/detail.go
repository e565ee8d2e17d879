package directory

import (
	"context"
	"fmt"
	"strings"
	"time"

	"understudy/internal/clerkapi"
)

// keepRecent bounds what Recent keeps in memory.
const keepRecent = 64

// maxOrganizations is what Clerk takes in one organization_id list.
const maxOrganizations = 100

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
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.orgIDs) >= keepRecent {
		clear(d.orgIDs)
	}
	d.orgIDs[key] = ids
	return ids, nil
}
