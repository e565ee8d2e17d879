package report

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/viewonly"
)

func at(minute int) time.Time { return time.Date(2026, 11, 23, 11, minute, 0, 0, time.UTC) }

func TestSameThingsAreCountedInOneRow(t *testing.T) {
	r := NewRecorder()
	for i, url := range []string{"https://acme.com/invoices/4471?tab=all", "https://acme.com/invoices/4472#x", "https://acme.com/settings"} {
		r.Page(url, at(10-i))
	}
	r.Sent("POST", "https://acme.com/api/invites/7/resend", 200, at(1))
	r.Sent("POST", "https://acme.com/api/invites/8/resend", 500, at(2))
	r.Sent("MAYA", "https://acme.com/api/invites/8/resend", 1, at(2))
	r.HeldBack("PATCH", "https://acme.com/api/approvals/1", at(3))
	r.HeldBack("PATCH", "https://acme.com/api/approvals/2", at(5))
	got := r.Report()
	want := Row{Host: "acme.com", Path: "/invoices/:id", Count: 2, First: at(9), Last: at(10)}
	if len(got.Pages) != 2 || got.Pages[0] != want {
		t.Errorf("pages %+v, want %+v first", got.Pages, want)
	}
	if len(got.Sent) != 3 || got.Sent[1].Status != 500 || got.Sent[2].Method != "OTHER" || got.Sent[2].Status != 0 {
		t.Errorf("sent %+v", got.Sent)
	}
	if len(got.HeldBack) != 1 || got.HeldBack[0].Count != 2 || got.HeldBack[0].Last != at(5) {
		t.Errorf("held back %+v", got.HeldBack)
	}
	if got := got.Figures(); got != (Figures{Pages: 2, Sent: 3, HeldBack: 2}) {
		t.Errorf("figures %+v", got)
	}
}

func TestAReportReadsBackAsItWas(t *testing.T) {
	r := NewRecorder()
	r.Page("https://acme.com/", at(0))
	r.Sent("PUT", "https://acme.com/api/x", 204, at(1))
	r.HeldBack("DELETE", "https://acme.com/api/x", at(2))
	r.Connection("live.acme.com", true, at(3))
	r.Connection("other.example:8443", false, at(3))
	r.Downloaded("text/csv; charset=utf-8; name=maya", 120, at(4))
	r.Downloaded("text/csv", 30, at(3))
	r.Downloaded("application/maya@acme.com", -1, at(4))
	r.Mode(viewonly.AllowChanges, "She asked <for> it", at(20), at(10))
	r.Mode("odd", "", time.Time{}, at(12))
	r.PathAllowed("https://acme.com/api/x/4471", "Search", at(13))
	r.HostAllowed("live.acme.com", "Table stays empty", at(14))
	r.Ended("ended_by_operator", at(15))
	r.Ended("window_closed", at(16))
	want := r.Report()
	text, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	again, err := got.Encode()
	if err != nil || string(again) != string(text) {
		t.Errorf("%v\n%s\n%s", err, text, again)
	}
	for _, part := range []string{
		`"downloads":[{"type":"text/csv","count":2,"bytes":150,"first":"2026-11-23T11:03:00Z","last":"2026-11-23T11:04:00Z"},{"type":"other","count":1,"bytes":0,`,
		`"modes":[{"mode":"allow_changes","reason":"She asked \u003cfor\u003e it","until":"2026-11-23T11:20:00Z","at":"2026-11-23T11:10:00Z"},{"mode":"view_only","at":`,
		`"allowed":[{"path":"acme.com/api/x/:id","reason":"Search",`, `{"host":"live.acme.com","reason":"Table stays empty",`,
		`"refused":[{"host":"other.example:8443","count":1,`, `"how":"ended_by_operator","ended":"2026-11-23T11:15:00Z"`,
	} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%s\nlacks %s", text, part)
		}
	}
}

func TestTheFormIsChecked(t *testing.T) {
	for _, text := range []string{"", "{}", `{"v":0}`, `{"v":1`, "[]"} {
		if _, err := Decode([]byte(text)); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	if r, err := Decode([]byte(`{"v":2,"invented":1,"sent":[{"count":3}]}`)); err != nil || r.Figures().Sent != 3 {
		t.Errorf("a later version: %+v, %v", r, err)
	}
}

// TestTheLargestReportIsBounded fills every list with rows of the longest form.
func TestTheLargestReportIsBounded(t *testing.T) {
	r := NewRecorder()
	letters := func(i int) string { // nineteen letters, different for each i
		text := []byte("qqqqqqqqqqqqqqqqqqq")
		for at := 0; i > 0; i, at = i/26, at+1 {
			text[at] = byte('a' + i%26)
		}
		return string(text)
	}
	const many = 10_000
	when := at(0).Add(123456789)
	for i := range many {
		host := strings.Repeat(letters(i)+".", 9) + "example:65535"
		url := "https://" + host + "/" + strings.Repeat(letters(i)+"/", 30)
		r.Page(url, when)
		r.Sent("CONNECT", url, 500, when)
		r.HeldBack("OPTIONS", url, when)
		r.Connection(host, i%2 == 0, when)
		r.Downloaded("application/"+strings.Repeat(letters(i), 4), 1<<40, when)
	}
	const reasons = 200
	for range reasons {
		reason := strings.Repeat("<\x00&\U0001F600", 500)
		r.Mode(viewonly.AllowChanges, reason, when, when)
		r.PathAllowed("https://acme.com/"+strings.Repeat("abcdefghijklmnopqrs/", 9), reason, when)
	}
	r.Ended(strings.Repeat("<", 500), when)
	text, err := r.Report().Encode()
	if err != nil || len(text) >= MaxBytes {
		t.Fatalf("%d bytes, %v", len(text), err)
	}
	got, downloaded := r.Report(), 0
	for _, files := range got.Downloads {
		downloaded += files.Count
	}
	for name, sum := range map[string]int{
		"sent": got.Figures().Sent, "held back": got.Figures().HeldBack,
		"pages":     total(got.Pages) + got.Beyond.Pages,
		"connected": 2 * (total(got.Connections) + got.Beyond.Connections),
		"refused":   2 * (total(got.Refused) + got.Beyond.Refused),
		"downloads": downloaded + got.Beyond.Downloads,
		"modes":     many / reasons * (len(got.Modes) + got.Beyond.Modes),
		"allowed":   many / reasons * (len(got.Allowed) + got.Beyond.Allowed),
	} {
		if sum != many {
			t.Errorf("%s: %d of %d", name, sum, many)
		}
	}
	if len(got.Sent) != maxRows {
		t.Errorf("%d rows", len(got.Sent))
	}
}

func TestTenThousandRequestsFold(t *testing.T) {
	r := NewRecorder()
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range 2500 {
				r.Sent("POST", fmt.Sprintf("https://acme.com/api/invoices/%d/lines/%d", worker, i), 200, at(i%60))
				_ = r.Report()
			}
		})
	}
	group.Wait()
	got := r.Report()
	if len(got.Sent) != 1 || got.Sent[0].Count != 10_000 || got.Sent[0].First != at(0) || got.Sent[0].Last != at(59) || got.Beyond != (Beyond{}) {
		t.Errorf("%+v", got.Sent)
	}
}

func TestAReportIsACopy(t *testing.T) {
	r := NewRecorder()
	r.Page("https://acme.com/", at(0))
	before := r.Report()
	r.Page("https://acme.com/", at(1))
	if before.Pages[0].Count != 1 {
		t.Error("the report changed after it was taken")
	}
}
