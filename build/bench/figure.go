package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// figure is one number that is promised to stay at or below a mark.
type figure struct {
	Name     string  `json:"name"`
	Value    float64 `json:"value"`
	Baseline float64 `json:"baseline"` // in the unit of Value
	Compared string  `json:"compared"` // the name of the baseline
	Mark     float64 `json:"mark"`     // in the unit of Value
	Rule     string  `json:"rule"`     // how the mark follows from the baseline
	Unit     string  `json:"unit"`
	Samples  int     `json:"samples"`
}

// Met reports whether the figure keeps its promise.
func (f figure) Met() bool { return f.Value <= f.Mark }

// MarshalJSON adds whether the mark is met.
func (f figure) MarshalJSON() ([]byte, error) {
	type plain figure
	data, err := json.Marshal(struct {
		plain
		Met bool `json:"met"`
	}{plain(f), f.Met()})
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", f.Name, err)
	}
	return data, nil
}

func writeTable(w io.Writer, figures []figure) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "\nfigure\tmeasured\tbaseline\tmark\t\tmark is\n")
	missed := 0
	for _, f := range figures {
		verdict := "met"
		if !f.Met() {
			verdict = "MISSED"
			missed++
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s %s\t%s\t%s\t%s\n",
			f.Name, f.show(f.Value), f.show(f.Baseline), f.Compared, f.show(f.Mark), verdict, f.Rule)
	}
	_, _ = fmt.Fprintf(table, "%d of %d marks met\n", len(figures)-missed, len(figures))
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}

func (f figure) show(value float64) string {
	if value == math.Trunc(value) || value >= 1000 {
		return fmt.Sprintf("%.0f %s", value, f.Unit)
	}
	return fmt.Sprintf("%.1f %s", value, f.Unit)
}

func writeJSON(path string, figures []figure) error {
	if path == "" {
		return nil
	}
	data, err := json.MarshalIndent(struct {
		Users     int      `json:"users"`
		LatencyMS float64  `json:"latency_ms"`
		Figures   []figure `json:"figures"`
	}{users, ms(latency), figures}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the figures: %w", err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// percentile is the nearest-rank percentile of samples, the smallest value that
// this share of them does not exceed. Without samples it is zero.
func percentile[T cmp.Ordered](share float64, samples []T) T {
	var none T
	if len(samples) == 0 {
		return none
	}
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

func median[T cmp.Ordered](samples []T) T { return percentile(0.5, samples) }
