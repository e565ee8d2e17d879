package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"
)

// The scene of every measurement.
const (
	users   = 1_000_000
	latency = 50 * time.Millisecond
)

// bench is what the measurements share.
type bench struct {
	now         func() time.Time
	out         io.Writer
	release     string // the released program
	empty       string // the same with an empty page
	framebuffer string // of the X server
	frontend    string // folder with the browser's part
	work        string // folder for homes and logs, removed at the end
	clerk       *clerk // a million users, 50 ms away
}

// measurement makes one or more figures.
type measurement struct {
	name string
	run  func(context.Context) ([]figure, error)
}

func (b *bench) measurements() []measurement {
	return []measurement{
		{"start", b.measureStart},
		{"walk", b.measureWalk},
		{"page", b.measurePage},
		{"memory", b.measureMemory},
		{"history", b.measureHistory},
		{"audit", b.measureAudit},
		{"guard", b.measureGuard},
		// Last: it leaves a head of the record in the keychain, which would not be
		// that of the records above.
		{"enter", b.measureEnter},
	}
}

// measure runs the measurements whose names match. The error joins all failures; the
// figures of the other measurements are returned all the same.
func (b *bench) measure(ctx context.Context, only *regexp.Regexp) ([]figure, error) {
	work, err := os.MkdirTemp("", "understudy-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	b.work = work
	if b.clerk, err = startClerk(ctx, b.now, users); err != nil {
		return nil, err
	}
	defer b.clerk.close()

	var figures []figure
	var failures error
	for _, m := range b.measurements() {
		if !only.MatchString(m.name) {
			continue
		}
		began := b.now()
		found, err := m.run(ctx)
		figures = append(figures, found...)
		if err != nil {
			failures = errors.Join(failures, fmt.Errorf("%s: %w", m.name, err))
		}
		_, _ = fmt.Fprintf(b.out, "  %-8s measured in %s\n", m.name, b.now().Sub(began).Round(time.Second))
	}
	return figures, failures
}
