package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Names of steps that others need.
const (
	stepInstallFrontend = "install the front end's packages"
	stepBuildFrontend   = "build the front end"
)

// installFrontend runs npm ci, unless node_modules is what the lock file says.
func (p *project) installFrontend() step {
	return do(stepInstallFrontend, func(ctx context.Context, out io.Writer) error {
		inputs := []string{"frontend/package.json", "frontend/package-lock.json"}
		stamp := p.path("frontend/node_modules/.understudy-stamp")
		return p.unlessDone(stamp, inputs, func() error {
			return p.exec(ctx, out, command{dir: "frontend", args: []string{"npm", "ci", "--no-audit", "--no-fund"}})
		})
	})
}

// buildFrontend runs Vite, unless nothing that it reads has changed.
func (p *project) buildFrontend() step {
	return do(stepBuildFrontend, func(ctx context.Context, out io.Writer) error {
		inputs := []string{
			"frontend/index.html", "frontend/package.json", "frontend/package-lock.json", "frontend/public",
			"frontend/src", "frontend/tsconfig.json", "frontend/vite.config.ts", "frontend/wailsjs", "internal/sentence/en.json",
		}
		stamp := p.path("build/.cache/frontend")
		if _, err := os.Stat(p.path("frontend/dist/index.html")); errors.Is(err, fs.ErrNotExist) {
			if err := os.RemoveAll(stamp); err != nil {
				return fmt.Errorf("forget the last build: %w", err)
			}
		}
		return p.unlessDone(stamp, inputs, func() error {
			return p.exec(ctx, out, command{dir: "frontend", args: []string{"npm", "run", "build"}})
		})
	}, stepInstallFrontend)
}

// unlessDone calls work and then writes the hash of the inputs to the stamp
// file, unless that hash stands there already.
func (p *project) unlessDone(stamp string, inputs []string, work func() error) error {
	hash, err := p.hash(inputs)
	if err != nil {
		return err
	}
	if done, err := os.ReadFile(stamp); err == nil && string(done) == hash {
		return nil
	}
	if err := work(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(stamp), 0o750); err != nil {
		return fmt.Errorf("make the folder of the stamp: %w", err)
	}
	if err := os.WriteFile(stamp, []byte(hash), 0o600); err != nil {
		return fmt.Errorf("remember that it is done: %w", err)
	}
	return nil
}

// hash is the SHA-256 over names and contents of the files and of all files in
// the folders named. A missing file or folder counts as empty.
func (p *project) hash(inputs []string) (string, error) {
	sum := sha256.New()
	for _, input := range inputs {
		files, err := p.readTree(input)
		if err != nil {
			return "", err
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			_, _ = fmt.Fprintf(sum, "%s %s %d\n", input, name, len(files[name]))
			_, _ = sum.Write(files[name])
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
