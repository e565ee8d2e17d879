package audit

import "context"

// narrowPage is how many impersonations are looked for at a time.
const narrowPage = 1000

// Narrow narrows a CSV export to the impersonations that a query asks for, which
// is half of the work that [History.Watch] tells of. A chain with gaps proves
// nothing, so a JSON export and a verification stay whole.
func (h History) Narrow(ctx context.Context, query Query, at Moment) (History, error) {
	told := h.told
	if told == nil {
		told = func(int) {}
	}
	h.only = map[string]bool{}
	query.Limit = narrowPage
	searched := meter{total: 2 * h.size(), told: told}
	for left := h.size(); ; {
		page, err := h.Page(ctx, query, at)
		if err != nil {
			return History{}, err
		}
		for _, one := range page.Found {
			h.only[one.Record] = true
		}
		if query.Cursor = page.Next; query.Cursor == "" {
			break
		}
		next, err := h.parseCursor(query.Cursor)
		if err != nil {
			return History{}, err
		}
		searched.add(left - next.before)
		left = next.before
	}
	return h.Watch(func(percent int) {
		if half := 50 + percent/2; percent%2 == 0 {
			told(half)
		}
	}), nil
}
