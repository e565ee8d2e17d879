// Package commandline reads the program's arguments and does what needs no window:
// it verifies and exports the audit log, for scripts and for auditors, checks a policy
// for administrators, and looks at what the program stands on.
//
//	understudy [--sample] [--debug] | --version | --help
//	understudy audit verify [-dir FOLDER] [-head NUMBER:HASH]
//	understudy audit export [-dir FOLDER] [-format json|csv] [-out FILE]
//	understudy audit report [-dir FOLDER] [-text] ID
//	understudy policy check [FILE]
//	understudy policy schema
//	understudy doctor [-json]
package commandline

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// Exit codes beyond those of [audit.State.ExitCode].
const (
	exitFailed = 4  // the log could not be read, or the export not be written
	exitUsage  = 64 // wrong arguments: EX_USAGE of sysexits(3), clear of the states
)

// Audit runs "understudy audit".
type Audit struct {
	Dir   string      // of the log, unless -dir names another
	Vault audit.Vault // of its head; another folder's head is what -head says
	Now   func() time.Time
	Out   io.Writer
	Err   io.Writer
}

// Run returns the exit code:
//
//	 0  the log is good and has the head that it was compared with, or was exported
//	 1  the log is broken
//	 2  its last line is torn
//	 3  it lacks the head
//	 4  something failed
//	 5  the log holds and was compared with no head
//	 6  there is no log
//	 7  a report that it names was changed or is missing
//	64  the arguments are wrong
//
// export gives 0, 4 or 64. Of an empty log it writes no file, and gives the code that
// verify gives. report gives 0, 1, 4, 6 or 64, of the one report.
func (a Audit) Run(ctx context.Context, args []string) int {
	if len(args) > 0 && args[0] == "report" {
		return a.runReport(args[1:])
	}
	if len(args) == 0 || (args[0] != "verify" && args[0] != "export") {
		_, _ = fmt.Fprintln(a.Err, "usage: understudy audit verify [-dir FOLDER] [-head NUMBER:HASH]")
		_, _ = fmt.Fprintln(a.Err, "       understudy audit export [-dir FOLDER] [-head NUMBER:HASH] [-format json|csv] [-out FILE]")
		_, _ = fmt.Fprintln(a.Err, "       "+reportUsage)
		return exitUsage
	}
	flags := flag.NewFlagSet("understudy audit "+args[0], flag.ContinueOnError)
	flags.SetOutput(a.Err)
	dir := flags.String("dir", a.Dir, "folder of the history")
	head := flags.String("head", "", "head to compare with, as Clerk's records have it in log; without it, the one in the keychain")
	format, out := new(string), new(string)
	if args[0] == "export" {
		format = flags.String("format", "json", "json: the whole chain, which can be verified; csv: a table")
		out = flags.String("out", "", "file to write, which must not exist yet; without it, standard output")
	}
	if err := flags.Parse(args[1:]); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return exitUsage // the flags said why
	}
	if flags.NArg() > 0 || (*format != "" && *format != "json" && *format != "csv") {
		flags.Usage()
		return exitUsage
	}
	given, err := audit.ParseHead(*head)
	if err != nil && *head != "" {
		_, _ = fmt.Fprintln(a.Err, "-head is NUMBER:HASH, with a hash of 64 digits and letters a to f.")
		return exitUsage
	}
	compareWith := &given
	if *head == "" {
		compareWith = a.remembered(ctx, *dir)
	}
	code, err := a.run(ctx, args[0], *dir, compareWith, *format, *out)
	if err != nil {
		_, _ = fmt.Fprintln(a.Err, sentence(err))
		return exitFailed
	}
	return code
}

// remembered is the head that the keychain has of the log in a folder, nil if it
// has none. It says why where it could not be had.
func (a Audit) remembered(ctx context.Context, dir string) *audit.Head {
	if a.Vault == nil || !sameFolder(dir, a.Dir) {
		return nil
	}
	head, err := audit.LoadHead(ctx, a.Vault)
	if err != nil {
		_, _ = fmt.Fprintln(a.Err, "The head in the keychain is not compared:", sentence(err))
		return nil
	}
	return head
}

