package held

import (
	"context"
	_ "embed"
	"strings"
	"time"

	"understudy/internal/pipe"
	"understudy/internal/viewonly"
)

// attaching has each new target wait until it is told to run.
func attaching() any {
	return map[string]any{"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true}
}

// The kinds of target that hold code of an app.
const (
	page          = "page"
	frame         = "iframe"
	worker        = "worker"
	sharedWorker  = "shared_worker"
	serviceWorker = "service_worker"
)

// target is a page, frame or worker that is attached to.
type target struct {
	ID      string `json:"targetId"`
	Kind    string `json:"type"`
	URL     string `json:"url"`
	Context string `json:"browserContextId"`
	Subtype string `json:"subtype"` // "prerender"

	// page is the session of the page that it is part of, "" for a worker of several.
	page string
	// frame is the top frame of a page.
	frame string
	// world is the mark's place in the page, 0 until it has said that it is there. The
	// others are what the mark needs to know when it comes there.
	world     int
	host      string        // of the page
	zoom      float64       // of the page, 0 until it is known
	announced viewonly.Mode // "" until a screen reader could say it
	left      *refusal
	// narrowing is the id of the script that narrows new documents, "" without one.
	narrowing string
}

func (t *target) isDocument() bool { return t.Kind == page || t.Kind == frame }

func (t *target) isApp() bool {
	return t.isDocument() || t.Kind == worker || t.Kind == sharedWorker || t.Kind == serviceWorker
}

// isBrowsers reports whether a target is part of the browser itself, such as its
// print preview. It sends nothing of the app's.
func (t *target) isBrowsers() bool {
	scheme, _, _ := strings.Cut(t.URL, ":")
	switch scheme {
	case "chrome", "chrome-untrusted", "chrome-extension", "devtools", "edge", "brave", "vivaldi":
		return true
	default:
		return t.Kind == "browser_ui" || t.Kind == "tab" || t.Kind == "browser"
	}
}

// attached begins to guard a new target.
func (h *Held) attached(e pipe.Event) {
	var at struct {
		Session string `json:"sessionId"`
		Target  target `json:"targetInfo"`
	}
	if !decode(e, &at) {
		return
	}
	h.mu.Lock()
	if at.Target.Kind == page {
		at.Target.page, at.Target.frame = at.Session, at.Target.ID
	} else if parent := h.targets[e.Session]; parent != nil {
		at.Target.page = parent.page
	}
	h.targets[at.Session] = &at.Target
	if at.Target.Kind == page && h.empty != nil {
		h.empty.Stop()
	}
	h.mu.Unlock()
	go h.arm(at.Session, &at.Target)
}

// arm guards a target and lets it run. It closes a document that cannot be guarded;
// its requests are held all the same.
func (h *Held) arm(session string, t *target) {
	if h.guard(session, t) != nil && t.isDocument() && !t.isBrowsers() {
		h.send("", "Target.closeTarget", map[string]any{"targetId": t.ID})
		return
	}
	if !t.isDocument() {
		return
	}
	h.ownAll(session, t)
	if t.Kind == page {
		h.firstPage()
		h.addMark(session, t)
	}
}

// firstPage says that there is one.
func (h *Held) firstPage() {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.first:
	default:
		close(h.first)
	}
}

// The scripts that run before an app's own, in each document or worker.
var (
	// person says that a person drives the browser.
	//
	//go:embed person.js
	person string
	// narrow refuses what is no request and has no word in a policy.
	//
	//go:embed narrow.js
	narrow string
)

// guard arms a session and lets its target run. All commands are on their way before
// it runs, and before its first document comes: the browser hears them in that order.
// It answers some of them only when the document is there. Service workers are passed
// by, because they could answer with documents that no policy narrows.
func (h *Held) guard(session string, t *target) error {
	viewOnly := h.isViewOnly()
	asked := []pipe.Answer{h.conn.Ask(session, "Target.setAutoAttach", attaching())}
	ask := func(method string, params any) { asked = append(asked, h.conn.Ask(session, method, params)) }
	switch {
	case t.isDocument():
		ask("Page.enable", nil)
		ask("Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": person, "runImmediately": true})
		ask("Audits.enable", nil)
		ask("Network.enable", map[string]any{"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
		ask("Network.setBypassServiceWorker", map[string]any{"bypass": viewOnly})
		h.send("", "Browser.setDownloadBehavior", map[string]any{"behavior": "default", "browserContextId": t.Context, "eventsEnabled": true})
	case t.isApp():
		h.send(session, "Audits.enable", nil)
		h.send(session, "Runtime.evaluate", map[string]any{"expression": person})
		if viewOnly {
			h.send(session, "Runtime.evaluate", map[string]any{"expression": narrow})
		}
	}
	var narrowing pipe.Answer
	if t.isDocument() && viewOnly {
		narrowing = h.conn.Ask(session, "Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": narrow, "runImmediately": true})
	}
	h.send(session, "Runtime.runIfWaitingForDebugger", nil)
	if t.isDocument() {
		h.locked(func() { h.has(t.ID, t) })
	}
	return h.guarded(t, asked, narrowing)
}

// guarded waits until the browser has confirmed the guard of a target.
func (h *Held) guarded(t *target, asked []pipe.Answer, narrowing pipe.Answer) error {
	ctx, done := context.WithTimeout(h.ctx, answerWithin)
	defer done()
	for _, answer := range asked {
		if err := answer(ctx, nil); err != nil && t.isDocument() {
			return err
		}
	}
	if narrowing == nil {
		return nil
	}
	var added struct {
		ID string `json:"identifier"`
	}
	err := narrowing(ctx, &added)
	h.locked(func() { t.narrowing = added.ID })
	return err
}

// setNarrow narrows new documents of a session, or no longer.
func (h *Held) setNarrow(session string, t *target, on bool) error {
	if err := h.call(session, "Network.setBypassServiceWorker", map[string]any{"bypass": on}, nil); err != nil {
		return err
	}
	h.mu.Lock()
	id := t.narrowing
	h.mu.Unlock()
	if on == (id != "") {
		return nil
	}
	if !on {
		id, remove := "", map[string]any{"identifier": id}
		h.locked(func() { t.narrowing = id })
		return h.call(session, "Page.removeScriptToEvaluateOnNewDocument", remove, nil)
	}
	var added struct {
		ID string `json:"identifier"`
	}
	err := h.call(session, "Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": narrow, "runImmediately": true}, &added)
	h.locked(func() { t.narrowing = added.ID })
	return err
}

// goneAfter is how long there may be no page before the window counts as closed. A
// page that replaces another is there before that one goes.
const goneAfter = time.Second

// detached forgets a target. When the last page has gone, the person has closed the
// window; on macOS the browser itself runs on then.
func (h *Held) detached(e pipe.Event) {
	var from struct {
		Session string `json:"sessionId"`
	}
	if !decode(e, &from) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.targets, from.Session)
	for _, t := range h.targets {
		if t.Kind == page && !t.isBrowsers() {
			return
		}
	}
	if h.empty != nil {
		h.empty.Stop()
	}
	h.empty = time.AfterFunc(goneAfter, h.Close)
}

// target is that of a session, nil if it is gone.
func (h *Held) target(session string) *target {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.targets[session]
}
