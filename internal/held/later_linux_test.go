//go:build realbrowser

package held

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/viewonly"
)

// laters are pages that keep something for later.
var laters = map[string]string{
	// A page that connects when the browser shows it again as it was.
	"/back": `<script>
addEventListener("pageshow", (e) => {
	if (!e.persisted) { fetch("/get/shown"); return; }
	const s = new WebSocket("ws://" + location.host + "/socket/back");
	s.onerror = s.onclose = () => fetch("/get/again");
});
</script>`,
	// A page that has the next one fetched ahead.
	"/ahead": `<script type="speculationrules">{"prefetch": [{"source": "list", "urls": ["/fetched"], "eagerness": "immediate"}]}</script>
<script>setTimeout(() => location.assign("/fetched"), 1500)</script>`,
	"/fetched": strings.ReplaceAll(connecting, "NAME", "fetched"),
}

func serveLater(w http.ResponseWriter, r *http.Request) bool {
	content, is := laters[r.URL.Path]
	if is {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, content)
	}
	return is
}

// pageSession is that of the app's page.
func pageSession(h *Held) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id := range h.sessions(func(t *target) bool { return t.Kind == page && !t.isBrowsers() }) {
		return id
	}
	return ""
}

func (h *hostile) visit(held *Held, path string) {
	held.send(pageSession(held), "Page.navigate", map[string]any{"url": h.a.URL + path})
}

func TestAPageThatComesBackIsNarrowed(t *testing.T) {
	app := newHostile(t)
	held, _ := app.hold("/tab")
	soon(t, "the first page", func() bool { return app.count("/get/tab") == 1 })
	held.SetMode(viewonly.AllowChanges, time.Time{})
	app.visit(held, "/back")
	soon(t, "the page", func() bool { return app.count("/get/shown") == 1 })
	app.visit(held, "/tab")
	soon(t, "the next page", func() bool { return app.count("/get/tab") == 2 })
	held.SetMode(viewonly.ViewOnly, time.Time{})
	soon(t, "the next page anew", func() bool { return app.count("/get/tab") == 3 })
	held.send(pageSession(held), "Runtime.evaluate", map[string]any{"expression": "history.back()"})
	soon(t, "the page again", func() bool { return app.count("/get/again")+app.count("/get/shown") >= 2 })
	if got := app.written(); slices.Contains(got, "SOCKET /socket/back") {
		t.Errorf("connected: %q", got)
	}
}

func TestAPageThatWasFetchedAheadIsNarrowed(t *testing.T) {
	app := newHostile(t)
	_, _ = app.hold("/ahead")
	soon(t, "the page", func() bool { return app.count("/get/fetched") > 0 })
	if got := app.written(); len(got) > 0 {
		t.Errorf("connected: %q", got)
	}
}
