package audit_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

const seen = `{"v":1,"pages":[],"sent":[],"held_back":[]}`

// reported makes a log with a report for each id, and returns its head.
func reported(t *testing.T, dir string, ids ...string) audit.Head {
	t.Helper()
	log := openLog(t, dir, options())
	for _, id := range ids {
		record := request(1)
		record.Record = id
		appendTo(t, log, record)
		closeReported(t, log, id, seen+id)
	}
	head := log.Head()
	closeLog(t, log)
	return head
}

// closeReported saves a report and puts its hash on record.
func closeReported(t *testing.T, log *audit.Log, id, content string) {
	t.Helper()
	sum, err := log.SaveReport(t.Context(), id, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	if sum != hexSum(content) {
		t.Errorf("hash %s", sum)
	}
	appendTo(t, log, audit.Record{Event: audit.Ended, Record: id, Result: audit.Result{Report: sum, Pages: 6, Sent: 1, HeldBack: 3}})
}

func TestAReportIsReadBackByItsHash(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := reported(t, dir, "imp_1", "imp_2")
	history := snapshot(t, dir)
	for _, id := range []string{"imp_1", "imp_2"} {
		if content, err := history.Report(id); err != nil || string(content) != seen+id {
			t.Errorf("%s: %s, %v", id, content, err)
		}
	}
	if found := verify(t, dir, &head); found.State != audit.Good || found.Reports != nil {
		t.Errorf("%+v", found)
	}
	found, err := history.Of("imp_1")
	if err != nil {
		t.Fatal(err)
	}
	if closing, has := found.Closing(); !has || closing.Result.Pages != 6 || closing.Result.Sent != 1 || closing.Result.HeldBack != 3 {
		t.Errorf("closing record %+v", closing)
	}
}

func TestEveryFlippedByteOfAReportIsFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := reported(t, dir, "imp_1", "imp_2")
	path := filepath.Join(dir, "reports", "imp_1.json")
	whole := readFile(t, path)
	changed := [][]byte{{}, whole[1:], append(slices.Clone(whole), '\n'), bytes.Repeat([]byte("x"), 3<<20)}
	for i := range whole {
		flipped := slices.Clone(whole)
		flipped[i] ^= 1
		changed = append(changed, flipped)
	}
	want := audit.ReportFinding{Problem: audit.ReportChanged, Seq: 2, File: "reports/imp_1.json"}
	for _, content := range changed {
		writeFile(t, path, content)
		for _, head := range []*audit.Head{&head, nil} {
			found := verify(t, dir, head)
			if found.State != audit.ReportsDiffer || len(found.Reports) != 1 || found.Reports[0] != want || !strings.Contains(found.Reason, "record 2") {
				t.Fatalf("%.60q: %+v", content, found)
			}
		}
		if got, err := snapshot(t, dir).Report("imp_1"); fault.CodeOf(err) != fault.ReportDamaged || got != nil {
			t.Fatalf("%.60q is read: %v", content, err)
		}
	}
	if content, err := snapshot(t, dir).Report("imp_2"); err != nil || string(content) != seen+"imp_2" {
		t.Errorf("the other report: %s, %v", content, err)
	}
}

func TestMissingAndExtraReportsAreFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := reported(t, dir, "imp_1", "imp_2")
	extra := filepath.Join(dir, "reports", "imp_9.json")
	writeFile(t, extra, []byte(seen))
	found := verify(t, dir, &head)
	if found.State != audit.Good || len(found.Reports) != 1 || found.Reports[0].String() != "No record names reports/imp_9.json." {
		t.Errorf("extra: %+v", found)
	}
	if err := os.Rename(filepath.Join(dir, "reports", "imp_2.json"), filepath.Join(dir, "reports", "imp_2.txt")); err != nil {
		t.Fatal(err)
	}
	found = verify(t, dir, &head)
	want := []string{"The report that record 4 names is missing: reports/imp_2.json.", "No record names reports/imp_2.txt.", "No record names reports/imp_9.json."}
	var got []string
	for _, finding := range found.Reports {
		got = append(got, finding.String())
	}
	slices.Sort(got[1:])
	if found.State != audit.ReportsDiffer || !slices.Equal(got, want) {
		t.Errorf("missing: %s %q", found.State, got)
	}
	if _, err := snapshot(t, dir).Report("imp_2"); fault.CodeOf(err) != fault.ReportDamaged {
		t.Errorf("missing: %v", err)
	}
	if _, err := snapshot(t, dir).Report("imp_9"); fault.CodeOf(err) != fault.ImpersonationUnknown {
		t.Errorf("extra: %v", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "reports")); err != nil {
		t.Fatal(err)
	}
	if found = verify(t, dir, &head); found.State != audit.ReportsDiffer || len(found.Reports) != 2 || found.Reports[0].Seq != 2 {
		t.Errorf("folder removed: %+v", found)
	}
}

