// Package commandline is what the program does without a window: it verifies
// and exports the audit log, for scripts and for auditors, and checks a policy
// for administrators.
//
//	understudy audit verify [-dir FOLDER]
//	understudy audit export [-dir FOLDER] [-format json|csv] [-out FILE]
//	understudy policy check [FILE]
//	understudy policy schema
package commandline

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// Exit codes beyond those of [audit.State.ExitCode], which are 0 to 3.
const (
	exitFailed = 4  // the log could not be read, or the export not be written
	exitUsage  = 64 // wrong arguments: EX_USAGE of sysexits(3), clear of the states
)

// Audit runs "understudy audit".
type Audit struct {
	Dir   string      // of the log, unless -dir names another
	Vault audit.Vault // of its head; the head is not compared for another folder
	Now   func() time.Time
	Out   io.Writer
	Err   io.Writer
}

// Run returns the exit code: 0 the log is good, 1 it is broken, 2 its last line
// is torn, 3 its head is not the one in the keychain, 4 something failed, 64
// the arguments are wrong.
func (a Audit) Run(ctx context.Context, args []string) int {
	if len(args) == 0 || (args[0] != "verify" && args[0] != "export") {
		_, _ = fmt.Fprintln(a.Err, "usage: understudy audit verify|export [-dir FOLDER] [-format json|csv] [-out FILE]")
		return exitUsage
	}
	flags := flag.NewFlagSet("understudy audit "+args[0], flag.ContinueOnError)
	flags.SetOutput(a.Err)
	dir := flags.String("dir", a.Dir, "folder of the log")
	format, out := new(string), new(string)
	if args[0] == "export" {
		format = flags.String("format", "json", "json: the whole chain, which can be verified; csv: a table")
		out = flags.String("out", "", "file to write, which must not exist yet; without it, standard output")
	}
	if err := flags.Parse(args[1:]); err != nil || flags.NArg() > 0 || (*format != "" && *format != "json" && *format != "csv") {
		flags.Usage()
		return exitUsage
	}
	code, err := a.run(ctx, args[0], *dir, *format, *out)
	if err != nil {
		_, _ = fmt.Fprintln(a.Err, sentence(err))
		return exitFailed
	}
	return code
}

func (a Audit) run(ctx context.Context, action, dir, format, out string) (int, error) {
	history, err := audit.Snapshot(dir)
	if err != nil {
		return 0, err
	}
	var head *audit.Head
	if a.Vault != nil && dir == a.Dir {
		if head, err = audit.LoadHead(ctx, a.Vault); err != nil {
			_, _ = fmt.Fprintln(a.Err, "The head in the keychain is not compared:", sentence(err))
			head = nil
		}
	}
	if action == "verify" {
		return a.verify(ctx, history, head)
	}
	if out == "" {
		return 0, history.Export(ctx, a.Out, audit.Format(format), head, a.Now())
	}
	return 0, a.exportTo(ctx, out, history, head, audit.Format(format))
}

func (a Audit) verify(ctx context.Context, history audit.History, head *audit.Head) (int, error) {
	found, err := history.Verify(ctx, head)
	if err != nil {
		return 0, err
	}
	if found.State == audit.Good {
		_, _ = fmt.Fprintf(a.Out, "good: %d records, unbroken%s\n", found.Records, anchored(found))
		return found.State.ExitCode(), nil
	}
	place := ""
	if found.File != "" {
		place = fmt.Sprintf(" (%s line %d)", found.File, found.Line)
	}
	_, _ = fmt.Fprintf(a.Out, "%s after %d records%s: %s\n", found.State, found.Records, place, found.Reason)
	return found.State.ExitCode(), nil
}

func anchored(v audit.Verification) string {
	if v.Anchored {
		return ", and the head in the keychain is among them"
	}
	return "; there is no head to compare with, so a cut at the end would not show"
}

// exportTo writes a new file. One that is there is left alone: a script has
// nobody to ask.
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
