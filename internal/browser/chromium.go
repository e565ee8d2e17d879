package browser

import (
	"slices"

	"understudy/internal/held"
)

// chromium is the family of Chromium.
type chromium struct {
	private string // its switch for private mode
	setting string // the policy for that
}

// arguments: https://peter.sh/experiments/chromium-command-line-switches/. The
// folder alone would keep the ticket in Cache and Sessions; private mode alone
// would share the operator's running browser.
func (f chromium) arguments(goos, profile, address string) []string {
	args := []string{"--user-data-dir=" + profile, f.private}
	args = append(args, ownSecrets(goos)...)
	return append(args, "--no-first-run", "--no-default-browser-check", "--new-window", address)
}

// heldArguments have the browser obey the pipes that it inherits and wait on an
// empty page. Documents that are answered by the pipe have no address space, so that
// an app on this computer would be kept from itself. An elevated Chrome on Windows
// would start itself anew, without the pipes.
func (f chromium) heldArguments(goos, profile string, pipes []string, localApp bool) []string {
	off := held.FeaturesOff
	if localApp {
		off += ",LocalNetworkAccessChecks"
	}
	args := slices.Concat(pipes, []string{"--disable-features=" + off})
	if goos == goosWindows {
		args = append(args, "--do-not-de-elevate")
	}
	return append(args, f.arguments(goos, profile, "about:blank")...)
}

// ownSecrets keeps the browser out of the operator's keychain, where it would put
// a key for its cookies and ask for a password to do so. The profile is wiped, so
// nothing in it needs such a key. On Windows no keychain is asked.
func ownSecrets(goos string) []string {
	switch goos {
	case goosLinux:
		return []string{"--password-store=basic"}
	case goosMacOS:
		return []string{"--use-mock-keychain"}
	default:
		return nil
	}
}

func (chromium) files() map[string]string {
	return map[string]string{held.PreferencesFile: held.Preferences}
}

func chromiums() []product {
	incognito := chromium{"--incognito", "IncognitoModeAvailability"}
	return []product{
		{
			id: "chrome", name: "Chrome", family: incognito, isolated: true,
			linux:  linuxNames{commands: []string{"google-chrome", "google-chrome-stable"}, flatpak: "com.google.Chrome"},
			bundle: "Google Chrome", binary: "Google Chrome",
			folder: `Google\Chrome\Application`, exe: `Chrome\Application\chrome.exe`,
			policies: policies{[]string{"/etc/opt/chrome/policies/managed"}, `Google\Chrome`, "com.google.Chrome"},
		},
		{
			id: "edge", name: "Edge", family: chromium{"--inprivate", "InPrivateModeAvailability"}, isolated: true,
			linux:  linuxNames{commands: []string{"microsoft-edge", "microsoft-edge-stable"}, flatpak: "com.microsoft.Edge"},
			bundle: "Microsoft Edge", binary: "Microsoft Edge",
			folder: `Microsoft\Edge\Application`, exe: "msedge.exe",
			policies: policies{[]string{"/etc/opt/edge/policies/managed"}, `Microsoft\Edge`, "com.microsoft.Edge"},
		},
		{
			id: "brave", name: "Brave", family: incognito, isolated: true,
			linux:  linuxNames{commands: []string{"brave-browser", "brave-browser-stable", "brave"}, flatpak: "com.brave.Browser", snap: "brave"},
			bundle: "Brave Browser", binary: "Brave Browser",
			folder: `BraveSoftware\Brave-Browser\Application`, exe: "brave.exe",
			policies: policies{[]string{"/etc/brave/policies/managed"}, `BraveSoftware\Brave`, "com.brave.Browser"},
		},
		{
			id: "vivaldi", name: "Vivaldi", family: incognito, isolated: true,
			linux:  linuxNames{commands: []string{"vivaldi", "vivaldi-stable"}, flatpak: "com.vivaldi.Vivaldi", snap: "vivaldi"},
			bundle: "Vivaldi", binary: "Vivaldi",
			folder: `Vivaldi\Application`, exe: "vivaldi.exe",
			policies: policies{[]string{"/etc/opt/vivaldi/policies/managed", "/etc/vivaldi/policies/managed"}, "Vivaldi", "com.vivaldi.Vivaldi"},
		},
		{
			id: "chromium", name: "Chromium", family: incognito, isolated: true,
			linux:  linuxNames{commands: []string{"chromium", "chromium-browser"}, flatpak: "org.chromium.Chromium", snap: "chromium"},
			bundle: "Chromium", binary: "Chromium",
			folder: `Chromium\Application`, exe: `Chromium\Application\chrome.exe`,
			policies: policies{
				[]string{"/etc/chromium-browser/policies/managed", "/var/snap/chromium/current/policies/managed", "/etc/chromium/policies/managed"},
				"Chromium", "org.chromium.Chromium",
			},
		},
	}
}
