package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// About is what a summary needs that is not in the report.
type About struct {
	Operator string // a name, or an id
	User     string // a name, or an id
	Ticket   string // the reference, "" if there is none
	Began    time.Time
	Ended    time.Time // zero: it goes on
	Zone     *time.Location
}

// maxNamed is how many different changes a summary names.
const maxNamed = 3

// Summary is plain text of one line for the ticket of a helpdesk, such as "Maya
// looked at Ingrid's account, Nov 23, 11:38 to 11:52. Looked at 6 pages, changed
// nothing. Ticket 48190."
func (r Report) Summary(about About) string {
	figures := r.Figures()
	done := []string{count(figures.Pages, "page")}
	if figures.Pages == 0 {
		done[0] = "no page"
	} else if r.Beyond.Pages > 0 {
		done[0] = "more than " + done[0]
	}
	if figures.Sent == 0 {
		done = append(done, "changed nothing")
	} else {
		done = append(done, "sent "+count(figures.Sent, "change")+" ("+r.changes()+")")
	}
	if figures.HeldBack > 0 {
		done = append(done, fmt.Sprintf("%d held back", figures.HeldBack))
	}
	text := fmt.Sprintf("%s looked at %s's account, %s. Looked at %s.", about.Operator, about.User, about.time(), strings.Join(done, ", "))
	if about.Ticket != "" {
		text += " Ticket " + about.Ticket + "."
	}
	return strings.Join(strings.Fields(text), " ")
}

// changes names what was sent, whatever the status.
func (r Report) changes() string {
	var named []string
	for _, row := range r.Sent {
		if name := row.Method + " " + row.Path; !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	more := len(named) > maxNamed || r.Beyond.Sent > 0
	text := strings.Join(named[:min(len(named), maxNamed)], ", ")
	if more {
		text += " and others"
	}
	return text
}

// time is "Nov 23, 11:38 to 11:52", with a second day if it ended on another one.
func (a About) time() string {
	const day, minute = "Jan 2, 15:04", "15:04"
	began := a.Began.In(a.Zone)
	if a.Ended.IsZero() {
		return began.Format(day)
	}
	ended, form := a.Ended.In(a.Zone), minute
	if began.YearDay() != ended.YearDay() || began.Year() != ended.Year() {
		form = day
	}
	return began.Format(day) + " to " + ended.Format(form)
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
