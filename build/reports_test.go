package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func readAllVitest(path string, failure error) (tally, error) { return readVitest(path, "", failure) }

func TestReports(t *testing.T) {
	failure := errors.New("exit status 1")
	cases := map[string]struct {
		read    func(string, error) (tally, error)
		report  string
		failure error
		want    tally
	}{
		"vitest": {
			readAllVitest, `{"numPassedTests":7,"numFailedTests":1,"numPendingTests":2,"numTodoTests":1}`, failure,
			tally{passed: 7, failed: 1, skipped: 3},
		},
		"vitest with a selection by name": {
			func(path string, err error) (tally, error) { return readVitest(path, "Live", err) },
			`{"numPassedTests":7,"numFailedTests":0,"numPendingTests":90,"numTodoTests":0}`, nil,
			tally{passed: 7},
		},
		"playwright, a flaky test failed": {
			readPlaywright, `{"stats":{"expected":5,"unexpected":1,"flaky":1,"skipped":0}}`, nil,
			tally{passed: 5, failed: 2},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "report.json")
			if err := os.WriteFile(path, []byte(c.report), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := c.read(path, c.failure)
			if got != c.want || !errors.Is(err, c.failure) {
				t.Errorf("got %+v, %v, want %+v, %v", got, err, c.want, c.failure)
			}
		})
	}
}

func TestAMissingReportIsAFailure(t *testing.T) {
	if _, err := readAllVitest(filepath.Join(t.TempDir(), "none.json"), nil); err == nil {
		t.Error("no error")
	}
}

func TestARunWithoutTestsIsAFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, read := range []func(string, error) (tally, error){readAllVitest, readPlaywright} {
		if result, err := read(path, nil); err == nil {
			t.Errorf("%+v passed", result)
		}
	}
}
