//go:build dev

package desktop

// contentSecurityPolicy of `wails dev`: Vite adds inline scripts and styles and
// talks to its server over a WebSocket.
const contentSecurityPolicy = "default-src 'self' wails: 'unsafe-inline'; " +
	"img-src 'self' wails: data:; font-src 'self' wails: data:; " +
	"connect-src 'self' wails: ws://localhost:* ws://wails.localhost:*; " +
	"frame-src 'none'; base-uri 'none'; form-action 'none'"
