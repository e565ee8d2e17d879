package main

import (
	"context"
	"errors"
	"io"
)

// installSystem wants Apple's compiler; the web view is part of macOS.
func (p *project) installSystem(ctx context.Context, _ io.Writer, _ []need) error {
	if p.exec(ctx, io.Discard, command{args: []string{"xcode-select", "-p"}}) != nil {
		return errors.New("no command line tools of Xcode: run xcode-select --install")
	}
	return nil
}
