package desktop

import (
	"net/http"
)

// secureHeaders sends the Content Security Policy and its companions with
// every answer of the asset server. As a header the policy also covers what a
// meta tag cannot: frame-ancestors, and the scripts that Wails adds.
func secureHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
