package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// Names of steps that others need.
const stepBuildBench = "build the benchmarks and an empty page to compare with"

// runBenchmarks builds what build/bench measures and runs it in a desktop
// session of its own.
func runBenchmarks(ctx context.Context, p *project, args []string) error {
	if runtime.GOOS != "linux" {
		return errors.New("the benchmarks run on Linux, where a desktop session can be had without a screen")
	}
	version, err := p.version()
	if err != nil {
		return err
	}
	program := p.path("build/.cache/bench")
	empty := p.path("build/.cache/understudy-empty")
	return p.runOrStop(ctx, p.install(toBuild, toWindow, toTest), p.installFrontend(), p.buildFrontend(), p.buildStandIns(),
		p.buildApp(stepBuildRelease, p.testPrograms().release, version),
		do(stepBuildBench, func(ctx context.Context, out io.Writer) error {
			if err := p.buildEmpty(ctx, out, empty, version); err != nil {
				return err
			}
			return p.exec(ctx, out, command{args: []string{"go", "build", "-o", program, "./build/bench"}})
		}),
		do("measure", func(ctx context.Context, out io.Writer) error { return p.bench(ctx, out, program, empty, args) }).shown(),
	)
}

// bench runs the program that measures.
func (p *project) bench(ctx context.Context, out io.Writer, program, empty string, args []string) error {
	s, err := p.openSession(ctx, 1280, 900)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.unlockKeychain(ctx, p); err != nil {
		return err
	}
	env, err := p.playwrightEnv(ctx)
	if err != nil {
		return err
	}
	figures := p.path("build/.cache/bench.json")
	err = p.exec(ctx, out, command{env: append(s.env, env...), args: append([]string{
		program, "-release", p.testPrograms().release, "-empty", empty, "-framebuffer", s.framebuffer(),
		"-frontend", p.path("frontend"), "-out", figures,
	}, args...)})
	_, _ = fmt.Fprintf(out, "figures: %s\n", figures)
	return err
}

// emptyPage has a colour that build/bench knows it by. It is an attribute, since
// the page's content security policy allows no style within it.
const emptyPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Understudy</title></head><body bgcolor="#30506f"></body></html>
`

// buildEmpty compiles the released program with an empty page in place of its
// own, by an overlay that leaves the files as they are.
func (p *project) buildEmpty(ctx context.Context, out io.Writer, path, version string) error {
	dir, err := os.MkdirTemp("", "understudy-empty-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	page, overlay := filepath.Join(dir, "index.html"), filepath.Join(dir, "overlay.json")
	replacements, err := json.Marshal(map[string]map[string]string{
		"Replace": {p.path("frontend/dist/index.html"): page},
	})
	if err != nil {
		return fmt.Errorf("encode the overlay: %w", err)
	}
	if err := errors.Join(os.WriteFile(page, []byte(emptyPage), 0o600), os.WriteFile(overlay, replacements, 0o600)); err != nil {
		return fmt.Errorf("write the empty page: %w", err)
	}
	_, err = p.buildApp("", path, version, "-overlay", overlay).run(ctx, out)
	return err
}
