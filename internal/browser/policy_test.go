package browser

import (
	"slices"
	"strings"
	"testing"

	"howett.net/plist"
)

// The barriers with "it" in place of the browser's name.
const (
	privateOff   = "Your organization does not allow private windows in it."
	signInFirst  = "Your organization requires a sign-in to it first."
	addressOff   = "Your organization blocks the address on this computer that sign-in links need in it."
	folderForced = "Your organization keeps it in one profile, so its private windows are not separate."
)

// TestPoliciesOfChromium: each was measured with Chromium 156, see policy.go.
func TestPoliciesOfChromium(t *testing.T) {
	tests := []struct{ name, policy, want string }{
		{"nothing", `{}`, ""},
		{"private mode off", `{"IncognitoModeAvailability": 1}`, privateOff},
		{"private mode forced", `{"IncognitoModeAvailability": 2}`, ""},
		{"a sign-in forced", `{"BrowserSignin": 2}`, signInFirst},
		{"a sign-in forced, by its older name", `{"ForceBrowserSignin": true}`, signInFirst},
		{"a sign-in allowed", `{"BrowserSignin": 1}`, ""},
		{"everything blocked", `{"URLBlocklist": ["*"]}`, addressOff},
		{"this computer blocked", `{"URLBlocklist": ["a.example", "127.0.0.1"]}`, addressOff},
		{"with a dot before it", `{"URLBlocklist": [".127.0.0.1"]}`, addressOff},
		{"with a star that Chromium does not know", `{"URLBlocklist": ["127.0.0.1/*", "127.0.0.1:*", "*://*", "http://*/*"]}`, ""},
		{"http blocked", `{"URLBlocklist": ["HTTP://*"]}`, addressOff},
		{"https blocked", `{"URLBlocklist": ["https://*"]}`, ""},
		{"files blocked", `{"URLBlocklist": ["file://*", "chrome://settings", "javascript://*"]}`, ""},
		{"another host blocked", `{"URLBlocklist": ["localhost", "0.0.1", "27.0.0.1", "127.0.0.1.example"]}`, ""},
		{"another port blocked", `{"URLBlocklist": ["127.0.0.1:22"]}`, ""},
		{"another path blocked", `{"URLBlocklist": ["127.0.0.1/admin", "*/admin", "127.0.0.1?q=1"]}`, ""},
		{"everything but this computer", `{"URLBlocklist": ["*"], "URLAllowlist": ["127.0.0.1"]}`, ""},
		{"everything but http", `{"URLBlocklist": ["*"], "URLAllowlist": ["http://*"]}`, ""},
		{"this computer, though all else is allowed", `{"URLBlocklist": ["127.0.0.1"], "URLAllowlist": ["*"]}`, addressOff},
		{"this computer both ways", `{"URLBlocklist": ["127.0.0.1"], "URLAllowlist": ["http://127.0.0.1"]}`, ""},
		{"everything but another name of it", `{"URLBlocklist": ["*"], "URLAllowlist": ["localhost", "127.0.0.1:22"]}`, addressOff},
		{"everything, by the name it had", `{"URLBlacklist": ["*"], "URLWhitelist": ["127.0.0.1"]}`, ""},
		{"blocked in private windows", `{"IncognitoModeUrlBlocklist": ["*"]}`, addressOff},
		{"blocked in private windows but here", `{"IncognitoModeUrlBlocklist": ["*"], "IncognitoModeUrlAllowlist": ["127.0.0.1"]}`, ""},
		{"one profile folder", `{"UserDataDir": "${user_home}/chrome"}`, folderForced},
		{"start pages", `{"RestoreOnStartup": 4, "RestoreOnStartupURLs": ["https://a.example"], "HomepageLocation": "https://a.example"}`, ""},
		{"values of other types", `{"BrowserSignin": "2", "URLBlocklist": "*", "IncognitoModeAvailability": [1]}`, ""},
		{"with a byte order mark", "\ufeff" + `{"BrowserSignin": 2}`, signInFirst},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := "chromium /usr/bin/chromium"
			if tt.want != "" {
				want += " barred: " + tt.want
			}
			expectFound(t, computerWith(goosLinux, "/usr/bin/chromium", "/etc/chromium/policies/managed/it.json|"+tt.policy), want)
		})
	}
}

