package browser

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// computerWith is a computer of any OS with these files. A bar separates a file from
// its content, as in "/usr/bin/firefox|#!/bin/sh". An arrow separates a link from its
// target, as in "/usr/bin/firefox>../lib/firefox/firefox".
func computerWith(goos string, files ...string) Computer {
	tree := fstest.MapFS{}
	c := Computer{
		OS: goos, Home: homes[goos], Files: tree,
		Env: func(name string) string { return environment[goos][name] },
	}
	for _, file := range files {
		name, content, _ := strings.Cut(file, "|")
		if link, target, isLink := strings.Cut(name, ">"); isLink {
			tree[c.name(link)] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink | 0o777}
			continue
		}
		tree[c.name(name)] = &fstest.MapFile{Data: []byte(content), Mode: 0o755}
	}
	return c
}

var (
	homes       = map[string]string{goosLinux: "/home/maya", goosMacOS: "/Users/maya", goosWindows: `C:\Users\maya`}
	environment = map[string]map[string]string{
		goosLinux: {"PATH": "/usr/local/bin:/usr/bin:/snap/bin:.:"},
		goosWindows: {
			"ProgramFiles": `C:\Program Files`, "ProgramFiles(x86)": `C:\Program Files (x86)`,
			"LOCALAPPDATA": `C:\Users\maya\AppData\Local`,
		},
	}
)

// fakeRegistry is a registry: key, "\" and name to value.
type fakeRegistry map[string]any

var _ Registry = fakeRegistry{}

