package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// goTest runs `go test -json` with those arguments and counts the tests. Of a
// package that fails, everything it printed goes to out.
func (p *project) goTest(ctx context.Context, out io.Writer, env []string, args ...string) (tally, error) {
	var stream bytes.Buffer
	err := p.exec(ctx, &stream, command{env: env, args: append([]string{"go", "test", "-json"}, args...)})
	result, failures := readTestEvents(stream.Bytes())
	if result.failed > 0 || err != nil {
		_, _ = io.WriteString(out, failures)
	}
	return result, errors.Join(err, result.ran())
}

// testEvent is one line of `go test -json` (see `go doc cmd/test2json`).
type testEvent struct {
	Action  string `json:"Action"`
	Package string `json:"Package"`
	Test    string `json:"Test"`
	Output  string `json:"Output"`
}

// readTestEvents counts the tests in a stream of events and returns the output
// of the packages that failed. A test with subtests is counted by its
// subtests; a package that fails outside of its tests counts as one failure.
func readTestEvents(stream []byte) (tally, string) {
	type id struct{ pkg, test string }
	outcome := map[id]string{}
	parents := map[id]bool{}
	output := map[string]*strings.Builder{}
	failed := []string{}
	var failures strings.Builder

	write := func(pkg, text string) {
		if output[pkg] == nil {
			output[pkg] = &strings.Builder{}
		}
		output[pkg].WriteString(text)
	}
	for line := range bytes.Lines(stream) {
		var e testEvent
		if json.Unmarshal(line, &e) != nil {
			failures.Write(line) // a complaint of the go command itself
			continue
		}
		switch e.Action {
		case "output":
			write(e.Package, e.Output)
		case "build-output":
			failures.WriteString(e.Output)
		case "pass", "fail", "skip":
			if e.Test == "" {
				if e.Action == "fail" {
					failed = append(failed, e.Package)
				}
				continue
			}
			outcome[id{e.Package, e.Test}] = e.Action
			if i := strings.LastIndexByte(e.Test, '/'); i >= 0 {
				parents[id{e.Package, e.Test[:i]}] = true
			}
		}
	}

	var result tally
	failedTests := map[string]int{}
	for test, action := range outcome {
		if parents[test] {
			continue
		}
		switch action {
		case "pass":
			result.passed++
		case "skip":
			result.skipped = append(result.skipped, test.pkg+": "+test.test)
		default:
			result.failed++
			failedTests[test.pkg]++
		}
	}
	slices.Sort(result.skipped)
	for _, pkg := range failed {
		if failedTests[pkg] == 0 {
			result.failed++
		}
		if output[pkg] != nil {
			failures.WriteString(output[pkg].String())
		}
	}
	return result, failures.String()
}

// fuzzAll runs every fuzz target for that long each, a Go duration.
func (p *project) fuzzAll(ctx context.Context, out io.Writer, each string) (tally, error) {
	list, err := p.output(ctx, command{args: []string{"go", "test", "-json", "-run", "^$", "-list", "^Fuzz", "./..."}})
	if err != nil {
		return tally{}, err
	}
	var total tally
	for line := range strings.Lines(list) {
		var e testEvent
		if json.Unmarshal([]byte(line), &e) != nil || !strings.HasPrefix(e.Output, "Fuzz") {
			continue
		}
		target := strings.TrimSpace(e.Output)
		var said strings.Builder
		err := p.exec(ctx, &said, command{args: []string{
			"go", "test", "-run", "^$", "-fuzz", "^" + target + "$", "-fuzztime", each, e.Package,
		}})
		if err != nil && !isEndOfFuzzing(said.String()) {
			total.failed++
			_, _ = fmt.Fprintf(out, "%s in %s\n%s\n", target, e.Package, said.String())
			continue
		}
		total.passed++
	}
	return total, nil
}

// isEndOfFuzzing tells whether a failed target found nothing: before Go 1.27 the
// end of -fuzztime itself is sometimes taken for a failure
// (https://go.dev/issue/75804). A real finding is always written to a file.
func isEndOfFuzzing(said string) bool {
	return strings.Contains(said, "\n    context deadline exceeded\n") && !strings.Contains(said, "Failing input written to")
}
