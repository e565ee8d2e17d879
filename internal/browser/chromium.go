package browser

// chromium is the family of Chromium. private is its switch for private mode.
type chromium struct{ private string }

// arguments: https://peter.sh/experiments/chromium-command-line-switches/. The
// folder alone would keep the ticket in Cache and Sessions; private mode alone
// would share the operator's running browser.
func (f chromium) arguments(goos, profile, address string) []string {
	args := []string{"--user-data-dir=" + profile, f.private}
	args = append(args, ownSecrets(goos)...)
	return append(args, "--no-first-run", "--no-default-browser-check", "--new-window", address)
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

func (chromium) files() map[string]string { return nil }

// forbidden: https://chromeenterprise.google/policies/#IncognitoModeAvailability,
// where 1 means that private windows are off. Chromium would open an ordinary
// window instead.
func (chromium) forbidden(c Computer, found installation) bool {
	return found.policy.number(c) == 1
}

func chromiums() []product {
	const incognito = "IncognitoModeAvailability"
	return []product{
		{
			id: "chrome", name: "Chrome", family: chromium{"--incognito"}, isolated: true,
			linux:  linuxNames{commands: []string{"google-chrome", "google-chrome-stable"}, flatpak: "com.google.Chrome"},
			bundle: "Google Chrome", binary: "Google Chrome",
			folder: `Google\Chrome\Application`, exe: `Chrome\Application\chrome.exe`,
			policy: policy{"/etc/opt/chrome/policies/managed", `Google\Chrome`, incognito},
		},
		{
			id: "edge", name: "Edge", family: chromium{"--inprivate"}, isolated: true,
			linux:  linuxNames{commands: []string{"microsoft-edge", "microsoft-edge-stable"}, flatpak: "com.microsoft.Edge"},
			bundle: "Microsoft Edge", binary: "Microsoft Edge",
			folder: `Microsoft\Edge\Application`, exe: "msedge.exe",
			policy: policy{"/etc/opt/edge/policies/managed", `Microsoft\Edge`, "InPrivateModeAvailability"},
		},
		{
			id: "brave", name: "Brave", family: chromium{"--incognito"}, isolated: true,
			linux:  linuxNames{commands: []string{"brave-browser", "brave-browser-stable", "brave"}, flatpak: "com.brave.Browser", snap: "brave"},
			bundle: "Brave Browser", binary: "Brave Browser",
			folder: `BraveSoftware\Brave-Browser\Application`, exe: "brave.exe",
			policy: policy{"/etc/brave/policies/managed", `BraveSoftware\Brave`, incognito},
		},
		{
			id: "vivaldi", name: "Vivaldi", family: chromium{"--incognito"}, isolated: true,
			linux:  linuxNames{commands: []string{"vivaldi", "vivaldi-stable"}, flatpak: "com.vivaldi.Vivaldi", snap: "vivaldi"},
			bundle: "Vivaldi", binary: "Vivaldi",
			folder: `Vivaldi\Application`, exe: "vivaldi.exe",
			policy: policy{"/etc/vivaldi/policies/managed", "Vivaldi", incognito},
		},
		{
			id: "chromium", name: "Chromium", family: chromium{"--incognito"}, isolated: true,
			linux:  linuxNames{commands: []string{"chromium", "chromium-browser"}, flatpak: "org.chromium.Chromium", snap: "chromium"},
			bundle: "Chromium", binary: "Chromium",
			folder: `Chromium\Application`, exe: `Chromium\Application\chrome.exe`,
			policy: policy{"/etc/chromium/policies/managed", "Chromium", incognito},
		},
	}
}
