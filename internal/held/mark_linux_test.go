//go:build realbrowser

package held

import (
	"strings"
	"testing"
	"time"

	"understudy/internal/viewonly"
)

func maya(t *testing.T) Mark {
	t.Helper()
	return Mark{Operator: "Maya Lindqvist", User: "Priya Raman", Changes: true, EndsAt: time.Now().Add(761 * time.Second)}
}

// anElement is the mark's, as the app finds it.
const anElement = `document.querySelector("html > div, main > div:not([class]), dialog > div")`

func TestMarkIsOutOfTheAppsReach(t *testing.T) {
	m := openMarked(t, maya(t))
	if got := m.inPage(anElement + `.textContent + ` + anElement + `.shadowRoot + ` + anElement + `.innerText`); got != "null" {
		t.Errorf("the app reads %q", got)
	}
	pill := m.at(".pill")
	m.inPage(`var found = document.elementFromPoint(` + number(pill.X+60) + `, ` + number(pill.Y+10) + `); ""`)
	if got := m.inPage(`"" + (found === ` + anElement + `) + found.childNodes.length`); got != "true0" {
		t.Errorf("the app finds %q at the pill", got)
	}
	if got := m.inPage(`typeof understudyTell + typeof understudy + typeof understudyStyle`); got != strings.Repeat("undefined", 3) {
		t.Errorf("the app has %q", got)
	}
	if got := m.inPage(`const i = document.createElement("iframe"); document.body.append(i); typeof i.contentWindow.understudyTell`); got != "undefined" {
		t.Errorf("a frame of the app has a %s to tell by", got)
	}
	if got := m.inMark(`const names = []; for (let w = window; w && w !== Object.prototype; w = Object.getPrototypeOf(w)) names.push(...Object.getOwnPropertyNames(w)); return names.filter((n) => /understudy/i.test(n)).join()`); got != "" {
		t.Errorf("the app's window has %s", got)
	}
}

func TestMarkIsPressedByAPersonOnly(t *testing.T) {
	m := openMarked(t, maya(t))
	m.inPage(anElement + `.click(); found = document.elementFromPoint(60, innerHeight - 40); found.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, clientX: 60, clientY: innerHeight - 40 })); ""`)
	m.inMark(`for (const b of this.querySelectorAll("button")) { b.click(); b.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true })); } return ""`)
	if got := m.shown(); strings.Contains(got, "signed in as") {
		t.Errorf("a script has opened it: %s", got)
	}
	m.click(m.at(".as"))
	m.shows("Maya Lindqvist is signed in as Priya Raman")
	m.shows("Time left 12:")
	m.click(m.at(".panel [data-say=show]"))
	m.wants(Ask{Kind: AskShow})
	m.click(m.at(".panel [data-say=changes]"))
	m.wants(Ask{Kind: AskChanges})
	m.click(m.at(".panel [data-say=end]"))
	m.wants(Ask{Kind: AskEnd})
}

func TestMarkWithoutTheRightToChange(t *testing.T) {
	mark := maya(t)
	mark.Changes = false
	m := openMarked(t, mark)
	m.clickInPage("#save")
	m.shows("Not sent: view only 1 held back PATCH /api/invoices/:id")
	m.click(m.at(".pill"))
	if got := m.shown(); strings.Contains(got, "Allow") {
		t.Errorf("it offers what the rules forbid: %s", got)
	}
}

// TestMarkIsNotHiddenByStyles leaves the page itself alone: an app that does not show
// its whole document shows no mark, and nothing that needs one.
func TestMarkIsNotHiddenByStyles(t *testing.T) {
	m := openMarked(t, maya(t))
	before := m.at(".pill")
	m.inPage(`var hostile = new CSSStyleSheet(); hostile.replaceSync("*:not(html) { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(0) !important; clip-path: inset(50%) !important; filter: opacity(0) !important; content-visibility: hidden !important; zoom: 3 !important; position: static !important; pointer-events: none !important; width: 0 !important; animation: gone 1s infinite !important; direction: rtl !important; font-size: 40px !important } @keyframes gone { to { display: none } } ::backdrop { display: block !important; position: fixed !important; inset: 0 !important; background: #000 !important } html { zoom: 2; writing-mode: vertical-rl; font-size: 50px }"); document.adoptedStyleSheets = [hostile]; ` + anElement + `.style.cssText = "display: none !important; opacity: 0 !important"; ""`)
	m.inPage(`new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() => "")`)
	m.SetMode(viewonly.ViewOnly, time.Time{}) // shows it anew
	m.until("the pill is as large as before", func() bool { return m.at(".pill").Width == before.Width })
	if after := m.at(".pill"); after.X != before.X || after.Y+after.Height != before.Y+before.Height {
		t.Errorf("the pill was at %v, and is at %v", before, after)
	}
	if got := m.inMark(`return "" + this.querySelector(".pill").checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })`); got != "true" {
		t.Error("the app's style hides it")
	}
	if got := m.inPage(`getComputedStyle(` + anElement + `, "::backdrop").display`); got != "none" {
		t.Errorf("the app has painted over its page: %s", got)
	}
	m.click(m.at(".as"))
	m.shows("signed in as")
}

