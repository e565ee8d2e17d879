package bridge

import (
	"testing"
	"time"

	"understudy/internal/audit"
)

func TestAHistoryFilterKeepsWhatPassesAllOfIt(t *testing.T) {
	i := audit.Impersonation{Record: "rid", Stage: audit.StageEnded, Records: []audit.Record{
		{
			Seq: 7, Event: audit.Requested, Time: noon, User: "user_2nQx", Instance: "ins_1",
			Reason: "Invoice shows the wrong VAT", Reference: "48213", Operator: audit.Operator{ID: "user_Maya"},
		},
		{Seq: 9, Event: audit.Ended, Time: noon.Add(time.Minute), Result: audit.Result{Code: "time"}},
	}}
	for filter, want := range map[HistoryFilter]bool{
		{}:                                      true,
		{Query: "  "}:                           true,
		{Query: "vat"}:                          true,
		{Query: "wrong invoice"}:                true,
		{Query: "48213"}:                        true,
		{Query: "user_2nqx VAT"}:                true,
		{Query: "user_maya"}:                    true,
		{Query: "invoice payslip"}:              false,
		{Since: "2026-11-22T11:59:00Z"}:         true,
		{Since: noon.Format(time.RFC3339)}:      true,
		{Since: "2126-11-22T12:00:01.000Z"}:     false,
		{Until: "2126-11-22T12:00:01.000Z"}:     true,
		{Until: noon.Format(time.RFC3339)}:      false,
		{OperatorID: "user_Maya"}:               true,
		{OperatorID: "user_2nQx"}:               false,
		{InstanceID: "ins_1", Result: "timeUp"}: true,
		{InstanceID: "ins_2", Result: "timeUp"}: false,
		{InstanceID: "ins_1", Result: "ended"}:  false,
		{UpTo: 7}:                               true,
		{UpTo: 6}:                               false,
	} {
		query, err := HistoryRequest{Filter: filter}.Query()
		if err != nil || query.Keep(i) != want {
			t.Errorf("%+v: %t, %v", filter, query.Keep(i), err)
		}
		only, err := ExportRequest{Narrowed: true, Filter: filter}.Only()
		if err != nil || only.Keep(i) != want {
			t.Errorf("export of %+v: %v", filter, err)
		}
	}
	if query, err := (HistoryRequest{Filter: HistoryFilter{UserID: "user_1"}, Limit: 100_000, Cursor: "1.2"}).Query(); err != nil ||
		query.User != "user_1" || query.Limit != mostEntries || query.Cursor != "1.2" {
		t.Errorf("got %+v, %v", query, err)
	}
	if only, err := (ExportRequest{Filter: HistoryFilter{Query: "vat"}}).Only(); err != nil || only != nil {
		t.Errorf("everything is narrowed to %+v, %v", only, err)
	}
	for _, filter := range []HistoryFilter{{Since: "yesterday"}, {Until: "tomorrow"}} {
		if _, err := (HistoryRequest{Filter: filter}).Query(); err == nil {
			t.Error("a time that is none was taken")
		}
	}
}

func TestResultOf(t *testing.T) {
	for entry, want := range map[[2]string]string{
		{"live", ""}:           "live",
		{"ended", "operator"}:  "ended",
		{"ended", ""}:          "ended",
		{"ended", "time"}:      "timeUp",
		{"ended", "unused"}:    "unused",
		{"ended", "idle"}:      "idle",
		{"ended", "stolen"}:    "stolen",
		{"ended", "elsewhere"}: "elsewhere",
		{"ended", "window"}:    "window",
		{"ended", "refused"}:   "refused",
		{"failed", ""}:         "failed",
		{"accepted", ""}:       "accepted",
	} {
		if got := resultOf(HistoryEntry{State: entry[0], Ended: entry[1]}); got != want {
			t.Errorf("%v: %s, want %s", entry, got, want)
		}
	}
}
