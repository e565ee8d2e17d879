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
	}
}

func cells(r Record) []string {
	row := []string{
		strconv.FormatInt(r.Seq, 10), timeCell(r.Time), string(r.Event), r.Record,
		r.Operator.ID, strconv.FormatBool(r.Operator.Verified), timeCell(r.Operator.VerifiedAt),
		r.Instance, r.User, r.Reason, r.Override, r.Reference, r.Browser,
		strconv.Itoa(r.LinkSeconds), strconv.Itoa(r.SessionSeconds),
		r.Result.Code, r.Result.ActorToken, strings.Join(r.Result.Sessions, " "), r.Result.TraceID, r.Remembered,
	}
	for i, cell := range row {
		row[i] = escapeCell(cell)
	}
	return row
}

func timeCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// escapeCell puts ' before each line of a cell that a spreadsheet could take
// for a formula: one whose first character after spaces is = + - @, a tab or a
// carriage return (https://owasp.org/www-community/attacks/CSV_Injection), or
// the full-width form of one of the four, which Excel takes for the same.
// Every line, because an importer that splits cells at line ends would start
// afresh there.
func escapeCell(cell string) string {
	var escaped strings.Builder
	for _, line := range splitAfterLineEnds(cell) {
		if startsFormula(line) {
			escaped.WriteByte('\'')
		}
		escaped.WriteString(line)
	}
	return escaped.String()
}

// splitAfterLineEnds cuts a cell after each character that some program takes
// for the end of a line.
func splitAfterLineEnds(cell string) []string {
	var lines []string
	start := 0
	for i, r := range cell {
		if strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029", r) {
			end := i + len(string(r))
			lines = append(lines, cell[start:end])
			start = end
		}
	}
	return append(lines, cell[start:])
}

func startsFormula(line string) bool {
	for _, r := range line {
		switch {
		case strings.ContainsRune("=+-@\t\r＝＋－＠", r):
			return true
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r):
			return false
		}
	}
	return false
}
