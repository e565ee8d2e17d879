package audit

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"understudy/internal/fault"
)

// Manifest is the first line of a JSON export. It describes the lines that follow
// and says whether they could be verified.
type Manifest struct {
	Format     string    `json:"format"` // "understudy-audit"
	Version    int       `json:"version"`
	ExportedAt time.Time `json:"exported_at"`
	State      State     `json:"state"`
	Reason     string    `json:"reason,omitempty"`
	Records    int64     `json:"records"`
	Head       string    `json:"head"` // "seq:hash"
	Anchored   bool      `json:"anchored"`
	Accepted   []int64   `json:"accepted,omitempty"`   // numbers of the records that took the log as it was
	ClockBack  []int64   `json:"clock_back,omitempty"` // numbers of the records before which the clock went back
	Bytes      int64     `json:"bytes"`                // of all that follows the manifest's line
	SHA256     string    `json:"sha256"`               // of the same
}

// passesJSON is how often a JSON export reads the log: to verify it, to sum it
// up, and to write it.
const passesJSON = 3

// ExportJSON writes the whole log as JSON Lines: one line with the [Manifest],
// then every byte of the log's files as it is, in order, damaged lines too. So
// the chain can be verified from the export alone. head is as in
// [History.Verify]; at is the time of the export.
func (h History) ExportJSON(ctx context.Context, w io.Writer, head *Head, at time.Time) error {
	h = h.metered(passesJSON)
	verification, err := h.Verify(ctx, head)
	if err != nil {
		return err
	}
	digest := sha256.New()
	size, err := h.copyTo(ctx, digest)
	if err != nil {
		return err
	}
	var accepted, back []int64
	for _, record := range verification.Accepted {
		accepted = append(accepted, record.Seq)
	}
	for _, step := range verification.Back {
		back = append(back, step.Seq)
	}
	manifest, err := json.Marshal(Manifest{
		Format: "understudy-audit", Version: version, ExportedAt: at.UTC(),
		State: verification.State, Reason: verification.Reason, Records: verification.Records,
		Head: verification.Head.String(), Anchored: verification.Anchored, Accepted: accepted, ClockBack: back,
		Bytes: size, SHA256: hexOf(digest),
	})
	if err != nil {
		return fmt.Errorf("encode manifest: %w", err)
	}
	if _, err := w.Write(append(manifest, '\n')); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	_, err = h.copyTo(ctx, w)
	return err
}

// copyTo writes the bytes of all files.
func (h History) copyTo(ctx context.Context, w io.Writer) (int64, error) {
	var size int64
	for _, file := range h.files {
		if err := ctx.Err(); err != nil {
			return size, fault.New(fault.Canceled, err)
		}
		n, err := file.copyTo(w)
		size += n
		if err != nil {
			return size, err
		}
	}
	return size, nil
}
