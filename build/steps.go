package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// errSteps says that a step failed; what failed has been printed.
var errSteps = errors.New("a step failed")

// tally counts tests.
type tally struct {
	passed, failed int
	skipped        []string // names, such as "understudy/internal/audit: TestLog"
	retried        []string // names of those that passed at the second try
}

func (t tally) plus(o tally) tally {
	return tally{
		t.passed + o.passed, t.failed + o.failed,
		slices.Concat(t.skipped, o.skipped), slices.Concat(t.retried, o.retried),
	}
}

// tests is how many there were, the skipped ones included.
func (t tally) tests() int { return t.passed + t.failed + len(t.skipped) }

// ran reports a run of tests that ran none: it would look as if all had passed.
func (t tally) ran() error {
	if t.tests() == 0 {
		return errors.New("no test ran")
	}
	return nil
}

// String is the closing line of a test run.
func (t tally) String() string {
	line := fmt.Sprintf("%d passed, %d failed", t.passed, t.failed)
	if len(t.skipped) > 0 {
		line += fmt.Sprintf(", %d skipped", len(t.skipped))
	}
	return line
}

// step is one thing that a task does.
type step struct {
	name string
	// needs names earlier steps without whose success this one makes no sense.
	needs []string
	// run writes what it has to say to out. The tally is zero for a step that
	// runs no tests: it then counts as one.
	run func(ctx context.Context, out io.Writer) (tally, error)
	// live shows the output while the step runs, not only when it fails.
	live bool
}

// do is a step that runs no tests.
func do(name string, run func(ctx context.Context, out io.Writer) error, needs ...string) step {
	return step{name: name, needs: needs, run: func(ctx context.Context, out io.Writer) (tally, error) {
		return tally{}, run(ctx, out)
	}}
}

// shown is the step with its output shown as it runs.
func (s step) shown() step { s.live = true; return s }

// runAll runs the steps in order, printing each with its time. It goes on
// after a failure: only steps that need the failed one are left out, and
// count as failed.
func (p *project) runAll(ctx context.Context, steps []step) tally {
	var total tally
	failed := map[string]bool{}
	for _, s := range steps {
		result, ok := p.runStep(ctx, s, failed)
		failed[s.name] = !ok
		total = total.plus(result)
	}
	return total
}

// runOrStop runs the steps in order and stops at the first failure.
func (p *project) runOrStop(ctx context.Context, steps ...step) error {
	for _, s := range steps {
		if _, ok := p.runStep(ctx, s, nil); !ok {
			return errSteps
		}
	}
	return nil
}

func (p *project) runStep(ctx context.Context, s step, failed map[string]bool) (tally, bool) {
	p.printf("• %s\n", s.name)
	for _, need := range s.needs {
		if failed[need] {
			p.printf("  FAIL  %s: not run, because %q failed\n", s.name, need)
			return tally{failed: 1}, false
		}
	}

	var kept bytes.Buffer
	out := io.Writer(&kept)
	if s.live {
		out = p.out
	}
	start := p.now()
	result, err := s.run(ctx, out)
	took := p.now().Sub(start).Round(100 * time.Millisecond)

	switch {
	case err != nil && result.failed == 0:
		result.failed = 1
	case result.tests() == 0:
		result.passed = 1
	}
	if result.failed == 0 {
		p.printf("  ok    %-44s %7s  %s\n", s.name, took, result)
		return result, true
	}
	if text := strings.TrimRight(kept.String(), "\n"); text != "" {
		p.printf("%s\n", text)
	}
	if err != nil {
		p.printf("  %v\n", err)
	}
	p.printf("  FAIL  %-44s %7s  %s\n", s.name, took, result)
	return result, false
}

func (p *project) printf(format string, args ...any) { _, _ = fmt.Fprintf(p.out, format, args...) }
