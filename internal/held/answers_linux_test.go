//go:build realbrowser

package held

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// connecting is a document that tries to open a socket, and then says that it has.
const connecting = `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>
const s = new WebSocket("ws://" + location.host + "/socket/NAME");
s.onerror = s.onclose = () => fetch("/get/NAME");
</script></body></html>`

// strange are answers that a browser shows as a document with scripts, although their
// heads say something else at first sight.
var strange = map[string]string{
	"plain":      "HTTP/1.1 200 OK\r\nContent-Type: text/html",
	"stylesheet": "HTTP/1.1 200 OK\r\nContent-Type: text/xsl",
	"twice":      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Type: text/html",
	"choices":    "HTTP/1.1 300 Multiple Choices\r\nContent-Type: text/html",
	"nowhere":    "HTTP/1.1 302 Found\r\nContent-Type: text/html",
	"zero":       "HTTP/1.1 000 None\r\nContent-Type: text/html",
	"nine":       "HTTP/1.1 999 Much\r\nContent-Type: text/html",
}

// serveStrange answers with one of those, or with a page that shows them all.
func serveStrange(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("as")
	if name == "" {
		w.Header().Set("Content-Type", "text/html")
		for name := range strange {
			fmt.Fprintf(w, `<iframe src="/strange?as=%s"></iframe>`, name)
		}
		return
	}
	conn, out, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	body := strings.ReplaceAll(connecting, "NAME", name)
	_, _ = fmt.Fprintf(out, "%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", strange[name], len(body), body)
	_ = out.Flush()
}

func TestStrangeAnswersAreNarrowed(t *testing.T) {
	app := newHostile(t)
	_, _ = app.hold("/strange")
	soon(t, "all documents have tried to connect", func() bool {
		for name := range strange {
			if app.count("/get/"+name) == 0 {
				return false
			}
		}
		return true
	})
	if got := app.written(); len(got) > 0 {
		t.Errorf("connected: %q", got)
	}
}
