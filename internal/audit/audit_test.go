package audit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
)

// noon is when the clock of these tests starts.
var noon = time.Date(2026, time.March, 4, 12, 0, 0, 0, time.UTC)

// clock gives times a second apart.
func clock() func() time.Time {
	now := noon
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func options() audit.Options { return audit.Options{Now: clock(), Boot: "boot-1"} }

func openLog(t *testing.T, dir string, options audit.Options) *audit.Log {
	t.Helper()
	log, err := audit.Open(dir, options)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = log.Close() })
	return log
}

func closeLog(t *testing.T, log *audit.Log) {
	t.Helper()
	if err := log.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

func appendTo(t *testing.T, log *audit.Log, record audit.Record) audit.Record {
	t.Helper()
	written, err := log.Append(t.Context(), record)
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	return written
}

func request(number int) audit.Record {
	return audit.Record{
		Event: audit.Requested, Record: fmt.Sprintf("imp_%04d", number),
		Operator: audit.Operator{ID: "user_agent", Verified: true, VerifiedAt: noon},
		Instance: "ins_example", User: fmt.Sprintf("user_%04d", number), Reason: "invoices are missing",
		LinkSeconds: 60, SessionSeconds: 1800,
	}
}

// newLog makes a closed log with that many records and gives its head.
func newLog(t *testing.T, dir string, records int, options audit.Options) audit.Head {
	t.Helper()
	log := openLog(t, dir, options)
	for number := range records {
		appendTo(t, log, request(number))
	}
	closeLog(t, log)
	return log.Head()
}

func verify(t *testing.T, dir string, head *audit.Head) audit.Verification {
	t.Helper()
	found, err := snapshot(t, dir).Verify(t.Context(), head)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	return found
}

func snapshot(t *testing.T, dir string) audit.History {
	t.Helper()
	history, err := audit.Snapshot(dir)
	if err != nil {
		t.Fatalf("snapshot: %v", err)
	}
	return history
}

// records reads all records and fails on any line that is none.
func records(t *testing.T, dir string) []audit.Record {
	t.Helper()
	var found []audit.Record
	for record, err := range snapshot(t, dir).Records() {
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		found = append(found, record)
	}
	return found
}

// logFiles are the paths of the log's files in order.
func logFiles(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "audit-*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(paths)
	return paths
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func writeFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestHeadRoundTrip(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("0123456789abcdef", 4)
	head := audit.Head{Seq: 42, Hash: hash}
	if got, err := audit.ParseHead(head.String()); err != nil || got != head {
		t.Errorf("got %v, %v", got, err)
	}
	for name, text := range map[string]string{
		"empty": "", "no hash": "42:", "no number": ":" + hash, "short": "42:" + hash[1:], "long": "42:" + hash + "0",
		"upper case": "42:" + strings.ToUpper(hash), "negative": "-1:" + hash, "plus": "+1:" + hash,
		"leading zero": "042:" + hash, "huge": "99999999999999999999:" + hash, "space": "42: " + hash[1:],
	} {
		if _, err := audit.ParseHead(text); err == nil {
			t.Errorf("%s: accepted %q", name, text)
		}
	}
}
