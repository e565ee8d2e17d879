package browser

import (
	"slices"
	"strings"
	"testing"
)

const handedOver = "http://127.0.0.1:4501/nonce"

func TestArguments(t *testing.T) {
	chromiumStyle := func(private string) []string {
		return []string{
			"--user-data-dir=/data/p1", private, "--no-first-run", "--no-default-browser-check", "--new-window", handedOver,
		}
	}
	firefoxStyle := []string{"--no-remote", "--profile", "/data/p1", "--private-window", handedOver}
	everywhere := []string{goosLinux, goosMacOS, goosWindows}
	tests := []struct {
		id   string
		on   []string
		want []string
	}{
		{"chrome", everywhere, chromiumStyle("--incognito")},
		{"chromium", everywhere, chromiumStyle("--incognito")},
		{"brave", everywhere, chromiumStyle("--incognito")},
		{"vivaldi", everywhere, chromiumStyle("--incognito")},
		{"edge", everywhere, chromiumStyle("--inprivate")},
		{"firefox", []string{goosLinux}, append([]string{"--new-instance"}, firefoxStyle...)},
		{"firefox", []string{goosMacOS}, firefoxStyle},
		{"firefox", []string{goosWindows}, append([]string{"--wait-for-browser"}, firefoxStyle...)},
		{"safari", []string{goosMacOS}, []string{"-a", "Safari", handedOver}},
	}
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

func TestEffectSaysWhatHappens(t *testing.T) {
	for _, p := range products() {
		effect := p.effect()
		if p.isolated != strings.Contains(effect, "New private "+p.name+" window") ||
			p.isolated == strings.Contains(effect, "signed out") {
			t.Errorf("%s: %q", p.id, effect)
		}
	}
}
