package audit_test

import (
	"slices"
	"testing"
	"time"

	"understudy/internal/audit"
)

// happened makes the records of one impersonation, a second apart, the first
// at noon.
func happened(id string, events ...audit.Event) []audit.Record {
	var records []audit.Record
	for i, event := range events {
		records = append(records, audit.Record{
			Record: id, Event: event, Boot: "boot-1", Time: noon.Add(time.Duration(i) * time.Second),
			LinkSeconds: 60, SessionSeconds: 600,
		})
	}
	return records
}

func TestTheRecordsAndTheClockGiveTheStage(t *testing.T) {
	t.Parallel()
	const req, iss, ope, cop, fai, rev, end = audit.Requested, audit.Issued, audit.Opened, audit.Copied, audit.Failed, audit.Revoked, audit.Ended
	const unc, sig = audit.Unclear, audit.SignedIn
	events := func(events ...audit.Event) []audit.Event { return events }
	for name, c := range map[string]struct {
		events []audit.Event
		after  time.Duration // since noon; 10 s if zero
		boot   string        // boot-1 if empty
		want   audit.Stage
	}{
		"asked":                          {events: events(req), want: audit.StageRequested},
		"asked by a run that is over":    {events: events(req), boot: "boot-2", want: audit.StageUnknown},
		"refused":                        {events: events(req, fai), boot: "boot-2", want: audit.StageFailed},
		"issued":                         {events: events(req, iss), want: audit.StagePending},
		"issued by a run that is over":   {events: events(req, iss), boot: "boot-2", want: audit.StagePending},
		"no browser opened":              {events: events(req, iss, fai), want: audit.StagePending},
		"link about to run out":          {events: events(req, iss), after: 61*time.Second - 1, want: audit.StagePending},
		"link ran out":                   {events: events(req, iss), after: 61 * time.Second, want: audit.StageExpired},
		"answer lost":                    {events: events(req, unc), want: audit.StageUnknown},
		"answer lost, later ended":       {events: events(req, unc, end), want: audit.StageEnded},
		"opened":                         {events: events(req, iss, ope), want: audit.StageOpened},
		"copied":                         {events: events(req, iss, cop), want: audit.StageOpened},
		"opened at the second attempt":   {events: events(req, iss, fai, ope), want: audit.StageOpened},
		"opened, link ran out":           {events: events(req, iss, ope), after: 61 * time.Second, want: audit.StageUnknown},
		"opened twice ends no later":     {events: events(req, iss, ope, ope), after: 661 * time.Second, want: audit.StageEnded},
		"nobody can be signed in":        {events: events(req, iss, ope), after: 661 * time.Second, want: audit.StageEnded},
		"signed in":                      {events: events(req, iss, ope, sig), want: audit.StageLive},
		"signed in, opened once more":    {events: events(req, iss, ope, sig, ope), want: audit.StageLive},
		"signed in with a lost answer":   {events: events(req, unc, sig), want: audit.StageLive},
		"signed in after it ended":       {events: events(req, iss, ope, end, sig), want: audit.StageLive},
		"session about to end":           {events: events(req, iss, ope, sig), after: 603*time.Second - 1, want: audit.StageLive},
		"session's time is up":           {events: events(req, iss, ope, sig), after: 603 * time.Second, want: audit.StageEnded},
		"revoked":                        {events: events(req, iss, rev), want: audit.StageRevoked},
		"revoked after it was opened":    {events: events(req, iss, ope, rev), want: audit.StageRevoked},
		"ended":                          {events: events(req, iss, ope, end), want: audit.StageEnded},
		"ending failed":                  {events: events(req, iss, ope, fai), want: audit.StageOpened},
		"an unknown event changes none":  {events: events(req, iss, "approved"), want: audit.StagePending},
		"only the end of a damaged log":  {events: events(end), want: audit.StageEnded},
		"clock went back before request": {events: events(req, iss, ope), after: -time.Hour, want: audit.StageOpened},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := audit.Moment{Time: noon.Add(10 * time.Second), Boot: "boot-1"}
			if c.after != 0 {
				at.Time = noon.Add(c.after)
			}
			if c.boot != "" {
				at.Boot = c.boot
			}
			got := audit.Impersonations(slices.Values(happened("imp_1", c.events...)), at)
			if len(got) != 1 || got[0].Stage != c.want {
				t.Fatalf("got %+v, want %s", got, c.want)
			}
			stageAt := func(time time.Time) audit.Stage {
				at.Time = time
				return audit.Impersonations(slices.Values(happened("imp_1", c.events...)), at)[0].Stage
			}
			switch until := got[0].Until; {
			case until.IsZero() && stageAt(noon.Add(1000*time.Hour)) != c.want:
				t.Error("another stage comes, and it is not said when")
			case !until.IsZero() && (stageAt(until.Add(-1)) != c.want || stageAt(until) == c.want):
				t.Errorf("it is not the stage until %s", until)
			}
		})
	}
}

func TestImpersonationsNewestFirst(t *testing.T) {
	t.Parallel()
	one := happened("imp_1", audit.Requested, audit.Issued)
	two := happened("imp_2", audit.Requested)
	mixed := slices.Values([]audit.Record{one[0], two[0], one[1]})
	got := audit.Impersonations(mixed, audit.Moment{Time: noon, Boot: "boot-1"})
	if len(got) != 2 || got[0].Record != "imp_2" || got[1].Record != "imp_1" || len(got[1].Records) != 2 {
		t.Fatalf("got %+v", got)
	}
	if got[1].Request().Event != audit.Requested {
		t.Errorf("request is %+v", got[1].Request())
	}
}
