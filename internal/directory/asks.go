package directory

import (
	"slices"
	"strings"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/sentence"
)

// Asks are the filters that Clerk is asked by for one search, one after the other
// until somebody is found.
type Asks struct {
	// Exact look for whole values and come first.
	Exact []clerkapi.UserFilter
	// Listed is the filter whose users fill pages.
	Listed clerkapi.UserFilter
	// Last looks where Listed does not; nil if there is no such place.
	Last *clerkapi.UserFilter
}

// Asks tells how Clerk is asked for the search. now anchors relative dates, and its
// location says where days begin. Organizations are not in it: their names
// must be looked up first, see [Search.Organizations].
func (s Search) Asks(now time.Time) (Asks, error) {
	var part clerkapi.UserFilter
	whole := clerkapi.UserFilter{}
	if err := s.applyText(&part, &whole); err != nil {
		return Asks{}, err
	}
	for _, t := range s.Terms {
		if err := t.apply(&part, &whole, now); err != nil {
			return Asks{}, err
		}
	}
	asks := Asks{Listed: part}
	if exact, has := exactly(part, whole); has {
		asks.Exact = append(asks.Exact, exact)
	}
	if external, has := external(part, s.Text); has {
		if isNumbered(s.Text) {
			asks.Exact = append(asks.Exact, external)
		} else {
			asks.Last = &external
		}
	}
	return asks, nil
}

// within narrows each to organizations.
func (a *Asks) within(ids []clerkapi.OrganizationID) {
	narrow := func(f *clerkapi.UserFilter) { f.Organizations = append(slices.Clip(f.Organizations), ids...) }
	for i := range a.Exact {
		narrow(&a.Exact[i])
	}
	narrow(&a.Listed)
	if a.Last != nil {
		narrow(a.Last)
	}
}

// applyText sets what free text narrows to: partly in part, and in whole the
// values that it may be in full.
func (s Search) applyText(part, whole *clerkapi.UserFilter) error {
	of, values := meaningOf(s.Text)
	if len(values) > maxListed {
		return invalid(sentence.Of("search_invalid.values", "values", len(values), "most", maxListed))
	}
	switch {
	case of == "" && all(itemsOf(s.Text), isValue) && s.Text != "" && strings.Contains(s.Text, ","):
		return invalid(sentence.Of("search_invalid.mixed"))
	case of == "id":
		part.UserIDs = values
	case of == "phone" && len(values) > 1 && !all(values, isWholePhone):
		// Clerk looks for a list of whole numbers only.
		return invalid(sentence.Of("search_invalid.country"))
	case len(values) > 1:
		list(part, of, values)
	case of == "email":
		part.EmailQuery, whole.Emails = values[0], values
	case of == "phone":
		part.PhoneQuery = values[0]
		if isWholePhone(values[0]) {
			whole.Phones = values
		}
	case of == "wallet":
		part.Query, whole.Wallets = values[0], values
	case strings.Contains(s.Text, "@") && !strings.Contains(s.Text, " "):
		part.EmailQuery = s.Text
	default:
		part.Query = s.Text
	}
	return nil
}

func list(filter *clerkapi.UserFilter, of kind, values []string) {
	switch of {
	case "email":
		filter.Emails = values
	case "phone":
		filter.Phones = values
	case "wallet":
		filter.Wallets = values
	}
}

// exactly looks for the whole values in place of parts of them. It is false if
// there are none.
func exactly(part, whole clerkapi.UserFilter) (clerkapi.UserFilter, bool) {
	exact := part
	if len(whole.Emails) > 0 {
		exact.EmailQuery, exact.Emails = "", whole.Emails
	}
	if len(whole.Phones) > 0 {
		exact.PhoneQuery, exact.Phones = "", whole.Phones
	}
	if len(whole.Usernames) > 0 {
		exact.UsernameQuery, exact.Usernames = "", whole.Usernames
	}
	if len(whole.Wallets) > 0 {
		exact.Wallets = whole.Wallets
		if part.Query == whole.Wallets[0] {
			exact.Query = ""
		}
	}
	return exact, len(whole.Emails)+len(whole.Phones)+len(whole.Usernames)+len(whole.Wallets) > 0
}

// external looks for a word as an external id, which Clerk's search does not.
func external(part clerkapi.UserFilter, text string) (clerkapi.UserFilter, bool) {
	const fewest = 3
	if len(text) < fewest || strings.ContainsAny(text, " @") || len(part.ExternalIDs) > 0 || isWholePhone(part.PhoneQuery) && strings.HasPrefix(text, "+") ||
		isUserID(text) || isWallet(text) {
		return clerkapi.UserFilter{}, false
	}
	part.Query, part.PhoneQuery = "", ""
	part.ExternalIDs = []string{text}
	return part, true
}

// externalIDs are the items of a list that can be nothing but external ids: words
// with digits. They are nil in any other text.
func externalIDs(text string) []string {
	items := itemsOf(text)
	if len(items) < 2 || !strings.Contains(text, ",") || !all(items, isNumbered) || kindOf(items) != "" || slices.ContainsFunc(items, isValue) {
		return nil
	}
	return items
}

// narrowsExactly reports whether a list of whole values is asked for. Such a list
// does not grow.
func narrowsExactly(f clerkapi.UserFilter) bool {
	return len(f.UserIDs)+len(f.ExternalIDs)+len(f.Emails)+len(f.Phones)+len(f.Usernames)+len(f.Wallets) > 0
}
