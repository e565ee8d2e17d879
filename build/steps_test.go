package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
)

// testProject prints into the returned builder and has a clock that stands still.
func testProject(t *testing.T) (*project, *strings.Builder) {
	t.Helper()
	var out strings.Builder
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return &project{root: t.TempDir(), out: &out, now: func() time.Time { return now }}, &out
}

func TestStepsGoOnAfterAFailure(t *testing.T) {
	p, out := testProject(t)
	total := p.runAll(t.Context(), []step{
		do("first", func(_ context.Context, w io.Writer) error {
			_, err := fmt.Fprintln(w, "quiet when it passes")
			return err
		}),
		do("second", func(_ context.Context, w io.Writer) error {
			_, _ = fmt.Fprintln(w, "the reason")
			return errors.New("boom")
		}),
		do("needs the second", func(context.Context, io.Writer) error {
			t.Error("ran although what it needs failed")
			return nil
		}, "second"),
		{name: "tests", run: func(context.Context, io.Writer) (tally, error) {
			return tally{passed: 40, failed: 1, skipped: []string{"p: TestX"}}, nil
		}},
	})
	want := tally{passed: 41, failed: 3, skipped: []string{"p: TestX"}}
	if !reflect.DeepEqual(total, want) {
		t.Errorf("total %+v, want %+v", total, want)
	}
	if got := total.String(); got != "41 passed, 3 failed, 1 skipped" {
		t.Errorf("closing line %q", got)
	}
	for _, want := range []string{"the reason", "boom", `because "second" failed`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(out.String(), "quiet") {
		t.Errorf("output of a passing step was printed:\n%s", out)
	}
}

func TestStepsStopAtTheFirstFailure(t *testing.T) {
	p, _ := testProject(t)
	ran := 0
	count := func(err error) func(context.Context, io.Writer) error {
		return func(context.Context, io.Writer) error { ran++; return err }
	}
	err := p.runOrStop(t.Context(), do("a", count(nil)), do("b", count(errors.New("boom"))), do("c", count(nil)))
	if !errors.Is(err, errSteps) || ran != 2 {
		t.Errorf("err = %v after %d steps, want errSteps after 2", err, ran)
	}
}
