package clerkapi

import (
	"fmt"

	"understudy/internal/sentence"
)

type organizationJSON struct {
	ID   lenient `json:"id"`
	Name lenient `json:"name"`
	Slug lenient `json:"slug"`
}

// organization has no id if that cannot be read.
func (raw organizationJSON) organization() Organization {
	id, _ := ParseOrganizationID(string(raw.ID))
	return Organization{ID: id, Name: string(raw.Name), Slug: string(raw.Slug)}
}

func decodeOrganizations(body []byte) ([]Organization, error) {
	var raw struct {
		Data list[part[organizationJSON]] `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("organizations: %w", err)
	}
	if !raw.Data.isRead {
		return nil, unreadable{sentence.Of("lacks.organizations")}
	}
	organizations := make([]Organization, 0, len(raw.Data.items))
	for _, item := range raw.Data.items {
		organizations = append(organizations, item.value.organization())
	}
	return organizations, nil
}

func decodeMemberships(body []byte) ([]Membership, error) {
	var raw struct {
		Data list[part[struct {
			Role         lenient                `json:"role"`
			Title        lenient                `json:"role_name"`
			Permissions  list[lenient]          `json:"permissions"`
			Organization part[organizationJSON] `json:"organization"`
		}]] `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("memberships: %w", err)
	}
	if !raw.Data.isRead {
		return nil, unreadable{sentence.Of("lacks.memberships")}
	}
	memberships := make([]Membership, 0, len(raw.Data.items))
	for _, item := range raw.Data.items {
		organization := item.value.Organization.value.organization()
		membership := Membership{
			OrganizationID:    organization.ID,
			OrganizationName:  organization.Name,
			Role:              string(item.value.Role),
			Title:             string(item.value.Title),
			UnreadPermissions: !item.value.Permissions.isRead,
		}
		for _, permission := range item.value.Permissions.items {
			membership.UnreadPermissions = membership.UnreadPermissions || permission == ""
			membership.Permissions = append(membership.Permissions, string(permission))
		}
		memberships = append(memberships, membership)
	}
	return memberships, nil
}
