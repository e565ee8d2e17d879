package audit_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// sealed is a small log in two files, with what tampering needs to know of it.
type sealed struct {
	head  audit.Head
	names []string
	text  map[string][]byte
}

func seal(t *testing.T) sealed {
	t.Helper()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 1500
	s := sealed{head: newLog(t, dir, 7, small), text: map[string][]byte{}}
	for _, path := range logFiles(t, dir) {
		name := filepath.Base(path)
		s.names = append(s.names, name)
		s.text[name] = readFile(t, path)
	}
	if len(s.names) < 2 {
		t.Fatalf("only %d files", len(s.names))
	}
	return s
}

// with writes the log into dir with one file changed.
func (s sealed) with(t *testing.T, dir, name string, changed []byte) {
	t.Helper()
	for _, other := range s.names {
		text := s.text[other]
		if other == name {
			text = changed
		}
		writeFile(t, filepath.Join(dir, other), text)
	}
}

func TestEveryFlippedBitIsFound(t *testing.T) {
	t.Parallel()
	s := seal(t)
	dir := t.TempDir()
	s.with(t, dir, "", nil)
	flips := 0
	for _, name := range s.names {
		changed := slices.Clone(s.text[name])
		for i := range changed {
			for _, bit := range []byte{0x01, 0x20, 0x80} {
				changed[i] ^= bit
				writeFile(t, filepath.Join(dir, name), changed)
				if got := verify(t, dir, &s.head); got.State == audit.Good {
					t.Fatalf("flip of bit %#x at %d of %s not found", bit, i, name)
				}
				changed[i] ^= bit
				flips++
			}
		}
		writeFile(t, filepath.Join(dir, name), changed)
	}
	if got := verify(t, dir, &s.head); got.State != audit.Good {
		t.Errorf("unchanged, but verified as %+v", got)
	}
	t.Logf("%d flips", flips)
}

// TestEveryCutIsFound cuts the last file at every byte. Whole lines stay readable. A
// cut inside a line is told from one between lines. An anchored log does not pass
// without its end.
func TestEveryCutIsFound(t *testing.T) {
	t.Parallel()
	s := seal(t)
	dir := t.TempDir()
	last := s.names[len(s.names)-1]
	text := s.text[last]
	before := 0
	for _, name := range s.names[:len(s.names)-1] {
		before += bytes.Count(s.text[name], []byte("\n"))
	}
	for size := range len(text) {
		s.with(t, dir, last, text[:size])
		whole := before + bytes.Count(text[:size], []byte("\n"))
		want := audit.Torn
		if size == 0 || text[size-1] == '\n' {
			want = audit.NotCompared
		}
		if got := verify(t, dir, nil); got.State != want || got.Records != int64(whole) || got.Anchored {
			t.Fatalf("cut at %d: %+v, want %s with %d records", size, got, want, whole)
		}
		if got := verify(t, dir, &s.head); got.State != audit.HeadMismatch {
			t.Fatalf("cut at %d with the head: %+v", size, got)
		}
		if got := records(t, dir); len(got) != whole {
			t.Fatalf("cut at %d: read %d records, want %d", size, len(got), whole)
		}
	}
}

func TestAChangedLineIsFound(t *testing.T) {
	t.Parallel()
	s := seal(t)
	for _, name := range s.names {
		lines := bytes.SplitAfter(s.text[name], []byte("\n"))
		lines = lines[:len(lines)-1]
		for i := range lines {
			edits := map[string][][]byte{
				"dropped": slices.Delete(slices.Clone(lines), i, i+1),
				"doubled": slices.Insert(slices.Clone(lines), i, lines[i]),
				"emptied": slices.Insert(slices.Clone(lines), i, []byte("\n")),
			}
			if i > 0 {
				swapped := slices.Clone(lines)
				swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
				edits["swapped"] = swapped
			}
			for edit, changed := range edits {
				t.Run(fmt.Sprintf("%s line %d %s", name, i+1, edit), func(t *testing.T) {
					t.Parallel()
					dir := t.TempDir()
					s.with(t, dir, name, bytes.Join(changed, nil))
					got := verify(t, dir, &s.head)
					if got.State != audit.Broken && got.State != audit.HeadMismatch || got.Reason == "" {
						t.Errorf("verified as %+v", got)
					}
				})
			}
		}
	}
}

