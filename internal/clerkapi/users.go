package clerkapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"understudy/internal/fault"
)

// userRoom is what one user may take in a list, in bytes. Clerk gives all their
// metadata with them, of three kinds with 8 KB each, which is about 25 KB in all
// and more where the encoding escapes much of it.
const userRoom = 64 << 10

// ListUsers makes exactly one request (and its retries) for one page of users. Its
// answer may have 64 KB for each: a page of 100 with large metadata does not fit
// into what other answers may have, and asking for it in parts would take several
// requests each time.
//
// A user who cannot be read has a row all the same, which is Garbled. Leaving it
// out would hide somebody without a word, and a page shorter than its limit means
// "the end" to the caller.
func (c *Client) ListUsers(ctx context.Context, page UserPage) ([]User, error) {
	query, err := page.values()
	if err != nil {
		return nil, err
	}
	r := get("users", query)
	r.room = max(maxAnswer, int64(page.Limit)*userRoom)
	return send(ctx, c, r, decodeUsers)
}

// CountUsers tells how many users match. On a big instance a filtered count may
// take longer than its minute, which is fault.ClerkTimeout.
func (c *Client) CountUsers(ctx context.Context, filter UserFilter) (int64, error) {
	query, err := filter.values()
	if err != nil {
		return 0, err
	}
	r := get("users/count", query)
	r.timeout = countTimeout
	r.background = true // it comes beside the rows, never before them
	return send(ctx, c, r, decodeCount)
}

// PrivateMetadata returns the private metadata of a user as a raw JSON object,
// nil without any, or fault.UserGone. It is sensitive: GetUser leaves it out.
func (c *Client) PrivateMetadata(ctx context.Context, id UserID) ([]byte, error) {
	if err := id.given(); err != nil {
		return nil, err
	}
	r := get("users/"+id.String(), nil)
	r.meaning = aboutUser
	return send(ctx, c, r, func(body []byte) ([]byte, error) {
		owner, metadata, err := decodePrivateMetadata(body)
		if err == nil && owner != id {
			return nil, errors.New("it is about another user")
		}
		return metadata, err
	})
}

// GetUser returns one user with its public and unsafe metadata, or
// fault.UserGone.
func (c *Client) GetUser(ctx context.Context, id UserID) (User, error) {
	if err := id.given(); err != nil {
		return User{}, err
	}
	r := get("users/"+id.String(), nil)
	r.meaning = aboutUser
	return send(ctx, c, r, func(body []byte) (User, error) {
		user, err := decodeUser(body)
		if err == nil && user.ID != id {
			return User{}, errors.New("it is about another user")
		}
		return user, err
	})
}

// Memberships returns all organizations that the user is in, or fault.UserGone. Where
// an instance has organizations turned off, nobody is in one.
func (c *Client) Memberships(ctx context.Context, id UserID) ([]Membership, error) {
	if err := id.given(); err != nil {
		return nil, err
	}
	all, err := allPages(membershipsPage, func(limit, offset int) ([]Membership, error) {
		r := get("users/"+id.String()+"/organization_memberships", pageValues(limit, offset))
		r.meaning = aboutUser
		r.room = max(maxAnswer, int64(limit)*membershipRoom)
		return send(ctx, c, r, decodeMemberships)
	})
	if fault.CodeOf(err) == fault.OrganizationsOff {
		return nil, nil
	}
	return all, err
}

// FindOrganizations returns up to limit organizations, at most 500, whose name or
// slug has the query in it or whose id it is, newest first, or
// fault.OrganizationsOff.
func (c *Client) FindOrganizations(ctx context.Context, query string, limit int) ([]Organization, error) {
	values := pageValues(limit, 0)
	setText(values, "query", query)
	return send(ctx, c, get("organizations", values), decodeOrganizations)
}

const (
	// listPage is the page of lists that are read to their end.
	listPage = 100
	// membershipsPage is the largest that Clerk gives: consultants are in hundreds of
	// organizations, and each page is one request more.
	membershipsPage = maxLimit
	// membershipRoom is what one membership may take, in bytes: it has the public and
	// the private metadata of its own and of the organization, with 8 KB each.
	membershipRoom = 48 << 10
	// listPages bounds them: a server that never gives a short page must not
	// keep the program busy for ever.
	listPages = 100
)

// allPages asks for pages of size items until one is short.
func allPages[T any](size int, ask func(limit, offset int) ([]T, error)) ([]T, error) {
	var all []T
	for page := range listPages {
		items, err := ask(size, page*size)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
		if len(items) < size {
			return all, nil
		}
	}
	return nil, fault.New(fault.ClerkAnswerTooBig, fmt.Errorf("the list goes on after %d pages", listPages))
}

func pageValues(limit, offset int) url.Values {
	values := url.Values{"limit": {strconv.Itoa(limit)}}
	if offset > 0 {
		values.Set("offset", strconv.Itoa(offset))
	}
	return values
}
