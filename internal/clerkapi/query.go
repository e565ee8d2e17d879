package clerkapi

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

const (
	// maxLimit is the largest page that Clerk gives.
	maxLimit = 500
	// maxValues is how many exact values one parameter takes.
	maxValues = 100
)

// values is the query of a page. A page that Clerk would refuse is the caller's
// mistake, fault.Internal.
func (p UserPage) values() (url.Values, error) {
	switch {
	case p.Limit < 1 || p.Limit > maxLimit || p.Offset < 0:
		return nil, mistake("limit or offset is out of range")
	case !p.After.IsZero() && p.Offset != 0:
		return nil, mistake("a cursor and an offset exclude each other")
	case !p.After.IsZero() && p.Order.Field != "" && p.Order.Field != ByCreated:
		return nil, mistake("a cursor works only in the order of creation")
	}
	query, err := p.Filter.values()
	if err != nil {
		return nil, err
	}
	query.Set("limit", strconv.Itoa(p.Limit))
	if p.Offset > 0 {
		query.Set("offset", strconv.Itoa(p.Offset))
	}
	if !p.After.IsZero() {
		query.Set("starting_after", p.After.String())
	}
	if p.Order.Field != "" {
		query.Set("order_by", p.Order.value())
	}
	return query, nil
}

func mistake(text string) error { return fault.New(fault.Internal, errors.New(text)) }

// value puts the direction first; Clerk reads a bare field as ascending.
func (o Order) value() string {
	if o.Descending {
		return "-" + string(o.Field)
	}
	return string(o.Field)
}

// values is the query of a filter. More exact values than Clerk takes are
// fault.SearchInvalid.
func (f UserFilter) values() (url.Values, error) {
	query := url.Values{}
	setText(query, "query", f.Query)
	setText(query, "email_address_query", f.EmailQuery)
	setText(query, "phone_number_query", f.PhoneQuery)
	setText(query, "username_query", f.UsernameQuery)
	setText(query, "name_query", f.NameQuery)
	setTime(query, "created_at_before", f.CreatedBefore)
	setTime(query, "created_at_after", f.CreatedAfter)
	setTime(query, "last_active_at_before", f.LastActiveBefore)
	setTime(query, "last_active_at_after", f.LastActiveAfter)
	setTime(query, "last_sign_in_at_before", f.LastSignInBefore)
	setTime(query, "last_sign_in_at_after", f.LastSignInAfter)
	if f.Banned != nil {
		query.Set("banned", strconv.FormatBool(*f.Banned))
	}
	err := errors.Join(
		setList(query, "user_id", f.UserIDs),
		setList(query, "email_address", f.Emails),
		setList(query, "phone_number", f.Phones),
		setList(query, "username", f.Usernames),
		setList(query, "web3_wallet", f.Wallets),
		setList(query, "external_id", included(f.ExternalIDs)),
		setList(query, "organization_id", texts(f.Organizations)),
	)
	if err != nil {
		return nil, err
	}
	return query, nil
}

func setText(query url.Values, name, value string) {
	if value != "" {
		query.Set(name, value)
	}
}

func setTime(query url.Values, name string, t time.Time) {
	if !t.IsZero() {
		query.Set(name, strconv.FormatInt(t.UnixMilli(), 10))
	}
}

// setList repeats the parameter, as Clerk's own clients do.
func setList(query url.Values, name string, list []string) error {
	if len(list) > maxValues {
		return fault.New(fault.SearchInvalid, nil).Saying(sentence.Of("search_invalid.too_many", "most", maxValues))
	}
	for _, value := range list {
		query.Add(name, value)
	}
	return nil
}

// included marks external ids that start with a sign. Clerk reads a leading
// "-" as "without" and a leading "+" as "with"; the customer, who chooses these
// ids, means neither.
func included(ids []string) []string {
	marked := make([]string, len(ids))
	for i, id := range ids {
		if strings.HasPrefix(id, "+") || strings.HasPrefix(id, "-") {
			id = "+" + id
		}
		marked[i] = id
	}
	return marked
}
