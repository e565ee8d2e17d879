package audit_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

func TestAppendFillsInAndReturnsWhatIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := openLog(t, dir, options())
	intent := appendTo(t, log, request(1))
	outcome := request(1)
	outcome.Event, outcome.Reason = audit.Issued, "a \xff byte and a \u2028 line"
	outcome.Result = audit.Result{ActorToken: "act_1", Sessions: []string{"sess_1"}, TraceID: "trace"}
	issued := appendTo(t, log, outcome)

	if intent.Seq != 1 || issued.Seq != 2 || intent.Version != 1 || intent.Boot != "boot-1" {
		t.Errorf("filled in %+v", intent)
	}
	if want := noon.Add(time.Second); !intent.Time.Equal(want) || intent.Time.Location() != time.UTC {
		t.Errorf("time %v, want %v", intent.Time, want)
	}
	if got := records(t, dir); !reflect.DeepEqual(got, []audit.Record{intent, issued}) {
		t.Errorf("read   %+v\nwanted %+v", got, []audit.Record{intent, issued})
	}
	// The chain as an outsider computes it.
	lines := strings.SplitAfter(string(readFile(t, logFiles(t, dir)[0])), "\n")
	if intent.Prev != strings.Repeat("0", 64) || issued.Prev != hexSum(lines[0]) || log.Head().Hash != hexSum(lines[1]) {
		t.Error("the chain is not the SHA-256 of the lines without newlines")
	}
}

func hexSum(line string) string {
	sum := sha256.Sum256([]byte(strings.TrimSuffix(line, "\n")))
	return hex.EncodeToString(sum[:])
}

func TestReopenContinuesTheChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := newLog(t, dir, 3, options())
	log := openLog(t, dir, options())
	if log.Head() != first {
		t.Fatalf("head %v, want %v", log.Head(), first)
	}
	if next := appendTo(t, log, request(9)); next.Seq != 4 || next.Prev != first.Hash {
		t.Errorf("continued with %+v", next)
	}
	head := log.Head()
	if got := verify(t, dir, &head); got.State != audit.Good || !got.Anchored || got.Records != 4 {
		t.Errorf("verified as %+v", got)
	}
}

func TestRotationContinuesTheChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 1000
	head := newLog(t, dir, 20, small)
	files := logFiles(t, dir)
	if len(files) < 5 {
		t.Fatalf("only %d files", len(files))
	}
	for _, path := range files {
		if size := len(readFile(t, path)); size > 1000 {
			t.Errorf("%s has %d bytes", filepath.Base(path), size)
		}
	}
	if got := verify(t, dir, &head); got.State != audit.Good || got.Records != 20 || got.Head != head {
		t.Errorf("verified as %+v", got)
	}
	// A record that is larger than a file has one of its own.
	log := openLog(t, dir, small)
	large := request(21)
	large.Reason = strings.Repeat("x", 2000)
	appendTo(t, log, large)
	appendTo(t, log, request(22))
	if got := verify(t, dir, nil); got.State != audit.NotCompared || got.Records != 22 {
		t.Errorf("verified as %+v", got)
	}
}

func TestACrashAfterRotationLeavesAnEmptyFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := newLog(t, dir, 3, options())
	writeFile(t, filepath.Join(dir, "audit-0000000004.jsonl"), nil)
	log := openLog(t, dir, options())
	if log.Head() != head {
		t.Fatalf("head %v, want %v", log.Head(), head)
	}
	appendTo(t, log, request(4))
	if got := verify(t, dir, &head); got.State != audit.Good || got.Records != 4 {
		t.Errorf("verified as %+v", got)
	}
}

func TestATornLineIsSetAside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := newLog(t, dir, 3, options())
	path := logFiles(t, dir)[0]
	whole := readFile(t, path)
	for attempt, want := range []string{"audit-torn-0000000004.txt", "audit-torn-0000000004-2.txt"} {
		torn := []byte(`{"v":1,"seq":4,"ti` + strings.Repeat("\x00", attempt*100_000))
		writeFile(t, path, append(slices.Clip(whole), torn...))
		if got := verify(t, dir, &head); got.State != audit.Torn || got.Records != 3 || got.Line != 4 {
			t.Errorf("before opening verified as %+v", got)
		}
		log := openLog(t, dir, options())
		if log.Head() != head {
			t.Errorf("head %v, want %v", log.Head(), head)
		}
		closeLog(t, log)
		if got := readFile(t, filepath.Join(dir, want)); string(got) != string(torn) {
			t.Errorf("%s holds %q", want, got)
		}
		got := verify(t, dir, &head)
		if got.State != audit.Good || len(got.Aside) != attempt+1 {
			t.Errorf("after opening verified as %+v", got)
		}
	}
	if got := readFile(t, path); string(got) != string(whole) {
		t.Error("the whole records were changed")
	}
}

func TestOneWriterAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var mu sync.Mutex
	var opened []*audit.Log
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			log, err := audit.Open(dir, options())
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				opened = append(opened, log)
			} else if fault.CodeOf(err) != fault.AuditInUse {
				t.Errorf("refused with %v", err)
			}
		})
	}
	wg.Wait()
	if len(opened) != 1 {
		t.Fatalf("%d writers", len(opened))
	}
	closeLog(t, opened[0])
	closeLog(t, openLog(t, dir, options()))
}

func TestAppendFromManyGoroutines(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 4000
	log := openLog(t, dir, small)
	var wg sync.WaitGroup
	for writer := range 8 {
		wg.Go(func() {
			for number := range 10 {
				if _, err := log.Append(t.Context(), request(writer*10+number)); err != nil {
					t.Error(err)
				}
				history, err := log.Snapshot()
				if err != nil {
					t.Error(err)
					continue
				}
				if got, err := history.Verify(t.Context(), nil); err != nil || !got.State.Holds() {
					t.Errorf("while others write: %+v, %v", got, err)
				}
			}
		})
	}
	wg.Wait()
	head := log.Head()
	if got := verify(t, dir, &head); got.State != audit.Good || got.Records != 80 {
		t.Errorf("verified as %+v", got)
	}
}

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx    context.Context
		change func(*audit.Record)
		now    time.Time
		want   fault.Code
	}{
		"canceled":                 {ctx: canceled, now: noon, want: fault.Canceled},
		"longer than any record":   {ctx: t.Context(), now: noon, change: func(r *audit.Record) { r.Reason = strings.Repeat("x", 1<<16) }, want: fault.AuditUnwritable},
		"a year JSON cannot write": {ctx: t.Context(), now: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC), want: fault.AuditUnwritable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			now := noon
			log := openLog(t, dir, audit.Options{Now: func() time.Time { return now }, Boot: "boot-1"})
			appendTo(t, log, request(1))
			before := log.Head()
			record := request(2)
			if c.change != nil {
				c.change(&record)
			}
			now = c.now
			if _, err := log.Append(c.ctx, record); fault.CodeOf(err) != c.want {
				t.Errorf("err %v, want %s", err, c.want)
			}
			if log.Head() != before || len(records(t, dir)) != 1 {
				t.Error("something was written")
			}
			now = noon.Add(-24 * time.Hour) // backwards is no reason to refuse
			appendTo(t, log, request(3))
			if got := verify(t, dir, &before); got.State != audit.Good || got.Records != 2 {
				t.Errorf("verified as %+v", got)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	notAFolder := filepath.Join(parent, "file")
	writeFile(t, notAFolder, nil)
	if _, err := audit.Open(notAFolder, options()); fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("a file for a folder: %v", err)
	}
	lockIsFolder := filepath.Join(parent, "a")
	if err := os.MkdirAll(filepath.Join(lockIsFolder, "audit.lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Open(lockIsFolder, options()); fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("a folder for the lock: %v", err)
	}
	logIsFolder := filepath.Join(parent, "b")
	if err := os.MkdirAll(filepath.Join(logIsFolder, "audit-0000000001.jsonl"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Open(logIsFolder, options()); fault.CodeOf(err) != fault.AuditUnreadable && fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("a folder for the log: %v", err)
	}
}

func TestAClosedLogRefuses(t *testing.T) {
	t.Parallel()
	log := openLog(t, t.TempDir(), options())
	closeLog(t, log)
	if _, err := log.Append(t.Context(), request(1)); fault.CodeOf(err) != fault.AuditUnwritable || !errors.Is(err, os.ErrClosed) {
		t.Errorf("appended to a closed log: %v", err)
	}
}
