package held

import (
	"net/url"
	"strings"

	"understudy/internal/report"
	"understudy/internal/viewonly"
)

// refusal is a request that was not sent, as the mark is told of it.
type refusal struct {
	What   string `json:"what"` // method and shape
	Method string `json:"method"`
	URL    string `json:"url"` // without its query
	Count  int    `json:"count"`
	// Never: it is not sent in the other mode either.
	Never bool `json:"never"`
	// Left: the page was left for it, so that the next one shows it.
	Left bool `json:"left"`
}

// countHeldBack has the mark of a page say what it or its frames and workers did not
// send.
func (h *Held) countHeldBack(p *paused, kind viewonly.Kind) {
	method, address := p.Request.Method, p.Request.URL
	h.mu.Lock()
	h.mark.HeldBack++
	t := h.pageWith(p.Frame)
	if t == nil {
		h.mu.Unlock()
		return
	}
	r := refusal{
		What: method + " " + shapeFor(t.URL, address), Method: method, URL: withoutQuery(address),
		Count: h.mark.HeldBack, Never: kind == viewonly.Account, Left: p.Kind == "Document" && p.Frame == t.frame,
	}
	if r.Left {
		t.left = &r
	}
	page, world := t.page, t.world
	h.mu.Unlock()
	if !r.Left {
		h.evaluate(page, world, "notSent", r)
	}
}

// showLeft shows in a new page what the page before was left for.
func (h *Held) showLeft(t *target) {
	h.mu.Lock()
	r := t.left
	t.left = nil
	h.mu.Unlock()
	if r != nil {
		h.evaluate(t.page, t.world, "notSent", r)
	}
}

// refuseSocket tells of a socket that was refused. The mark says so once for each host.
func (h *Held) refuseSocket(session, host string) {
	h.mu.Lock()
	if h.judge.Connects(host) { // then the app's own policy refused it
		h.mu.Unlock()
		return
	}
	t, world := h.pageOf(session), 0
	if t != nil && !h.sockets[host] {
		world = t.world
	}
	if world != 0 {
		h.sockets[host] = true
	}
	h.mu.Unlock()
	h.watcher.Disconnected(host)
	if world != 0 {
		h.evaluate(t.page, world, "socket", map[string]any{"host": host})
	}
}

// pageOf is the page that a session is part of, nil if it has none. The caller holds mu.
func (h *Held) pageOf(session string) *target {
	if t := h.targets[session]; t != nil {
		return h.targets[t.page]
	}
	return nil
}

// shapeFor is the shape of an address as a page shows it: without the host if that
// is the page's own.
func shapeFor(page, address string) string {
	shape := report.Shape(address)
	p, err := url.Parse(page)
	u, err2 := url.Parse(address)
	if err != nil || err2 != nil || p.Host == "" || p.Host != u.Host {
		return shape
	}
	return strings.TrimPrefix(shape, strings.TrimSuffix(report.Shape(p.Scheme+"://"+p.Host), "/"))
}

func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	return address
}
