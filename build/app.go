package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
)

// binary is the app as the tasks build it.
func (p *project) binary() string { return p.path("build/bin/" + executable("understudy")) }

// executable is the name of a program's file on this system.
func executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// buildApp compiles the app for this machine. It is plain `go build` with the
// tags that `wails build` sets: faster, and the same code. Without a version it
// is a development build, which has keychain entries of its own. more are further
// arguments of `go build`.
func (p *project) buildApp(name, path, version string, more ...string) step {
	return do(name, func(ctx context.Context, out io.Writer) error {
		flags := "-s -w"
		if version != "" {
			flags += " -X main.version=" + version
		}
		args := append([]string{
			"go", "build", "-trimpath", "-tags", "desktop,production,webkit2_41",
			"-ldflags", flags, "-o", path,
		}, more...)
		return p.exec(ctx, out, command{env: []string{"CGO_ENABLED=1"}, args: append(args, ".")})
	}, stepBuildFrontend)
}

// version is the one that is released next, from the file that Wails reads too.
func (p *project) version() (string, error) {
	var config struct {
		Info struct {
			Version string `json:"productVersion"`
		} `json:"info"`
	}
	err := readJSON(p.path("wails.json"), &config)
	return config.Info.Version, err
}

// tool is the command line of a pinned program. Each has a module of its own
// under build/tools, so that neither the app's module nor the other tools'
// grow with what it imports. The first use compiles it; Go caches it then.
func (p *project) tool(name string, args ...string) command {
	return command{args: append([]string{"go", "tool", p.toolModule(name), name}, args...)}
}

// toolPath is the command line that compiles such a program and prints its path.
func (p *project) toolPath(name string) command {
	return command{args: []string{"go", "tool", p.toolModule(name), "-n", name}}
}

func (p *project) toolModule(name string) string {
	return "-modfile=" + p.path("build/tools/"+name+"/go.mod")
}

func runBuild(ctx context.Context, p *project, _ []string) error {
	if err := p.runOrStop(ctx, p.install(toBuild), p.installFrontend(), p.buildFrontend(), p.buildSample()); err != nil {
		return err
	}
	p.printf("%s\n", p.binary())
	return nil
}

// buildSample builds the app for trying it out.
func (p *project) buildSample() step { return p.buildApp("build the app", p.binary(), "") }

func runPackage(ctx context.Context, p *project, args []string) error {
	version, err := p.version()
	if err != nil {
		return err
	}
	return p.runOrStop(ctx, p.install(toBuild), p.installFrontend(),
		do("wails build", func(ctx context.Context, out io.Writer) error {
			// The bindings are in the repository, and a test keeps them as generated.
			wails := p.tool("wails", "build", "-m", "-nosyncgomod", "-trimpath", "-clean", "-skipbindings",
				"-ldflags", "-X main.version="+version)
			wails.args = append(wails.args, args...)
			return p.changingNothing(ctx, func() error { return p.exec(ctx, out, wails) })
		}).shown(),
	)
}

// changingNothing fails if work changes a file that is in the repository, or adds one.
func (p *project) changingNothing(ctx context.Context, work func() error) error {
	status := command{args: []string{"git", "status", "--porcelain"}}
	before, err := p.output(ctx, status)
	if err != nil {
		return fmt.Errorf("this is no clone of the repository: %w", err)
	}
	if err := work(); err != nil {
		return err
	}
	after, err := p.output(ctx, status)
	if err == nil && after != before {
		err = fmt.Errorf("the work tree was changed:\n%s", after)
	}
	return err
}

func runDev(ctx context.Context, p *project, args []string) error {
	return p.runOrStop(ctx, p.install(toBuild), p.installFrontend(),
		do("wails dev", func(ctx context.Context, out io.Writer) error {
			wails := p.tool("wails", "dev", "-m", "-nosyncgomod")
			if len(args) > 0 {
				wails.args = append(wails.args, "-appargs", strings.Join(args, " "))
			}
			err := p.exec(ctx, out, wails)
			if ctx.Err() != nil {
				return nil //nolint:nilerr // ended by the developer, as is usual
			}
			return err
		}).shown(),
	)
}
