package browser

// firefox is the family of Firefox.
type firefox struct{}

// arguments: https://firefox-source-docs.mozilla.org/browser/CommandLineParameters.html.
// Without --no-remote, and on Linux --new-instance, the address would go to the
// operator's running Firefox. On Windows firefox.exe starts another process and
// would exit at once; its end is how the end of the window is known.
func (firefox) arguments(goos, profile, address string) []string {
	var own []string
	switch goos {
	case goosLinux:
		own = []string{"--new-instance"}
	case goosWindows:
		own = []string{"--wait-for-browser"}
	}
	return append(own, "--no-remote", "--profile", profile, "--private-window", address)
}

func (firefox) heldArguments(string, string, []string, bool) []string { return nil }

func (firefox) unheld(Computer, installation) Unheld { return ByKind }

// files: a fresh profile would otherwise open a privacy notice in a tab that is
// not private, a welcome page, and a question about the default browser.
func (firefox) files() map[string]string {
	return map[string]string{"user.js": `user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("datareporting.policy.firstRunURL", "");
user_pref("startup.homepage_welcome_url", "");
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
`}
}

func firefoxes() []product {
	return []product{{
		id: "firefox", name: "Firefox", family: firefox{}, isolated: true,
		linux:  linuxNames{commands: []string{"firefox", "firefox-esr"}, flatpak: "org.mozilla.firefox", snap: "firefox"},
		bundle: "Firefox", binary: "firefox",
		folder: "Mozilla Firefox", exe: "firefox.exe",
		policies: policies{key: `Mozilla\Firefox`, domain: "org.mozilla.firefox"},
	}}
}
