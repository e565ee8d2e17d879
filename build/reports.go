package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// readVitest counts the tests in a report of vitest's JSON reporter (the shape
// is Jest's). Tests that the name of a selection left out are not counted as
// skipped. failure is what the run itself ended with.
func readVitest(path, name string, failure error) (tally, error) {
	var report struct {
		Passed  int `json:"numPassedTests"`
		Failed  int `json:"numFailedTests"`
		Pending int `json:"numPendingTests"`
		Todo    int `json:"numTodoTests"`
	}
	if err := readJSON(path, &report); err != nil {
		return tally{}, errors.Join(failure, err)
	}
	result := tally{passed: report.Passed, failed: report.Failed}
	if name == "" {
		result.skipped = report.Pending + report.Todo
	}
	return result, errors.Join(failure, result.ran())
}

// readPlaywright counts the tests in a report of Playwright's JSON reporter. A
// flaky test is one that failed.
func readPlaywright(path string, failure error) (tally, error) {
	var report struct {
		Stats struct {
			Expected   int `json:"expected"`
			Unexpected int `json:"unexpected"`
			Flaky      int `json:"flaky"`
			Skipped    int `json:"skipped"`
		} `json:"stats"`
	}
	if err := readJSON(path, &report); err != nil {
		return tally{}, errors.Join(failure, err)
	}
	s := report.Stats
	result := tally{passed: s.Expected, failed: s.Unexpected + s.Flaky, skipped: s.Skipped}
	return result, errors.Join(failure, result.ran())
}

// readJSON decodes a file.
func readJSON(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}
