package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
)

// whole reads a log from its beginning and keeps all of it.
func whole(t *testing.T, dir string, at Moment) []Impersonation {
	t.Helper()
	history, err := Snapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	return Impersonations(func(yield func(Record) bool) {
		for record, err := range history.Records() {
			if _, isLine := errors.AsType[*LineError](err); isLine {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if !yield(record) {
				return
			}
		}
	}, at)
}

// randomLog writes logs in which impersonations lie between each other's, over
// several files, in several runs, with clocks that go back.
type randomLog struct {
	t      *testing.T
	random *rand.Rand
	dir    string
	clock  time.Time
	log    *Log
	begun  []string // may get more records
	number int
}

func (l *randomLog) open() {
	l.t.Helper()
	log, err := openWith(openUnsynced, l.dir, Options{
		Now: func() time.Time { return l.clock }, Boot: fmt.Sprint("boot-", l.random.IntN(3)), MaxFileBytes: 3000,
	})
	if err != nil {
		l.t.Fatal(err)
	}
	l.log = log
}

func (l *randomLog) append(records int) {
	l.t.Helper()
	for range records {
		l.clock = l.clock.Add(time.Duration(l.random.IntN(240)-60) * time.Second)
		if l.random.IntN(40) == 0 {
			l.clock = l.clock.Add(-48 * time.Hour)
		}
		if _, err := l.log.Append(l.t.Context(), l.next()); err != nil {
			l.t.Fatal(err)
		}
	}
}

func (l *randomLog) next() Record {
	record := Record{
		Operator: Operator{ID: fmt.Sprint("user_operator", l.random.IntN(3))},
		Instance: fmt.Sprint("ins_", l.random.IntN(2)),
	}
	switch chance := l.random.IntN(20); {
	case chance < 6 || chance < 17 && len(l.begun) == 0:
		l.number++
		record.Event, record.Record = Requested, fmt.Sprint("rid_", l.number)
		record.Reason, record.LinkSeconds, record.SessionSeconds = strings.Repeat("why ", l.random.IntN(40)), 60, 600
		l.begun = append(l.begun, record.Record)
		if len(l.begun) > 6 {
			l.begun = l.begun[1:]
		}
	case chance < 17:
		events := []Event{Issued, Opened, Copied, Failed, Revoked, Ended, Ended}
		record.Event = events[l.random.IntN(len(events))]
		record.Record = l.begun[l.random.IntN(len(l.begun))]
	case chance < 19: // of an impersonation that began on another computer
		l.number++
		record.Event, record.Record = Ended, fmt.Sprint("rid_", l.number)
		if l.random.IntN(2) == 0 {
			l.begun = append(l.begun, record.Record)
		}
	default:
		l.number++
		record.Event, record.Record = Accepted, fmt.Sprint("rid_", l.number)
	}
	var number int
	_, _ = fmt.Sscanf(record.Record, "rid_%d", &number)
	record.User = fmt.Sprint("user_", number%7)
	return record
}

// damage leaves a torn line, or one that is no record.
func (l *randomLog) damage() {
	l.t.Helper()
	paths, err := filepath.Glob(filepath.Join(l.dir, "audit-*.jsonl"))
	if err != nil || len(paths) == 0 {
		return
	}
	file, err := os.OpenFile(paths[len(paths)-1], os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		l.t.Fatal(err)
	}
	text := []string{`{"v":1,"event":"ended","rec`, "no record\n", strings.Repeat("x", 90<<10) + "\n", "\n"}[l.random.IntN(4)]
	if _, err := file.WriteString(text); err != nil {
		l.t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		l.t.Fatal(err)
	}
}

func newRandomLog(t *testing.T, seed uint64) *randomLog {
	t.Helper()
	l := &randomLog{
		t: t, random: rand.New(rand.NewPCG(seed, 21)), dir: t.TempDir(),
		clock: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC),
	}
	l.open()
	for range 1 + l.random.IntN(4) {
		l.append(l.random.IntN(150))
		if err := l.log.Close(); err != nil {
			t.Fatal(err)
		}
		if l.random.IntN(3) == 0 {
			l.damage()
		}
		l.open()
	}
	t.Cleanup(func() { _ = l.log.Close() })
	return l
}

