package held

import (
	_ "embed"
	"encoding/json"
	"time"

	"understudy/internal/pipe"
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

var (
	//go:embed mark.js
	markScript string
	//go:embed markparts.js
	markParts string
	//go:embed mark.css
	markStyle string
)

// addMark puts the mark into the document that a page shows. Runtime.enable would save
// the naming of worlds, but apps can notice it and take the person for a robot.
func (h *Held) addMark(session string, t *target) {
	var made struct {
		World int `json:"executionContextId"`
	}
	h.mu.Lock()
	frame, isBrowsers := t.frame, t.isBrowsers()
	h.mu.Unlock()
	style, err := json.Marshal(markStyle)
	if err != nil || isBrowsers || h.call(session, "Page.createIsolatedWorld", map[string]any{"frameId": frame, "worldName": world}, &made) != nil {
		return // the page is gone, or shows the next document, which gets its own
	}
	h.send(session, "Runtime.addBinding", map[string]any{"name": binding, "executionContextId": made.World})
	h.send(session, "Runtime.evaluate", map[string]any{
		"contextId": made.World, "expression": "var understudyStyle = " + string(style) + ";\n" + markParts + markScript,
	})
}

// binding hears a word of the mark. Only its own world can say one.
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
		Mode   viewonly.Mode   `json:"mode"`
		Method string          `json:"method"`
		URL    string          `json:"url"`
	}
	t := h.target(e.Session)
	if t == nil || json.Unmarshal([]byte(call.Payload), &said) != nil {
		return
	}
	switch said.Say {
	case "ready":
		h.locked(func() { t.world, t.host = call.World, said.Host })
		h.show(e.Session)
		h.showLeft(t)
	case "place":
		h.locked(func() {
			if len(said.Place) < 100 && len(h.places) < 1000 {
				h.places[said.Host] = said.Place
			}
		})
	case "announced":
		h.locked(func() { t.announced = said.Mode })
	case "zoom":
		go h.measure(e.Session, t)
	default:
		h.asked(Ask{Kind: AskKind(said.Say), Method: said.Method, URL: said.URL, Host: said.Host})
	}
}

// measure has the mark know how far the person has zoomed. The page itself cannot tell
// that from the scale of the screen.
func (h *Held) measure(session string, t *target) {
	var metrics struct {
		Visual struct {
			Zoom float64 `json:"zoom"`
		} `json:"cssVisualViewport"`
	}
	if h.call(session, "Page.getLayoutMetrics", nil, &metrics) == nil && metrics.Visual.Zoom > 0 {
		h.locked(func() { t.zoom = metrics.Visual.Zoom })
		h.show(session)
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
	said := map[string]any{
		"operator": now.Operator, "user": now.User, "mode": now.Mode, "heldBack": now.HeldBack, "mayAsk": now.Changes,
		"endsAt": milliseconds(now.EndsAt), "changesUntil": milliseconds(now.ChangesUntil),
		"announced": t.announced, "zoom": t.zoom, "place": h.places[t.host],
	}
	h.mu.Unlock()
	h.evaluate(session, world, "show", said)
}

// milliseconds is a moment as a page counts it, 0 for none.
func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
