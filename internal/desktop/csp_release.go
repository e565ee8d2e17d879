//go:build !dev

package desktop

// contentSecurityPolicy allows the program's own files and nothing else. The
// wails: sources are for older macOS, whose WebKit does not match 'self' on a
// scheme of its own.
const contentSecurityPolicy = "default-src 'none'; " +
	"script-src 'self' wails:; " +
	"style-src 'self' wails:; " +
	"img-src 'self' wails: data:; " +
	"font-src 'self' wails:; " +
	"connect-src 'self' wails:; " +
	"frame-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
