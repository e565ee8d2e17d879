package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPercentile(t *testing.T) {
	samples := []int{9, 1, 8, 2, 7, 3, 6, 4, 5, 10}
	for name, c := range map[string]struct {
		share   float64
		samples []int
		want    int
	}{
		"median":         {0.5, samples, 5},
		"p95":            {0.95, samples, 10},
		"p90":            {0.9, samples, 9},
		"largest":        {1, samples, 10},
		"smallest":       {0, samples, 1},
		"of one":         {0.95, []int{4}, 4},
		"of none":        {0.5, nil, 0},
		"order stays":    {0.1, samples, 1},
		"median of even": {0.5, []int{1, 2}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := percentile(c.share, c.samples); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
	if samples[0] != 9 {
		t.Error("the samples were sorted in place")
	}
}

func TestTableSaysWhichMarksAreMissed(t *testing.T) {
	var out strings.Builder
	err := writeTable(&out, []figure{
		{Name: "on the mark", Value: 2, Mark: 2, Unit: "ms"},
		{Name: "above it", Value: 2.5, Mark: 2, Unit: "ms"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		missed := strings.Contains(line, "MISSED")
		if wanted := strings.HasPrefix(line, "above it"); missed != wanted {
			t.Errorf("MISSED is %t in %q", missed, line)
		}
	}
	if !strings.Contains(out.String(), "1 of 2 marks met") {
		t.Errorf("no summary in\n%s", out.String())
	}
}

func TestFigureAsJSON(t *testing.T) {
	data, err := json.Marshal(figure{Name: "walk", Value: 3, Mark: 2})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Name string
		Met  *bool
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Name != "walk" || got.Met == nil || *got.Met {
		t.Errorf("got %s", data)
	}
}
