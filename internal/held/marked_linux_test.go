//go:build realbrowser

package held

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"understudy/internal/secret"
	"understudy/internal/viewonly"
)

//go:embed testdata/app.html
var appPage string

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// marked is a held browser that shows an app with the mark.
type marked struct {
	*Held
	t       *testing.T
	app     *httptest.Server
	session string
	asked   chan Ask
}

// watchMark is a watcher that only listens to the mark.
type watchMark struct {
	seen
	asked chan Ask
}

func (w *watchMark) Asked(ask Ask) { w.asked <- ask }

// openMarked opens an app that forbids all that it does not need itself.
func openMarked(t *testing.T, mark Mark) *marked {
	t.Helper()
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/tickets/accept" {
			http.Redirect(w, r, "/invoices/4471", http.StatusSeeOther)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "style-src 'nonce-app'; script-src 'nonce-app'; require-trusted-types-for 'script'; trusted-types app; worker-src blob:")
		fmt.Fprint(w, appPage)
	}))
	t.Cleanup(app.Close)
	in, out := chromium(t)
	asked := make(chan Ask, 100)
	held, err := Hold(t.Context(), in, out, Visit{
		Now:    time.Now,
		Ticket: secret.NewTicketURL(app.URL + "/v1/tickets/accept?ticket=a.b.c"), Mode: viewonly.ViewOnly,
		Rules: viewonly.Rules{Frontends: []string{app.URL}}, Mark: mark,
	}, &watchMark{asked: asked})
	if err != nil {
		t.Fatal(err)
	}
	m := &marked{Held: held, t: t, app: app, asked: asked}
	m.mu.Lock()
	for session, target := range m.targets {
		if target.Kind == page && !target.isBrowsers() {
			m.session = session
		}
	}
	m.mu.Unlock()
	// Windows of other tests may take the focus.
	m.must("Emulation.setFocusEmulationEnabled", map[string]any{"enabled": true}, nil)
	m.shows("as " + mark.User)
	return m
}

// until waits for a state of the page. Each look at it takes a while, so that it
// need not rest.
func (m *marked) until(what string, is func() bool) {
	m.t.Helper()
	for end := time.Now().Add(patience); !is(); {
		if time.Now().After(end) {
			m.t.Fatalf("not within %v: %s", patience, what)
		}
	}
}

func (m *marked) must(method string, params, result any) {
	m.t.Helper()
	if err := m.call(m.session, method, params, result); err != nil {
		m.t.Fatalf("%s: %v", method, err)
	}
}

type node struct {
	ID          int    `json:"backendNodeId"`
	Children    []node `json:"children"`
	ShadowRoots []node `json:"shadowRoots"`
	Kind        string `json:"shadowRootType"`
}

// closed finds the first closed shadow root below a node.
func (n node) closed() int {
	if n.Kind == "closed" {
		return n.ID
	}
	for _, below := range append(n.ShadowRoots, n.Children...) {
		if id := below.closed(); id != 0 {
			return id
		}
	}
	return 0
}

// inMark runs a function's body in the mark, whose root is `this`. Only the pipe can
// reach that. It returns "" while there is no mark.
func (m *marked) inMark(body string) string {
	m.t.Helper()
	var document struct {
		Root node `json:"root"`
	}
	m.must("DOM.getDocument", map[string]any{"depth": -1, "pierce": true}, &document)
	root := document.Root.closed()
	if root == 0 {
		return ""
	}
	var object struct {
		Object struct {
			ID string `json:"objectId"`
		} `json:"object"`
	}
	var result evaluated
	if m.call(m.session, "DOM.resolveNode", map[string]any{"backendNodeId": root}, &object) != nil {
		return "" // the page has changed
	}
	_ = m.call(m.session, "Runtime.callFunctionOn", map[string]any{
		"objectId": object.Object.ID, "functionDeclaration": "function() {" + body + "}", "returnByValue": true,
	}, &result)
	return result.text(m.t)
}

type evaluated struct {
	Result struct {
		Value json.RawMessage `json:"value"`
	} `json:"result"`
	Exception json.RawMessage `json:"exceptionDetails"`
}

func (e evaluated) text(t *testing.T) string {
	t.Helper()
	if e.Exception != nil {
		t.Fatalf("the script failed: %s", e.Exception)
	}
	var text string
	_ = json.Unmarshal(e.Result.Value, &text)
	return text
}

// inPage runs an expression among the app's own scripts, and waits for it.
func (m *marked) inPage(expression string) string {
	m.t.Helper()
	var result evaluated
	m.must("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &result)
	return result.text(m.t)
}

// shown is the text that can be seen in the mark.
func (m *marked) shown() string {
	m.t.Helper()
	return strings.Join(strings.Fields(m.inMark(`return this.querySelector(".pill").innerText`)), " ")
}

func (m *marked) shows(text string) {
	m.t.Helper()
	last := ""
	defer func() {
		if m.t.Failed() {
			m.t.Logf("it shows %q", last)
		}
	}()
	m.until("the mark shows "+text, func() bool { last = m.shown(); return strings.Contains(last, text) })
}

type spot struct{ X, Y, Width, Height float64 }

// at is where something of the mark is.
func (m *marked) at(selector string) spot {
	m.t.Helper()
	text := ""
	m.until("there is a mark", func() bool {
		text = m.inMark(`return JSON.stringify(this.querySelector("` + selector + `").getBoundingClientRect())`)
		return text != ""
	})
	return m.spot(text)
}

func (m *marked) spot(text string) spot {
	m.t.Helper()
	var s spot
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		m.t.Fatal(err)
	}
	return s
}

func (m *marked) mouse(kind string, x, y float64) {
	m.t.Helper()
	m.must("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}, nil)
}

func (m *marked) click(s spot) {
	m.t.Helper()
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		m.mouse(kind, s.X+s.Width/2, s.Y+s.Height/2)
	}
}

// clickInPage clicks at an element of the app.
func (m *marked) clickInPage(selector string) {
	m.t.Helper()
	m.click(m.spot(m.inPage(`JSON.stringify(document.querySelector("` + selector + `").getBoundingClientRect())`)))
}

func (m *marked) key(key string, modifiers int) {
	m.t.Helper()
	code := map[string]int{"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}[key]
	text := map[string]string{"Enter": "\r"}[key]
	m.must("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers, "text": text}, nil)
	m.must("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}, nil)
}

func (m *marked) wants(ask Ask) {
	m.t.Helper()
	select {
	case got := <-m.asked:
		if got != ask {
			m.t.Errorf("asked for %+v, not %+v", got, ask)
		}
	case <-time.After(patience):
		m.t.Errorf("nothing was asked for, not even %+v", ask)
	}
}

// heard waits for what a screen reader says.
func (m *marked) heard(text string) {
	m.t.Helper()
	m.until("a screen reader says "+text, func() bool { return m.inMark(`return this.querySelector("[role=status]").textContent`) == text })
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
