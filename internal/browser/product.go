package browser

import "understudy/internal/sentence"

// product is a browser that Understudy knows, wherever it is installed.
type product struct {
	id, name string
	family   family
	isolated bool
	linux    linuxNames
	// bundle and binary are the app on macOS and the program in its
	// Contents/MacOS.
	bundle, binary string
	// folder and exe are where it is on Windows below a program folder. Elsewhere
	// it is recognised by the end of its path: "chrome.exe" alone could be
	// Chromium as well.
	folder, exe string
	policies    policies
}

// linuxNames are what packages on Linux call a browser.
type linuxNames struct {
	commands []string // also the names of .desktop files
	flatpak  string
	snap     string
}

// family is what browsers of one make have in common.
type family interface {
	// arguments make the browser show an address in a private window of its own
	// on a profile folder.
	arguments(goos, profile, address string) []string
	// heldArguments do the same with an empty page, and have the browser obey pipes.
	// They are nil for a family that cannot be held.
	heldArguments(goos, profile string, pipes []string, localApp bool) []string
	// unheld says why a browser cannot be held, "" if it can.
	unheld(c Computer, found installation) Unheld
	// files are what a fresh profile folder needs to hold, by name.
	files() map[string]string
	// barrier says why a policy of this computer keeps a ticket from being opened
	// in a private window, zero if none does.
	barrier(c Computer, found installation) sentence.Sentence
}

// installation is a browser found on this computer.
type installation struct {
	product

	program string   // absolute path
	before  []string // arguments that precede the browser's own
	// profiles is the folder for its profile folders, "" for the usual one.
	profiles string
	barrier  sentence.Sentence // why no ticket can be opened there, by policy
	unheld   Unheld
}

// Unheld is why Understudy cannot hold a browser: nobody can watch it, and changes
// cannot be held back in it.
type Unheld string

// The reasons, "" is none.
const (
	ByKind   Unheld = "kind"   // no browser of its make can be held
	ByPolicy Unheld = "policy" // the company forbids it
)

// products lists the browsers in the order in which they are offered.
func products() []product {
	return append(append(chromiums(), firefoxes()...), safaris()...)
}
