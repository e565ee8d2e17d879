package commandline

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// usage is what --help says above the flags.
const usage = `Understudy signs support staff in as one of their users, on record.

  understudy                  open the window
  understudy audit            verify, export and report, for auditors
  understudy doctor           look at keychain, browsers, folders, policy and Clerk
  understudy policy           check a policy, for administrators

Flags of the window:
`

// Window is how the window is to be opened.
type Window struct {
	Sample bool // on the sample workspace
	Debug  bool // writes the journal to the terminal too
}

// Program runs "understudy" with all its arguments.
type Program struct {
	Version string
	// Commands run what their name begins, and return its exit code.
	Commands map[string]func(args []string) int
	// Open opens the window and returns when it is closed.
	Open func(Window) error
	// Alert shows a sentence where there is no terminal.
	Alert func(sentence string) error
	Out   io.Writer
	Err   io.Writer
}

// Run returns the exit code: 0 for a good end, 1 for a failure, 2 for wrong
// arguments, or that of a command.
func (p Program) Run(args []string) int {
	if len(args) > 0 && p.Commands[args[0]] != nil {
		return p.Commands[args[0]](args[1:])
	}
	flags := flag.NewFlagSet("understudy", flag.ContinueOnError)
	flags.SetOutput(p.Err)
	flags.Usage = func() {} // explain does it, on the output that fits
	explain := func(to io.Writer) {
		flags.SetOutput(to)
		_, _ = fmt.Fprint(to, usage)
		flags.PrintDefaults()
	}
	var window Window
	flags.BoolVar(&window.Sample, "sample", false, "open the sample workspace: invented users, nothing leaves this computer")
	flags.BoolVar(&window.Debug, "debug", false, "write the journal to the terminal too")
	version := flags.Bool("version", false, "print the version and exit")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		explain(p.Out)
		return 0
	case err != nil:
		explain(p.Err)
		return 2
	case flags.NArg() > 0:
		what := "is no command of understudy"
		if p.Commands[flags.Arg(0)] != nil {
			what = "has to come first"
		}
		_, _ = fmt.Fprintf(p.Err, "%q %s.\n\n", flags.Arg(0), what)
		explain(p.Err)
		return 2
	case *version:
		_, _ = fmt.Fprintln(p.Out, p.Version)
		return 0
	}
	if err := p.Open(window); err != nil {
		_, _ = fmt.Fprintln(p.Err, err)
		_ = p.Alert(err.Error()) // the terminal has it, if there is one
		return 1
	}
	return 0
}