func TestFindingsComeInTheOrderOfTheRecords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	reported(t, dir, "imp_9", "imp_3", "imp_7", "imp_1", "imp_5", "imp_8", "imp_2", "imp_4")
	if err := os.RemoveAll(filepath.Join(dir, "reports")); err != nil {
		t.Fatal(err)
	}
	found := verify(t, dir, nil).Reports
	if len(found) != 8 || !slices.IsSortedFunc(found, func(a, b audit.ReportFinding) int { return cmp.Compare(a.Seq, b.Seq) }) {
		t.Errorf("%+v", found)
	}
}

func TestABrokenChainComesBeforeAReport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	reported(t, dir, "imp_1")
	writeFile(t, filepath.Join(dir, "reports", "imp_1.json"), []byte("x"))
	if found := verify(t, dir, &audit.Head{Seq: 9, Hash: strings.Repeat("a", 64)}); found.State != audit.HeadMismatch || len(found.Reports) != 1 {
		t.Errorf("head: %+v", found)
	}
	path := logFiles(t, dir)[0]
	text := readFile(t, path)
	writeFile(t, path, append(slices.Clone(text), "{"...))
	if found := verify(t, dir, nil); found.State != audit.Torn || len(found.Reports) != 1 {
		t.Errorf("torn: %+v", found)
	}
	writeFile(t, path, bytes.Replace(text, []byte("user_0001"), []byte("user_0002"), 1))
	if found := verify(t, dir, nil); found.State != audit.Broken || found.Reports != nil {
		t.Errorf("broken: %+v", found)
	}
}

func TestTheLastClosingRecordCounts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := openLog(t, dir, options())
	record := request(1)
	appendTo(t, log, record)
	closeReported(t, log, record.Record, "first")
	closeReported(t, log, record.Record, "second")
	appendTo(t, log, audit.Record{Event: audit.Ended, Record: record.Record})
	head := log.Head()
	closeLog(t, log)
	if content, err := snapshot(t, dir).Report(record.Record); err != nil || string(content) != "second" {
		t.Errorf("%s, %v", content, err)
	}
	if found := verify(t, dir, &head); found.State != audit.Good {
		t.Errorf("%+v", found)
	}
}

func TestALogWithoutReportsStaysGood(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := newLog(t, dir, 3, options())
	if text := readFile(t, logFiles(t, dir)[0]); bytes.Contains(text, []byte("report")) || bytes.Contains(text, []byte("until")) {
		t.Errorf("old fields changed: %s", text)
	}
	if found := verify(t, dir, &head); found.State != audit.Good {
		t.Errorf("%+v", found)
	}
	if _, err := snapshot(t, dir).Report("imp_0001"); fault.CodeOf(err) != fault.ReportNone {
		t.Errorf("no report: %v", err)
	}
}

func TestAnOddReportIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := openLog(t, dir, options())
	for _, id := range []string{"", ".", "..", "a/b", `a\b`, "a.b", "../audit", "a\x00", strings.Repeat("a", 65), "ä"} {
		if _, err := log.SaveReport(t.Context(), id, []byte(seen)); fault.CodeOf(err) != fault.AuditUnwritable {
			t.Errorf("%q: %v", id, err)
		}
		record := request(1)
		record.Record, record.Result.Report = id, hexSum(seen)
		appendTo(t, log, record)
		if _, err := snapshot(t, dir).Report(id); fault.CodeOf(err) != fault.ReportDamaged {
			t.Errorf("%q is read: %v", id, err)
		}
	}
	for _, content := range [][]byte{nil, make([]byte, 1<<20+1)} {
		if _, err := log.SaveReport(t.Context(), "imp_1", content); fault.CodeOf(err) != fault.AuditUnwritable {
			t.Errorf("%d bytes: %v", len(content), err)
		}
	}
	writeFile(t, filepath.Join(dir, "reports"), nil)
	if _, err := log.SaveReport(t.Context(), "imp_1", []byte(seen)); fault.CodeOf(err) != fault.AuditUnwritable {
		t.Errorf("a file is in the way: %v", err)
	}
}

