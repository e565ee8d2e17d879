// Command bench measures what Understudy promises, each figure beside a
// baseline of the same run, against the stand-in for Clerk with a million users
// that answers after 50 ms. It prints a table and writes a JSON file. A figure
// that misses its mark is told, and does not fail: only one that could not be
// measured does.
//
// It runs on Linux inside a desktop session of its own:
//
//	go run ./build bench [-only PATTERN]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit code: 1 if something could not be measured, 2 for wrong
// arguments.
func run(args []string, out, errs io.Writer) int {
	b := &bench{now: time.Now, out: out}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.StringVar(&b.release, "release", "", "the released `program`")
	flags.StringVar(&b.empty, "empty", "", "the same `program` with an empty page")
	flags.StringVar(&b.framebuffer, "framebuffer", "", "`file` in which the X server keeps its screen")
	flags.StringVar(&b.frontend, "frontend", "", "`folder` of the front end")
	output := flags.String("out", "", "`file` for the figures as JSON")
	only := flags.String("only", "", "measure only what matches the `pattern`")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	pattern, err := regexp.Compile(*only)
	if err != nil {
		_, _ = fmt.Fprintln(errs, "bench:", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	figures, err := b.measure(ctx, pattern)
	err = errors.Join(err, writeTable(out, figures), writeJSON(*output, figures))
	if err != nil {
		_, _ = fmt.Fprintln(errs, "bench:", err)
		return 1
	}
	return 0
}
