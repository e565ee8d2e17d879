// Command build is the task runner of this repository: it installs what the
// machine lacks, builds, runs and checks Understudy. Start it with
//
//	go run ./build <command>
//
// It uses the standard library only, so that a fresh machine with Go and Node
// can run it, and works the same from any folder of the repository.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// task is one command of the runner.
type task struct {
	name    string
	summary string
	run     func(ctx context.Context, p *project, args []string) error
}

func tasks() []task {
	return []task{
		{"run", "open the app on the sample workspace", runSample},
		{"test", "run every check (-long adds what takes long, -only PATTERN picks steps or tests)", runTests},
		{"check", "run the quick checks: format, lint, types, vet", runChecks},
		{"dev", "open the app with live reload of the front end", runDev},
		{"build", "build the app into build/bin", runBuild},
		{"package", "build the app with its icon and version, as it is handed out", runPackage},
		{"bench", "measure what is promised, beside its baseline (-only PATTERN picks)", runBenchmarks},
		{"generate", "write frontend/wailsjs anew from the Go types", runGenerate},
		{"screenshots", "take a picture of every screen, light and dark", runScreenshots},
		{"install", "only install what run and test need", runInstall},
	}
}

func main() { os.Exit(execute(os.Args[1:])) }

func execute(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	if len(args) == 0 {
		usage()
		return 2
	}
	for _, t := range tasks() {
		if t.name != args[0] {
			continue
		}
		p, err := openProject(os.Stdout, time.Now)
		if err == nil {
			err = t.run(ctx, p, args[1:])
		}
		switch {
		case errors.Is(err, flag.ErrHelp):
			return 2
		case errors.Is(err, errSteps): // already told, step by step
			return 1
		case err != nil:
			fmt.Fprintln(os.Stderr, "build:", err)
			return 1
		}
		return 0
	}
	fmt.Fprintf(os.Stderr, "build: there is no command %q\n\n", args[0])
	usage()
	return 2
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./build <command>")
	for _, t := range tasks() {
		fmt.Fprintf(os.Stderr, "  %-12s %s\n", t.name, t.summary)
	}
}
