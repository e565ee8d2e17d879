//go:build unix

package audit_test

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOnlyTheUserCanRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "history")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "audit-0000000001.jsonl")
	if err := os.WriteFile(path, []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	small := options()
	small.MaxFileBytes = 1
	newLog(t, dir, 2, small)
	reported(t, dir, "imp_1")
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	reports := filepath.Join(dir, "reports")
	if err != nil || len(names) != 5 { // two files of records, one set aside, the lock, the folder of reports
		t.Fatalf("folder holds %q, %v", names, err)
	}
	for _, name := range append(names, dir, filepath.Join(reports, "imp_1.json")) {
		want := os.FileMode(0o600)
		if name == dir || name == reports {
			want = 0o700
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", filepath.Base(name), info.Mode(), err)
		}
	}
}
