package main

import (
	"fmt"
	"strings"
)

// maySkip says why a test may be skipped, by its name or that of the test around
// it. Any other test that is skipped fails the run: it would show nothing.
func maySkip() map[string]string {
	return map[string]string{
		"understudy/internal/emulator/contract: TestTheTablesSayWhatClerkPublishes": "Clerk's files are not ours to carry; the tables made from them are checked where there is a copy",
		"understudy/internal/operator: TestAnotherUserOfThisComputerProvesNothing":  "only root can be another user as well",
		"understudy/internal/browser: TestAnotherUserGetsNoTicket":                  "only root can be another user as well",
		"understudy/internal/managed: TestAFileThatIsNotAnAdministratorsIsRefused":  "Windows has other permissions and links",
	}
}

// judged counts skipped tests without a reason as failed. The lines name each
// skipped test, and each that passed at the second try.
func (t tally) judged(reasons map[string]string) (result tally, lines []string) {
	result = t
	for _, name := range t.retried {
		lines = append(lines, "passed at the second try: "+name)
	}
	result.skipped = nil
	for _, name := range t.skipped {
		why := whySkipped(name, reasons)
		if why == "" {
			result.failed++
			lines = append(lines, "FAIL  skipped without a reason in build/skips.go: "+name)
			continue
		}
		result.skipped = append(result.skipped, name)
		lines = append(lines, fmt.Sprintf("skipped: %s (%s)", name, why))
	}
	return result, lines
}

func whySkipped(name string, reasons map[string]string) string {
	for test, why := range reasons {
		if name == test || strings.HasPrefix(name, test+"/") {
			return why
		}
	}
	return ""
}
