package bridge

import (
	"errors"
	"io"
	"time"

	"understudy/internal/doctor"
	"understudy/internal/durable"
	"understudy/internal/fault"
)

// DiagnosticsCalls show what can be told about a problem, and save it.
type DiagnosticsCalls struct{ *Scope }

// Diagnose makes the checks of `understudy doctor`, and returns with them all that
// SaveDiagnostics would write.
func (c *DiagnosticsCalls) Diagnose(requestID string) (d Diagnostics, err error) {
	ctx, exit := c.enter(requestID)
	defer exit(&err)
	parts := doctor.Report(ctx, c.Checks, c.Journal)
	if err := ctx.Err(); err != nil {
		return d, fault.From(err)
	}
	text := doctor.Format(parts, c.Now())
	c.report.Store(&text)
	return Diagnostics{Parts: list(parts, partOf), Bytes: len(text)}, nil
}

// SaveDiagnostics writes the report that Diagnose returned last into a file that the
// operator chooses. It returns the file's path, "" when they close the dialog.
func (c *DiagnosticsCalls) SaveDiagnostics() (path string, err error) {
	ctx, exit := c.enter("")
	defer exit(&err)
	text := c.report.Load()
	if text == nil {
		return "", fault.New(fault.Internal, errNoReport)
	}
	path, err = c.Dialogs.SaveFile(ctx, "Save diagnostics", "understudy-diagnostics-"+c.Now().Format(time.DateOnly)+".txt")
	if err != nil || path == "" {
		return "", err
	}
	write := func(to io.Writer) error { _, err := io.WriteString(to, *text); return err } //nolint:wrapcheck // ReplaceBy says what it is of
	if err := durable.ReplaceBy(path, write); err != nil {
		return "", fault.New(fault.SaveFailed, err)
	}
	return path, nil
}

// Diagnostics is a report for those who look after Understudy.
type Diagnostics struct {
	Parts []DiagnosticsPart `json:"parts"`
	// Bytes is the size of the file.
	Bytes int `json:"bytes"`
}

// DiagnosticsPart is a part of a report.
type DiagnosticsPart struct {
	Name   string `json:"name"`
	State  string `json:"state"`  // "good", "warning", "failed"
	Detail string `json:"detail"` // in a few words
	Text   string `json:"text"`   // as in the file
}

func partOf(p doctor.Part) DiagnosticsPart {
	return DiagnosticsPart{Name: p.Name, State: string(p.State), Detail: p.Detail, Text: p.Text}
}

var errNoReport = errors.New("no report was made")
