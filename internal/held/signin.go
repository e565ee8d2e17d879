package held

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"understudy/internal/viewonly"
)

// SignIn is what became of the link, as the network shows it.
type SignIn struct {
	Outcome Outcome
	// Code is Clerk's word for a refusal, "" if it gave none.
	Code string
}

// Outcome is where a sign-in ended.
type Outcome string

// The outcomes. Unfinished: the app's sign-in page has the ticket and does nothing
// with it.
const (
	Accepted   Outcome = "accepted"
	Refused    Outcome = "refused"
	Unfinished Outcome = "unfinished"
)

const (
	// unfinishedAfter is how long an app's sign-in page may take to use the ticket.
	unfinishedAfter = 20 * time.Second
	// settleWithin is how long the app may take to leave its sign-in page, before the
	// page that was asked for is opened.
	settleWithin = 2 * time.Second
	// ticketParam carries the ticket to the app's sign-in page. A page that completes
	// the sign-in then posts it.
	ticketParam = "__clerk_ticket"
)

// signing is how far the sign-in has come.
type signing struct {
	told   bool // its end
	landed bool
	late   *time.Timer
}

// open sends the first page to the ticket. The address goes through the pipe, and so
// stands in no argument list and in no history.
func (h *Held) open() error {
	h.mu.Lock()
	session := ""
	for id, t := range h.targets {
		if t.Kind == page && !t.isBrowsers() {
			session = id
		}
	}
	h.mu.Unlock()
	return h.conn.Send(session, "Page.navigate", map[string]any{"url": h.visit.Ticket.Reveal()})
}

// noteSignIn looks at the answers that say what became of the ticket: first Clerk's
// to the link, then Clerk's to the app's sign-in page.
func (h *Held) noteSignIn(p *paused) {
	if h.isOver() || p.Failed != "" { // a person can try again what the network failed
		return
	}
	switch {
	case p.Request.URL == h.visit.Ticket.Reveal():
		h.noteLink(p)
	case p.Request.Method == http.MethodPost && h.isSignIn(p.Request.URL) && p.usesTicket():
		if code, complete := h.bodyOfSignIn(p); complete {
			h.over(SignIn{Outcome: Accepted})
			time.AfterFunc(settleWithin, func() { h.land(h.sessionWith(p.Frame)) })
		} else if p.Status >= http.StatusBadRequest {
			h.over(SignIn{Refused, code})
		}
	}
}

// noteLink looks at Clerk's answer to the link itself.
func (h *Held) noteLink(p *paused) {
	if p.Status >= http.StatusBadRequest {
		code, _ := h.bodyOfSignIn(p)
		h.over(SignIn{Refused, code})
		return
	}
	for _, location := range valuesOf(p.Headers, "Location") {
		if to, err := url.Parse(location); err == nil && p.isRedirect() && to.Query().Has(ticketParam) {
			h.locked(func() {
				h.seen.late = time.AfterFunc(unfinishedAfter, func() { h.over(SignIn{Outcome: Unfinished}) })
			})
			return
		}
	}
	h.over(SignIn{Outcome: Accepted})
}

// usesTicket reports whether a sign-in is by a ticket, and not by what a person
// types.
func (p *paused) usesTicket() bool {
	form, err := url.ParseQuery(string(p.judged().Body))
	return err == nil && form.Get("strategy") == "ticket"
}

// isSignIn reports whether an address is where Clerk takes sign-ins.
func (h *Held) isSignIn(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, front := range h.visit.Rules.Frontends {
		base, err := url.Parse(front)
		if err == nil && strings.EqualFold(base.Host, u.Host) && u.Path == strings.TrimSuffix(base.Path, "/")+"/v1/client/sign_ins" {
			return true
		}
	}
	return false
}

var clerkCode = regexp.MustCompile(`^[a-z0-9_]{1,60}$`)

// bodyOfSignIn reads Clerk's answer: its code if it is a refusal, and whether the
// sign-in is complete.
func (h *Held) bodyOfSignIn(p *paused) (code string, complete bool) {
	content, err := h.body(p)
	if err != nil {
		return "", false
	}
	var told struct {
		Errors []struct {
			Code string `json:"code"`
		} `json:"errors"`
		Response struct {
			Status string `json:"status"`
		} `json:"response"`
	}
	if json.Unmarshal(content, &told) == nil && len(told.Errors) > 0 && clerkCode.MatchString(told.Errors[0].Code) {
		code = told.Errors[0].Code
	}
	return code, p.Status < http.StatusBadRequest && told.Response.Status == "complete"
}

func (h *Held) isOver() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seen.told
}

// over tells how the sign-in ended. A page that took its time may still complete it
// after it was told as unfinished, but not the other way round, nor in a browser that
// is gone.
func (h *Held) over(s SignIn) {
	h.mu.Lock()
	if h.seen.told || h.ctx.Err() != nil {
		h.mu.Unlock()
		return
	}
	if h.seen.late != nil {
		h.seen.late.Stop()
	}
	h.seen.told = s.Outcome != Unfinished
	h.mu.Unlock()
	h.watcher.SignedIn(s)
}

// arrived takes in that a page of some origin is shown. After the sign-in, the first
// that is not Clerk's own is the app's.
func (h *Held) arrived(session, address string) {
	if !h.isOver() || h.isFrontend(address) {
		return
	}
	if u, err := url.Parse(address); err != nil || u.Query().Has(ticketParam) {
		return // still the app's sign-in page
	}
	h.land(session)
}

// land takes the app's origin from the page that is shown, and leads to the page
// that was asked for, there and nowhere else. It does so once.
func (h *Held) land(session string) {
	h.mu.Lock()
	t := h.targets[session]
	if t == nil || h.seen.landed {
		h.mu.Unlock()
		return
	}
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" {
		h.mu.Unlock()
		return
	}
	h.seen.landed = true
	h.mu.Unlock()
	home := u.Scheme + "://" + u.Host
	_ = h.Allow(func(r *viewonly.Rules) { r.Home = home })
	if to := h.visit.Land; to != "" {
		h.send(session, "Page.navigate", map[string]any{"url": home + to})
	}
}

func (h *Held) isFrontend(address string) bool {
	for _, front := range h.visit.Rules.Frontends {
		if strings.HasPrefix(address, front+"/v1/") {
			return true
		}
	}
	return false
}
