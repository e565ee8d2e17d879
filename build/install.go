package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// need is something that a task wants from the system.
type need int

const (
	toBuild  need = iota // compile the app
	toWindow             // show its window where there is no display
	toTest               // browser and real-window tests
)

// install sees to it that the system has what the needs ask for. It says what
// it installs before it does. How differs from one system to the next:
// installSystem stands in the file of each.
func (p *project) install(needs ...need) step {
	return do("look for what the system must have", func(ctx context.Context, out io.Writer) error {
		if err := p.checkNode(ctx); err != nil {
			return err
		}
		return p.installSystem(ctx, out, needs)
	}).shown()
}

// checkNode wants Node 20 or newer: with Go the one thing that is asked for.
func (p *project) checkNode(ctx context.Context) error {
	version, err := p.output(ctx, command{args: []string{"node", "--version"}})
	if err != nil {
		return errors.New("no Node in PATH: install Node 20 or newer from nodejs.org")
	}
	var major int
	if _, err := fmt.Sscanf(version, "v%d.", &major); err != nil || major < 20 {
		return fmt.Errorf("this is Node %s: Understudy needs 20 or newer", version)
	}
	return nil
}

func runInstall(ctx context.Context, p *project, _ []string) error {
	return p.runOrStop(ctx, p.install(toBuild, toWindow, toTest), p.installFrontend())
}
