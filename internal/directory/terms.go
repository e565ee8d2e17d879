package directory

import (
	"strings"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/sentence"
)

// apply narrows part by a condition. Where the condition may be a whole value,
// whole gets it, which is looked for first. email: is for parts: a whole address
// needs no prefix.
func (t Term) apply(part, whole *clerkapi.UserFilter, now time.Time) error {
	switch t.Prefix {
	case "email":
		if part.EmailQuery != "" || len(part.Emails) > 0 {
			return invalid(sentence.Of("search_invalid.one_address"))
		}
		part.EmailQuery = t.Value
	case "phone":
		if part.PhoneQuery != "" || len(part.Phones) > 0 {
			return invalid(sentence.Of("search_invalid.one_phone"))
		}
		if valueOf("phone", t.Value) == "" {
			return invalid(sentence.Of("search_invalid.phone"))
		}
		part.PhoneQuery = valueOf("phone", t.Value)
		whole.Phones = nil
		if isWholePhone(part.PhoneQuery) {
			whole.Phones = []string{part.PhoneQuery}
		}
	case "username":
		part.UsernameQuery, whole.Usernames = t.Value, []string{t.Value}
	case "wallet":
		return t.applyWallet(part, whole)
	case "name":
		part.NameQuery = t.Value
	case "ext":
		part.ExternalIDs = append(part.ExternalIDs, t.Value)
	case "id":
		if !isUserID(t.Value) {
			return invalid(sentence.Of("search_invalid.id", "prefix", t.Prefix))
		}
		part.UserIDs = append(part.UserIDs, t.Value)
	case "banned":
		return t.applyBanned(part)
	case "created":
		return t.applyDates(now, &part.CreatedAfter, &part.CreatedBefore)
	case "active":
		return t.applyDates(now, &part.LastActiveAfter, &part.LastActiveBefore)
	case "signed-in":
		return t.applyDates(now, &part.LastSignInAfter, &part.LastSignInBefore)
	}
	return nil
}

// applyWallet takes the place of the free text: Clerk matches wallets partly only
// where it searches for words.
func (t Term) applyWallet(part, whole *clerkapi.UserFilter) error {
	if part.Query != "" || len(part.Wallets) > 0 {
		return invalid(sentence.Of("search_invalid.wallet"))
	}
	part.Query, whole.Wallets = t.Value, []string{t.Value}
	return nil
}

func (t Term) applyBanned(filter *clerkapi.UserFilter) error {
	switch strings.ToLower(t.Value) {
	case "yes":
		banned := true
		filter.Banned = &banned
	case "no":
		banned := false
		filter.Banned = &banned
	default:
		return invalid(sentence.Of("search_invalid.banned"))
	}
	return nil
}

func (t Term) applyDates(now time.Time, after, before *time.Time) error {
	r, err := parseDates(t.Value, now)
	if err != nil {
		return invalid(sentence.Of("search_invalid.date", "prefix", t.Prefix))
	}
	*after, *before = r.after, r.before
	return nil
}
