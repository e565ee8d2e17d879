package commandline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"understudy/internal/fault"
	"understudy/internal/managed"
	"understudy/internal/settings"
)

// Policy runs "understudy policy".
type Policy struct {
	Deployed managed.File // checked where no FILE is given, its owner included
	Out      io.Writer
	Err      io.Writer
}

// Run returns the exit code:
//
//	 0  the policy is good
//	 1  the policy is not good, or could not be read
//	 2  the policy is taken, but has a rule that proves nothing without another
//	64  the arguments are wrong
//
// A mistake in a FILE begins with FILE:LINE:COLUMN, as those of compilers do. Each
// warning has a line of its own.
func (p Policy) Run(args []string) int {
	switch {
	case len(args) == 1 && args[0] == "schema":
		_, _ = fmt.Fprint(p.Out, managed.Schema())
		return 0
	case len(args) == 1 && args[0] == "check":
		return p.checkDeployed()
	case len(args) == 2 && args[0] == "check":
		return p.checkFile(args[1])
	}
	_, _ = fmt.Fprintln(p.Err, "usage: understudy policy check [FILE] | schema")
	return exitUsage
}

// The exit codes of a policy that is not taken, and of one with warnings.
const (
	exitBroken  = 1
	exitWarning = 2
)

func (p Policy) checkDeployed() int {
	policy, err := p.Deployed.Load()
	if err != nil {
		_, _ = fmt.Fprintln(p.Err, fault.From(err).Sentence())
		return exitBroken
	}
	return p.tell(p.Deployed.Path, policy)
}

// tell writes what a policy manages, and what of that proves nothing.
func (p Policy) tell(path string, policy settings.Managed) int {
	_, _ = fmt.Fprintf(p.Out, "%s: %s\n", path, policy)
	warnings := policy.Warnings()
	for _, warning := range warnings {
		_, _ = fmt.Fprintf(p.Err, "%s: warning: %s\n", path, warning)
	}
	if len(warnings) > 0 {
		return exitWarning
	}
	return 0
}

func (p Policy) checkFile(path string) int {
	policy, err := managed.ParseFile(path)
	if mistake, ok := errors.AsType[*managed.ContentError](err); ok {
		_, _ = fmt.Fprintf(p.Err, "%s:%d:%d: %s\n", path, mistake.Line, mistake.Column, mistake.Reason)
		return exitBroken
	}
	if errors.Is(err, fs.ErrNotExist) {
		_, _ = fmt.Fprintf(p.Err, "%s: there is no such file\n", path)
		return exitBroken
	}
	if err != nil {
		_, _ = fmt.Fprintf(p.Err, "%s: %s\n", path, managed.Reason(err))
		return exitBroken
	}
	return p.tell(path, policy)
}
