package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// readVitest counts the tests in a report of vitest's JSON reporter (the shape
// is Jest's). Tests that the name of a selection left out are not counted as
// skipped. failure is what the run itself ended with.
func readVitest(path, name string, failure error) (tally, error) {
	var report struct {
		Files []struct {
			Name  string `json:"name"`
			Tests []struct {
				Name   string `json:"fullName"`
				Status string `json:"status"`
			} `json:"assertionResults"`
		} `json:"testResults"`
	}
	if err := readJSON(path, &report); err != nil {
		return tally{}, errors.Join(failure, err)
	}
	var result tally
	for _, file := range report.Files {
		for _, test := range file.Tests {
			switch {
			case test.Status == "passed":
				result.passed++
			case test.Status == "failed":
				result.failed++
			case name == "": // skipped, or still to be written
				result.skipped = append(result.skipped, filepath.Base(file.Name)+": "+test.Name)
			}
		}
	}
	return result, errors.Join(failure, result.ran())
}

// suite is a file of Playwright's tests, or a group of them in it.
type suite struct {
	Title  string  `json:"title"`
	Suites []suite `json:"suites"`
	Specs  []struct {
		Title string `json:"title"`
		Tests []struct {
			Status string `json:"status"`
		} `json:"tests"`
	} `json:"specs"`
}

// mostRetried is how many tests of a run may pass at the second try. One slow
// moment of a loaded machine fails a test or two; more say that something is wrong.
const mostRetried = 2

// readPlaywright counts the tests in a report of Playwright's JSON reporter. Tests
// that passed at the second try count as passed if they are few enough.
func readPlaywright(path string, failure error) (tally, error) {
	var report suite
	if err := readJSON(path, &report); err != nil {
		return tally{}, errors.Join(failure, err)
	}
	result := report.count("")
	if flaky := len(result.retried); flaky > mostRetried {
		result.passed -= flaky
		result.failed += flaky
	}
	return result, errors.Join(failure, result.ran())
}

// count counts the tests of a suite, whose names follow that of the suites around it.
func (s suite) count(around string) tally {
	var result tally
	for _, inner := range s.Suites {
		result = result.plus(inner.count(around + inner.Title + ": "))
	}
	for _, spec := range s.Specs {
		for _, test := range spec.Tests {
			switch test.Status {
			case "expected":
				result.passed++
			case "flaky":
				result.passed++
				result.retried = append(result.retried, around+spec.Title)
			case "skipped":
				result.skipped = append(result.skipped, around+spec.Title)
			default:
				result.failed++
			}
		}
	}
	return result
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
