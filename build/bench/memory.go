package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	// fewUsers is the directory that a million is compared with.
	fewUsers = 100
	// scrolledPages is how far the scroll goes: 10,000 rows.
	scrolledPages = 100
	// readings is how often the memory is read, a second apart.
	readings = 5
)

// measureMemory compares what all processes of the program hold after a scroll
// through 10,000 of a million users with what they hold after a start with 100.
func (b *bench) measureMemory(ctx context.Context) ([]figure, error) {
	few, err := startClerk(ctx, b.now, fewUsers)
	if err != nil {
		return nil, err
	}
	defer few.close()
	small, err := b.memoryOf(ctx, few, func(context.Context) error { return nil })
	if err != nil {
		return nil, fmt.Errorf("100 users: %w", err)
	}
	large, err := b.memoryOf(ctx, b.clerk, b.scroll)
	if err != nil {
		return nil, fmt.Errorf("a million users: %w", err)
	}
	return []figure{{
		Name: "memory after 10,000 rows", Value: large, Unit: "MB", Samples: readings,
		Baseline: small, Compared: "after a start with 100 users", Mark: 1.15 * small, Rule: "1.15 × baseline",
	}}, nil
}

// memoryOf starts the program, does something in its window, and returns the
// memory that it holds once the window has come to rest, in MB.
func (b *bench) memoryOf(ctx context.Context, c *clerk, do func(context.Context) error) (mb float64, err error) {
	h, manager, err := b.connect(ctx, c, &browserStub{now: b.now})
	if err != nil {
		return 0, err
	}
	if err := manager.Close(); err != nil {
		return 0, fmt.Errorf("disconnect: %w", err)
	}
	s, err := openScreen(b.framebuffer, b.now)
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	app, err := launch(ctx, b.release, h)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, app.quit()) }()

	if err := s.settled(ctx, picture.hasRows); err != nil {
		return 0, err
	}
	if err := do(ctx); err != nil {
		return 0, err
	}
	if err := s.settled(ctx, picture.hasRows); err != nil {
		return 0, err
	}
	return readMemory(ctx, app.cmd.Process.Pid)
}

// scroll turns the wheel over the rows until 10,000 of them were fetched.
func (b *bench) scroll(ctx context.Context) error {
	began := b.now()
	for b.clerk.count(listUsers, began) < scrolledPages-1 {
		turn := exec.CommandContext(ctx, "xdotool", "mousemove", "560", "450", "click", "--repeat", "50", "--delay", "20", "5")
		if out, err := turn.CombinedOutput(); err != nil {
			return fmt.Errorf("turn the wheel: %w: %s", err, out)
		}
	}
	return nil
}

// readMemory is the median of readings of the memory of a process and all below
// it. Shared pages are counted by share (PSS).
func readMemory(ctx context.Context, root int) (float64, error) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var all []int
	for range readings {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, fmt.Errorf("read the memory: %w", ctx.Err())
		}
		kilobytes, err := memoryBelow(root)
		if err != nil {
			return 0, err
		}
		all = append(all, kilobytes)
	}
	return float64(median(all)) / 1024, nil
}

// memoryBelow adds up the memory of a process and all below it, in kB.
func memoryBelow(pid int) (int, error) {
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, fmt.Errorf("memory: %w", err)
	}
	total := 0
	for line := range strings.Lines(string(rollup)) {
		if fields := strings.Fields(line); fields[0] == "Pss:" {
			if total, err = strconv.Atoi(fields[1]); err != nil {
				return 0, fmt.Errorf("memory: %w", err)
			}
		}
	}
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return 0, fmt.Errorf("children: %w", err)
	}
	for _, path := range threads {
		list, _ := os.ReadFile(path) // a thread that has ended meanwhile has none
		for field := range strings.FieldsSeq(string(list)) {
			child, err := strconv.Atoi(field)
			if err != nil {
				return 0, fmt.Errorf("children: %w", err)
			}
			below, err := memoryBelow(child)
			if err != nil {
				return 0, err
			}
			total += below
		}
	}
	return total, nil
}
