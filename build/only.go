package main

import (
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Names of the steps that can run a part of their tests.
const (
	stepGoTests        = "Go tests with the race detector"
	stepComponentTests = "front end: component tests"
	stepBrowserTests   = "browser tests against the real Go code"
)

var (
	// isTest are the files that hold tests, by path.
	isTest = regexp.MustCompile(`_test\.go$|^frontend/(src/.*\.test\.tsx?|e2e/.*\.spec\.ts)$`)
	// testName is a test's name where it is declared, in Go or TypeScript.
	testName = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(` +
		`|(?:\b(?:it|test|describe)(?:\.\w+)*|[\])])\(\s*(?:"([^"]*)"|'([^']*)'|` + "`([^`]*)`)")
)

// selection is a part of the tests. The zero value is all of them.
type selection struct {
	packages   []string // of Go, such as "./internal/audit"
	components []string // files of vitest, below frontend
	specs      []string // files of Playwright, below frontend
	name       string   // a regular expression; "" runs each test of the files
}

// only returns the steps that the pattern names. If it names none, it returns the
// steps that run the tests with such a path or, if there are none, such a name.
// Each comes with the steps that it needs.
func (p *project) only(pattern *regexp.Regexp, all func(selection) []step) ([]step, error) {
	if steps := matching(all(selection{}), pattern.MatchString); len(steps) > 0 {
		return steps, nil
	}
	chosen, err := p.choose(pattern)
	if err != nil {
		return nil, err
	}
	steps := matching(all(chosen), func(name string) bool {
		return name == stepGoTests && len(chosen.packages) > 0 ||
			name == stepComponentTests && len(chosen.components) > 0 ||
			name == stepBrowserTests && len(chosen.specs) > 0
	})
	if len(steps) == 0 {
		return nil, fmt.Errorf("-only %s: no step, test file or test has such a name", pattern)
	}
	return steps, nil
}

// matching keeps the steps that are wanted by name, and those that they need.
func matching(steps []step, want func(name string) bool) []step {
	wanted := map[string]bool{}
	for _, s := range slices.Backward(steps) {
		if wanted[s.name] || want(s.name) {
			wanted[s.name] = true
			for _, need := range s.needs {
				wanted[need] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(steps), func(s step) bool { return !wanted[s.name] })
}

// choose finds the tests whose path matches or, if there are none, whose name does.
func (p *project) choose(pattern *regexp.Regexp) (selection, error) {
	byPath, err := p.chooseFiles(func(file string) (bool, error) { return pattern.MatchString(file), nil })
	if err != nil || len(byPath.packages)+len(byPath.components)+len(byPath.specs) > 0 {
		return byPath, err
	}
	byName, err := p.chooseFiles(func(file string) (bool, error) {
		source, err := os.ReadFile(p.path(file))
		return slices.ContainsFunc(testNames(source), pattern.MatchString), err
	})
	byName.name = pattern.String()
	return byName, err
}

// chooseFiles selects those of the files with tests that are wanted, by their
// slashed path below the root.
func (p *project) chooseFiles(want func(file string) (bool, error)) (selection, error) {
	var chosen selection
	err := fs.WalkDir(os.DirFS(p.root), ".", func(file string, entry fs.DirEntry, err error) error {
		folder, name := path.Split(file)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "node_modules" || strings.HasPrefix(name, ".") && name != "."):
			return fs.SkipDir
		case !isTest.MatchString(file):
			return nil
		}
		wanted, err := want(file)
		if err != nil || !wanted {
			return err
		}
		below := strings.TrimPrefix(file, "frontend/")
		switch path.Ext(name) {
		case ".go":
			// The steps that set build tags run as a whole.
			built, err := build.Default.MatchFile(p.path(folder), name)
			if pkg := "./" + path.Clean(folder); built && !slices.Contains(chosen.packages, pkg) {
				chosen.packages = append(chosen.packages, pkg)
			}
			return err //nolint:wrapcheck // names the file itself
		case ".ts", ".tsx":
			if strings.HasPrefix(below, "e2e/") {
				chosen.specs = append(chosen.specs, below)
			} else {
				chosen.components = append(chosen.components, below)
			}
		}
		return nil
	})
	if err != nil {
		return selection{}, fmt.Errorf("look for tests: %w", err)
	}
	return chosen, nil
}

// testNames returns the names of the tests in a source file of Go or TypeScript,
// subtests of Go excepted. A name that is put together stands as it is written.
func testNames(source []byte) []string {
	var names []string
	for _, groups := range testName.FindAllSubmatch(source, -1) {
		for _, name := range groups[1:] {
			if len(name) > 0 {
				names = append(names, string(name))
			}
		}
	}
	return names
}

// forGo are the arguments of `go test`.
func (s selection) forGo() []string {
	if len(s.packages) == 0 {
		return []string{"./..."}
	}
	return append(s.named("-run"), s.packages...)
}

// forVitest are further arguments of `vitest run`.
func (s selection) forVitest() []string { return append(s.named("-t"), s.components...) }

// forPlaywright are further arguments of `playwright test`.
func (s selection) forPlaywright() []string { return append(s.named("-g"), s.specs...) }

func (s selection) named(option string) []string {
	if s.name == "" {
		return nil
	}
	return []string{option, s.name}
}
