package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// module is the name by which the root of the repository is known.
const module = "module understudy"

// project is the repository that the tasks work on.
type project struct {
	root string
	out  io.Writer
	now  func() time.Time
}

// openProject finds the root of the repository: the nearest folder upwards
// from the working directory whose go.mod names the app's module.
func openProject(out io.Writer, now func() time.Time) (*project, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("find the working directory: %w", err)
	}
	for {
		if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			first, _, _ := strings.Cut(string(mod), "\n")
			if strings.TrimSpace(first) == module {
				return &project{root: dir, out: out, now: now}, nil
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, errors.New("not inside the repository of Understudy")
		}
		dir = parent
	}
}

// path is a path of the repository, written with slashes.
func (p *project) path(slashed string) string {
	return filepath.Join(p.root, filepath.FromSlash(slashed))
}

// command is a program to run in the repository.
type command struct {
	dir  string   // slashed, below the root; "" is the root
	env  []string // on top of the runner's own
	args []string
}

// cmd prepares c. When ctx ends the program is told to stop, and killed if it
// does not within a few seconds.
func (p *project) cmd(ctx context.Context, out io.Writer, c command) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir = p.path(c.dir)
	cmd.Env = append(append(os.Environ(), "NO_COLOR=1"), c.env...)
	cmd.Stdout = out
	cmd.Stderr = out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// exec runs c to its end.
func (p *project) exec(ctx context.Context, out io.Writer, c command) error {
	if err := p.cmd(ctx, out, c).Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(c.args, " "), err)
	}
	return nil
}

// output runs c and returns what it prints.
func (p *project) output(ctx context.Context, c command) (string, error) {
	var out strings.Builder
	err := p.exec(ctx, &out, c)
	return strings.TrimSpace(out.String()), err
}