func (r fakeRegistry) Subkeys(key string) []string {
	found := map[string]bool{}
	for path := range r {
		if rest, ok := strings.CutPrefix(path, key+`\`); ok {
			name, _, _ := strings.Cut(rest, `\`)
			found[name] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (r fakeRegistry) Texts(key string) []string {
	var all []string
	for _, path := range slices.Sorted(maps.Keys(r)) {
		name, below := strings.CutPrefix(path, key+`\`)
		if text, ok := r[path].(string); ok && below && !strings.Contains(name, `\`) {
			all = append(all, text)
		}
	}
	return all
}

func (r fakeRegistry) Text(key, name string) string {
	text, _ := r[key+`\`+name].(string)
	return text
}

func (r fakeRegistry) Number(key, name string) (uint64, bool) {
	number, is := r[key+`\`+name].(int)
	return uint64(number), is
}

// described is what matters of an installation, on one line.
func described(all []installation) []string {
	var lines []string
	for _, found := range all {
		line := fmt.Sprintf("%s %s %s", found.id, found.program, strings.Join(found.before, " "))
		if found.profiles != "" {
			line += " in " + found.profiles
		}
		if !found.barrier.IsZero() {
			line += " barred: " + strings.ReplaceAll(found.barrier.String(), found.name, "it")
		}
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}

func expectFound(t *testing.T, c Computer, want ...string) {
	t.Helper()
	if got := described(find(c)); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFindOnLinux(t *testing.T) {
	const env = "env BAMF_DESKTOP_FILE_HINT=/var/lib/snapd/desktop/applications/x.desktop "
	tests := []struct {
		name  string
		files []string
		want  []string
	}{
		{"nothing", nil, nil},
		{
			"all packages",
			[]string{
				"/usr/bin/google-chrome-stable", "/usr/bin/microsoft-edge", "/usr/bin/brave-browser",
				"/usr/bin/vivaldi-stable", "/usr/bin/chromium-browser", "/usr/bin/firefox-esr",
			},
			[]string{
				"chrome /usr/bin/google-chrome-stable", "edge /usr/bin/microsoft-edge", "brave /usr/bin/brave-browser",
				"vivaldi /usr/bin/vivaldi-stable", "chromium /usr/bin/chromium-browser", "firefox /usr/bin/firefox-esr",
			},
		},
		{"the first in PATH", []string{"/usr/bin/firefox", "/usr/local/bin/firefox"}, []string{"firefox /usr/local/bin/firefox"}},
		{
			"a desktop entry elsewhere",
			[]string{
				"/opt/mozilla/firefox", "/home/maya/.local/share/applications/firefox.desktop|[Desktop Entry]\nExec=/opt/mozilla/firefox %u\n",
			},
			[]string{"firefox /opt/mozilla/firefox"},
		},
		{
			"a quoted one",
			[]string{
				"/opt/my browsers/firefox", "/usr/share/applications/firefox.desktop|Exec=\"/opt/my browsers/firefox\" %u\n",
			},
			[]string{"firefox /opt/my browsers/firefox"},
		},
		{
			"a wrapper is not taken for it", []string{
				"/usr/bin/firejail", "/usr/share/applications/firefox.desktop|Exec=/usr/bin/firejail firefox %u\n",
			}, nil,
		},
		{"an entry that is left over", []string{"/usr/share/applications/firefox.desktop|Exec=/opt/firefox %u\n"}, nil},
		{
			"a snap",
			[]string{"/snap/bin/chromium"},
			[]string{"chromium /snap/bin/chromium in /home/maya/snap/chromium/common/understudy"},
		},
		{
			"a snap on Fedora",
			[]string{"/var/lib/snapd/snap/bin/firefox"},
			[]string{"firefox /var/lib/snapd/snap/bin/firefox in /home/maya/snap/firefox/common/understudy"},
		},
		{
			"Ubuntu's script for a snap",
			[]string{"/usr/bin/firefox|#!/bin/sh\nexec /snap/bin/firefox \"$@\"\n", "/snap/bin/firefox"},
			[]string{"firefox /usr/bin/firefox in /home/maya/snap/firefox/common/understudy"},
		},
		{
			"a snap's desktop entry",
			[]string{
				"/var/lib/snapd/snap/bin/brave", "/usr/share/applications/brave.desktop|Exec=" + env + "/var/lib/snapd/snap/bin/brave %U\n",
			},
			[]string{"brave /var/lib/snapd/snap/bin/brave in /home/maya/snap/brave/common/understudy"},
		},
		{
			"a Flatpak",
			[]string{"/usr/bin/flatpak", "/var/lib/flatpak/exports/bin/org.mozilla.firefox"},
			[]string{"firefox /usr/bin/flatpak run org.mozilla.firefox in /home/maya/.var/app/org.mozilla.firefox/understudy"},
		},
		{
			"a Flatpak of one user",
			[]string{"/usr/bin/flatpak", "/home/maya/.local/share/flatpak/exports/bin/com.google.Chrome"},
			[]string{"chrome /usr/bin/flatpak run com.google.Chrome in /home/maya/.var/app/com.google.Chrome/understudy"},
		},
		{"a Flatpak without flatpak", []string{"/var/lib/flatpak/exports/bin/org.mozilla.firefox"}, nil},
		{
			"private mode off in Chrome",
			[]string{
				"/usr/bin/google-chrome", `/etc/opt/chrome/policies/managed/it.json|{"IncognitoModeAvailability": 1}`,
			},
			[]string{"chrome /usr/bin/google-chrome barred: " + privateOff},
		},
		{
			"private mode forced in Chrome",
			[]string{
				"/usr/bin/google-chrome", `/etc/opt/chrome/policies/managed/it.json|{"IncognitoModeAvailability": 2}`,
				"/etc/opt/chrome/policies/managed/broken.json|{",
			},
			[]string{"chrome /usr/bin/google-chrome"},
		},
		{
			"private mode off in Firefox",
			[]string{
				"/usr/bin/firefox", `/etc/firefox/policies/policies.json|{"policies": {"DisablePrivateBrowsing": true}}`,
			},
			[]string{"firefox /usr/bin/firefox barred: " + privateOff},
		},
		{
			"and beside it",
			[]string{
				"/usr/bin/firefox", `/usr/bin/distribution/policies.json|{"policies": {"DisablePrivateBrowsing": true}}`,
			},
			[]string{"firefox /usr/bin/firefox barred: " + privateOff},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expectFound(t, computerWith(goosLinux, tt.files...), tt.want...) })
	}
}

func TestFindOnLinuxPassesOverWhatCannotBeStarted(t *testing.T) {
	c := computerWith(goosLinux, "/usr/bin/firefox", "/usr/bin/chromium/readme", "firefox")
	c.Files.(fstest.MapFS)["usr/bin/firefox"].Mode = 0o644
	expectFound(t, c)
}

func TestFindOnMacOS(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  []string
	}{
		{"nothing", nil, nil},
		{
			"all apps, Safari last",
			[]string{
				"/Applications/Safari.app/Contents/MacOS/Safari", "/Applications/Firefox.app/Contents/MacOS/firefox",
				"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
				"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "/Applications/Vivaldi.app/Contents/MacOS/Vivaldi",
				"/Users/maya/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
			},
			[]string{
				"chrome /Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
				"edge /Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
				"brave /Users/maya/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
				"vivaldi /Applications/Vivaldi.app/Contents/MacOS/Vivaldi",
				"chromium /Applications/Chromium.app/Contents/MacOS/Chromium",
				"firefox /Applications/Firefox.app/Contents/MacOS/firefox", "safari /usr/bin/open",
			},
		},
		{
			"Safari where it really is",
			[]string{"/System/Cryptexes/App/System/Applications/Safari.app/Contents/MacOS/Safari"},
			[]string{"safari /usr/bin/open"},
		},
		{
			"private mode off in Firefox",
			[]string{
				"/Applications/Firefox.app/Contents/MacOS/firefox",
				`/Applications/Firefox.app/Contents/Resources/distribution/policies.json|{"policies": {"DisablePrivateBrowsing": true}}`,
			},
			[]string{"firefox /Applications/Firefox.app/Contents/MacOS/firefox barred: " + privateOff},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expectFound(t, computerWith(goosMacOS, tt.files...), tt.want...) })
	}
}

func TestFindOnWindows(t *testing.T) {
	const (
		chrome  = `C:\Program Files\Google\Chrome\Application\chrome.exe`
		edge    = `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`
		fox     = `D:\Apps\Firefox\firefox.exe`
		local   = `C:\Users\maya\AppData\Local\`
		clients = `Software\Clients\StartMenuInternet\`
		command = `\shell\open\command\`
	)
	tests := []struct {
		name     string
		files    []string
		registry fakeRegistry
		want     []string
	}{
		{"nothing", nil, fakeRegistry{}, nil},
		{
			"registered as browsers",
			[]string{chrome, edge, fox},
			fakeRegistry{
				`HKLM\` + clients + `Google Chrome` + command:            `"` + chrome + `"`,
				`HKLM\` + clients + `Microsoft Edge` + command:           `"` + edge + `"`,
				`HKCU\` + clients + `Firefox-308046B0AF4A39CB` + command: `"` + fox + `"`,
			},
			[]string{"chrome " + chrome, "edge " + edge, "firefox " + fox},
		},
		{
			"app paths",
			[]string{fox},
			fakeRegistry{`HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\firefox.exe\`: fox},
			[]string{"firefox " + fox},
		},
		{
			"program folders",
			[]string{
				chrome, local + `BraveSoftware\Brave-Browser\Application\brave.exe`,
				local + `Vivaldi\Application\vivaldi.exe`, `C:\Program Files\Mozilla Firefox\firefox.exe`,
			},
			fakeRegistry{},
			[]string{
				"chrome " + chrome, "brave " + local + `BraveSoftware\Brave-Browser\Application\brave.exe`,
				"vivaldi " + local + `Vivaldi\Application\vivaldi.exe`, `firefox C:\Program Files\Mozilla Firefox\firefox.exe`,
			},
		},
		{
			"Chromium is not Chrome",
			[]string{local + `Chromium\Application\chrome.exe`},
			fakeRegistry{
				`HKCU\` + clients + `Chromium.X` + command:                             `"` + local + `Chromium\Application\chrome.exe"`,
				`HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\chrome.exe\`: local + `Chromium\Application\chrome.exe`,
			},
			[]string{"chromium " + local + `Chromium\Application\chrome.exe`},
		},
		{
			"registered and gone", nil,
			fakeRegistry{`HKLM\` + clients + `Google Chrome` + command: `"` + chrome + `"`},
			nil,
		},
		{
			"private mode off",
			[]string{chrome, fox},
			fakeRegistry{
				`HKLM\Software\Policies\Google\Chrome\IncognitoModeAvailability`: 1,
				`HKCU\` + clients + `Firefox` + command:                          fox,
				`HKCU\Software\Policies\Mozilla\Firefox\DisablePrivateBrowsing`:  1,
			},
			[]string{"chrome " + chrome + " barred: " + privateOff, "firefox " + fox + " barred: " + privateOff},
		},
		{
			"private mode forced",
			[]string{edge},
			fakeRegistry{`HKLM\Software\Policies\Microsoft\Edge\InPrivateModeAvailability`: 2},
			[]string{"edge " + edge},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := computerWith(goosWindows, tt.files...)
			c.Registry = tt.registry
			expectFound(t, c, tt.want...)
		})
	}
}

// FuzzFind puts any text into the places that are read. Every found program must
// exist and be named like a browser.
func FuzzFind(f *testing.F) {
	f.Add("[Desktop Entry]\nExec=env A=b /opt/firefox %u\n")
	f.Add("Exec=\"/opt/firefox\n")
	f.Add(`"C:\Program Files\firefox.exe" -osint`)
	f.Add(`{"policies": {"DisablePrivateBrowsing": 1e999}}`)
	f.Fuzz(func(t *testing.T, text string) {
		onLinux := computerWith(goosLinux, "/opt/firefox", "/usr/share/applications/firefox.desktop|"+text,
			"/etc/firefox/policies/policies.json|"+text, "/etc/chromium/policies/managed/a.json|"+text)
		for _, found := range find(onLinux) {
			if found.program != "/opt/firefox" {
				t.Errorf("found %q", found.program)
			}
		}
		onWindows := computerWith(goosWindows, `C:\firefox.exe`)
		onWindows.Registry = fakeRegistry{`HKCU\Software\Clients\StartMenuInternet\X\shell\open\command\`: text}
		for _, found := range find(onWindows) {
			if !strings.HasSuffix(strings.ToLower(found.program), "firefox.exe") {
				t.Errorf("found %q", found.program)
			}
		}
	})
}
