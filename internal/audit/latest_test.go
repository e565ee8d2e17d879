package audit_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// TestLatestIsTheBeginningOfAll compares what is read from the end with what is
// read from the beginning, for every limit.
func TestLatestIsTheBeginningOfAll(t *testing.T) {
	t.Parallel()
	at := audit.Moment{Time: noon, Boot: "boot-1"}
	for name, c := range map[string]struct {
		reason int // bytes of it, on every record
		file   int64
		damage func(content []byte) []byte // of the last file
	}{
		"one file":        {},
		"many files":      {file: 1500},
		"several blocks":  {reason: 40 << 10},
		"a torn line":     {damage: func(b []byte) []byte { return append(b, `{"v":1,"seq":`...) }},
		"a damaged line":  {damage: func(b []byte) []byte { return append([]byte("no record\n"), b...) }},
		"a line too long": {damage: func(b []byte) []byte { return append([]byte(strings.Repeat("x", 300<<10)+"\n"), b...) }},
		"a long torn end": {damage: func(b []byte) []byte { return append(b, strings.Repeat("x", 300<<10)...) }},
		"an empty line":   {damage: func(b []byte) []byte { return append([]byte("\n"), b...) }},
		"all of it gone":  {damage: func([]byte) []byte { return nil }},
		"only a torn end": {damage: func([]byte) []byte { return []byte("no newline") }},
		"no first record": {damage: func(b []byte) []byte { return b[strings.IndexByte(string(b), '\n')+1:] }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			small := options()
			small.MaxFileBytes = c.file
			overlapping(t, dir, small, c.reason)
			if c.damage != nil {
				files := logFiles(t, dir)
				last := files[len(files)-1]
				writeFile(t, last, c.damage(readFile(t, last)))
			}
			history := snapshot(t, dir)
			all := audit.Impersonations(func(yield func(audit.Record) bool) {
				for record, err := range history.Records() {
					if err == nil && !yield(record) {
						return
					}
				}
			}, at)
			for limit := 1; limit <= len(all)+1; limit++ {
				want := all[:min(limit, len(all))]
				got, more, err := history.Latest(limit, at)
				if err != nil {
					t.Fatal(err)
				}
				if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
					t.Errorf("limit %d: got %d impersonations %s,\nwant %d %s", limit, len(got), ids(got), len(want), ids(want))
				}
				if more != (limit < len(all)) {
					t.Errorf("limit %d of %d: more is %t", limit, len(all), more)
				}
			}
		})
	}
}

// overlapping writes a log in which each impersonation ends after the next two
// were begun.
func overlapping(t *testing.T, dir string, o audit.Options, reason int) {
	t.Helper()
	log := openLog(t, dir, o)
	for number := range 8 {
		for _, step := range []struct {
			of    int
			event audit.Event
		}{{number, audit.Requested}, {number, audit.Issued}, {number - 2, audit.Ended}} {
			if step.of < 0 {
				continue
			}
			record := request(step.of)
			record.Event, record.Reason = step.event, strings.Repeat("x", reason)
			appendTo(t, log, record)
		}
	}
	closeLog(t, log)
}

func ids(all []audit.Impersonation) string {
	var text strings.Builder
	for _, i := range all {
		_, _ = fmt.Fprintf(&text, " %s with %d", i.Record, len(i.Records))
	}
	return text.String()
}

func TestLatestOfALogThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newLog(t, dir, 1, options())
	history := snapshot(t, dir)
	if err := os.Remove(logFiles(t, dir)[0]); err != nil {
		t.Fatal(err)
	}
	if _, _, err := history.Latest(1, audit.Moment{}); err == nil {
		t.Error("a log that is gone was read")
	}
}

// TestOfFindsEveryImpersonationWhole has a log where the records of impersonations lie
// between each other's, over several files.
func TestOfFindsEveryImpersonationWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 2000
	overlapping(t, dir, small, 10)
	history, err := audit.Snapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []audit.Record
	for record, err := range history.Records() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, record)
	}
	for _, whole := range audit.Impersonations(slices.Values(all), audit.Moment{}) {
		got, err := history.Of(whole.Record)
		if err != nil || !reflect.DeepEqual(got.Records, whole.Records) {
			t.Errorf("%s: got %+v, %v\nwant %+v", whole.Record, got.Records, err, whole.Records)
		}
	}
	if _, err := history.Of("nobody"); fault.CodeOf(err) != fault.ImpersonationUnknown {
		t.Errorf("nobody: %v", err)
	}
}
