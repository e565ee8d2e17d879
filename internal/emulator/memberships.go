package emulator

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
)

type organizationResource struct {
	Object                string   `json:"object"`
	ID                    string   `json:"id"`
	Name                  string   `json:"name"`
	Slug                  string   `json:"slug"`
	HasImage              bool     `json:"has_image"`
	MembersCount          *int     `json:"members_count,omitempty"`
	MaxAllowedMemberships int      `json:"max_allowed_memberships"`
	AdminDeleteEnabled    bool     `json:"admin_delete_enabled"`
	PublicMetadata        struct{} `json:"public_metadata"`
	PrivateMetadata       struct{} `json:"private_metadata"`
	CreatedBy             string   `json:"created_by"`
	CreatedAt             int64    `json:"created_at"`
	UpdatedAt             int64    `json:"updated_at"`
}

type membershipResource struct {
	Object          string               `json:"object"`
	ID              string               `json:"id"`
	Role            string               `json:"role"`
	RoleName        string               `json:"role_name"`
	Permissions     []string             `json:"permissions"`
	PublicMetadata  struct{}             `json:"public_metadata"`
	PrivateMetadata struct{}             `json:"private_metadata"`
	Organization    organizationResource `json:"organization"`
	PublicUserData  publicUserData       `json:"public_user_data"`
	CreatedAt       int64                `json:"created_at"`
	UpdatedAt       int64                `json:"updated_at"`
}

type publicUserData struct {
	UserID     string  `json:"user_id"`
	FirstName  *string `json:"first_name"`
	LastName   *string `json:"last_name"`
	ImageURL   string  `json:"image_url"`
	OldImage   *string `json:"profile_image_url"` // deprecated but required
	HasImage   bool    `json:"has_image"`
	Identifier string  `json:"identifier"`
}

// list is the envelope of paginated answers.
type list[T any] struct {
	Data       []T `json:"data"`
	TotalCount int `json:"total_count"`
}

// window cuts a page out of all there is.
func window[T any](all []T, limit, offset int) list[T] {
	from := min(offset, len(all))
	page := all[from:min(from+limit, len(all))]
	return list[T]{Data: append([]T{}, page...), TotalCount: len(all)}
}

func (d *directory) organization(k int) organizationResource {
	const seats = 0 // no limit
	o := d.orgs[k]
	return organizationResource{
		Object: "organization", ID: o.id, Name: o.name, Slug: o.slug, MaxAllowedMemberships: seats, AdminDeleteEnabled: true,
		CreatedBy: string(d.ids.user(nil, o.createdBy)), CreatedAt: o.createdAt, UpdatedAt: o.createdAt,
	}
}

func (s *Server) listMemberships(w http.ResponseWriter, r *http.Request) *apiError {
	i, refused := s.pathUser(r)
	if refused != nil {
		return refused
	}
	p := params{values: r.URL.Query()}
	limit, offset := p.window()
	if p.problem != nil {
		return p.problem
	}
	u := s.user(i, r)
	all := []membershipResource{}
	for n, m := range s.users.memberships(nil, i) {
		role, roleName := m.role(), "Member"
		if m.admin {
			roleName = "Admin"
		}
		if p := s.users.person(i); p != nil && p.title != "" {
			role, roleName = "org:custom", p.title
		}
		all = append(all, s.membership(membershipResource{
			Object: "organization_membership", ID: string(s.users.ids.of(nil, "orgmem_", i, uint64(n))),
			Role: role, RoleName: roleName, Permissions: permissions(role), Organization: s.users.organization(m.org),
			PublicUserData: s.publicUserData(i, r),
			CreatedAt:      u.CreatedAt, UpdatedAt: u.CreatedAt,
		}))
	}
	writeJSON(w, http.StatusOK, window(all, limit, offset))
	return nil
}

// publicUserData is what other users may see of one.
func (s *Server) publicUserData(i int, r *http.Request) publicUserData {
	u := s.user(i, r)
	return publicUserData{
		UserID: u.ID, FirstName: u.FirstName, LastName: u.LastName, ImageURL: u.ImageURL,
		Identifier: cmp.Or(string(s.users.appendEmail(nil, i)), deref(u.Username), string(s.users.appendPhone(nil, i))),
	}
}

func (s *Server) listOrganizations(w http.ResponseWriter, r *http.Request) *apiError {
	p := params{values: r.URL.Query()}
	limit, offset := p.window()
	query, ids, users := p.text("query"), p.signed("organization_id"), p.signed("user_id")
	withCount := p.flag("include_members_count")
	field := cmp.Or(p.text("order_by"), "-created_at")
	byField := organizationOrder(strings.TrimLeft(field, "+- "))
	if byField == nil {
		p.fail(errValue("order_by", "is not a field that organizations can be ordered by."))
	}
	if p.problem != nil {
		return p.problem
	}
	members := withCount != nil && *withCount
	all := []organizationResource{}
	for k, o := range s.users.orgs {
		found := query == "" || o.id == query || containsFold(o.name, query) || containsFold(o.slug, query)
		if !found || !ids.allows(func(id string) bool { return id == o.id }) || !users.allows(func(id string) bool {
			i, known := s.users.ids.index(id)
			return known && i < s.users.n && s.users.belongs(i, k)
		}) {
			continue
		}
		resource := s.users.organization(k)
		if members || strings.HasSuffix(field, "members_count") {
			n, err := s.users.members(r.Context(), o.id)
			if err != nil {
				return errGone(err)
			}
			resource.MembersCount = &n
		}
		all = append(all, resource)
	}
	slices.SortStableFunc(all, byField)
	if strings.HasPrefix(field, "-") {
		slices.Reverse(all)
	}
	writeJSON(w, http.StatusOK, window(all, limit, offset))
	return nil
}

func organizationOrder(field string) func(a, b organizationResource) int {
	switch field {
	case "created_at":
		return func(a, b organizationResource) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) }
	case "name":
		return func(a, b organizationResource) int { return cmp.Compare(a.Name, b.Name) }
	case "members_count":
		return func(a, b organizationResource) int { return cmp.Compare(*a.MembersCount, *b.MembersCount) }
	default:
		return nil
	}
}

func (d *directory) members(ctx context.Context, org string) (int, error) {
	return d.count(ctx, &filter{organizations: signedList{include: []string{org}}})
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