func TestMarkIsNotPrinted(t *testing.T) {
	m := openMarked(t, maya(t))
	m.must("Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
	if got := m.at(".pill"); got.Width != 0 {
		t.Errorf("it is printed at %v", got)
	}
	m.must("Emulation.setEmulatedMedia", map[string]any{"media": ""}, nil)
	if got := m.at(".pill"); got.Width == 0 {
		t.Error("it is gone from the screen")
	}
}

func TestMarkComesBack(t *testing.T) {
	m := openMarked(t, maya(t))
	if got := m.inPage(anElement + `.remove(); new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(() => f("" + ` + anElement + `.matches(":popover-open")))))`); got != "true" {
		t.Errorf("in the next look of the page it is there: %s", got)
	}
	for _, script := range []string{
		anElement + `.remove(); ""`,
		`document.documentElement.replaceChildren(); ""`,
		`document.open(); document.append(document.createElement("html")); document.close(); ""`,
		anElement + `.hidePopover(); ""`,
		anElement + `.inert = true; ""`,
		anElement + `.popover = "auto"; ""`,
	} {
		m.inPage(script)
		m.until("it is back after "+script, func() bool {
			return m.inPage(`var mark = `+anElement+`; "" + (mark && mark.matches(":popover-open") && mark.popover === "manual" && !mark.inert)`) == "true"
		})
		m.shows("as Priya Raman")
		m.click(m.at(".as"))
		m.shows("signed in as")
		m.key("Escape", 0)
		m.until("it is closed", func() bool { return !strings.Contains(m.shown(), "signed in as") })
	}
	// An app that fights it each time can still run.
	m.inPage(`new MutationObserver(() => ` + anElement + `?.remove()).observe(document.documentElement, { childList: true }); ` + anElement + `.remove(); ""`)
	if got := m.inPage(`new Promise((f) => setTimeout(() => f("runs"), 50))`); got != "runs" {
		t.Errorf("the app %s", got)
	}
}

func TestMarkIsAboveDialogs(t *testing.T) {
	m := openMarked(t, maya(t))
	open := func(when string) {
		t.Helper()
		m.until("it can be pressed "+when, func() bool {
			m.click(m.at(".as"))
			return strings.Contains(m.shown(), "signed in as")
		})
		m.key("Escape", 0)
	}
	m.inPage(`modal = document.getElementById("modal"); modal.style.cssText = "width: 100%; height: 100%; max-width: none; max-height: none"; modal.showModal(); ""`)
	open("above a modal dialog")
	if got := m.inPage(`"" + modal.open`); got != "true" {
		t.Error("Escape in the mark has closed the app's dialog")
	}
	m.inPage(`modal.close(); ""`)
	open("once the dialog is closed")
	m.inPage(`modal.showModal(); ""`)
	open("in the dialog again")
	m.inPage(`modal.remove(); ""`)
	open("once the dialog is gone")
	m.inPage(`var p = document.createElement("div"); p.popover = "manual"; p.style.cssText = "position: fixed; inset: 0; width: 100%; height: 100%"; document.body.append(p); p.showPopover(); ""`)
	open("above a popover")
	m.must("Runtime.evaluate", map[string]any{"expression": `document.querySelector("main").requestFullscreen()`, "userGesture": true, "awaitPromise": true}, nil)
	m.until("the app fills the screen", func() bool { return m.inPage(`document.fullscreenElement?.localName ?? ""`) == "main" })
	open("above what fills the screen")
	m.inPage(`document.exitFullscreen().then(() => "")`)
	open("once the screen is left")
}

func TestMarkFollowsTheMode(t *testing.T) {
	m := openMarked(t, maya(t))
	m.heard("Maya Lindqvist is signed in as Priya Raman. View only: changes are held back.")
	m.SetMode(viewonly.AllowChanges, time.Now().Add(598*time.Second))
	m.shows("Changes are sent 9:5")
	m.heard("Anything you change as Priya Raman is real.")
	m.click(m.at("[data-say=view]:not([hidden])"))
	m.shows("Changes are sent")
	m.inPage(`location.href = "/customers"; ""`)
	m.shows("View only again as Priya Raman")
	m.click(m.at("section:last-child > [data-say=view]"))
	m.wants(Ask{Kind: AskView})
	m.SetMode(viewonly.ViewOnly, time.Time{})
	m.until("view only", func() bool { return strings.HasPrefix(m.shown(), "View only as Priya Raman") })
	m.heard("View only: changes are held back.") // and not who acts, which was said before
	m.SetEnd(time.Now().Add(62 * time.Second))
	m.heard("Session: 1 minute left.")
	m.until("the time is bold", func() bool {
		return m.inMark(`return getComputedStyle(this.querySelector(".as + .time")).fontWeight`) == "700"
	})
}

func TestMarkTellsOfRefusalsAfterAClick(t *testing.T) {
	m := openMarked(t, maya(t))
	m.inPage(`save().then(() => "")`)
	m.click(m.at(".as"))
	m.shows("Held back 1")
	if got := m.shown(); strings.Contains(got, "Not sent") {
		t.Errorf("nobody clicked, and it shows %q", got)
	}
	m.key("Escape", 0)
	m.clickInPage("#save")
	m.shows("Not sent: view only 2 held back PATCH /api/invoices/:id Allow changes… Allow this path…")
	m.clickInPage("#save")
	m.shows("3 held back PATCH /api/invoices/:id and 1 more")
	m.click(m.at("[data-say=path]"))
	m.wants(Ask{Kind: AskPath, Method: "PATCH", URL: m.app.URL + "/api/invoices/4471"})
	m.clickInPage("#note")
	m.until("it is over", func() bool { return !strings.Contains(m.shown(), "Not sent") })
	m.clickInPage("#post")
	m.shows("Not sent: view only 4 held back POST /api/notes")
}

// TestMarkTellsOfRefusalsInAFrame has a frame of another site, whose requests and
// keys are not those of the page's own session.
func TestMarkTellsOfRefusalsInAFrame(t *testing.T) {
	m := openMarked(t, maya(t))
	other := strings.Replace(m.app.URL, "127.0.0.1", "localhost", 1)
	m.inPage(`var frame = document.createElement("iframe"); frame.style.cssText = "position: fixed; left: 0; top: 0; border: 0; width: 600px; height: 400px"; frame.src = "` + other + `/frame"; document.body.prepend(frame); new Promise((f) => { frame.onload = () => f(""); })`)
	m.locked(func() {
		for session := range m.sessions(func(t *target) bool { return t.Kind == frame }) {
			m.send(session, "Runtime.evaluate", map[string]any{"expression": `document.getElementById("save").focus()`})
		}
	})
	m.until("the frame has the focus", func() bool { return m.inPage(`document.activeElement.tagName`) == "IFRAME" })
	m.key("Enter", 0)
	m.shows("PATCH " + strings.TrimPrefix(other, "http://") + "/api/invoices/:id")
}

func TestMarkTellsOfASocketOnce(t *testing.T) {
	m := openMarked(t, maya(t))
	const connect = `new Promise((f) => { const s = new WebSocket("ws://live.acme.example/"); s.onerror = () => f(""); })`
	m.inPage(connect)
	m.shows("This app talks over a socket to live.acme.example")
	m.click(m.at("[data-say=connection]"))
	m.wants(Ask{Kind: AskConnection, Host: "live.acme.example"})
	m.click(m.at("section:nth-child(2) .bare"))
	m.inPage(connect)
	if got := m.shown(); strings.Contains(got, "socket") {
		t.Errorf("it says so twice: %s", got)
	}
	m.inPage(strings.ReplaceAll(connect, "live.acme", "other"))
	m.shows("This app talks over a socket to other.example")
	m.inPage(`var urls = trustedTypes.createPolicy("app", { createScriptURL: (url) => url }); new Worker(urls.createScriptURL(URL.createObjectURL(new Blob(['new WebSocket("ws://worker.example/")'])))); ""`)
	m.shows("This app talks over a socket to worker.example")
}
