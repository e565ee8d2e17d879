package browser

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"understudy/internal/sentence"
)

// barrier: https://mozilla.github.io/policy-templates/. Firefox takes the first
// place that has policies; here each of them counts. It would show a page that
// says so instead of the address.
func (firefox) barrier(c Computer, found installation) sentence.Sentence {
	for _, s := range firefoxSets(c, found) {
		sites := s.below("WebsiteFilter")
		switch {
		case s.number("DisablePrivateBrowsing") == 1 || s.number("PrivateBrowsingModeAvailability") == 1:
			return privateIsOff(found.name)
		case slices.ContainsFunc(sites.texts("Block"), coversHandoff) && !slices.ContainsFunc(sites.texts("Exceptions"), coversHandoff):
			return addressIsBlocked(found.name)
		}
	}
	return sentence.Sentence{}
}

// firefoxSets reads all places of policies there are.
func firefoxSets(c Computer, found installation) []set {
	var all []set
	const file = "distribution/policies.json"
	files := []string{"/etc/firefox/policies/policies.json"}
	switch c.OS {
	case goosWindows:
		all = append(all, firefoxRegistry(c, found.policies))
		files = []string{path.Join(path.Dir(strings.ReplaceAll(found.program, `\`, "/")), file)}
	case goosMacOS:
		for _, s := range []set{found.policies.inPreferences(c), readPlist(c, "/Library/Preferences/"+found.policies.domain+".plist")} {
			if s.number("EnterprisePoliciesEnabled") == 1 {
				all = append(all, s)
			}
		}
		files = []string{path.Join(path.Dir(found.program), "../Resources", file)}
	default:
		for _, dir := range firefoxDirs(c, found.program) {
			files = append(files, path.Join(dir, file))
		}
		files = append(files, packagedFirefox(c, found.linux)...)
	}
	for _, file := range files {
		var content struct {
			Policies set `json:"policies"`
		}
		if readJSON(c, file, &content) {
			all = append(all, content.Policies)
		}
	}
	return all
}

func firefoxRegistry(c Computer, p policies) set {
	s := p.inRegistry(c, []string{"DisablePrivateBrowsing", "PrivateBrowsingModeAvailability"}, nil, nil)
	p.key += `\WebsiteFilter`
	s["WebsiteFilter"] = map[string]any(p.inRegistry(c, nil, nil, []string{"Block", "Exceptions"}))
	return s
}

// firefoxDirs are the folders where the program may really be. /usr/bin/firefox is
// a link on some distributions and a script on others. A script may name the
// program, its folder, or another command; one that puts the name together from
// variables means one of the usual folders.
func firefoxDirs(c Computer, program string) []string {
	dirs := []string{path.Dir(program)}
	seen := map[string]bool{}
	var look func(file string)
	look = func(file string) {
		file = c.follow(file)
		if seen[file] {
			return
		}
		seen[file] = true
		dirs = append(dirs, path.Dir(file))
		content := c.read(file)
		if !bytes.HasPrefix(content, []byte("#!")) {
			return
		}
		dirs = append(dirs, "/usr/lib/firefox", "/usr/lib64/firefox", "/usr/lib/firefox-esr", "/usr/lib64/firefox-esr", "/opt/firefox")
		for _, word := range strings.FieldsFunc(string(content), isBetweenWords) {
			if path.IsAbs(word) {
				dirs = append(dirs, word)
			}
			if strings.HasPrefix(path.Base(word), "firefox") {
				if !path.IsAbs(word) {
					word = c.command(word)
				}
				if word != "" {
					look(word)
				}
			}
		}
	}
	look(program)
	return dirs
}

func isBetweenWords(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`=;()${}|&", r) }

// packagedFirefox are the files of Firefox as a snap and as a Flatpak, which has an
// extension for them (https://github.com/flathub/org.mozilla.firefox).
func packagedFirefox(c Computer, names linuxNames) []string {
	var files []string
	for _, dir := range snapRoots {
		files = append(files, path.Join(dir, names.snap, "current/usr/lib/firefox/distribution/policies.json"))
	}
	for _, base := range flatpakBases(c) {
		files = append(files, path.Join(base, "app", names.flatpak, "current/active/files/lib/firefox/distribution/policies.json"))
		found, _ := fs.Glob(c.Files, c.name(path.Join(base, "extension", names.flatpak+".*/*/*/policies/policies.json"))) // the pattern is a good one
		for _, file := range found {
			files = append(files, "/"+file)
		}
	}
	return files
}

// coversHandoff reports whether a match pattern is about every page of this program
// (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns).
func coversHandoff(pattern string) bool {
	if pattern == "<all_urls>" {
		return true
	}
	scheme, rest, _ := strings.Cut(pattern, "://")
	host, below, _ := strings.Cut(rest, "/")
	return (scheme == "*" || scheme == "http") && (host == "*" || host == loopbackHost) && below == "*"
}
