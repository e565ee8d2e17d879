package audit

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark makes Excel read the file as UTF-8.
const byteOrderMark = "\ufeff"

// ExportCSV writes records as a table for a spreadsheet: a line of column
// names, then one line per record. No cell is taken for a formula, see
// [escapeCell]. A CSV cannot be verified; [History.ExportJSON] can.
func ExportCSV(w io.Writer, records iter.Seq[Record]) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	table := csv.NewWriter(w)
	if err := table.Write(columns()); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for record := range records {
		if err := table.Write(cells(record)); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func columns() []string {
	return []string{
		"seq", "time", "event", "record", "operator", "operator_verified", "operator_verified_at",
		"instance", "user", "reason", "override", "reference", "browser",
		"link_seconds", "session_seconds", "result", "actor_token", "sessions", "trace_id", "remembered",
		"path", "host", "until", "pages", "sent", "held_back", "report", "mode",
	}
}

func cells(r Record) []string {
	row := []string{
		strconv.FormatInt(r.Seq, 10), timeCell(r.Time), string(r.Event), r.Record,
		r.Operator.ID, strconv.FormatBool(r.Operator.Verified), timeCell(r.Operator.VerifiedAt),
		r.Instance, r.User, r.Reason, r.Override, r.Reference, r.Browser,
		strconv.Itoa(r.LinkSeconds), strconv.Itoa(r.SessionSeconds),
		r.Result.Code, r.Result.ActorToken, strings.Join(r.Result.Sessions, " "), r.Result.TraceID, r.Remembered,
		r.Path, r.Host, timeCell(r.Until),
	}
	row = append(append(row, reportCells(r.Result)...), r.Mode)
	for i, cell := range row {
		row[i] = escapeCell(cell)
	}
	return row
}

// reportCells are the figures and the hash of a report, empty where there is none: a 0
// would say that nothing was changed.
func reportCells(r Result) []string {
	if r.Report == "" {
		return make([]string, 4)
	}
	return []string{strconv.Itoa(r.Pages), strconv.Itoa(r.Sent), strconv.Itoa(r.HeldBack), r.Report}
}

func timeCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// escapeCell puts ' before each part of a cell that a spreadsheet could take for
// a formula: one whose first character after spaces and quotes is = + - @, or the
// full-width or small form of one, which Excel takes for the same
// (https://owasp.org/www-community/attacks/CSV_Injection). A part is what some
// program reads as a cell: it starts at a line end, and at a character that its
// user chose to split cells at. A tab or a carriage return at the very start is
// dropped by some programs, so the cell gets a ' there too.
func escapeCell(cell string) string {
	var escaped strings.Builder
	if strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") {
		escaped.WriteByte('\'')
	}
	for part := range parts(cell) {
		if startsFormula(part) {
			escaped.WriteByte('\'')
		}
		escaped.WriteString(part)
	}
	return escaped.String()
}

// parts cuts a cell after each character that some program takes for the end of a
// line or of a cell.
func parts(cell string) iter.Seq[string] {
	const ends = "\n\v\f\r\u0085\u2028\u2029" + ";\t|,"
	return func(yield func(string) bool) {
		start := 0
		for i, r := range cell {
			if end := i + utf8.RuneLen(r); strings.ContainsRune(ends, r) {
				if !yield(cell[start:end]) {
					return
				}
				start = end
			}
		}
		yield(cell[start:])
	}
}

func startsFormula(part string) bool {
	start := strings.TrimLeftFunc(part, func(r rune) bool {
		return r == '"' || unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
	first, _ := utf8.DecodeRuneInString(start)
	return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", first)
}
