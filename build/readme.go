package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// checkReadme fails on a command in the README that does not exist: a task of
// this runner, a package of the module, or an npm script.
func (p *project) checkReadme(ctx context.Context) error {
	text, err := os.ReadFile(p.path("README.md"))
	if err != nil {
		return fmt.Errorf("read the README: %w", err)
	}
	var wrong []error
	for _, line := range shellLines(string(text)) {
		if err := p.checkCommand(ctx, line); err != nil {
			wrong = append(wrong, fmt.Errorf("%q: %w", line, err))
		}
	}
	return errors.Join(wrong...)
}

// shellLines are the commands in the fenced blocks marked sh, without comments.
func shellLines(markdown string) []string {
	var lines []string
	inside := false
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "```"):
			inside = !inside && line == "```sh"
		case inside:
			if before, _, _ := strings.Cut(line, " #"); before != "" && !strings.HasPrefix(before, "#") {
				lines = append(lines, strings.TrimSpace(before))
			}
		}
	}
	return lines
}

// checkCommand knows the few kinds of commands that a README of this
// repository has any reason to name.
func (p *project) checkCommand(ctx context.Context, line string) error {
	words := strings.Fields(line)
	for len(words) > 0 && strings.Contains(words[0], "=") {
		words = words[1:] // variables set for the command
	}
	switch {
	case len(words) >= 4 && slices.Equal(words[:3], []string{"go", "run", "./build"}):
		if !slices.ContainsFunc(tasks(), func(t task) bool { return t.name == words[3] }) {
			return fmt.Errorf("there is no task %q", words[3])
		}
		return nil
	case len(words) >= 3 && words[0] == "go" && slices.Contains([]string{"run", "test", "build"}, words[1]):
		at := slices.IndexFunc(words, func(w string) bool { return w == "." || strings.HasPrefix(w, "./") })
		if at < 0 {
			return errors.New("names no package")
		}
		return p.exec(ctx, io.Discard, command{args: []string{"go", "list", words[at]}})
	case len(words) >= 5 && slices.Equal(words[:2], []string{"go", "tool"}):
		return p.checkTool(words[2], words[3])
	case len(words) >= 1 && (words[0] == "understudy" || words[0] == "build/bin/understudy"):
		return nil // the program itself; its flags have tests of their own
	default:
		return errors.New("not a command of this repository")
	}
}

func (p *project) checkTool(modfile, name string) error {
	path, ok := strings.CutPrefix(modfile, "-modfile=")
	mod, err := os.ReadFile(p.path(path))
	if !ok || errors.Is(err, fs.ErrNotExist) || !strings.Contains(string(mod), "/"+name+"\n") {
		return fmt.Errorf("no pinned tool %q in %q", name, path)
	}
	return nil
}
