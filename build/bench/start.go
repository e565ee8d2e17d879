package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// starts is how often each program is started.
const starts = 9

// measureStart times from the start of the released program to the first rows
// in its window, and to an empty page in the same window. The two take turns.
func (b *bench) measureStart(ctx context.Context) ([]figure, error) {
	h, manager, err := b.connect(ctx, b.clerk, &browserStub{now: b.now})
	if err != nil {
		return nil, err
	}
	if err := manager.Close(); err != nil {
		return nil, fmt.Errorf("disconnect: %w", err)
	}
	began := b.now()
	var rows, page []time.Duration
	for range starts {
		took, err := b.start(ctx, b.empty, h, picture.isEmptyPage)
		if err != nil {
			return nil, fmt.Errorf("empty page: %w", err)
		}
		page = append(page, took)
		if took, err = b.start(ctx, b.release, h, picture.hasRows); err != nil {
			return nil, fmt.Errorf("users: %w", err)
		}
		rows = append(rows, took)
	}
	empty := ms(median(page))
	trip := ms(roundTrip(b.clerk.between(listUsers, began, b.now())))
	return []figure{{
		Name: "start to first rows", Value: ms(median(rows)), Unit: "ms", Samples: starts,
		Baseline: empty, Compared: "to an empty page", Mark: 1.3*empty + trip,
		Rule: fmt.Sprintf("1.3 × baseline + round trip (%.0f ms)", trip),
	}}, nil
}

// start times how long a program takes to show what is wanted.
func (b *bench) start(ctx context.Context, path string, h home, wanted func(picture) bool) (took time.Duration, err error) {
	s, err := openScreen(b.framebuffer, b.now)
	if err != nil {
		return 0, err
	}
	defer s.close()
	began := b.now()
	app, err := launch(ctx, path, h)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, app.quit()) }()
	shown, err := s.first(ctx, wanted)
	return shown.Sub(began), err
}

// program is a program that runs.
type program struct {
	cmd  *exec.Cmd
	stop context.CancelFunc
}

// launch starts a program in a home.
func launch(ctx context.Context, path string, h home) (*program, error) {
	ctx, stop := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, path)
	cmd.Env = h.env()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		stop()
		return nil, fmt.Errorf("start the program: %w", err)
	}
	return &program{cmd, stop}, nil
}

// quit ends the program as a logout does, by force if it does not listen.
func (p *program) quit() error {
	p.stop()
	var exit *exec.ExitError
	switch err := p.cmd.Wait(); {
	case err == nil, errors.As(err, &exit), errors.Is(err, context.Canceled), errors.Is(err, exec.ErrWaitDelay):
		return nil
	default:
		return fmt.Errorf("end the program: %w", err)
	}
}
