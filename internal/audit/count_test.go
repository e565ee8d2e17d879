package audit_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// past is the first number that a float does not hold.
const past = int64(1)<<53 + 1

func TestANumberPastTheFloatsIsNoHead(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("a", 64)
	for number, fine := range map[int64]bool{past: false, past - 1: false, past - 2: true, 1<<63 - 1: false} {
		if _, err := audit.ParseHead(audit.Head{Seq: number, Hash: hash}.String()); (err == nil) != fine {
			t.Errorf("%d: %v", number, err)
		}
	}
}

func TestAFileThatBeginsPastTheFloatsIsSaid(t *testing.T) {
	t.Parallel()
	for _, number := range []string{fmt.Sprint(past), "999999999999999999", "9999999999999999999", strings.Repeat("9", 100)} {
		dir := t.TempDir()
		newLog(t, dir, 3, options())
		name := "audit-" + number + ".jsonl"
		writeFile(t, filepath.Join(dir, name), nil)
		_, err := audit.Snapshot(dir)
		if failure := fault.From(err); failure == nil || failure.Code != fault.AuditUnreadable || !strings.Contains(failure.Sentence(), name) {
			t.Errorf("%s: %v", number, err)
		}
	}
}

func TestALogEndsBeforeItsNumbersAreInexact(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, fmt.Sprintf("audit-%d.jsonl", past-2)), nil)
	log := openLog(t, dir, options())
	if written := appendTo(t, log, request(1)); written.Seq != past-2 {
		t.Errorf("wrote record %d", written.Seq)
	}
	_, err := log.Append(t.Context(), request(2))
	if failure := fault.From(err); failure == nil || failure.Code != fault.AuditUnwritable || !strings.Contains(failure.Sentence(), "full") {
		t.Errorf("got %v", err)
	}
}

// TestALineWithAnInexactNumberIsNoRecord: nobody is shown another number than the
// file has.
func TestALineWithAnInexactNumberIsNoRecord(t *testing.T) {
	t.Parallel()
	for _, field := range []string{`"seq":9007199254740993`, `"seq":-1`, `"seq":1e400`, `"link_seconds":9007199254740993`, `"session_seconds":99999999999`, `"link_seconds":-5`} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "audit-0000000001.jsonl"), []byte(`{"v":1,`+field+`,"time":"2026-03-04T12:00:00Z","record":"r"}`+"\n"))
		for record, err := range snapshot(t, dir).Records() {
			if err == nil {
				t.Errorf("%s: read %+v", field, record)
			}
		}
		if got := verify(t, dir, nil); got.State != audit.Broken {
			t.Errorf("%s: verified as %s", field, got.State)
		}
	}
}
