package commandline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/report"
)

// reported makes a log with one watched impersonation, ID watched, and one that
// was not, ID unwatched. It returns the JSON of the report.
func reported(t *testing.T) (dir, text string) {
	t.Helper()
	dir = t.TempDir()
	log, err := audit.Open(dir, audit.Options{Now: noon, Boot: "b"})
	if err != nil {
		t.Fatal(err)
	}
	seen := report.NewRecorder()
	seen.Page("https://acme.com/invoices/4471", noon())
	seen.Ended("operator", noon().Add(14*time.Minute))
	content, err := seen.Report().Encode()
	if err != nil {
		t.Fatal(err)
	}
	sum, err := log.SaveReport(t.Context(), "watched", content)
	if err != nil {
		t.Fatal(err)
	}
	maya := audit.Operator{ID: "user_maya"}
	for _, record := range []audit.Record{
		{Event: audit.Requested, Record: "watched", User: "user_ingrid", Operator: maya, Reference: "48190"},
		{Event: audit.Ended, Record: "watched", Result: audit.Result{Report: sum, Pages: 1}},
		{Event: audit.Requested, Record: "unwatched"},
	} {
		if _, err := log.Append(t.Context(), record); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, string(content)
}

func TestAuditReport(t *testing.T) {
	dir, text := reported(t)
	const summary = "user_maya looked at user_ingrid's account, Nov 22, 12:00 to 12:14. Looked at 1 page, changed nothing. Ticket 48190.\n"
	for _, tt := range []struct {
		args []string
		code int
		out  string
		errs string
	}{
		{[]string{"watched"}, 0, text + "\n", ""},
		{[]string{"-dir", dir, "watched"}, 0, text + "\n", ""},
		{[]string{"--text", "watched"}, 0, summary, ""},
		{[]string{"watched", "--text"}, 0, summary, ""},
		{[]string{"unwatched"}, 6, "", "There is no report"},
		{[]string{"invented"}, 6, "", "no longer listed"},
		{[]string{"-dir", filepath.Join(dir, "nowhere"), "watched"}, 6, "", "no longer listed"},
		{[]string{"-dir", filepath.Join(dir, "audit.lock"), "watched"}, 4, "", "could not be read"},
		{nil, exitUsage, "", "usage: understudy audit report"},
		{[]string{"watched", "unwatched"}, exitUsage, "", "usage: understudy audit report"},
		{[]string{"-odd", "watched"}, exitUsage, "", "usage: understudy audit report"},
		{[]string{"-help"}, 0, "", "usage: understudy audit report"},
	} {
		var out, errs bytes.Buffer
		a := Audit{Dir: dir, Now: noon, Out: &out, Err: &errs}
		code := a.Run(t.Context(), append([]string{"report"}, tt.args...))
		if code != tt.code || out.String() != tt.out || !strings.Contains(errs.String(), tt.errs) {
			t.Errorf("%q: exit %d: %s%s", tt.args, code, out.String(), errs.String())
		}
	}
}

func TestAReportThatDiffersIsSaid(t *testing.T) {
	dir, text := reported(t)
	path := filepath.Join(dir, "reports", "watched.json")
	if err := os.WriteFile(path, []byte(strings.Replace(text, "invoices", "payments", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "reports", "extra.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	a := Audit{Dir: dir, Now: noon, Out: &out, Err: &errs}
	if code := a.Run(t.Context(), []string{"report", "watched"}); code != 1 || out.Len() > 0 || !strings.Contains(errs.String(), "doesn't match") {
		t.Errorf("report: exit %d: %s%s", code, out.String(), errs.String())
	}
	if code := a.Run(t.Context(), []string{"verify"}); code != 7 {
		t.Errorf("verify: exit %d", code)
	}
	for _, line := range []string{
		"reports differ: 3 records, unbroken. The report that record 2 names was changed: reports/watched.json.\n",
		"not compared: ", "report changed: The report that record 2 names", "report extra: No record names reports/extra.json.\n",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("verify lacks %q: %s", line, out.String())
		}
	}
}
