package held

import (
	_ "embed"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"understudy/internal/pipe"
	"understudy/internal/report"
	"understudy/internal/viewonly"
)

// Mark is what the mark in the page says: names of people, which stay in the page
// and in memory.
type Mark struct {
	Operator, User string
	EndsAt         time.Time // zero while the session's end is not known
	// Changes says whether the operator may ask to allow changes.
	Changes bool
}

// state is the mark as it is shown now.
type state struct {
	Mark

	Mode         viewonly.Mode
	ChangesUntil time.Time
	HeldBack     int
}

// Ask is what the operator asked for by the mark.
type Ask struct {
	Kind AskKind
	// Method and URL are those of the request that was not sent, for AskPath. The URL
	// has no query.
	Method, URL string
	// Host is that of the socket that was refused, for AskConnection.
	Host string
}

// AskKind is a button of the mark.
type AskKind string

// The mark's buttons. Understudy's own window asks for reasons, never the
// app's page.
const (
	AskEnd        AskKind = "end"
	AskChanges    AskKind = "changes"
	AskPath       AskKind = "path"
	AskConnection AskKind = "connection"
	AskView       AskKind = "view"
	AskShow       AskKind = "show"
)

// The mark lives in a world of its own, where the app's scripts do not meet it.
const (
	world   = "understudy"
	binding = "understudyTell"
)

//go:embed mark.js
var markScript string

func (h *Held) addMark(session string) error {
	return errors.Join(
		h.call(session, "Runtime.addBinding", map[string]any{"name": binding, "executionContextName": world}, nil),
		h.call(session, "Page.addScriptToEvaluateOnNewDocument", map[string]any{
			"source": markScript, "worldName": world, "runImmediately": true,
		}, nil),
	)
}

// told is a word of the mark. Only its own world can say one.
func (h *Held) binding(e pipe.Event) {
	var call struct {
		Name    string `json:"name"`
		Payload string `json:"payload"`
		World   int    `json:"executionContextId"`
	}
	if !decode(e, &call) || call.Name != binding {
		return
	}
	var said struct {
		Say    string          `json:"say"`
		Host   string          `json:"host"`
		Place  json.RawMessage `json:"place"`
		Method string          `json:"method"`
		URL    string          `json:"url"`
	}
	if json.Unmarshal([]byte(call.Payload), &said) != nil {
		return
	}
	switch said.Say {
	case "ready":
		h.mu.Lock()
		if t := h.targets[e.Session]; t != nil {
			t.world = call.World
		}
		place := h.places[said.Host]
		h.mu.Unlock()
		if place != nil {
			h.evaluate(e.Session, call.World, "place", place)
		}
		h.show(e.Session)
	case "place":
		h.mu.Lock()
		if len(said.Place) < 100 && len(h.places) < 1000 {
			h.places[said.Host] = said.Place
		}
		h.mu.Unlock()
	default:
		h.asked(Ask{Kind: AskKind(said.Say), Method: said.Method, URL: said.URL, Host: said.Host})
	}
}

// asked passes on the word of a button, with what belongs to it.
func (h *Held) asked(ask Ask) {
	switch ask.Kind {
	case AskEnd, AskChanges, AskView, AskShow:
		h.watcher.Asked(Ask{Kind: ask.Kind})
	case AskPath:
		h.watcher.Asked(Ask{Kind: ask.Kind, Method: ask.Method, URL: ask.URL})
	case AskConnection:
		h.watcher.Asked(Ask{Kind: ask.Kind, Host: ask.Host})
	}
}

// evaluate calls a function of the mark.
func (h *Held) evaluate(session string, world int, function string, value any) {
	encoded, err := json.Marshal(value)
	if err != nil || world == 0 {
		return
	}
	h.send(session, "Runtime.evaluate", map[string]any{
		"contextId": world, "expression": "understudy." + function + "(" + string(encoded) + ")",
	})
}

// SetEnd says when the session ends.
func (h *Held) SetEnd(at time.Time) {
	h.mu.Lock()
	changed := !h.mark.EndsAt.Equal(at)
	h.mark.EndsAt = at
	h.mu.Unlock()
	if changed {
		h.showMark()
	}
}

// showMark brings the mark of every page up to date.
func (h *Held) showMark() {
	h.mu.Lock()
	var sessions []string
	for session, t := range h.targets {
		if t.world != 0 {
			sessions = append(sessions, session)
		}
	}
	h.mu.Unlock()
	for _, session := range sessions {
		h.show(session)
	}
}

func (h *Held) show(session string) {
	h.mu.Lock()
	t := h.targets[session]
	if t == nil {
		h.mu.Unlock()
		return
	}
	now, world := h.mark, t.world
	h.mu.Unlock()
	h.evaluate(session, world, "show", map[string]any{
		"operator": now.Operator, "user": now.User, "mode": now.Mode, "heldBack": now.HeldBack, "mayAsk": now.Changes,
		"endsAt": milliseconds(now.EndsAt), "changesUntil": milliseconds(now.ChangesUntil),
	})
}

// milliseconds is a moment as a page counts it, 0 for none.
func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// countHeldBack has the mark of that page say what was not sent.
func (h *Held) countHeldBack(session, method, address string) {
	h.mu.Lock()
	h.mark.HeldBack++
	count, world, shown := h.mark.HeldBack, 0, ""
	if t := h.targets[session]; t != nil {
		world, shown = t.world, t.URL
	}
	h.mu.Unlock()
	h.evaluate(session, world, "notSent", map[string]any{
		"what": method + " " + shapeFor(shown, address), "count": count, "method": method, "url": withoutQuery(address),
	})
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
