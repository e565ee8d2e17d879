package commandline

import (
	"errors"
	"flag"
	"fmt"

	"understudy/internal/audit"
	"understudy/internal/fault"
	"understudy/internal/report"
)

const reportUsage = "understudy audit report [-dir FOLDER] [-text] ID"

// runReport prints the report of one impersonation. Its exit codes are those of
// [Audit.Run]: 0 for a report that is the one on record, 1 for one that is not, 6 where
// there is none.
func (a Audit) runReport(args []string) int {
	flags := flag.NewFlagSet("understudy audit report", flag.ContinueOnError)
	flags.SetOutput(a.Err)
	flags.Usage = func() {
		_, _ = fmt.Fprintln(a.Err, "usage:", reportUsage)
		flags.PrintDefaults()
	}
	dir := flags.String("dir", a.Dir, "folder of the history")
	asText := flags.Bool("text", false, "print a summary for a ticket in place of JSON")
	id := ""
	for len(args) > 0 { // flags may come behind the id
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return 0
		} else if err != nil {
			return exitUsage // the flags said why
		}
		if args = flags.Args(); len(args) > 0 {
			if id != "" {
				flags.Usage()
				return exitUsage
			}
			id, args = args[0], args[1:]
		}
	}
	if id == "" {
		flags.Usage()
		return exitUsage
	}
	text, err := a.reportOf(*dir, id, *asText)
	if err == nil {
		_, err = fmt.Fprintln(a.Out, text)
	}
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintln(a.Err, sentence(err))
	switch fault.CodeOf(err) {
	case fault.ReportDamaged:
		return audit.Broken.ExitCode()
	case fault.ReportNone, fault.ImpersonationUnknown:
		return audit.None.ExitCode()
	default:
		return exitFailed
	}
}

// reportOf is the report of an impersonation as it was saved, or its summary.
func (a Audit) reportOf(dir, id string, asText bool) (string, error) {
	history, err := audit.Snapshot(dir)
	if err != nil {
		return "", err
	}
	content, err := history.Report(id)
	if err != nil || !asText {
		return string(content), err
	}
	seen, err := report.Decode(content)
	if err != nil {
		return "", err
	}
	found, err := history.Of(id)
	if err != nil {
		return "", err
	}
	request := found.Request()
	return seen.Summary(report.About{
		Operator: request.Operator.ID, User: request.User, Ticket: request.Reference,
		Began: request.Time, Ended: seen.Ended, Zone: a.Now().Location(),
	}), nil
}
