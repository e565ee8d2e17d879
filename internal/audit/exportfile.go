package audit

import (
	"context"
	"errors"
	"io"
	"time"

	"understudy/internal/durable"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// Format is a form of export.
type Format string

// The formats.
const (
	JSON Format = "json" // the whole chain as it is, which can be verified
	CSV  Format = "csv"  // a table for a spreadsheet
)

// Extension is that of a file in the format, without the dot.
func (f Format) Extension() string {
	if f == JSON {
		return "jsonl"
	}
	return string(f)
}

var errFormat = errors.New("audit: unknown format of export")

// Export writes the log in a format. Lines that are no records are part of a
// JSON export and missing in a CSV, which then ends with their errors. head and
// at are as in [History.ExportJSON].
func (h History) Export(ctx context.Context, w io.Writer, format Format, head *Head, at time.Time) error {
	switch format {
	case JSON:
		return h.ExportJSON(ctx, w, head, at)
	case CSV:
		h = h.metered(1)
		var failures error
		records := func(yield func(Record) bool) {
			for record, err := range h.Records() {
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					failures = errors.Join(failures, err)
					if ctx.Err() != nil {
						return
					}
					continue
				}
				if h.only != nil && !h.only[record.Record] {
					continue
				}
				if !yield(record) {
					return
				}
			}
		}
		return errors.Join(ExportCSV(w, records), failures)
	}
	return errFormat
}

// ExportFile exports into a file that only this user can read. It takes the
// place of the one that is there once it is whole, and not before: an export
// that fails leaves nothing behind. Anything there but a file stays as it is.
func (h History) ExportFile(ctx context.Context, path string, format Format, head *Head, at time.Time) error {
	return replaceExport(ctx, path, func(file io.Writer) error { return h.Export(ctx, file, format, head, at) })
}

func replaceExport(ctx context.Context, path string, write func(io.Writer) error) error {
	err := durable.ReplaceBy(path, func(file io.Writer) error { return errors.Join(write(file), ctx.Err()) })
	if f := fault.From(err); f == nil || f.Code != fault.Internal {
		return err
	}
	failure := fault.New(fault.ExportFailed, err)
	if inTheWay, ok := errors.AsType[*durable.NotRegularError](err); ok {
		return failure.Saying(sentence.Of("export_failed.in_the_way", "name", inTheWay.Name, "kind", inTheWay.Kind))
	}
	return failure
}
