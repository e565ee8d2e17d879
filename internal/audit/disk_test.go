package audit

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"understudy/internal/fault"
)

// faulty is a disk whose next operations fail as the test says.
type faulty struct {
	create, write, sync, truncate error
	keep                          int // bytes that a failing write puts down all the same
}

func (d *faulty) open(path string, flag int, mode fs.FileMode) (file, error) {
	if d.create != nil {
		return nil, d.create
	}
	opened, err := os.OpenFile(path, flag, mode)
	return &faultyFile{File: opened, disk: d}, err
}

type faultyFile struct {
	*os.File
	disk *faulty
}

func (f *faultyFile) WriteAt(p []byte, offset int64) (int, error) {
	if f.disk.write != nil {
		n, _ := f.File.WriteAt(p[:min(f.disk.keep, len(p))], offset)
		return n, f.disk.write
	}
	return f.File.WriteAt(p, offset)
}

func (f *faultyFile) Sync() error {
	if f.disk.sync != nil {
		return f.disk.sync
	}
	return f.File.Sync()
}

func (f *faultyFile) Truncate(size int64) error {
	if f.disk.truncate != nil {
		return f.disk.truncate
	}
	return f.File.Truncate(size)
}

var _ file = (*faultyFile)(nil)

func fixed() Options {
	return Options{Now: func() time.Time { return time.Unix(1772625600, 0) }, Boot: "boot-1"}
}

func TestARecordThatIsNotOnTheDiskIsRefused(t *testing.T) {
	t.Parallel()
	whole := 1 << 20
	for name, c := range map[string]struct {
		fails    faulty
		recovers bool // the next Append works without opening the log anew
	}{
		"full, nothing written":             {faulty{write: syscall.ENOSPC}, true},
		"full, one byte written":            {faulty{write: syscall.ENOSPC, keep: 1}, true},
		"full, all but nothing missing":     {faulty{write: syscall.ENOSPC, keep: whole}, true},
		"I/O error":                         {faulty{write: syscall.EIO, keep: 10}, true},
		"read-only":                         {faulty{write: syscall.EROFS}, true},
		"full, and cannot be cut back":      {faulty{write: syscall.ENOSPC, keep: 10, truncate: syscall.EIO}, false},
		"fsync fails":                       {faulty{sync: syscall.EIO}, false},
		"fsync fails, and cannot be cut":    {faulty{sync: syscall.EIO, truncate: syscall.EIO}, false},
		"fsync says the disk is full (NFS)": {faulty{sync: syscall.ENOSPC}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var disk faulty
			log, err := openWith(disk.open, dir, fixed())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = log.Close() }()
			mustAppend(t, log)
			before := log.Head()

			disk = c.fails
			wantUnwritable(t, log)
			if log.Head() != before {
				t.Error("the head moved")
			}
			if c.fails.truncate == nil && c.fails.sync == nil {
				wantGood(t, dir, before, 1)
			}
			disk = faulty{}
			if c.recovers {
				mustAppend(t, log)
				wantGood(t, dir, before, 2)
				return
			}
			wantUnwritable(t, log)
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			again, err := openWith(disk.open, dir, fixed())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = again.Close() }()
			mustAppend(t, again)
			wantGood(t, dir, before, again.Head().Seq)
		})
	}
}

func TestARecordIsRefusedWhileNoNextFileCanBeMade(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string]faulty{
		"no permission":     {create: fs.ErrPermission},
		"too many files":    {create: syscall.EMFILE},
		"fsync of the file": {sync: syscall.EIO},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var disk faulty
			options := fixed()
			options.MaxFileBytes = 1
			log, err := openWith(disk.open, dir, options)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = log.Close() }()
			mustAppend(t, log)
			before := log.Head()
			disk = fails
			wantUnwritable(t, log)
			wantGood(t, dir, before, 1)
			disk = faulty{}
			mustAppend(t, log)
			wantGood(t, dir, before, 2)
		})
	}
}

func TestOpenWithoutPermission(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var disk faulty
	log, err := openWith(disk.open, dir, fixed())
	if err != nil {
		t.Fatal(err)
	}
	mustAppend(t, log)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	disk.create = fs.ErrPermission
	if _, err := openWith(disk.open, dir, fixed()); fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("opened with %v", err)
	}
	disk.create = nil // the lock was given back
	log, err = openWith(disk.open, dir, fixed())
	if err != nil {
		t.Fatal(err)
	}
	_ = log.Close()
}

// TestATornLineThatCannotBeCutOffKeepsTheLogClosed fails the cut after the copy.
// The next start copies the line aside again.
func TestATornLineThatCannotBeCutOffKeepsTheLogClosed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	torn := filepath.Join(dir, nameOf(1))
	if err := os.WriteFile(torn, []byte(`{"v":1,`), 0o600); err != nil {
		t.Fatal(err)
	}
	disk := faulty{truncate: syscall.EIO}
	if _, err := openWith(disk.open, dir, fixed()); fault.CodeOf(err) != fault.AuditUnwritable {
		t.Fatalf("opened with %v", err)
	}
	disk = faulty{}
	log, err := openWith(disk.open, dir, fixed())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	mustAppend(t, log)
	if got := wantGood(t, dir, log.Head(), 1); len(got.Aside) != 2 {
		t.Errorf("set aside %q", got.Aside)
	}
}

// TestAFileThatOthersChangedIsNotAppendedTo has changes after which records would
// vanish or mix.
func TestAFileThatOthersChangedIsNotAppendedTo(t *testing.T) {
	t.Parallel()
	for name, meddle := range map[string]func(path string) error{
		"removed":        os.Remove,
		"folder removed": func(path string) error { return os.RemoveAll(filepath.Dir(path)) },
		"moved away":     func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error {
			if err := os.Rename(path, path+".old"); err != nil {
				return err
			}
			return os.WriteFile(path, []byte("{}\n"), 0o600)
		},
		"cut":         func(path string) error { return os.Truncate(path, 10) },
		"appended to": func(path string) error { return os.Truncate(path, 10_000) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "history")
			log, err := openWith(openOnDisk, dir, fixed())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = log.Close() }()
			mustAppend(t, log)
			if err := meddle(filepath.Join(dir, nameOf(1))); err != nil {
				if runtime.GOOS != "windows" {
					t.Fatal(err)
				}
				mustAppend(t, log) // Windows lets nobody rename or remove an open file
				return
			}
			wantUnwritable(t, log)
		})
	}
}

func mustAppend(t *testing.T, log *Log) {
	t.Helper()
	if _, err := log.Append(t.Context(), Record{Event: Requested, Record: "imp_1"}); err != nil {
		t.Fatalf("append: %v", err)
	}
}

func wantUnwritable(t *testing.T, log *Log) {
	t.Helper()
	_, err := log.Append(t.Context(), Record{Event: Requested, Record: "imp_lost"})
	if fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("append: %v, want %s", err, fault.AuditUnwritable)
	}
	if err != nil && strings.Contains(err.Error(), "imp_lost") {
		t.Errorf("the error quotes the record: %v", err)
	}
}

func wantGood(t *testing.T, dir string, head Head, records int64) Verification {
	t.Helper()
	history, err := Snapshot(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := history.Verify(t.Context(), &head)
	if err != nil {
		t.Fatal(err)
	}
	if got.State != Good || got.Records != records {
		t.Errorf("verified as %+v, want %d records", got, records)
	}
	return got
}
