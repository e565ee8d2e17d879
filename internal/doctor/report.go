package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"understudy/internal/journal"
)

// maxLines is how many lines of the journal a report has at most: some 200 kB.
const maxLines = 2000

// Part is a part of a report.
type Part struct {
	Result

	// Text is the part as it stands in the file, below its name.
	Text string
}

// Report makes the checks, and returns a part for each and one for the journal. It
// holds what `understudy doctor` prints and the newest lines of the journal: no key,
// ticket, name, address, reason or search text gets into either.
func Report(ctx context.Context, checks []Check, of *journal.Journal) []Part {
	parts := make([]Part, 0, len(checks)+1)
	for _, result := range Run(ctx, checks) {
		parts = append(parts, Part{result, strings.ReplaceAll(result.Detail, "; ", "\n") + "\n"})
	}
	return append(parts, journalPart(of))
}

func journalPart(of *journal.Journal) Part {
	lines, err := of.Lines()
	result := countLines(lines, err)
	if len(lines) > maxLines {
		result.Detail = fmt.Sprintf("the newest %d of %s", maxLines, result.Detail)
		lines = lines[len(lines)-maxLines:]
	}
	return Part{result, journal.Text(lines)}
}

// Format lays a report out as the file that is saved.
func Format(parts []Part, at time.Time) string {
	var text strings.Builder
	fmt.Fprintf(&text, "Understudy diagnostics, %s\n", at.UTC().Format("2006-01-02 15:04:05 UTC"))
	for _, part := range parts {
		fmt.Fprintf(&text, "\n%s: %s\n%s", part.Name, part.State, part.Text)
	}
	return text.String()
}