func TestAChangedSetOfFilesIsFound(t *testing.T) {
	t.Parallel()
	s := seal(t)
	first, last := s.names[0], s.names[len(s.names)-1]
	for name, c := range map[string]struct {
		meddle func(dir string) error
		want   audit.State
		reason string
	}{
		"first file removed": {func(dir string) error { return os.Remove(filepath.Join(dir, first)) }, audit.Broken, "are missing"},
		"last file removed":  {func(dir string) error { return os.Remove(filepath.Join(dir, last)) }, audit.HeadMismatch, "the end was removed"},
		"all files removed": {func(dir string) error {
			return os.RemoveAll(dir)
		}, audit.HeadMismatch, "the end was removed"},
		"file renamed": {func(dir string) error {
			return os.Rename(filepath.Join(dir, last), filepath.Join(dir, "audit-0000000099.jsonl"))
		}, audit.Broken, "are missing"},
		"file doubled": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "audit-0000000002.jsonl"), s.text[first], 0o600)
		}, audit.Broken, "is not the one that begins with record"},
		"end of an earlier file cut": {func(dir string) error {
			return os.Truncate(filepath.Join(dir, first), int64(len(s.text[first])-1))
		}, audit.Broken, "is cut off, and others follow"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s.with(t, dir, "", nil)
			if err := c.meddle(dir); err != nil {
				t.Fatal(err)
			}
			got := verify(t, dir, &s.head)
			if got.State != c.want || !strings.Contains(got.Reason, c.reason) {
				t.Errorf("verified as %+v, want %s, %q", got, c.want, c.reason)
			}
		})
	}
}

// TestARewrittenLogDoesNotPass: a log that is right in itself, but not the one
// that was anchored.
func TestARewrittenLogDoesNotPass(t *testing.T) {
	t.Parallel()
	genuine := newLog(t, t.TempDir(), 5, options())
	forged := options()
	forged.Boot = "boot-2"
	dir := t.TempDir()
	newLog(t, dir, 5, forged)
	if got := verify(t, dir, nil); got.State != audit.NotCompared || got.Anchored {
		t.Errorf("without a head verified as %+v", got)
	}
	got := verify(t, dir, &genuine)
	if got.State != audit.HeadMismatch || !strings.Contains(got.Reason, "rewritten") {
		t.Errorf("verified as %+v", got)
	}
}

func TestAHeadFromEarlierIsStillInTheChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	early := newLog(t, dir, 2, options())
	newLog(t, dir, 3, options())
	if got := verify(t, dir, &early); got.State != audit.Good || !got.Anchored || got.Records != 5 {
		t.Errorf("verified as %+v", got)
	}
}

// TestALogOfANewerVersionIsVerified reads past fields and events of a later version. The
// chain covers them.
func TestALogOfANewerVersionIsVerified(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	zeros := strings.Repeat("0", 64)
	first := `{"v":7,"seq":1,"time":"2026-03-04T12:00:00Z","event":"approved","record":"imp_1","operator":{"id":"user_a","team":{"x":1}},"by":["user_b"],"prev":"` + zeros + `"}`
	second := `{"prev":"` + hexSum(first) + `","time":"2026-03-04T12:00:01Z","v":7,"seq":2,"record":"imp_1","reason":{"text":"now an object"}}`
	writeFile(t, filepath.Join(dir, "audit-0000000001.jsonl"), []byte(first+"\n"+second+"\n"))
	head := audit.Head{Seq: 2, Hash: hexSum(second)}
	if got := verify(t, dir, &head); got.State != audit.Good || got.Head != head || !got.Anchored {
		t.Errorf("verified as %+v", got)
	}
	log := openLog(t, dir, options())
	appendTo(t, log, request(3))
	if got := verify(t, dir, &head); got.State != audit.Good || got.Records != 3 {
		t.Errorf("after an older version wrote: %+v", got)
	}
	var lineErrors, whole int
	history := snapshot(t, dir)
	for record, err := range history.Records() {
		if err != nil {
			lineErrors++
			continue
		}
		whole++
		if record.Seq == 1 && record.Operator.ID != "user_a" {
			t.Errorf("read %+v", record)
		}
	}
	if lineErrors != 1 || whole != 2 {
		t.Errorf("%d records and %d lines that are none", whole, lineErrors)
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	for state, want := range map[audit.State]int{
		audit.Good: 0, audit.Broken: 1, audit.Torn: 2, audit.HeadMismatch: 3, audit.NotCompared: 5, audit.None: 6, audit.ReportsDiffer: 7, "other": 1,
	} {
		if got := state.ExitCode(); got != want {
			t.Errorf("%s: %d, want %d", state, got, want)
		}
	}
}

// TestNoLogIsNeverGood: a folder that is gone, one that is empty, a file without a
// record; whether a head is remembered or not.
func TestNoLogIsNeverGood(t *testing.T) {
	t.Parallel()
	first := audit.Head{Hash: strings.Repeat("0", 64)}
	lost := newLog(t, t.TempDir(), 3, options())
	empty, fileOnly := t.TempDir(), t.TempDir()
	writeFile(t, filepath.Join(fileOnly, "audit-0000000001.jsonl"), nil)
	for _, dir := range []string{filepath.Join(empty, "missing"), empty, fileOnly} {
		for head, want := range map[*audit.Head]audit.State{nil: audit.None, &first: audit.None, &lost: audit.HeadMismatch} {
			if got := verify(t, dir, head); got.State != want || got.Records != 0 || !got.First.IsZero() || got.Reason == "" {
				t.Errorf("%s with %v: verified as %+v", dir, head, got)
			}
		}
		if got := records(t, dir); len(got) != 0 {
			t.Errorf("read %+v", got)
		}
	}
}

// TestVerifyNamesWhatWasAccepted: each record of it, by number, time and head.
func TestVerifyNamesWhatWasAccepted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := openLog(t, dir, options())
	var want []audit.Acceptance
	for number := range 6 {
		if number%3 == 0 {
			appendTo(t, log, request(number))
			continue
		}
		remembered := audit.Head{Seq: int64(90 + number), Hash: strings.Repeat("a", 64)}
		if err := log.Accept(t.Context(), remembered, audit.Record{Record: "rid"}); err != nil {
			t.Fatal(err)
		}
		want = append(want, audit.Acceptance{Seq: int64(number + 1), Time: noon.Add(time.Duration(number+1) * time.Second), Remembered: remembered.String()})
	}
	head := log.Head()
	if got := verify(t, dir, &head); got.State != audit.Good || !slices.Equal(got.Accepted, want) {
		t.Errorf("%s, accepted %+v, want %+v", got.State, got.Accepted, want)
	}
}

