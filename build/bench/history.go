package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	// openings is how often History is opened, in a program of its own each time.
	openings = 3
	// fewRecords is the length of the log that the long one is compared with.
	fewRecords = 400
)

// measureHistory times from the key to the entries of History in the released
// program's window: with a long record, and with one of a single impersonation.
func (b *bench) measureHistory(ctx context.Context) ([]figure, error) {
	long, err := b.writeLog("long", auditRecords)
	if err != nil {
		return nil, err
	}
	short, err := b.writeLog("short", fewRecords)
	if err != nil {
		return nil, err
	}
	var withLong, withShort []time.Duration
	for range openings {
		took, err := b.openHistory(ctx, long)
		if err != nil {
			return nil, fmt.Errorf("long: %w", err)
		}
		withLong = append(withLong, took)
		if took, err = b.openHistory(ctx, short); err != nil {
			return nil, fmt.Errorf("short: %w", err)
		}
		withShort = append(withShort, took)
	}
	return []figure{{
		Name: "History opens with 100,000 records", Value: ms(median(withLong)), Unit: "ms", Samples: openings,
		Baseline: ms(median(withShort)), Compared: "with 400", Mark: 300, Rule: "300 ms",
	}}, nil
}

func (b *bench) openHistory(ctx context.Context, log string) (took time.Duration, err error) {
	h, manager, err := b.connect(ctx, b.clerk, &browserStub{now: b.now})
	if err != nil {
		return 0, err
	}
	if err := manager.Close(); err != nil {
		return 0, fmt.Errorf("disconnect: %w", err)
	}
	if err := errors.Join(os.RemoveAll(h.audit()), os.MkdirAll(filepath.Dir(h.audit()), 0o700), os.CopyFS(h.audit(), os.DirFS(log))); err != nil {
		return 0, fmt.Errorf("copy the log: %w", err)
	}
	s, err := openScreen(b.framebuffer, b.now)
	if err != nil {
		return 0, err
	}
	defer s.close()
	app, err := launch(ctx, b.release, h)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, app.quit()) }()
	if err := s.settled(ctx, picture.hasRows); err != nil {
		return 0, err
	}
	users, err := s.middle()
	if err != nil {
		return 0, err
	}
	pressed := b.now()
	if out, err := exec.CommandContext(ctx, "xdotool", "key", "ctrl+3").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("press the key: %w: %s", err, out)
	}
	shown, err := s.first(ctx, func(shown picture) bool { return !shown.equal(users) && shown.hasRows() })
	if errors.Is(err, errNotShown) { // as bad a figure as any: it misses its mark
		return patience, nil
	}
	return shown.Sub(pressed), err
}
