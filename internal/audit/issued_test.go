package audit_test

import (
	"testing"
	"time"

	"understudy/internal/audit"
)

func TestIssuedCountsTheLinksOfOneInstanceSinceAMoment(t *testing.T) {
	t.Parallel()
	log := openLog(t, t.TempDir(), options()) // a second goes by with each record
	for number, event := range []audit.Event{audit.Requested, audit.Issued, audit.Failed, audit.Issued, audit.Issued} {
		record := request(number)
		record.Event = event
		if number == 4 {
			record.Instance = "ins_other"
		}
		appendTo(t, log, record)
	}
	for since, want := range map[time.Duration]int{0: 2, 2 * time.Second: 2, 3 * time.Second: 1, 5 * time.Second: 0} {
		if got, err := log.Issued("ins_example", noon.Add(since)); err != nil || got != want {
			t.Errorf("since %v: %d, %v; want %d", since, got, err, want)
		}
	}
}