func TestPoliciesOfFirefox(t *testing.T) {
	tests := []struct{ name, policy, want string }{
		{"nothing", `{}`, ""},
		{"private mode off, by its older name", `{"DisablePrivateBrowsing": true}`, privateOff},
		{"private mode off", `{"PrivateBrowsingModeAvailability": 1}`, privateOff},
		{"private mode forced", `{"PrivateBrowsingModeAvailability": 2}`, ""},
		{"everything blocked", `{"WebsiteFilter": {"Block": ["<all_urls>"]}}`, addressOff},
		{"this computer blocked", `{"WebsiteFilter": {"Block": ["https://*/*", "*://127.0.0.1/*"]}}`, addressOff},
		{"http blocked", `{"WebsiteFilter": {"Block": ["http://*/*"]}}`, addressOff},
		{"others blocked", `{"WebsiteFilter": {"Block": ["https://*/*", "*://*.example/*", "*://127.0.0.1/admin"]}}`, ""},
		{"everything but this computer", `{"WebsiteFilter": {"Block": ["<all_urls>"], "Exceptions": ["http://127.0.0.1/*"]}}`, ""},
		{"everything but another", `{"WebsiteFilter": {"Block": ["<all_urls>"], "Exceptions": ["https://*/*"]}}`, addressOff},
		{"a home page", `{"Homepage": {"URL": "https://a.example", "Locked": true, "StartPage": "homepage-locked"}}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := "firefox /usr/bin/firefox"
			if tt.want != "" {
				want += " barred: " + tt.want
			}
			expectFound(t, computerWith(goosLinux, "/usr/bin/firefox", `/etc/firefox/policies/policies.json|{"policies": `+tt.policy+`}`), want)
		})
	}
}

func TestWhereLinuxKeepsPolicies(t *testing.T) {
	const off = `|{"IncognitoModeAvailability": 1}`
	const foxOff = `|{"policies": {"PrivateBrowsingModeAvailability": 1}}`
	flatpak := func(id string) []string {
		return []string{"/usr/bin/flatpak", "/var/lib/flatpak/exports/bin/" + id}
	}
	tests := []struct {
		name  string
		files []string
	}{
		{"Chrome", []string{"/usr/bin/google-chrome", "/etc/opt/chrome/policies/managed/a.json" + off}},
		{"Edge", []string{"/usr/bin/microsoft-edge", `/etc/opt/edge/policies/managed/a.json|{"InPrivateModeAvailability": 1}`}},
		{"Brave", []string{"/usr/bin/brave", "/etc/brave/policies/managed/a.json" + off}},
		{"Vivaldi", []string{"/usr/bin/vivaldi", "/etc/vivaldi/policies/managed/a.json" + off}},
		{"Vivaldi as Chrome has it", []string{"/usr/bin/vivaldi", "/etc/opt/vivaldi/policies/managed/a.json" + off}},
		{"Chromium", []string{"/usr/bin/chromium", "/etc/chromium/policies/managed/a.json" + off}},
		{"Chromium of Fedora and of the snap", []string{"/snap/bin/chromium", "/etc/chromium-browser/policies/managed/a.json" + off}},
		{"the snap's own", []string{"/snap/bin/chromium", "/var/snap/chromium/current/policies/managed/a.json" + off}},
		{"a Flatpak's extension", append(flatpak("org.chromium.Chromium"), "/var/lib/flatpak/extension/org.chromium.Chromium.Extension.acme/x86_64/1/policies/managed/a.json"+off)},
		{"a Flatpak's extension of one user", append(flatpak("com.brave.Browser"), "/home/maya/.local/share/flatpak/extension/com.brave.Browser.Policy.acme/aarch64/1/policies/managed/a.json"+off)},
		{"the last of several files", []string{"/usr/bin/chromium", `/etc/chromium/policies/managed/a.json|{"IncognitoModeAvailability": 0}`, "/etc/chromium/policies/managed/b.json" + off, "/etc/chromium/policies/managed/c.json|{}"}},
		{"Firefox", []string{"/usr/bin/firefox", "/etc/firefox/policies/policies.json" + foxOff}},
		{"Firefox, by a link", []string{"/usr/bin/firefox-esr>../lib/firefox-esr/firefox-esr", "/usr/lib/firefox-esr/firefox-esr", "/usr/lib/firefox-esr/distribution/policies.json" + foxOff}},
		{"Firefox, by a link to a link", []string{"/usr/bin/firefox>../../etc/alternatives/fox", "/etc/alternatives/fox>../../opt/firefox/firefox", "/opt/firefox/firefox", "/opt/firefox/distribution/policies.json" + foxOff}},
		{"Firefox, by a script", []string{"/usr/bin/firefox|#!/bin/sh\nexec /usr/lib/firefox/firefox \"$@\"\n", "/usr/lib/firefox/firefox", "/usr/lib/firefox/distribution/policies.json" + foxOff}},
		{"Firefox, by a script with the folder", []string{"/usr/bin/firefox|#!/bin/sh\nMOZ_DIST_BIN=\"/srv/fox\"\nexec $MOZ_DIST_BIN/firefox \"$@\"\n", "/srv/fox/firefox", "/srv/fox/distribution/policies.json" + foxOff}},
		{"Firefox, by a script with variables", []string{"/usr/bin/firefox|#!/bin/bash\nL=/usr/lib64\nexec $L/$NAME \"$@\"\n", "/usr/lib64/firefox/distribution/policies.json" + foxOff}},
		{"Firefox, by a script that starts another in PATH", []string{"/usr/bin/firefox|#!/bin/sh\nexec firefox-esr \"$@\"\n", "/usr/bin/firefox-esr>../lib/esr/firefox-esr", "/usr/lib/esr/firefox-esr", "/usr/lib/esr/distribution/policies.json" + foxOff}},
		{"Firefox as a snap", []string{"/snap/bin/firefox", "/snap/firefox/current/usr/lib/firefox/distribution/policies.json" + foxOff}},
		{"Firefox as a Flatpak", append(flatpak("org.mozilla.firefox"), "/var/lib/flatpak/extension/org.mozilla.firefox.systemconfig/x86_64/stable/policies/policies.json"+foxOff)},
		{"Firefox as a Flatpak, in the app", append(flatpak("org.mozilla.firefox"), "/var/lib/flatpak/app/org.mozilla.firefox/current/active/files/lib/firefox/distribution/policies.json"+foxOff)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := find(computerWith(goosLinux, tt.files...))
			if len(found) != 1 || found[0].barrier.IsZero() {
				t.Errorf("found %v", described(found))
			}
		})
	}
}

func TestScriptsInACircleEnd(t *testing.T) {
	c := computerWith(goosLinux, "/usr/bin/firefox|#!/bin/sh\nexec /opt/firefox-x", "/opt/firefox-x|#!/bin/sh\nexec /usr/bin/firefox")
	expectFound(t, c, "firefox /usr/bin/firefox")
}

func TestPoliciesOnWindows(t *testing.T) {
	const chrome, fox = `C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files\Mozilla Firefox\firefox.exe`
	const google, mozilla = `\Software\Policies\Google\Chrome\`, `\Software\Policies\Mozilla\Firefox\`
	tests := []struct {
		name     string
		file     string
		registry fakeRegistry
		want     string
	}{
		{"a sign-in forced", chrome, fakeRegistry{`HKLM` + google + `BrowserSignin`: 2}, signInFirst},
		{"everything blocked", chrome, fakeRegistry{`HKCU` + google + `URLBlocklist\1`: "*"}, addressOff},
		{"everything but here", chrome, fakeRegistry{`HKLM` + google + `URLBlocklist\1`: "*", `HKLM` + google + `URLAllowlist\1`: "127.0.0.1"}, ""},
		{"one profile folder", chrome, fakeRegistry{`HKLM` + google + `UserDataDir`: `D:\chrome`}, folderForced},
		{"the machine decides", chrome, fakeRegistry{`HKLM` + google + `BrowserSignin`: 1, `HKCU` + google + `BrowserSignin`: 2}, ""},
		{"private mode off in Firefox", fox, fakeRegistry{`HKLM` + mozilla + `PrivateBrowsingModeAvailability`: 1}, privateOff},
		{"everything blocked in Firefox", fox, fakeRegistry{`HKLM` + mozilla + `WebsiteFilter\Block\1`: "<all_urls>"}, addressOff},
		{"everything but here in Firefox", fox, fakeRegistry{`HKLM` + mozilla + `WebsiteFilter\Block\1`: "<all_urls>", `HKLM` + mozilla + `WebsiteFilter\Exceptions\1`: "*://127.0.0.1/*"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := computerWith(goosWindows, tt.file)
			c.Registry = tt.registry
			expectBarrier(t, c, tt.want)
		})
	}
}

// expectBarrier is about a computer with one browser.
func expectBarrier(t *testing.T, c Computer, want string) {
	t.Helper()
	found := find(c)
	if len(found) != 1 || strings.ReplaceAll(found[0].barrier.String(), found[0].name, "it") != want {
		t.Errorf("found %v, want %q", described(found), want)
	}
}

func TestPoliciesOnMacOS(t *testing.T) {
	const chrome, fox = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Firefox.app/Contents/MacOS/firefox"
	const all, one = "/Library/Managed Preferences/", "/Library/Managed Preferences/maya/"
	tests := []struct {
		name, app, file string
		content         map[string]any
		want            string
	}{
		{"private mode off", chrome, all + "com.google.Chrome.plist", map[string]any{"IncognitoModeAvailability": 1}, privateOff},
		{"for one user", chrome, one + "com.google.Chrome.plist", map[string]any{"URLBlocklist": []string{"*"}}, addressOff},
		{"a sign-in forced", chrome, all + "com.google.Chrome.plist", map[string]any{"BrowserSignin": 2, "Rest": map[string]any{"a": 1.5}}, signInFirst},
		{"of another browser", chrome, all + "com.microsoft.Edge.plist", map[string]any{"BrowserSignin": 2}, ""},
		{"Firefox", fox, all + "org.mozilla.firefox.plist", map[string]any{"EnterprisePoliciesEnabled": true, "DisablePrivateBrowsing": true}, privateOff},
		{"Firefox, for all programs", fox, "/Library/Preferences/org.mozilla.firefox.plist", map[string]any{"EnterprisePoliciesEnabled": true, "PrivateBrowsingModeAvailability": 1}, privateOff},
		{"Firefox with blocked addresses", fox, one + "org.mozilla.firefox.plist", map[string]any{"EnterprisePoliciesEnabled": true, "WebsiteFilter": map[string]any{"Block": []string{"<all_urls>"}}}, addressOff},
		{"Firefox, switched off", fox, all + "org.mozilla.firefox.plist", map[string]any{"DisablePrivateBrowsing": true}, ""},
	}
	for _, tt := range tests {
		for form, format := range map[string]int{"binary": plist.BinaryFormat, "XML": plist.XMLFormat} {
			t.Run(tt.name+" in "+form, func(t *testing.T) {
				content, err := plist.Marshal(tt.content, format)
				if err != nil {
					t.Fatal(err)
				}
				expectBarrier(t, computerWith(goosMacOS, tt.app, tt.file+"|"+string(content)), tt.want)
			})
		}
	}
}

func TestABarredBrowserIsListedWithItsReason(t *testing.T) {
	b := New(Config{Computer: computerWith(goosLinux, "/usr/bin/chromium", "/usr/bin/firefox", `/etc/chromium/policies/managed/a.json|{"BrowserSignin": 2}`)})
	all := b.List()
	ids := []string{}
	for _, one := range all {
		ids = append(ids, one.ID)
	}
	if !slices.Equal(ids, []string{"firefox", Default, "chromium"}) || all[2].Barrier.String() != "Your organization requires a sign-in to Chromium first." || !all[0].Barrier.IsZero() || !all[1].Barrier.IsZero() {
		t.Errorf("got %+v", all)
	}
}
