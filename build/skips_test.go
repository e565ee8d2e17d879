package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestASkippedTestIsNamedAndNeedsAReason(t *testing.T) {
	run := tally{
		passed:  9,
		skipped: []string{"p: TestOfRoot", "p: TestOfRoot/sub", "p: TestOfRootAlone", "Live.test.tsx: ends"},
		retried: []string{"small.spec.ts: fits"},
	}
	got, lines := run.judged(map[string]string{"p: TestOfRoot": "only root can"})
	want := tally{passed: 9, failed: 2, skipped: []string{"p: TestOfRoot", "p: TestOfRoot/sub"}, retried: run.retried}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	wantLines := []string{
		"passed at the second try: small.spec.ts: fits",
		"skipped: p: TestOfRoot (only root can)",
		"skipped: p: TestOfRoot/sub (only root can)",
		"FAIL  skipped without a reason in build/skips.go: p: TestOfRootAlone",
		"FAIL  skipped without a reason in build/skips.go: Live.test.tsx: ends",
	}
	if !reflect.DeepEqual(lines, wantLines) {
		t.Errorf("said\n%s", strings.Join(lines, "\n"))
	}
}

func TestAStepWithASkipWithoutAReasonFailsTheRun(t *testing.T) {
	p, out := testProject(t)
	skipping := step{name: "tests", run: func(context.Context, io.Writer) (tally, error) {
		return tally{passed: 3, skipped: []string{"p: TestX"}}, nil
	}}
	if err := p.summarise(t.Context(), []step{skipping}); !errors.Is(err, errSteps) || !strings.HasSuffix(out.String(), "3 passed, 1 failed\n") {
		t.Errorf("err = %v after\n%s", err, out)
	}
}

func TestEachReasonToSkipIsOfATestThatExists(t *testing.T) {
	for name := range maySkip() {
		pkg, test, _ := strings.Cut(name, ": ")
		files, err := filepath.Glob(filepath.Join("..", strings.TrimPrefix(pkg, "understudy/"), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found = found || strings.Contains(string(source), "\nfunc "+test+"(t *testing.T)")
		}
		if !found {
			t.Errorf("there is no test %s", name)
		}
	}
}
