package program

import (
	"strings"
	"testing"
)

func TestTheCommandLineRunsOnTheComputerThatItIsGiven(t *testing.T) {
	for _, tt := range []struct {
		name      string
		given     func(*desk)
		args      string
		code      int
		out, errs string // a part of each
	}{
		{"help", nil, "--help", 0, "understudy doctor", ""},
		{"version", nil, "--version", 0, "1.2.3", ""},
		{"a word that is no command", nil, "nonsense", 2, "", `"nonsense" is no command`},
		{"a computer that cannot be looked at", func(d *desk) { d.computer = Computer{} }, "doctor", 1, "", "no home"},
		{"a history that holds", ended, "audit verify", 0, "good: 3 records", ""},
		{"no history", nil, "audit verify", 6, "There are no records.", ""},
		{"an export", ended, "audit export -format csv", 0, "Ticket 48213", ""},
		{"a computer that is well", connected, "doctor", 0, "Clerk", ""},
		{"Clerk out of reach, for machines", func(d *desk) { _ = d.clerk.Close() }, "doctor -json", 1, `"state": "failed"`, ""},
		{"a command behind a flag", nil, "--debug doctor", 2, "", `"doctor" has to come first`},
		{"an address that no key may go to", func(d *desk) { d.computer.APIURL = "http://elsewhere.example" }, "doctor -json", 1, `"detail": "CLERK_API_URL is not an address`, ""},
		{"the form of a policy", nil, "policy schema", 0, `"$schema"`, ""},
		{"a broken policy", func(d *desk) { d.write("policy.json", "{") }, "policy check", 1, "", "line 1, column 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			if tt.given != nil {
				tt.given(d)
			}
			d.stop()
			var out, errs strings.Builder
			code := Program{
				Version: "1.2.3", Computer: d.look, Out: &out, Err: &errs,
			}.Run(strings.Fields(tt.args))
			if code != tt.code || !strings.Contains(out.String(), tt.out) || !strings.Contains(errs.String(), tt.errs) {
				t.Errorf("ended with %d\n%s\n%s", code, out.String(), errs.String())
			}
		})
	}
}

func TestAHomeThatIsRelativeIsRefused(t *testing.T) {
	t.Setenv("HOME", "home")
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("XDG_DATA_HOME", "")
	if c, err := ThisComputer(); err == nil {
		t.Errorf("settings would be in %s, below whatever folder is the current one", c.ConfigDir)
	}
}
