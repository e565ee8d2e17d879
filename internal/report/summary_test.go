package report

import (
	"fmt"
	"testing"
	"time"
)

func TestSummaries(t *testing.T) {
	oslo := time.FixedZone("CET", 3600)
	maya := About{Operator: "Maya Lindqvist", User: "Ingrid Solheim", Ticket: "48190", Began: at(38), Ended: at(52), Zone: oslo}
	seen := func(pages, sent, held int) *Recorder {
		r := NewRecorder()
		for i := range pages {
			r.Page("https://acme.com/"+string(rune('a'+i%26))+string(rune('a'+i/26)), at(40))
		}
		for i := range sent {
			r.Sent("POST", "https://acme.com/api/"+string(rune('a'+i))+"/4471/resend", 200+i%2, at(41))
			r.Sent("POST", "https://acme.com/api/"+string(rune('a'+i))+"/4471/resend", 200+i%2, at(41))
		}
		for range held {
			r.HeldBack("PATCH", "https://acme.com/api/approvals/4471", at(42))
		}
		return r
	}
	for _, tt := range []struct {
		report *Recorder
		change func(*About)
		want   string
	}{
		{seen(6, 0, 0), nil, "Maya Lindqvist looked at Ingrid Solheim's account, Nov 23, 12:38 to 12:52. Looked at 6 pages, changed nothing. Ticket 48190."},
		{seen(1, 1, 3), nil, "Maya Lindqvist looked at Ingrid Solheim's account, Nov 23, 12:38 to 12:52. Looked at 1 page, sent 2 changes (POST /api/a/:id/resend), 3 held back. Ticket 48190."},
		{seen(0, 4, 0), func(a *About) { a.Ticket, a.User = "", "user_2nKf" }, "Maya Lindqvist looked at user_2nKf's account, Nov 23, 12:38 to 12:52. Looked at no page, sent 8 changes (POST /api/a/:id/resend, POST /api/b/:id/resend, POST /api/c/:id/resend and others)."},
		{seen(401, 0, 1), func(a *About) { a.Ended = a.Ended.Add(24 * time.Hour) }, "Maya Lindqvist looked at Ingrid Solheim's account, Nov 23, 12:38 to Nov 24, 12:52. Looked at more than 400 pages, changed nothing, 1 held back. Ticket 48190."},
		{seen(1, 0, 0), func(a *About) { a.Ended, a.Operator = time.Time{}, "Maya\n\nLindqvist" }, "Maya Lindqvist looked at Ingrid Solheim's account, Nov 23, 12:38. Looked at 1 page, changed nothing. Ticket 48190."},
	} {
		about := maya
		if tt.change != nil {
			tt.change(&about)
		}
		if got := tt.report.Report().Summary(about); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func ExampleReport_Summary() {
	r := NewRecorder()
	r.Page("https://acme.com/invoices/4471", at(40))
	fmt.Println(r.Report().Summary(About{Operator: "Maya", User: "Ingrid", Began: at(38), Ended: at(52), Zone: time.UTC}))
	// Output: Maya looked at Ingrid's account, Nov 23, 11:38 to 11:52. Looked at 1 page, changed nothing.
}
