// Understudy lists the users of a Clerk application and signs the operator in
// as one of them, in the system browser and on the record.
package main

import (
	"embed"
	"os"

	"understudy/internal/bridge"
	"understudy/internal/program"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set when a release is built: -ldflags "-X main.version=1.2.3".
var version = program.Development

func main() {
	os.Exit(program.Program{
		Version: version, Assets: assets, Bind: func(s *bridge.Scope) any { return newApp(s) },
		Computer: program.ThisComputer, Out: os.Stdout, Err: os.Stderr,
	}.Run(os.Args[1:]))
}
