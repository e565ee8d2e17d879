package desktop

import (
	"os"
	"path"
	"strings"
)

// WebView names the web view that the window is drawn with, "" if that is not known.
// Its library is loaded with the program, and the file's name has the release. (WebKit's
// own user agent says the same for all of them.)
func WebView() string {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(maps)) {
		name := path.Base(strings.TrimSpace(line))
		if strings.HasPrefix(name, "libwebkit2gtk-") {
			return "WebKitGTK (" + name + ")"
		}
	}
	return ""
}
