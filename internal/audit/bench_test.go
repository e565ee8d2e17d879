package audit_test

import (
	"testing"

	"understudy/internal/audit"
)

func BenchmarkAppend(b *testing.B) {
	log, err := audit.Open(b.TempDir(), options())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	for b.Loop() {
		if _, err := log.Append(b.Context(), request(1)); err != nil {
			b.Fatal(err)
		}
	}
}

// hundredThousand makes a log of 100,000 records without waiting for the disk.
func hundredThousand(b *testing.B) audit.History {
	b.Helper()
	dir := b.TempDir()
	if err := audit.WriteUnsynced(dir, options(), 100_000, request); err != nil {
		b.Fatal(err)
	}
	history, err := audit.Snapshot(dir)
	if err != nil {
		b.Fatal(err)
	}
	return history
}

func BenchmarkVerify100k(b *testing.B) {
	history := hundredThousand(b)
	for b.Loop() {
		if got, err := history.Verify(b.Context(), nil); err != nil || got.Records != 100_000 {
			b.Fatalf("%+v, %v", got, err)
		}
	}
}

func BenchmarkRead100k(b *testing.B) {
	history := hundredThousand(b)
	for b.Loop() {
		for _, err := range history.Records() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkNobodysPageOf100k(b *testing.B) {
	history := hundredThousand(b)
	for b.Loop() {
		page, err := history.Page(b.Context(), audit.Query{User: "user_nobody", Limit: 100}, audit.Moment{})
		if err != nil || len(page.Found) > 0 {
			b.Fatalf("%d, %v", len(page.Found), err)
		}
	}
}

func BenchmarkLatest100of100k(b *testing.B) {
	history := hundredThousand(b)
	for b.Loop() {
		if found, _, err := history.Latest(100, audit.Moment{}); err != nil || len(found) != 100 {
			b.Fatalf("%d, %v", len(found), err)
		}
	}
}