func TestReadingCanBeStopped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newLog(t, dir, 3, options())
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := snapshot(t, dir).Verify(canceled, nil); fault.CodeOf(err) != fault.Canceled {
		t.Errorf("verify: %v", err)
	}
	read := 0
	for _, err := range snapshot(t, dir).Records() {
		if read++; err != nil || read > 1 {
			t.Errorf("record %d: %v", read, err)
		}
		break
	}
}

func TestAnUnreadableLogIsAFailure(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newLog(t, dir, 3, options())
	history := snapshot(t, dir)
	if err := os.Remove(logFiles(t, dir)[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := history.Verify(t.Context(), nil); fault.CodeOf(err) != fault.AuditUnreadable {
		t.Errorf("verify: %v", err)
	}
	for _, err := range history.Records() {
		if fault.CodeOf(err) != fault.AuditUnreadable {
			t.Errorf("read: %v", err)
		}
	}
	file := filepath.Join(dir, "file")
	writeFile(t, file, nil)
	if _, err := audit.Snapshot(file); fault.CodeOf(err) != fault.AuditUnreadable {
		t.Errorf("snapshot of a file: %v", err)
	}
}

// FuzzReader looks for content that panics, that the reader takes for more
// than the verifier does, or after which the log cannot be continued.
func FuzzReader(f *testing.F) {
	zeros := strings.Repeat("0", 64)
	f.Add([]byte(""))
	f.Add([]byte("{}\n\n[1]\nnull\n"))
	f.Add([]byte(`{"v":1,"seq":1,"time":"2026-03-04T12:00:00Z","prev":"` + zeros + `"}` + "\n"))
	f.Add([]byte(`{"v":1,"seq":1e400,"time":1,"prev":[]}` + "\n\x00\x00"))
	f.Add(bytes.Repeat([]byte("x"), 1<<17))
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "audit-0000000001.jsonl"), text)
		before := verify(t, dir, nil)
		var whole int64
		for _, err := range snapshot(t, dir).Records() {
			if err == nil {
				whole++
			}
		}
		if before.State.Holds() && whole > before.Records {
			t.Fatalf("read %d records, verified %d", whole, before.Records)
		}
		log := openLog(t, dir, options())
		appendTo(t, log, request(1))
		closeLog(t, log)
		after := verify(t, dir, nil)
		if before.State == audit.Broken {
			if after.BrokenAt != before.BrokenAt {
				t.Fatalf("broken at %d before and %d after", before.BrokenAt, after.BrokenAt)
			}
			return
		}
		if after.State != audit.NotCompared || after.Records != before.Records+1 {
			t.Fatalf("before %+v, after %+v", before, after)
		}
	})
}
