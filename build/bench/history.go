package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"understudy/internal/audit"
)

const (
	// openings is how often History is opened, in a program of its own each time.
	openings = 3
	// manyRecords is the length of the long log, fewRecords of that which it is
	// compared with.
	manyRecords = 1_000_000
	fewRecords  = 400
	// looks is how often the memory is read while History is open, so many
	// milliseconds apart: the whole record is verified meanwhile.
	looks, betweenLooks = 60, 100 * time.Millisecond
)

// opening is what opening History took.
type opening struct {
	time   time.Duration
	memory float64 // MB above those before, at most
}

// measureHistory opens History in the released program's window: with a long
// record, and with one of a few impersonations.
func (b *bench) measureHistory(ctx context.Context) ([]figure, error) {
	long, err := b.writeLog("long", manyRecords)
	if err != nil {
		return nil, err
	}
	short, err := b.writeLog("short", fewRecords)
	if err != nil {
		return nil, err
	}
	var withLong, withShort []opening
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
	search, err := b.searchHistory(ctx, long)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return append([]figure{
		{
			Name: "History opens with 1,000,000 records", Value: ms(median(times(withLong))), Unit: "ms", Samples: openings,
			Baseline: ms(median(times(withShort))), Compared: "with 400", Mark: 300, Rule: "300 ms",
		},
		{
			Name: "memory for 1,000,000 records, at most", Value: median(memories(withLong)), Unit: "MB", Samples: openings,
			Baseline: median(memories(withShort)), Compared: "with 400", Mark: 100, Rule: "100 MB",
		},
	}, search...), nil
}

func times(all []opening) []time.Duration {
	var found []time.Duration
	for _, one := range all {
		found = append(found, one.time)
	}
	return found
}

func memories(all []opening) []float64 {
	var found []float64
	for _, one := range all {
		found = append(found, one.memory)
	}
	return found
}

// searchHistory times the first answer to a search that finds nothing, and to
// what was done as a user as whom nothing was. Their baseline is to read the bytes.
func (b *bench) searchHistory(ctx context.Context, log string) ([]figure, error) {
	history, err := audit.Snapshot(log)
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	nothing := func(audit.Impersonation) bool { return false }
	var figures []figure
	for _, asked := range []struct {
		name  string
		query audit.Query
	}{
		{"first answer to a search that finds nothing", audit.Query{Limit: 100, Keep: nothing}},
		{"first answer to a user's past that is none", audit.Query{Limit: 100, User: "user_nobody"}},
	} {
		var answered, read []time.Duration
		for range verifications {
			began := b.now()
			page, err := history.Page(ctx, asked.query, audit.Moment{})
			if err != nil {
				return nil, fmt.Errorf("page: %w", err)
			}
			if len(page.Found) > 0 || page.Next == "" {
				return nil, fmt.Errorf("%w: %d", errFound, len(page.Found))
			}
			answered = append(answered, b.now().Sub(began))
			began = b.now()
			if err := readAll(log); err != nil {
				return nil, err
			}
			read = append(read, b.now().Sub(began))
		}
		figures = append(figures, figure{
			Name: asked.name, Value: ms(median(answered)), Unit: "ms", Samples: verifications,
			Baseline: ms(median(read)), Compared: "to read all bytes", Mark: 300, Rule: "300 ms",
		})
	}
	return figures, nil
}

var errFound = errors.New("a search for nothing found something, or all was looked through at once")

func (b *bench) openHistory(ctx context.Context, log string) (took opening, err error) {
	h, manager, err := b.connect(ctx, b.clerk, &browserStub{now: b.now})
	if err != nil {
		return opening{}, err
	}
	if err := manager.Close(); err != nil {
		return opening{}, fmt.Errorf("disconnect: %w", err)
	}
	if err := errors.Join(os.RemoveAll(h.audit()), os.MkdirAll(filepath.Dir(h.audit()), 0o700), os.CopyFS(h.audit(), os.DirFS(log))); err != nil {
		return opening{}, fmt.Errorf("copy the log: %w", err)
	}
	s, err := openScreen(b.framebuffer, b.now)
	if err != nil {
		return opening{}, err
	}
	defer s.close()
	app, err := launch(ctx, b.release, h)
	if err != nil {
		return opening{}, err
	}
	defer func() { err = errors.Join(err, app.quit()) }()
	if err := s.settled(ctx, picture.hasRows); err != nil {
		return opening{}, err
	}
	users, err := s.middle()
	if err != nil {
		return opening{}, err
	}
	before, err := memoryBelow(app.cmd.Process.Pid)
	if err != nil {
		return opening{}, err
	}
	pressed := b.now()
	if out, err := exec.CommandContext(ctx, "xdotool", "key", "ctrl+3").CombinedOutput(); err != nil {
		return opening{}, fmt.Errorf("press the key: %w: %s", err, out)
	}
	shown, err := s.first(ctx, func(shown picture) bool { return !shown.equal(users) && shown.hasRows() })
	switch {
	case errors.Is(err, errNotShown): // as bad a figure as any: it misses its mark
		shown = pressed.Add(patience)
	case err != nil:
		return opening{}, err
	}
	most, err := mostMemory(ctx, app.cmd.Process.Pid)
	if err != nil {
		return opening{}, err
	}
	return opening{time: shown.Sub(pressed), memory: float64(most-before) / 1024}, nil
}

// mostMemory is the most that a process and those below it hold for a while, in kB.
func mostMemory(ctx context.Context, root int) (int, error) {
	tick := time.NewTicker(betweenLooks)
	defer tick.Stop()
	most := 0
	for range looks {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, fmt.Errorf("read the memory: %w", ctx.Err())
		}
		now, err := memoryBelow(root)
		if err != nil {
			return 0, err
		}
		most = max(most, now)
	}
	return most, nil
}