// filters narrow what is asked for, in more than one way.
func (l *randomLog) filters() (user string, keep func(Impersonation) bool) {
	operator, stage := fmt.Sprint("user_operator", l.random.IntN(3)), []Stage{StageEnded, StageFailed, StageLive}[l.random.IntN(3)]
	since := l.clock.Add(-time.Duration(l.random.IntN(24)) * time.Hour)
	switch l.random.IntN(6) {
	case 0:
		return "", nil
	case 1:
		return fmt.Sprint("user_", l.random.IntN(8)), nil
	case 2:
		return fmt.Sprint("user_", l.random.IntN(8)), func(i Impersonation) bool { return i.Stage == stage }
	case 3:
		return "", func(i Impersonation) bool { return i.Request().Operator.ID == operator && i.Stage == stage }
	case 4:
		return "", func(i Impersonation) bool { return i.Request().Time.After(since) }
	}
	return "", func(Impersonation) bool { return false }
}

// TestPagesAddUpToTheWholeLog reads random logs in pages of random sizes through
// random filters, while records are appended between the pages.
func TestPagesAddUpToTheWholeLog(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		l := newRandomLog(t, seed)
		for range 4 {
			l.readThrough(seed)
		}
		if err := l.log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *randomLog) readThrough(seed uint64) {
	t := l.t
	t.Helper()
	at := Moment{Time: l.clock, Boot: "boot-1"}
	user, keep := l.filters()
	query := Query{User: user, Keep: keep, Limit: 1 + l.random.IntN(30)}
	// Records of one lie some 60 records of 500 bytes from each other at most, and a
	// damaged line of 90 kB may be between two.
	bounds := limits{reach: 600_000, page: 600_001 + l.random.Int64N(100_000)}
	if l.random.IntN(2) == 0 {
		bounds = limits{reach: reach, page: pageBytes}
	}
	begun := whole(t, l.dir, at) // when reading began; what is begun later is on no page
	now := begun
	var got []Impersonation
	for pages := 0; ; pages++ {
		history, err := Snapshot(l.dir)
		if err != nil {
			t.Fatal(err)
		}
		page, err := history.page(t.Context(), query, at, bounds)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Found) > query.Limit || pages > 1000 {
			t.Fatalf("seed %d: page %d has %d of %d", seed, pages, len(page.Found), query.Limit)
		}
		for _, one := range page.Found {
			if i := slices.IndexFunc(now, func(other Impersonation) bool { return other.Record == one.Record }); !reflect.DeepEqual(now[i], one) {
				t.Fatalf("seed %d: got %+v\nwant %+v", seed, one, now[i])
			}
		}
		got = append(got, page.Found...)
		if query.Cursor = page.Next; query.Cursor == "" {
			break
		}
		if keep == nil && l.random.IntN(3) == 0 { // else a filter may think otherwise of one than before
			l.append(l.random.IntN(5))
			now = whole(t, l.dir, at)
		}
	}
	var want []string
	for _, one := range begun {
		if (user == "" || one.Request().User == user) && (keep == nil || keep(one)) {
			want = append(want, one.Record)
		}
	}
	var ids []string
	for _, one := range got {
		ids = append(ids, one.Record)
	}
	if !slices.Equal(ids, want) {
		t.Fatalf("seed %d, limit %d, user %q: got %s\nwant %s", seed, query.Limit, user, ids, want)
	}
}

