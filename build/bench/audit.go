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
	dir, err := b.longLog()
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
		if found.State != audit.Good || found.Records != auditRecords {
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

// longLog returns a folder with a log of many impersonations, each with its four
// records. Written by [audit.Log] it would take a wait for the disk for each.
func (b *bench) longLog() (string, error) {
	dir := filepath.Join(b.work, "long-log")
	path := filepath.Join(dir, "audit-0000000001.jsonl")
	if _, err := os.Stat(path); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the log's folder: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("make the log: %w", err)
	}
	lines := bufio.NewWriter(file)
	err = b.writeLog(lines)
	if err = errors.Join(err, lines.Flush(), file.Close()); err != nil {
		return "", fmt.Errorf("write the log: %w", err)
	}
	return dir, nil
}

// writeLog writes lines as [audit.Record] describes them.
func (b *bench) writeLog(w *bufio.Writer) error {
	events := []audit.Event{audit.Requested, audit.Issued, audit.Opened, audit.Ended}
	start := b.now().Add(-auditRecords * time.Minute)
	previous := strings.Repeat("0", sha256.Size*2)
	for n := range int64(auditRecords) {
		event := events[n%int64(len(events))]
		record := audit.Record{
			Version: 1, Seq: n + 1, Time: start.Add(time.Duration(n) * time.Minute).UTC(), Boot: "benchmark",
			Event: event, Record: fmt.Sprintf("benchmark-%d", n/int64(len(events))),
			Operator: audit.Operator{ID: b.clerk.server.OperatorID()}, Instance: "ins_benchmark",
			User: b.clerk.server.UserID(int(n)), Prev: previous,
		}
		if event == audit.Requested {
			record.Reason, record.LinkSeconds, record.SessionSeconds = "The invoices page is empty", 60, 600
		}
		line, err := json.Marshal(record)
		if err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		sum := sha256.Sum256(line)
		previous = hex.EncodeToString(sum[:])
		if _, err := w.Write(append(line, '\n')); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}
