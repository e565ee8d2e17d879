package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"
)

const (
	// starts is how often each program is started.
	starts = 9
	// patience bounds what a window may take to show something.
	patience = 30 * time.Second
)

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
		took, err := b.start(ctx, b.empty, h, isEmptyPage)
		if err != nil {
			return nil, fmt.Errorf("empty page: %w", err)
		}
		page = append(page, took)
		if took, err = b.start(ctx, b.release, h, hasText); err != nil {
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

// isEmptyPage reports whether pixels are in the colour of the empty page that
// the runner builds: #30506f, in the byte order of X.
func isEmptyPage(pixels []byte) bool {
	return colours(pixels) == 1 && pixels[0] == 0x6f && pixels[1] == 0x50 && pixels[2] == 0x30
}

// hasText reports whether pixels are rows of text: antialiased, it has more
// colours than an empty page or one that loads.
func hasText(pixels []byte) bool { return colours(pixels) > 40 }

// start times how long a program takes to show what is wanted.
func (b *bench) start(ctx context.Context, program string, h home, wanted func([]byte) bool) (took time.Duration, err error) {
	s, err := openScreen(b.framebuffer, b.now)
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := b.now()
	app, err := launch(ctx, program, h)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, quit(app)) }()
	shown, err := s.settled(ctx, wanted)
	return shown.Sub(began), err
}

func launch(ctx context.Context, program string, h home) (*exec.Cmd, error) {
	app := exec.CommandContext(ctx, program)
	app.Env = h.env()
	app.Cancel = func() error { return app.Process.Signal(os.Interrupt) }
	app.WaitDelay = 5 * time.Second
	if err := app.Start(); err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	return app, nil
}

// quit ends the program as a logout does.
func quit(app *exec.Cmd) error {
	if err := app.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("end the program: %w", err)
	}
	var exit *exec.ExitError
	if err := app.Wait(); err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("end the program: %w", err)
	}
	return nil
}
