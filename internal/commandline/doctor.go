package commandline

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"text/tabwriter"

	"understudy/internal/doctor"
)

// Doctor runs "understudy doctor".
type Doctor struct {
	Checks []doctor.Check
	Out    io.Writer
	Err    io.Writer
}

// Run prints a line for each check, or a JSON list of [doctor.Result] with -json. It
// returns the exit code: 0, 1 if a check failed, 64 if the arguments are wrong.
func (d Doctor) Run(ctx context.Context, args []string) int {
	flags := flag.NewFlagSet("understudy doctor", flag.ContinueOnError)
	flags.SetOutput(d.Err)
	asJSON := flags.Bool("json", false, "print the results as JSON, for a machine")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return exitUsage // the flags said why
	case flags.NArg() > 0:
		flags.Usage()
		return exitUsage
	}
	results := doctor.Run(ctx, d.Checks)
	code := 0
	for _, result := range results {
		if result.State == doctor.Failed {
			code = 1
		}
	}
	if *asJSON {
		encoder := json.NewEncoder(d.Out)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(results); err != nil {
			return 1
		}
		return code
	}
	table := tabwriter.NewWriter(d.Out, 0, 0, 2, ' ', 0)
	for _, result := range results {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", result.Name, result.State, result.Detail)
	}
	if err := table.Flush(); err != nil {
		return 1
	}
	return code
}
