package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// checkDocs fails on a command in README or .github that does not exist (a task of
// this runner, a package of the module, or an npm script), and on a path that is gone.
func (p *project) checkDocs(ctx context.Context) error {
	documents, err := filepath.Glob(p.path(".github/*.md"))
	if err != nil {
		return fmt.Errorf("list the documents: %w", err)
	}
	var wrong []error
	for _, document := range append(documents, p.path("README.md")) {
		text, err := os.ReadFile(document)
		if err != nil {
			return fmt.Errorf("read a document: %w", err)
		}
		name := filepath.Base(document)
		for _, line := range shellLines(string(text)) {
			if err := p.checkCommand(ctx, line); err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %q: %w", name, line, err))
			}
		}
		for _, path := range paths(string(text)) {
			if _, err := os.Stat(p.path(path)); err != nil {
				wrong = append(wrong, fmt.Errorf("%s: there is no %s", name, path))
			}
		}
	}
	return errors.Join(wrong...)
}

// pathInText is a path of this repository between backticks or as the target of a link.
var pathInText = regexp.MustCompile("[`(]((?:internal|frontend|build|\\.github)/[A-Za-z0-9_./-]+|(?:app|main)\\.go)[`)]")

// paths are the paths of this repository that a text names, without those that only
// building makes.
func paths(markdown string) []string {
	var found []string
	for _, match := range pathInText.FindAllStringSubmatch(markdown, -1) {
		if !strings.HasPrefix(match[1], "build/bin") {
			found = append(found, match[1])
		}
	}
	return found
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
