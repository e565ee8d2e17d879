package audit

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestATableOfImpersonationsHasALineForEach compares it with the whole log, narrowed
// in several ways. No cell of it is a formula.
func TestATableOfImpersonationsHasALineForEach(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		l := newRandomLog(t, seed)
		at := Moment{Time: l.clock, Boot: "boot-1"}
		user, keep := l.filters()
		history, err := l.log.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		var told []int
		path := filepath.Join(t.TempDir(), "table.csv")
		err = history.Watch(func(percent int) { told = append(told, percent) }).
			ExportImpersonations(t.Context(), path, Query{User: user, Keep: keep}, at)
		if err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(string(content), byteOrderMark)
		table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || !marked {
			t.Fatalf("marked %t: %v", marked, err)
		}
		want := [][]string{impersonationColumns()}
		for _, one := range whole(t, l.dir, at) {
			if one.Stage != StageAccepted && (user == "" || one.Request().User == user) && (keep == nil || keep(one)) {
				want = append(want, impersonationCells(one))
			}
		}
		if !slices.EqualFunc(table, want, slices.Equal) {
			t.Errorf("seed %d: %d lines, want %d", seed, len(table), len(want))
		}
		if !slices.IsSorted(told) {
			t.Errorf("seed %d: told %v", seed, told)
		}
	}
}

func TestALineOfAnImpersonationTellsItsCourse(t *testing.T) {
	t.Parallel()
	noon := Record{}.Time.AddDate(2025, 10, 21)
	i := Impersonation{Record: "imp_1", Stage: StageEnded, Records: []Record{
		{
			Seq: 3, Event: Requested, Time: noon, User: "user_1", Instance: "ins_1", Reason: "=1+1", Reference: "48213",
			Operator: Operator{ID: "user_maya", Verified: true}, LinkSeconds: 60, SessionSeconds: 1800, Record: "imp_1",
		},
		{Seq: 4, Event: Issued, Time: noon, Result: Result{ActorToken: "act_1"}},
		{Seq: 6, Event: Opened, Time: noon.Add(1e9), Browser: "firefox"},
		{Seq: 7, Event: SignedIn, Time: noon.Add(2e9), Result: Result{Sessions: []string{"sess_1"}}},
		{Seq: 8, Event: SignedIn, Time: noon.Add(3e9), Result: Result{Sessions: []string{"sess_1", "sess_2"}}},
		{Seq: 9, Event: Ended, Time: noon.Add(9e9), Result: Result{Code: "operator", Report: "ab", Pages: 6, Sent: 1, HeldBack: 3}},
	}}
	want := []string{
		"imp_1", "2026-11-22T00:00:00Z", "user_1", "user_maya", "true", "ins_1", "'=1+1", "", "48213", "firefox",
		"60", "1800", "ended", "operator", "2026-11-22T00:00:01Z", "2026-11-22T00:00:02Z", "2026-11-22T00:00:09Z",
		"act_1", "sess_1 sess_2", "3 4 6 7 8 9", "changed", "6", "1", "3", "ab",
	}
	if got := impersonationCells(i); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