func TestFieldsOfANewerVersionDoNotBreakTheChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	line := `{"v":2,"seq":1,"time":"2026-03-04T12:00:00Z","record":{"id":1},"result":[{"report":"x"}],"prev":"` + strings.Repeat("0", 64) + `"}`
	writeFile(t, filepath.Join(dir, "audit-0000000001.jsonl"), []byte(line+"\n"))
	if found := verify(t, dir, nil); found.State != audit.NotCompared || found.Records != 1 || found.Reports != nil {
		t.Errorf("%+v", found)
	}
}

func TestEventsOfAHeldBrowserAreOnRecord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := openLog(t, dir, options())
	until := noon.Add(10 * time.Minute)
	written := []audit.Record{
		{Event: audit.ChangesAllowed, Record: "imp_1", Reason: "She asked", Until: until.In(time.FixedZone("CET", 3600))},
		{Event: audit.ChangesOver, Record: "imp_1"},
		{Event: audit.PathAllowed, Record: "imp_1", Reason: "Search", Path: "acme.com/api/:id/find"},
		{Event: audit.ConnectionAllowed, Record: "imp_1", Reason: "Empty table", Host: "live.acme.com"},
	}
	for _, record := range written {
		appendTo(t, log, record)
	}
	got := records(t, dir)
	if got[0].Until != until || got[2].Path != "acme.com/api/:id/find" || got[3].Host != "live.acme.com" || got[3].Reason != "Empty table" {
		t.Errorf("%+v", got)
	}
	table := readCSV(t, got...)
	for i, want := range []string{"2026-03-04T12:10:00Z", "", "acme.com/api/:id/find", "live.acme.com"} {
		if want != "" && !slices.Contains(table[i+1], want) {
			t.Errorf("table lacks %s: %q", want, table[i+1])
		}
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	const req, iss, ope, sig, end, rev, fai, unc = audit.Requested, audit.Issued, audit.Opened, audit.SignedIn, audit.Ended, audit.Revoked, audit.Failed, audit.Unclear
	nothing, twice := audit.Result{Report: "a", Pages: 2, HeldBack: 1}, audit.Result{Report: "a", Sent: 2}
	for name, c := range map[string]struct {
		events []audit.Event
		last   audit.Result
		after  time.Duration
		want   audit.Outcome
	}{
		"asked":                      {events: []audit.Event{req}, want: ""},
		"link there":                 {events: []audit.Event{req, iss}, want: ""},
		"live":                       {events: []audit.Event{req, iss, ope, sig}, want: ""},
		"refused by Clerk":           {events: []audit.Event{req, fai}, want: audit.NotCreated},
		"answer lost":                {events: []audit.Event{req, unc}, want: audit.NotKnown},
		"link ran out":               {events: []audit.Event{req, iss}, after: time.Hour, want: audit.LinkUnused},
		"revoked":                    {events: []audit.Event{req, iss, rev}, want: audit.LinkUnused},
		"revoked, with a report":     {events: []audit.Event{req, iss, ope, rev}, last: nothing, want: audit.LinkUnused},
		"ended unused":               {events: []audit.Event{req, iss, ope, end}, last: audit.Result{Code: "unused"}, want: audit.LinkUnused},
		"ended":                      {events: []audit.Event{req, iss, ope, sig, end}, want: audit.NotWatched},
		"time up":                    {events: []audit.Event{req, iss, ope, sig}, after: time.Hour, want: audit.NotWatched},
		"ended, nothing sent":        {events: []audit.Event{req, iss, ope, sig, end}, last: nothing, want: audit.ChangedNothing},
		"ended, two changes":         {events: []audit.Event{req, iss, ope, sig, end}, last: twice, want: audit.Changed},
		"sign-in not seen, watched":  {events: []audit.Event{req, iss, ope, fai}, last: nothing, after: 2 * time.Minute, want: audit.ChangedNothing},
		"changes allowed, then live": {events: []audit.Event{req, iss, ope, sig, audit.ChangesAllowed, audit.ChangesOver}, want: ""},
	} {
		records := happened("imp_1", c.events...)
		records[len(records)-1].Result = c.last
		moment := audit.Moment{Time: noon.Add(max(c.after, 10*time.Second)), Boot: "boot-1"}
		if got := audit.Impersonations(slices.Values(records), moment)[0].Outcome(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
