package audit_test

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
)

// stamped makes a log whose records have these times, and gives it open. now is
// the clock once they are written.
func stamped(t *testing.T, dir string, now time.Time, records []audit.Record) *audit.Log {
	t.Helper()
	stamp := now
	log := openLog(t, dir, audit.Options{Now: func() time.Time { return stamp }, Boot: "boot-1"})
	for _, record := range records {
		stamp = record.Time
		appendTo(t, log, record)
	}
	stamp = now
	return log
}

func issuedAt(stamp time.Time) audit.Record {
	return audit.Record{Event: audit.Issued, Record: "imp_1", Instance: "ins_example", Time: stamp}
}

func issued(t *testing.T, log *audit.Log, since time.Time) int {
	t.Helper()
	count, err := log.Issued("ins_example", since)
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// wrongClocks are stamps of a clock that was wrong for a while.
func wrongClocks() map[string]func(time.Time) time.Time {
	return map[string]func(time.Time) time.Time{
		"1970":           func(time.Time) time.Time { return time.Unix(5, 0) },
		"2099":           func(time.Time) time.Time { return time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC) },
		"a day early":    func(at time.Time) time.Time { return at.AddDate(0, 0, -1) },
		"a day late":     func(at time.Time) time.Time { return at.AddDate(0, 0, 1) },
		"a month early":  func(at time.Time) time.Time { return at.AddDate(0, -1, 0) },
		"a second early": func(at time.Time) time.Time { return at.Add(-time.Second) },
	}
}

// TestAWrongStampStopsNoCount: of six this month, any one is stamped otherwise.
func TestAWrongStampStopsNoCount(t *testing.T) {
	t.Parallel()
	since, now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	for name, wrong := range wrongClocks() {
		for place := 1; place < 6; place++ { // the first of all could be of another month
			var records []audit.Record
			for i := range 6 {
				stamp := since.AddDate(0, 0, 2+i)
				if i == place {
					stamp = wrong(stamp)
				}
				records = append(records, issuedAt(stamp))
			}
			log := stamped(t, t.TempDir(), now, records)
			if got := issued(t, log, since); got != 6 {
				t.Errorf("number %d is %s: counted %d", place+1, name, got)
			}
		}
	}
}

// TestRecordsAfterThisMonthsFirstAreOfThisMonth draws clocks at random. The count
// is never below the number of records from the month's first one on. It is never
// above the number of links that the instance issued.
func TestRecordsAfterThisMonthsFirstAreOfThisMonth(t *testing.T) {
	t.Parallel()
	since, now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 17))
		var records []audit.Record
		all, least, begun := 0, 0, false
		for range 1 + random.IntN(40) {
			record := issuedAt(now.Add(-time.Duration(random.Int64N(int64(60 * 24 * time.Hour)))))
			switch random.IntN(6) {
			case 0:
				record.Time = time.Unix(random.Int64N(4e9), 0)
			case 1:
				record.Event = audit.Requested
			case 2:
				record.Instance = "ins_other"
			}
			records = append(records, record)
			begun = begun || !record.Time.Before(since) && !record.Time.After(now)
			if record.Event == audit.Issued && record.Instance == "ins_example" {
				all++
				if begun {
					least++
				}
			}
		}
		log := stamped(t, t.TempDir(), now, records)
		got := issued(t, log, since)
		if got < least || got > all {
			t.Errorf("seed %d: counted %d of %d, of which %d follow the first of the month", seed, got, all, least)
		}
		if !slices.ContainsFunc(records, func(r audit.Record) bool { return r.Time.After(now) }) && got != least {
			t.Errorf("seed %d: counted %d, want %d", seed, got, least)
		}
	}
}

// TestALastMonthIsNotCounted has stamps later than now between last month's. Such
// a stamp comes from a wrong clock and begins no month.
func TestALastMonthIsNotCounted(t *testing.T) {
	t.Parallel()
	since, now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	february := issuedAt(since.AddDate(0, 0, -9))
	log := stamped(t, t.TempDir(), now, []audit.Record{
		february, issuedAt(now.AddDate(5, 0, 0)), february, issuedAt(since), issuedAt(now.AddDate(5, 0, 0)),
	})
	if got := issued(t, log, since); got != 2 {
		t.Errorf("counted %d", got)
	}
}

// TestACountOfALongLogEndsWithTheMonth: it does not read the years before.
func TestACountOfALongLogEndsWithTheMonth(t *testing.T) {
	t.Parallel()
	since := noon.AddDate(0, 1, 0)
	dir := t.TempDir()
	log := openLog(t, dir, audit.Options{Now: func() time.Time { return since.AddDate(0, 0, 9) }, Boot: "b"})
	small := filepath.Join(dir, "audit-0000000001.jsonl")
	old := strings.Repeat(`{"v":1,"time":"2025-03-04T12:00:00Z","event":"issued","instance":"ins_example"}`+"\n", 5000)
	first := `{"v":1,"time":"2026-04-06T12:00:00Z","event":"issued","instance":"ins_example"}` + "\n"
	writeFile(t, small, []byte(first+old))
	if got := issued(t, log, since); got != 0 {
		t.Errorf("read 5,000 records of last year to find %d", got)
	}
}

// TestVerifyTellsWhereTheClockWentBack: each step, whatever else there is.
func TestVerifyTellsWhereTheClockWentBack(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 18))
		var records []audit.Record
		var want []int64
		for i := range 2 + random.IntN(20) {
			record := request(i)
			record.Time = noon.Add(time.Duration(i) * time.Hour)
			if random.IntN(4) == 0 {
				record.Time = time.Unix(random.Int64N(4e9), 0).UTC()
			}
			if i > 0 && record.Time.Before(records[i-1].Time) {
				want = append(want, int64(i+1))
			}
			records = append(records, record)
		}
		dir := t.TempDir()
		log := stamped(t, dir, noon, records)
		head := log.Head()
		found := verify(t, dir, &head)
		var got []int64
		for _, step := range found.Back {
			got = append(got, step.Seq)
			if !step.To.Equal(records[step.Seq-1].Time) || !step.From.Equal(records[step.Seq-2].Time) {
				t.Errorf("seed %d: %+v", seed, step)
			}
		}
		if found.State != audit.Good || !slices.Equal(got, want) {
			t.Errorf("seed %d: %s, back before %v, want %v", seed, found.State, got, want)
		}
		if said := found.Clock(records[len(records)-1].Time); (said == "") != (len(want) == 0) {
			t.Errorf("seed %d: %q", seed, said)
		}
	}
}

func TestTheClockIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(stamps ...time.Time) []audit.Record {
		var records []audit.Record
		for _, stamp := range stamps {
			records = append(records, issuedAt(stamp))
		}
		return records
	}
	stamped(t, dir, noon, at(noon, time.Unix(5, 0), noon, noon.Add(-time.Hour)))
	found := verify(t, dir, nil)
	const twice = "The clock went back 2 times, first before record 2: from 2026-03-04 12:00:00 to 1970-01-01 00:00:05 UTC."
	if got := found.Clock(noon); got != twice {
		t.Errorf("said %q", got)
	}
	const ahead = "Record 4 is dated 2026-03-04 11:00:00 UTC, and the clock of this computer says 2026-03-03 12:00:00 UTC."
	if got := found.Clock(noon.AddDate(0, 0, -1)); got != twice+" "+ahead {
		t.Errorf("said %q", got)
	}
}
