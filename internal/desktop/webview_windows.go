package desktop

import "github.com/wailsapp/go-webview2/webviewloader"

// WebView names the web view that the window is drawn with, "" if that is not known.
func WebView() string {
	version, err := webviewloader.GetAvailableCoreWebView2BrowserVersionString("")
	if err != nil || version == "" {
		return ""
	}
	return "WebView2 " + version
}
