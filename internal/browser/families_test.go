package browser

import (
	"slices"
	"strings"
	"testing"
)

const handedOver = "http://127.0.0.1:4501/nonce"

func TestArguments(t *testing.T) {
	chromiumStyle := func(goos, private string) []string {
		args := []string{"--user-data-dir=/data/p1", private}
		switch goos {
		case goosLinux:
			args = append(args, "--password-store=basic")
		case goosMacOS:
			args = append(args, "--use-mock-keychain")
		}
		return append(args, "--no-first-run", "--no-default-browser-check", "--new-window", handedOver)
	}
	firefoxStyle := []string{"--no-remote", "--profile", "/data/p1", "--private-window", handedOver}
	type row struct {
		id   string
		on   []string
		want []string
	}
	var tests []row
	for _, goos := range []string{goosLinux, goosMacOS, goosWindows} {
		for id, private := range map[string]string{
			"chrome": "--incognito", "chromium": "--incognito", "brave": "--incognito", "vivaldi": "--incognito", "edge": "--inprivate",
		} {
			tests = append(tests, row{id, []string{goos}, chromiumStyle(goos, private)})
		}
	}
	tests = append(tests, []row{
		{"firefox", []string{goosLinux}, append([]string{"--new-instance"}, firefoxStyle...)},
		{"firefox", []string{goosMacOS}, firefoxStyle},
		{"firefox", []string{goosWindows}, append([]string{"--wait-for-browser"}, firefoxStyle...)},
		{"safari", []string{goosMacOS}, []string{"-a", "Safari", handedOver}},
	}...)
	tested := map[string]bool{}
	for _, tt := range tests {
		for _, goos := range tt.on {
			t.Run(tt.id+" on "+goos, func(t *testing.T) {
				if got := productOf(t, tt.id).family.arguments(goos, "/data/p1", handedOver); !slices.Equal(got, tt.want) {
					t.Errorf("got  %q\nwant %q", got, tt.want)
				}
			})
		}
		tested[tt.id] = true
	}
	for _, p := range products() {
		if !tested[p.id] {
			t.Errorf("%s is not in this table", p.id)
		}
	}
}

func productOf(t *testing.T, id string) product {
	t.Helper()
	all := products()
	i := slices.IndexFunc(all, func(p product) bool { return p.id == id })
	if i < 0 {
		t.Fatalf("no product %q", id)
	}
	return all[i]
}

func TestSystemCommand(t *testing.T) {
	for goos, want := range map[string]string{goosLinux: "xdg-open", goosMacOS: "/usr/bin/open"} {
		program, args := systemCommand(goos, handedOver)
		if program != want || !slices.Equal(args, []string{handedOver}) {
			t.Errorf("%s: %s %q", goos, program, args)
		}
	}
}

func TestFirefoxAsksNothingOnAFreshProfile(t *testing.T) {
	preferences := firefox{}.files()["user.js"]
	for _, line := range []string{
		`user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);`,
		`user_pref("datareporting.policy.firstRunURL", "");`,
		`user_pref("startup.homepage_welcome_url", "");`,
		`user_pref("browser.startup.homepage_override.mstone", "ignore");`,
		`user_pref("browser.aboutwelcome.enabled", false);`,
		`user_pref("browser.shell.checkDefaultBrowser", false);`,
	} {
		if !strings.Contains(preferences, line+"\n") {
			t.Errorf("lacks %s", line)
		}
	}
}