func TestAPageLooksThroughSoMuchAndGoesOnThere(t *testing.T) {
	t.Parallel()
	l := newRandomLog(t, 1)
	l.append(3000)
	history, err := Snapshot(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	none := Query{Limit: 10, Keep: func(Impersonation) bool { return false }}
	bounds := limits{reach: 50_000, page: 100_000}
	pages := 0
	for {
		page, err := history.page(t.Context(), none, Moment{}, bounds)
		if err != nil || len(page.Found) > 0 {
			t.Fatalf("%+v, %v", page, err)
		}
		if pages++; page.Next == "" {
			break
		}
		if page.Reached.IsZero() {
			t.Error("it does not say how far it looked")
		}
		none.Cursor = page.Next
	}
	if least, most := history.size()/100_000, history.size()/50_000+1; int64(pages) < least || int64(pages) > most {
		t.Errorf("%d pages for %d bytes", pages, history.size())
	}
}

// TestAnImpersonationBegunElsewhereIsOnThePage has a record whose request is nowhere
// in the log. The bounds are too small to read the whole log for it.
func TestAnImpersonationBegunElsewhereIsOnThePage(t *testing.T) {
	t.Parallel()
	l := newRandomLog(t, 2)
	l.append(3000)
	stranger := Record{Event: Ended, Record: "elsewhere", User: "user_1"}
	if _, err := l.log.Append(t.Context(), stranger); err != nil {
		t.Fatal(err)
	}
	history, err := Snapshot(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	page, err := history.page(t.Context(), Query{Limit: 1}, Moment{}, limits{reach: 50_000, page: 100_000})
	if err != nil || len(page.Found) != 1 || page.Found[0].Record != "elsewhere" {
		t.Errorf("got %+v, %v", page.Found, err)
	}
}

func TestACursorOfNoLogIsRefused(t *testing.T) {
	t.Parallel()
	history, err := Snapshot(newRandomLog(t, 3).dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"x", "1", "1.x", "-1.2", "1.-2", "1.2.-3", "999999999.1", "1.2.", "99999999999999999999.1"} {
		if _, err := history.Page(t.Context(), Query{Cursor: text, Limit: 1}, Moment{}); fault.CodeOf(err) != fault.AuditUnreadable {
			t.Errorf("%q: %v", text, err)
		}
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := history.Page(canceled, Query{Limit: 1}, Moment{}); fault.CodeOf(err) != fault.Canceled {
		t.Errorf("canceled: %v", err)
	}
}

// TestABrokenRecordIsFoundByItsPlace: its own number may be what was changed.
func TestABrokenRecordIsFoundByItsPlace(t *testing.T) {
	t.Parallel()
	l := &randomLog{t: t, random: rand.New(rand.NewPCG(4, 21)), dir: t.TempDir()}
	l.open()
	l.append(40)
	if err := l.log.Close(); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(l.dir, "audit-*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte(`"seq":`), []byte(`"seq":9`)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := Moment{Time: l.clock}
	all := whole(t, l.dir, at)
	history, err := Snapshot(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	for place := range int64(42) {
		got, err := history.Containing(place, at)
		if place < 1 || place > 40 {
			if fault.CodeOf(err) != fault.ImpersonationUnknown {
				t.Errorf("record %d: %v", place, err)
			}
			continue
		}
		said, _ := strconv.ParseInt(fmt.Sprintf("9%d", place), 10, 64)
		want := slices.IndexFunc(all, func(one Impersonation) bool {
			return slices.ContainsFunc(one.Records, func(r Record) bool { return r.Seq == said })
		})
		if err != nil || !reflect.DeepEqual(got, all[want]) {
			t.Errorf("record %d: got %+v, %v\nwant %+v", place, got, err, all[want])
		}
	}
}

func TestChoicesAreAllThatOccurs(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		l := newRandomLog(t, seed)
		var known Choices
		for round := range 3 {
			first := Record{Operator: Operator{ID: fmt.Sprint("user_new", round)}, Instance: fmt.Sprint("ins_new", round)}
			if _, err := l.log.Append(t.Context(), first); err != nil {
				t.Fatal(err)
			}
			l.append(l.random.IntN(60))
			history, err := l.log.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			if known, err = history.Choices(t.Context(), known); err != nil {
				t.Fatal(err)
			}
			var want Choices
			for record, err := range history.Records() {
				if err == nil {
					want.Operators, want.Instances = withOne(want.Operators, record.Operator.ID), withOne(want.Instances, record.Instance)
				}
			}
			if !sameSet(known.Operators, want.Operators) || !sameSet(known.Instances, want.Instances) {
				t.Fatalf("seed %d: got %+v, want %+v", seed, known, want)
			}
		}
	}
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// TestACSVMayHoldOnlyWhatAFilterKeeps compares it with the whole log, and its
// progress must come to its end once.
func TestACSVMayHoldOnlyWhatAFilterKeeps(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		l := newRandomLog(t, seed)
		at := Moment{Time: l.clock, Boot: "boot-1"}
		user, keep := l.filters()
		history, err := l.log.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		var told []int
		narrowed, err := history.Watch(func(percent int) { told = append(told, percent) }).
			Narrow(t.Context(), Query{User: user, Keep: keep}, at)
		if err != nil {
			t.Fatal(err)
		}
		var table bytes.Buffer
		if err := narrowed.Export(t.Context(), &table, CSV, nil, l.clock); err != nil && !strings.Contains(err.Error(), "is not a record") {
			t.Fatal(err)
		}
		want := 1 // the names of the columns
		for _, one := range whole(t, l.dir, at) {
			if (user == "" || one.Request().User == user) && (keep == nil || keep(one)) {
				want += len(one.Records)
			}
		}
		if got := strings.Count(table.String(), "\n"); got != want {
			t.Errorf("seed %d: %d lines, want %d", seed, got, want)
		}
		if !slices.IsSorted(told) || len(told) > 0 && told[len(told)-1] != 100 {
			t.Errorf("seed %d: told %v", seed, told)
		}
	}
}
