package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

const vitestReport = `{"testResults":[{"name":"/src/Live.test.tsx","assertionResults":[
	{"fullName":"a board ends","status":"passed"},{"fullName":"a board fails","status":"failed"},
	{"fullName":"a board is empty","status":"skipped"},{"fullName":"a board is sorted","status":"todo"}]}]}`

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
			readAllVitest, vitestReport, failure,
			tally{passed: 1, failed: 1, skipped: []string{"Live.test.tsx: a board is empty", "Live.test.tsx: a board is sorted"}},
		},
		"vitest with a selection by name": {
			func(path string, err error) (tally, error) { return readVitest(path, "Live", err) }, vitestReport, failure,
			tally{passed: 1, failed: 1},
		},
		"playwright": {
			readPlaywright, `{"suites":[{"title":"small.spec.ts","specs":[
				{"title":"fits","tests":[{"status":"expected"}]},{"title":"is slow","tests":[{"status":"flaky"}]}],
				"suites":[{"title":"at 200 %","specs":[
				{"title":"fits","tests":[{"status":"unexpected"}]},{"title":"waits","tests":[{"status":"skipped"}]}]}]}]}`, failure,
			tally{passed: 2, failed: 1, skipped: []string{"small.spec.ts: at 200 %: waits"}, retried: []string{"small.spec.ts: is slow"}},
		},
		"playwright, too many at the second try": {
			readPlaywright, `{"suites":[{"title":"a","specs":[{"title":"ok","tests":[{"status":"expected"}]},
				{"title":"x","tests":[{"status":"flaky"}]},{"title":"y","tests":[{"status":"flaky"}]},{"title":"z","tests":[{"status":"flaky"}]}]}]}`, nil,
			tally{passed: 1, failed: 3, retried: []string{"a: x", "a: y", "a: z"}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "report.json")
			if err := os.WriteFile(path, []byte(c.report), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := c.read(path, c.failure)
			if !reflect.DeepEqual(got, c.want) || !errors.Is(err, c.failure) {
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
