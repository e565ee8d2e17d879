package browser

import "path"

// cryptex is where Safari is since macOS 13; /Applications only shows it.
const cryptex = "/System/Cryptexes/App/System/Applications"

// findOnMacOS looks into the folders of apps. The program within the app is
// started by itself: open(1) would start it too, but could neither end it nor
// tell one window's end from another's.
func findOnMacOS(c Computer, p product) (installation, bool) {
	for _, dir := range []string{"/Applications", path.Join(c.Home, "Applications"), cryptex} {
		program := path.Join(dir, p.bundle+".app", "Contents/MacOS", p.binary)
		if !c.has(program) {
			continue
		}
		if !p.isolated {
			program = systemOpen
		}
		return installation{product: p, program: program}, true
	}
	return installation{}, false
}
