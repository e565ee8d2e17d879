package bridge

import (
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/impersonation"
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
		query, err := HistoryRequest{Filter: filter}.query()
		if err != nil || query.Keep(i) != want {
			t.Errorf("%+v: %t, %v", filter, query.Keep(i), err)
		}
		only, err := ExportRequest{Narrowed: true, Filter: filter}.only()
		if err != nil || only.Keep(i) != want {
			t.Errorf("export of %+v: %v", filter, err)
		}
	}
	if query, err := (HistoryRequest{Filter: HistoryFilter{UserID: "user_1"}, Limit: 100_000, Cursor: "1.2"}).query(); err != nil ||
		query.User != "user_1" || query.Limit != mostEntries || query.Cursor != "1.2" {
		t.Errorf("got %+v, %v", query, err)
	}
	if only, err := (ExportRequest{Filter: HistoryFilter{Query: "vat"}}).only(); err != nil || only != nil {
		t.Errorf("everything is narrowed to %+v, %v", only, err)
	}
	for _, filter := range []HistoryFilter{{Since: "yesterday"}, {Until: "tomorrow"}} {
		if _, err := (HistoryRequest{Filter: filter}).query(); err == nil {
			t.Error("a time that is none was taken")
		}
	}
}

func TestEntryOf(t *testing.T) {
	record := func(seq int64, event audit.Event, after time.Duration, code string) audit.Record {
		return audit.Record{
			Seq: seq, Event: event, Time: noon.Add(after), Record: "rid", User: "user_1", Instance: "ins_1", Reason: "why",
			Operator: audit.Operator{ID: "user_me"}, Result: audit.Result{Code: code},
		}
	}
	tests := []struct {
		name    string
		stage   audit.Stage
		records []audit.Record
		result  string
		code    string
		length  int
	}{
		{"refused by Clerk", audit.StageFailed, []audit.Record{record(1, audit.Requested, 0, ""), record(2, audit.Failed, 1, "impersonation_limit")}, "failed", "impersonation_limit", 0},
		{"ended by hand", audit.StageEnded, []audit.Record{
			record(1, audit.Requested, 0, ""), record(2, audit.Issued, 1, ""), record(3, audit.Opened, time.Second, ""),
			record(4, audit.Ended, 14*time.Minute+time.Second, "operator"),
		}, "ended", "", 840},
		{"never opened", audit.StageRevoked, []audit.Record{record(1, audit.Requested, 0, ""), record(2, audit.Revoked, time.Minute, "unused")}, "unused", "", 0},
		{"link ran out", audit.StageExpired, []audit.Record{record(1, audit.Requested, 0, "")}, "ended", "", 0},
		{"crashed", audit.StageUnknown, []audit.Record{record(1, audit.Requested, 0, "")}, "unknown", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := entryOf(audit.Impersonation{Record: "rid", Stage: tt.stage, Records: tt.records})
			if got.Result != tt.result || got.Code != tt.code || got.Length != tt.length {
				t.Errorf("got %+v", got)
			}
			if got.ID != "rid" || got.UserID != "user_1" || got.OperatorID != "user_me" || len(got.Seqs) != len(tt.records) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestResultOf(t *testing.T) {
	type end struct {
		stage  audit.Stage
		ending impersonation.Ending
	}
	for of, want := range map[end]string{
		{audit.StageLive, ""}:                           "live",
		{audit.StageEnded, impersonation.ByOperator}:    "ended",
		{audit.StageExpired, ""}:                        "ended",
		{audit.StageEnded, impersonation.ByTime}:        "timeUp",
		{audit.StageRevoked, impersonation.Unused}:      "unused",
		{audit.StageEnded, impersonation.ByIdling}:      "idle",
		{audit.StageEnded, impersonation.Stolen}:        "stolen",
		{audit.StageEnded, impersonation.Elsewhere}:     "elsewhere",
		{audit.StageEnded, impersonation.ByWindow}:      "window",
		{audit.StageRevoked, impersonation.Refused}:     "refused",
		{audit.StageEnded, "a word of a later version"}: "ended",
		{"a stage of a later version", ""}:              "unknown",
		{audit.StageFailed, ""}:                         "failed",
		{audit.StageAccepted, ""}:                       "accepted",
	} {
		if got := resultOf(of.stage, of.ending); got != want {
			t.Errorf("%v: %s, want %s", of, got, want)
		}
	}
}

func TestRecordsComeWithWhatClerkWasGiven(t *testing.T) {
	request := audit.Record{Seq: 1276, Hash: "c80b", Event: audit.Requested, Record: "rid"}
	issued := audit.Record{Seq: 1277, Hash: "41d7", Prev: "c80b", Event: audit.Issued, Record: "rid"}
	got := recordsOf(audit.Impersonation{Record: "rid", Records: []audit.Record{request, issued}})
	if got.Anchor != "1276:c80b" || len(got.Records) != 2 || got.Records[1].Prev != "c80b" || got.Records[1].Event != "issued" {
		t.Errorf("got %+v", got)
	}
	refused := issued
	refused.Event = audit.Failed
	if got := recordsOf(audit.Impersonation{Record: "rid", Records: []audit.Record{request, refused}}); got.Anchor != "" {
		t.Errorf("Clerk was given nothing, got %+v", got)
	}
}

func TestTheWindowIsToldOfReportsThatDiffer(t *testing.T) {
	const why = "The report that record 2 names was changed."
	got := verificationOf(audit.Verification{State: audit.ReportsDiffer, Reason: why}, time.Time{})
	if got.State != "reports_differ" || got.Message != why {
		t.Errorf("%+v", got)
	}
}
