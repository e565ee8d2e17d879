package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// bindings is the folder that Wails generates.
const bindings = "frontend/wailsjs"

func runGenerate(ctx context.Context, p *project, _ []string) error {
	return p.runOrStop(ctx, do("wails generate module", p.generate).shown())
}

// generate writes the bindings anew. Wails compiles the app for that and runs
// it, from a file of a fixed name in the temporary folder: that gets a folder
// of its own.
func (p *project) generate(ctx context.Context, out io.Writer) error {
	temp, err := os.MkdirTemp("", "understudy-bindings-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	wails := p.tool("wails", "generate", "module")
	wails.env = []string{"TMPDIR=" + temp}
	if err := p.exec(ctx, out, wails); err != nil {
		return err
	}
	// Wails makes them executable here, and some of them plain when it builds.
	files, err := p.readTree(bindings)
	for name := range files {
		err = errors.Join(err, os.Chmod(filepath.Join(p.path(bindings), name), 0o644)) //nolint:gosec // sources
	}
	return err
}

// checkBindings fails if the bindings in the repository are not what Wails
// generates from the Go types, and leaves them as they were.
func (p *project) checkBindings(ctx context.Context, out io.Writer) error {
	before, err := p.readTree(bindings)
	if err != nil {
		return err
	}
	if err := p.generate(ctx, out); err != nil {
		return err
	}
	after, err := p.readTree(bindings)
	if err != nil {
		return err
	}
	changed := differences(before, after)
	if len(changed) == 0 {
		return nil
	}
	if err := p.writeTree(bindings, before); err != nil {
		return err
	}
	return fmt.Errorf("not as generated: %s (run go run ./build generate)", strings.Join(changed, ", "))
}

// differences lists the files that only one side has or that differ.
func differences(a, b map[string][]byte) []string {
	changed := map[string]struct{}{}
	for name := range a {
		if other, ok := b[name]; !ok || !bytes.Equal(a[name], other) {
			changed[name] = struct{}{}
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			changed[name] = struct{}{}
		}
	}
	return slices.Sorted(maps.Keys(changed))
}

// readTree reads the files under a folder, by their path below it.
func (p *project) readTree(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	root := p.path(folder)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err //nolint:wrapcheck // cannot happen below root
		}
		files[name], err = os.ReadFile(path)
		return err //nolint:wrapcheck // names the file itself
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", folder, err)
	}
	return files, nil
}

// writeTree makes the folder hold exactly those files.
func (p *project) writeTree(folder string, files map[string][]byte) error {
	if err := os.RemoveAll(p.path(folder)); err != nil {
		return fmt.Errorf("clear %s: %w", folder, err)
	}
	for name, data := range files {
		path := filepath.Join(p.path(folder), name)
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)) //nolint:gosec // sources
		if err != nil {
			return fmt.Errorf("write %s back: %w", folder, err)
		}
	}
	return nil
}
