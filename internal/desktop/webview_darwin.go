package desktop

import (
	"os"

	"howett.net/plist"
)

// webKit describes the framework of the system, see CFBundleVersion.
const webKit = "/System/Library/Frameworks/WebKit.framework/Versions/A/Resources/Info.plist"

// WebView names the web view that the window is drawn with, "" if that is not known.
func WebView() string {
	content, err := os.ReadFile(webKit)
	if err != nil {
		return ""
	}
	var bundle struct {
		Version string `plist:"CFBundleVersion"`
	}
	if _, err := plist.Unmarshal(content, &bundle); err != nil || bundle.Version == "" {
		return ""
	}
	return "WebKit " + bundle.Version
}
