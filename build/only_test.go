package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// testFiles are the sources in which the tests below look for a name.
func testFiles(t *testing.T, p *project) {
	t.Helper()
	for name, source := range map[string]string{
		"internal/audit/log_test.go":               "package audit\nfunc TestLogGrows(t *testing.T) {}\n",
		"internal/audit/chain_test.go":             "package audit\nfunc TestChainHolds(t *testing.T) {}\n",
		"internal/audit/real_test.go":              "//go:build realkeyring\n\npackage audit\nfunc TestRealLog(t *testing.T) {}\n",
		"internal/live/live_test.go":               "package live\nfunc FuzzGate(f *testing.F) {}\n",
		"frontend/src/live/Live.test.tsx":          "it.each([1, 2])(\"ends %d at once\", () => {});",
		"frontend/e2e/history.spec.ts":             "test(\n  `the log of ${day} is there`, async () => {});\nconst title = \"nobody\";",
		"frontend/e2e/history.ts":                  "test(\"no test file\")",
		"frontend/node_modules/x/src/x.test.ts":    "it(\"of somebody else\")",
		"build/.cache/frontend/src/copied.test.ts": "it(\"of somebody else\")",
	} {
		path := p.path(name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyPicksStepsThenFilesThenTests(t *testing.T) {
	p, _ := testProject(t)
	testFiles(t, p)
	cases := []struct {
		pattern string
		steps   string
		want    selection
	}{
		{"race detector", stepGoTests, selection{}},
		{"^lint|browser tests", "lint, build, " + stepBrowserTests, selection{}},
		{"internal/audit", stepGoTests, selection{packages: []string{"./internal/audit"}}},
		{"history.spec", "build, " + stepBrowserTests, selection{specs: []string{"e2e/history.spec.ts"}}},
		{
			"src/live|audit/log", stepGoTests + ", " + stepComponentTests,
			selection{packages: []string{"./internal/audit"}, components: []string{"src/live/Live.test.tsx"}},
		},
		{"TestLog|FuzzG", stepGoTests, selection{name: "TestLog|FuzzG", packages: []string{"./internal/audit", "./internal/live"}}},
		{"the log of", "build, " + stepBrowserTests, selection{name: "the log of", specs: []string{"e2e/history.spec.ts"}}},
		{"at once", stepComponentTests, selection{name: "at once", components: []string{"src/live/Live.test.tsx"}}},
	}
	for _, c := range cases {
		t.Run(c.pattern, func(t *testing.T) {
			var chosen selection
			steps, err := p.only(regexp.MustCompile(c.pattern), func(s selection) []step {
				chosen = s
				return []step{
					do("lint", nil), do("build", nil),
					{name: stepGoTests},
					{name: stepComponentTests},
					{name: stepBrowserTests, needs: []string{"build"}},
				}
			})
			var names []string
			for _, s := range steps {
				names = append(names, s.name)
			}
			if got := strings.Join(names, ", "); err != nil || got != c.steps || !reflect.DeepEqual(chosen, c.want) {
				t.Errorf("%v, steps %q with %+v, want %q with %+v", err, got, chosen, c.steps, c.want)
			}
		})
	}
}

func TestOnlyRefusesAPatternThatMatchesNothing(t *testing.T) {
	p, _ := testProject(t)
	testFiles(t, p)
	for _, pattern := range []string{"nobody", "somebody else", "no test file", "TestRealLog"} {
		steps, err := p.only(regexp.MustCompile(pattern), func(selection) []step { return []step{{name: stepGoTests}} })
		if err == nil {
			t.Errorf("%q picked %d steps", pattern, len(steps))
		}
	}
}

func TestASelectionIsPassedOn(t *testing.T) {
	s := selection{packages: []string{"./a"}, components: []string{"src/b.test.ts"}, specs: []string{"e2e/c.spec.ts"}, name: "x y"}
	for want, got := range map[string][]string{
		"-run x y ./a": s.forGo(), "-t x y src/b.test.ts": s.forVitest(), "-g x y e2e/c.spec.ts": s.forPlaywright(),
		"./...": selection{}.forGo(), "": selection{}.forVitest(),
	} {
		if strings.Join(got, " ") != want {
			t.Errorf("passed on %q, want %q", got, want)
		}
	}
}