func sameFolder(one, other string) bool {
	if filepath.Clean(one) == filepath.Clean(other) {
		return true
	}
	oneInfo, err := os.Stat(one)
	if err != nil {
		return false
	}
	otherInfo, err := os.Stat(other)
	return err == nil && os.SameFile(oneInfo, otherInfo)
}

func (a Audit) run(ctx context.Context, action, dir string, head *audit.Head, format, out string) (int, error) {
	history, err := audit.Snapshot(dir)
	switch {
	case err != nil:
		return 0, err
	case action == "verify":
		return a.verify(ctx, a.Out, dir, history, head)
	case history.Empty():
		return a.verify(ctx, a.Err, dir, history, head)
	case out == "":
		return 0, history.Export(ctx, a.Out, audit.Format(format), head, a.Now())
	}
	return 0, a.exportTo(ctx, out, history, head, audit.Format(format))
}

func (a Audit) verify(ctx context.Context, out io.Writer, dir string, history audit.History, head *audit.Head) (int, error) {
	found, err := history.Verify(ctx, head)
	if err != nil {
		return 0, err
	}
	for _, line := range verdict(dir, found, head, a.Now()) {
		_, _ = fmt.Fprintln(out, line)
	}
	return found.State.ExitCode(), nil
}

// verdict is what verify prints, in lines: the outcome, and what an auditor should
// know although the chain holds.
func verdict(dir string, found audit.Verification, head *audit.Head, now time.Time) []string {
	lines := []string{outcome(dir, found)}
	if (found.State == audit.Torn || found.State == audit.ReportsDiffer) && head == nil {
		lines = append(lines, "not compared: There was no head to compare with.")
	}
	for _, finding := range found.Reports {
		lines = append(lines, fmt.Sprintf("report %s: %s", finding.Problem, finding))
	}
	for _, accepted := range found.Accepted {
		line := fmt.Sprintf("accepted: With record %d, at %s, the history was taken as it was", accepted.Seq, accepted.Time.UTC().Format(time.RFC3339))
		if remembered, err := audit.ParseHead(accepted.Remembered); err == nil {
			line += fmt.Sprintf(", although the keychain remembered another record %d", remembered.Seq)
		}
		lines = append(lines, line+".")
	}
	if said := found.Clock(now); said != "" {
		lines = append(lines, "clock: "+said)
	}
	return lines
}

func outcome(dir string, found audit.Verification) string {
	switch found.State {
	case audit.Good:
		return fmt.Sprintf("good: %d records, unbroken, and the head that was remembered is among them", found.Records)
	case audit.NotCompared:
		return fmt.Sprintf("not compared: %d records, unbroken. %s", found.Records, found.Reason)
	case audit.None:
		return fmt.Sprintf("no history: %s: %s", dir, found.Reason)
	case audit.ReportsDiffer:
		return fmt.Sprintf("reports differ: %d records, unbroken. %s", found.Records, found.Reason)
	case audit.Broken, audit.HeadMismatch, audit.Torn:
	}
	place := ""
	if found.File != "" {
		place = fmt.Sprintf(" (%s line %d)", found.File, found.Line)
	}
	return fmt.Sprintf("%s after %d records%s: %s", found.State, found.Records, place, found.Reason)
}

// exportTo writes a new file. It never replaces a file, since a script has nobody
// to ask. A path that is taken gives [fs.ErrExist].
func (a Audit) exportTo(ctx context.Context, path string, history audit.History, head *audit.Head, format audit.Format) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return history.ExportFile(ctx, path, format, head, a.Now())
}

// sentence is what the operator reads: the catalogue's words where there are
// some.
func sentence(err error) string {
	if f := fault.From(err); f.Code != fault.Internal {
		return f.Sentence()
	}
	return err.Error()
}
