package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"understudy/internal/audit"
)

// auditRecords is the length of the log, verifications how often it is verified.
const (
	auditRecords  = 100_000
	verifications = 5
)

// measureAudit times the verification of a long log. Its baseline is what any
// program must do to it: read it once.
func (b *bench) measureAudit(ctx context.Context) ([]figure, error) {
	dir, err := b.writeLog("long", auditRecords)
	if err != nil {
		return nil, err
	}
	history, err := audit.Snapshot(dir)
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	var verified, read []time.Duration
	for range verifications {
		began := b.now()
		found, err := history.Verify(ctx, nil)
		if err != nil {
			return nil, fmt.Errorf("verify: %w", err)
		}
		if found.State != audit.NotCompared || found.Records != auditRecords {
			return nil, fmt.Errorf("verify: %s with %d records: %s", found.State, found.Records, found.Reason)
		}
		verified = append(verified, b.now().Sub(began))

		began = b.now()
		if err := readAll(dir); err != nil {
			return nil, err
		}
		read = append(read, b.now().Sub(began))
	}
	return []figure{{
		Name: "verify 100,000 records", Value: ms(median(verified)), Unit: "ms", Samples: verifications,
		Baseline: ms(median(read)), Compared: "to read the bytes", Mark: 1000, Rule: "1 s",
	}}, nil
}

func readAll(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		_, readErr := os.ReadFile(filepath.Join(dir, entry.Name()))
		err = errors.Join(err, readErr)
	}
	if err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	return nil
}

// logFileBytes is where the program begins a new file.
const logFileBytes = 16 << 20

// auditEvents are the records of each impersonation in a log.
func auditEvents() []audit.Event {
	return []audit.Event{audit.Requested, audit.Issued, audit.Opened, audit.Ended}
}

// writeLog returns a folder with a log, as [audit.Record] describes it, that has
// so many records. Written by [audit.Log] it would take a wait for the disk for
// each of them.
func (b *bench) writeLog(name string, records int) (dir string, err error) {
	if dir, err = os.MkdirTemp(b.work, name+"-log-"); err != nil {
		return "", fmt.Errorf("make the log's folder: %w", err)
	}
	var file *os.File
	lines, size := bufio.NewWriter(nil), 0
	start := b.now().Add(-time.Duration(records) * time.Minute)
	previous := strings.Repeat("0", sha256.Size*2)
	for n := range records {
		record := b.auditRecord(n)
		record.Time, record.Prev = start.Add(time.Duration(n)*time.Minute).UTC(), previous
		line, err := json.Marshal(record)
		if err != nil {
			return "", fmt.Errorf("encode: %w", err)
		}
		if size += len(line) + 1; file == nil || size > logFileBytes {
			if file != nil {
				err = errors.Join(lines.Flush(), file.Close())
			}
			path := filepath.Join(dir, fmt.Sprintf("audit-%010d.jsonl", n+1))
			next, openErr := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err = errors.Join(err, openErr); err != nil {
				return "", fmt.Errorf("make the log: %w", err)
			}
			lines.Reset(next)
			file, size = next, len(line)+1
		}
		sum := sha256.Sum256(line)
		previous = hex.EncodeToString(sum[:])
		_, _ = lines.Write(append(line, '\n')) // Flush tells
	}
	if err := errors.Join(lines.Flush(), file.Close()); err != nil {
		return "", fmt.Errorf("write the log: %w", err)
	}
	return dir, nil
}

// auditRecord is a record without its place in time and in the chain.
func (b *bench) auditRecord(n int) audit.Record {
	events := auditEvents()
	impersonation := n / len(events)
	record := audit.Record{
		Version: 1, Seq: int64(n) + 1, Boot: "benchmark", Event: events[n%len(events)],
		Record: fmt.Sprintf("benchmark-%d", impersonation), Operator: audit.Operator{ID: b.clerk.server.OperatorID()},
		Instance: "ins_benchmark", User: b.clerk.server.UserID(impersonation),
	}
	if record.Event == audit.Requested {
		record.Reason, record.LinkSeconds, record.SessionSeconds = "The invoices page is empty", 60, 600
	}
	return record
}
