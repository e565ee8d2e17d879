package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"understudy/internal/directory"
)

// instant is a moment of the page's clock, in milliseconds since 1970.
type instant float64

func (i instant) time() time.Time { return time.UnixMicro(int64(i * 1000)) }

// span is from one moment of the page to another.
type span struct {
	From instant `json:"from"`
	To   instant `json:"to"`
}

// pageReport is what frontend/e2e/directory.bench.ts writes. Durations are in
// milliseconds.
type pageReport struct {
	IdleFrames []float64 `json:"idleFrames"`
	Keystrokes []span    `json:"keystrokes"` // from the key to the last change of the rows
	Scroll     struct {
		span
		Frames []float64 `json:"frames"`
		Blanks []float64 `json:"blanks"` // how long each row in sight was not there
		Rows   int       `json:"rows"`   // that were gone through
	} `json:"scroll"`
	JumpInCreation   span `json:"jumpInCreation"`
	JumpInLastSignIn span `json:"jumpInLastSignIn"`
}

// debounce is the rest after a keystroke that the search waits for.
const debounce = 200 * time.Millisecond

// measurePage measures what the page does, in a browser, with the real Go code
// behind it.
func (b *bench) measurePage(ctx context.Context) ([]figure, error) {
	report, err := b.runPage(ctx)
	if err != nil {
		return nil, err
	}
	var figures []figure
	keystroke, err := b.keystroke(report.Keystrokes)
	if err != nil {
		return nil, err
	}
	figures = append(figures, keystroke)
	if report.Scroll.Rows < scrolledPages*directory.PageSize {
		return nil, fmt.Errorf("the scroll ended at row %d", report.Scroll.Rows)
	}
	figures = append(figures, b.scrolling(report)...)
	return append(figures,
		b.jump("jump to the last row, by creation", report.JumpInCreation),
		b.jump("jump to the last row, by sign-in", report.JumpInLastSignIn)), nil
}

func (b *bench) runPage(ctx context.Context) (pageReport, error) {
	path := filepath.Join(b.work, "page.json")
	run := exec.CommandContext(ctx, "npx", "playwright", "test", "--config", "playwright.bench.config.ts")
	run.Dir = b.frontend
	run.Env = append(os.Environ(), "UNDERSTUDY_BENCH_API="+b.clerk.url, "UNDERSTUDY_BENCH_KEY="+clerkKey,
		"UNDERSTUDY_BENCH_REPORT="+path)
	if out, err := run.CombinedOutput(); err != nil {
		return pageReport{}, fmt.Errorf("browser: %w\n%s", err, out)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return pageReport{}, fmt.Errorf("report: %w", err)
	}
	var report pageReport
	if err := json.Unmarshal(data, &report); err != nil {
		return pageReport{}, fmt.Errorf("report: %w", err)
	}
	return report, nil
}

// keystroke compares each search with the round trip of its own request: the
// stand-in takes longer for some words than for others.
func (b *bench) keystroke(spans []span) (figure, error) {
	var took, beyond, trips []float64
	for _, s := range spans {
		calls := b.clerk.between(listUsers, s.From.time(), s.To.time())
		if len(calls) == 0 {
			return figure{}, fmt.Errorf("a keystroke that asked for nothing changed the rows, after %.0f ms", s.To-s.From)
		}
		trip := ms(roundTrip(calls[len(calls)-1:]))
		took = append(took, float64(s.To-s.From))
		trips = append(trips, trip)
		beyond = append(beyond, float64(s.To-s.From)-ms(debounce)-trip)
	}
	trip := median(trips)
	return figure{
		Name: "keystroke to new rows, p95", Value: ms(debounce) + trip + percentile(0.95, beyond), Unit: "ms", Samples: len(took),
		Baseline: trip, Compared: "round trip", Mark: ms(debounce) + trip + 30, Rule: "debounce 200 ms + round trip + 30 ms",
	}, nil
}

func (b *bench) scrolling(report pageReport) []figure {
	frame := median(report.IdleFrames)
	trip := ms(roundTrip(b.clerk.between(listUsers, report.Scroll.From.time(), report.Scroll.To.time())))
	return []figure{
		{
			Name: "frame while scrolling 10,000 rows, p95", Value: percentile(0.95, report.Scroll.Frames), Unit: "ms",
			Samples: len(report.Scroll.Frames), Baseline: frame, Compared: "at rest", Mark: 1.25 * frame, Rule: "1.25 × baseline",
		},
		{
			Name: "… longest blank row", Value: percentile(1, report.Scroll.Blanks), Unit: "ms",
			Samples: report.Scroll.Rows, Baseline: trip, Compared: "round trip", Mark: trip + 50, Rule: "round trip + 50 ms",
		},
	}
}

func (b *bench) jump(name string, s span) figure {
	return figure{
		Name: name, Value: float64(len(b.clerk.between(listUsers, s.From.time(), s.To.time()))), Unit: "requests",
		Samples: 1, Baseline: users / 100, Compared: "page by page", Mark: 1, Rule: "one",
	}
}
