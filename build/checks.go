package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// runTests runs every check there is. Its last line counts them.
func runTests(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	long := flags.Bool("long", false, "also run what takes long: Clerk's own clients, fuzzing for 30 s a target")
	only := flags.String("only", "", "run the steps that this regular expression names, or else the test files, or else the tests")
	if err := flags.Parse(args); err != nil {
		return err //nolint:wrapcheck // the flag package has said it
	}
	pattern, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	version, err := p.version()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "understudy-test-")
	if err != nil {
		return fmt.Errorf("make a folder for the tests: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()

	steps, err := p.only(pattern, func(chosen selection) []step {
		steps := slices.Concat(
			[]step{p.install(toBuild, toWindow, toTest), p.installFrontend()},
			p.staticChecks(), p.frontendChecks(work, chosen), []step{p.goTests(chosen)},
		)
		if runtime.GOOS == "linux" {
			steps = append(steps, p.wholeProgramTests(work, version, chosen)...)
		}
		if *long {
			steps = append(steps, p.longTests()...)
		}
		return steps
	})
	if err != nil {
		return err
	}
	return p.summarise(ctx, steps)
}

// longTests take long, or more from the network than every run should.
func (p *project) longTests() []step {
	return []step{
		{name: "Clerk's own clients against the stand-in", run: func(ctx context.Context, out io.Writer) (tally, error) {
			const folder = "internal/emulator/clients"
			err := p.exec(ctx, out, command{dir: folder, args: []string{"npm", "install", "--no-package-lock", "--no-audit", "--no-fund"}})
			if err != nil {
				return tally{}, err
			}
			return p.goTest(ctx, out, nil, "-count=1", "-tags", "clients", "./"+folder)
		}},
		{name: "fuzzing, 30 s a target", run: func(ctx context.Context, out io.Writer) (tally, error) {
			return p.fuzzAll(ctx, out, "30s")
		}},
	}
}

// runChecks runs what tells in seconds whether a change is in order.
func runChecks(ctx context.Context, p *project, _ []string) error {
	return p.summarise(ctx, slices.Concat([]step{p.installFrontend()}, p.staticChecks(), []step{p.frontendTypes()}))
}

func (p *project) summarise(ctx context.Context, steps []step) error {
	start := p.now()
	total, notes := p.runAll(ctx, steps).judged(maySkip())
	p.printf("\nin %s\n", p.now().Sub(start).Round(1e9))
	for _, note := range notes {
		p.printf("%s\n", note)
	}
	p.printf("%s\n", total)
	if total.failed > 0 {
		return errSteps
	}
	return nil
}

// runs is a step that runs one command.
func (p *project) runs(name string, c command, needs ...string) step {
	return do(name, func(ctx context.Context, out io.Writer) error { return p.exec(ctx, out, c) }, needs...)
}

// staticChecks look at the sources without running them.
func (p *project) staticChecks() []step {
	steps := []step{
		p.runs("format (gofumpt, gci)", p.tool("golangci-lint", "fmt", "--diff")),
		p.runs("go mod tidy leaves no difference", command{args: []string{"go", "mod", "tidy", "-diff"}}),
	}
	for _, goos := range []string{"linux", "windows", "darwin"} {
		steps = append(steps, p.lint(goos), p.runs("vet for "+goos, command{
			env: []string{"GOOS=" + goos, "CGO_ENABLED=0"}, args: []string{"go", "vet", "./..."},
		}))
	}
	return append(steps,
		p.runs("vet what only tests build", command{
			env:  []string{"CGO_ENABLED=0"},
			args: []string{"go", "vet", "-tags", "e2e,window,realkeyring,realbrowser,clients", "./..."},
		}),
		do("the bindings are as generated", p.checkBindings),
		do("commands and paths in the documents exist", func(ctx context.Context, _ io.Writer) error { return p.checkDocs(ctx) }),
	)
}

// lint runs golangci-lint on the code for a system, the code for its tests included.
func (p *project) lint(goos string) step {
	return do("lint for "+goos+" (golangci-lint)", func(ctx context.Context, out io.Writer) error {
		// With GOOS set, `go tool` would build the linter itself for that system.
		said, err := p.output(ctx, p.toolPath("golangci-lint"))
		if err != nil {
			return err
		}
		linter := said[strings.LastIndexByte(said, '\n')+1:] // after what the first use downloads
		var env []string
		if goos != runtime.GOOS {
			env = []string{"GOOS=" + goos, "CGO_ENABLED=0"}
		}
		return p.exec(ctx, out, command{env: env, args: []string{
			linter, "run", "--allow-parallel-runners", "--build-tags", "window,realkeyring,realbrowser,clients", "./...",
		}})
	})
}

func (p *project) frontendTypes() step {
	return p.runs("front end: types, lint, format, dead code",
		command{dir: "frontend", args: []string{"npm", "run", "check"}}, stepInstallFrontend)
}

func (p *project) frontendChecks(work string, chosen selection) []step {
	report := filepath.Join(work, "vitest.json")
	return []step{
		p.frontendTypes(),
		{name: stepComponentTests, needs: []string{stepInstallFrontend}, run: func(ctx context.Context, out io.Writer) (tally, error) {
			args := []string{"npm", "test", "--", "--reporter=default", "--reporter=json", "--outputFile.json=" + report}
			err := p.exec(ctx, out, command{dir: "frontend", args: append(args, chosen.forVitest()...)})
			return readVitest(report, chosen.name, err)
		}},
		p.buildFrontend(),
	}
}

// goTests run the Go tests once, with the race detector, which needs cgo. The vet
// steps have compiled the tests without cgo, as on a machine without GTK.
func (p *project) goTests(chosen selection) step {
	return step{name: stepGoTests, run: func(ctx context.Context, out io.Writer) (tally, error) {
		// Go's own limit of ten minutes for a package is short on two busy cores.
		return p.goTest(ctx, out, []string{"CGO_ENABLED=1"}, append([]string{"-race", "-timeout=30m"}, chosen.forGo()...)...)
	}}
}
