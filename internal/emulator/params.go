package emulator

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// params reads the query of a request and remembers the first thing wrong with
// it, in the words of Clerk's 422.
type params struct {
	values  url.Values
	problem *apiError
}

func (p *params) fail(e *apiError) {
	if p.problem == nil {
		p.problem = e
	}
}

func (p *params) text(name string) string { return p.values.Get(name) }

// needle is a text to search for, without regard to case.
func (p *params) needle(name string) []byte { return []byte(strings.ToLower(p.text(name))) }

func (p *params) number(name string, fallback, low, high int) int {
	value := p.text(name)
	if value == "" {
		return fallback
	}
	n, err := strconv.Atoi(value)
	switch {
	case err != nil:
		p.fail(errParam("form_param_format_invalid", name, name+" must be an integer."))
	case n < low:
		p.fail(errValue(name, fmt.Sprintf("must be greater than or equal to %d.", low)))
	case n > high:
		p.fail(errValue(name, fmt.Sprintf("must be less than or equal to %d.", high)))
	}
	return n
}

func (p *params) milliseconds(name string) int64 {
	value := p.text(name)
	if value == "" {
		return 0
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		p.fail(errParam("form_param_format_invalid", name, name+" must be a Unix time in milliseconds."))
	}
	return n
}

func (p *params) flag(name string) *bool {
	value := p.text(name)
	if value == "" {
		return nil
	}
	b, err := strconv.ParseBool(value)
	if err != nil {
		p.fail(errParam("form_param_format_invalid", name, name+" must be a boolean."))
	}
	return &b
}

// maxListed is how many values an exact list may have.
const maxListed = 100

// list reads a repeated parameter; empty values name nobody and are passed over.
func (p *params) list(name string) []string {
	var values []string
	for _, v := range p.values[name] {
		if v != "" {
			values = append(values, v)
		}
	}
	if len(values) > maxListed {
		p.fail(errValue(name, fmt.Sprintf("accepts at most %d values.", maxListed)))
	}
	return values
}

// signed reads a list whose values may begin with + or -. A plus that was not
// escaped arrives as a space.
func (p *params) signed(name string) signedList {
	var l signedList
	for _, v := range p.list(name) {
		if rest, excluded := strings.CutPrefix(v, "-"); excluded {
			l.exclude = append(l.exclude, rest)
		} else {
			l.include = append(l.include, strings.TrimLeft(v, "+ "))
		}
	}
	return l
}

func (p *params) span(field string) span {
	return span{after: p.milliseconds(field + "_after"), before: p.milliseconds(field + "_before")}
}

const (
	defaultLimit = 10
	maxLimit     = 500
)

// window reads limit and offset.
func (p *params) window() (limit, offset int) {
	return p.number("limit", defaultLimit, 1, maxLimit), p.number("offset", 0, 0, int(^uint32(0)>>1))
}

func (p *params) filter() filter {
	f := filter{
		query: p.needle("query"), emailQuery: p.needle("email_address_query"), phoneQuery: p.needle("phone_number_query"),
		usernameQuery: p.needle("username_query"), nameQuery: p.needle("name_query"),
		emails: p.list("email_address"), phones: p.list("phone_number"), usernames: p.list("username"),
		wallets: p.list("web3_wallet"), googleIDs: p.list("provider_user_id"),
		users: p.signed("user_id"), externals: p.signed("external_id"), organizations: p.signed("organization_id"),
		banned:  p.flag("banned"),
		created: p.span("created_at"), active: p.span("last_active_at"), signIns: p.span("last_sign_in_at"),
	}
	// The deprecated name of last_active_at_after counts the day itself.
	if since := p.milliseconds("last_active_at_since"); since > 0 && f.active.after == 0 {
		f.active.after = since - 1
	}
	provider := p.text("provider")
	switch {
	case provider == "" && len(f.googleIDs) > 0:
		p.fail(errMissing("provider"))
	case provider != "" && len(f.googleIDs) == 0:
		p.fail(errMissing("provider_user_id"))
	case provider != "" && provider != googleProvider:
		f.googleIDs = []string{"of no other provider"}
	}
	return f
}

// search reads a whole GET /users.
func (p *params) search(d *directory) search {
	q := search{filter: p.filter(), by: byCreated, descending: true, after: -1}
	q.limit, q.offset = p.window()
	if field := p.text("order_by"); field != "" {
		known := false
		q.descending = strings.HasPrefix(field, "-")
		if q.by, known = parseOrdering(strings.TrimLeft(field, "+- ")); !known {
			p.fail(errValue("order_by", "is not a field that users can be ordered by."))
		}
	}
	cursor := p.text("starting_after")
	if cursor == "" {
		return q
	}
	if q.by != byCreated {
		p.fail(errValue("starting_after", "can only be used when ordering by created_at."))
	}
	if q.offset != 0 {
		p.fail(errValue("starting_after", "cannot be combined with a non-zero offset."))
	}
	i, known := d.ids.index(cursor)
	if !known || i >= d.n {
		p.fail(errValue("starting_after", "is not the id of a user."))
	}
	q.after = i
	return q
}
