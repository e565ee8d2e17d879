package main

import (
	"context"
	"errors"
	"io"
)

// webView2 is where Microsoft's installer keeps the version of the runtime
// (https://learn.microsoft.com/microsoft-edge/webview2/concepts/distribution).
const webView2 = `\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}`

// installSystem wants the WebView2 runtime, which Windows 11 brings along.
func (p *project) installSystem(ctx context.Context, _ io.Writer, _ []need) error {
	for _, key := range []string{`HKLM\SOFTWARE\WOW6432Node` + webView2, `HKCU\Software` + webView2} {
		if p.exec(ctx, io.Discard, command{args: []string{"reg", "query", key, "/v", "pv"}}) == nil {
			return nil
		}
	}
	return errors.New("the WebView2 runtime is missing: run winget install Microsoft.EdgeWebView2Runtime")
}
