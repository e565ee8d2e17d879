package browser

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"understudy/internal/sentence"
)

// barrier: https://chromeenterprise.google/policies/. Measured with Chromium 156:
// each of them leaves a window that never asks for its ticket, or one that is not
// private. Start pages and profile pickers do not.
func (f chromium) barrier(c Computer, found installation) sentence.Sentence {
	s := f.set(c, found)
	private := newFilter(s, "IncognitoModeUrlBlocklist", "IncognitoModeUrlAllowlist")
	all := newFilter(s, "URLBlocklist", "URLAllowlist")
	older := newFilter(s, "URLBlacklist", "URLWhitelist")
	switch {
	case s.number(f.setting) == 1: // it would open an ordinary window instead
		return privateIsOff(found.name)
	case s.number("BrowserSignin") == 2 || s.number("ForceBrowserSignin") != 0:
		return sentence.Of("barrier.sign_in", "browser", found.name)
	case all.blocks() || older.blocks() || private.blocks():
		return addressIsBlocked(found.name)
	case s.text("UserDataDir") != "": // it counts more than the switch
		return sentence.Of("barrier.profile", "browser", found.name)
	default:
		return sentence.Sentence{}
	}
}

// unheld: https://chromeenterprise.google/policies/#RemoteDebuggingAllowed. Without
// developer tools a browser can be spoken to, and not be attached to.
func (f chromium) unheld(c Computer, found installation) Unheld {
	s := f.set(c, found)
	_, said := s["RemoteDebuggingAllowed"]
	if said && s.number("RemoteDebuggingAllowed") == 0 || s.number("DeveloperToolsAvailability") == 2 {
		return ByPolicy
	}
	return ""
}

// set reads all that is looked at, wherever the system keeps it.
func (f chromium) set(c Computer, found installation) set {
	switch c.OS {
	case goosWindows:
		return found.policies.inRegistry(c, []string{
			f.setting, "BrowserSignin", "ForceBrowserSignin", "RemoteDebuggingAllowed", "DeveloperToolsAvailability",
		}, []string{"UserDataDir"}, []string{
			"URLBlocklist", "URLAllowlist", "URLBlacklist", "URLWhitelist", "IncognitoModeUrlBlocklist", "IncognitoModeUrlAllowlist",
		})
	case goosMacOS:
		return found.policies.inPreferences(c)
	}
	s := set{}
	for _, dir := range slices.Concat(found.policies.dirs, flatpakExtensions(c, found.linux.flatpak)) {
		jsonIn(c, dir, s)
	}
	return s
}

// flatpakExtensions are the folders where administrators put policies for
// Chromium in a Flatpak (https://github.com/flathub/org.chromium.Chromium).
func flatpakExtensions(c Computer, id string) []string {
	var all []string
	for _, base := range flatpakBases(c) {
		found, _ := fs.Glob(c.Files, c.name(path.Join(base, "extension", id+".*/*/*/policies/managed"))) // the pattern is a good one
		for _, dir := range found {
			all = append(all, "/"+dir)
		}
	}
	return all
}

// filter is a list of addresses that are blocked, and one of those that are not
// for all that (https://support.google.com/chrome/a/answer/9942583).
type filter struct{ block, allow []string }

func newFilter(s set, block, allow string) filter {
	return filter{s.texts(block), s.texts(allow)}
}

// blocks reports whether a page of this program is blocked: http://127.0.0.1 at any
// port and path. The pattern that says most of the host decides, and of two
// that say as much, the one that allows.
func (f filter) blocks() bool { return most(f.block) > most(f.allow) }

// most is how much the patterns say of the host at most, -1 if none is about it.
func most(patterns []string) int {
	said := -1
	for _, pattern := range patterns {
		said = max(said, saysOfHost(pattern))
	}
	return said
}

func saysOfHost(pattern string) int {
	host := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(pattern)), "http://")
	switch strings.TrimPrefix(strings.TrimSuffix(host, "/"), ".") {
	case "*":
		return 0
	case loopbackHost:
		return 1
	default: // another scheme or host, or one with a port or a path, which differ each time
		return -1
	}
}

// loopbackHost is what addresses of this program begin with.
const loopbackHost = "127.0.0.1"
