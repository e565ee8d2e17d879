package audit

import (
	"fmt"
	"time"
)

// ClockStep is where the clock of the computer went back between two records.
type ClockStep struct {
	Seq  int64     // of the record after it
	From time.Time // time of the record before it
	To   time.Time // of the record after it
}

// Clock says in sentences what is odd about the times of a log that is verified
// at a moment: "" if nothing is. The order of records is proven, their times are
// what the clock of the computer said.
func (v Verification) Clock(now time.Time) string {
	said := ""
	if len(v.Back) > 0 {
		step, often := v.Back[0], "before"
		if len(v.Back) > 1 {
			often = fmt.Sprintf("%d times, first before", len(v.Back))
		}
		said = fmt.Sprintf("The clock went back %s record %d: from %s to %s UTC.", often, step.Seq, clockTime(step.From), clockTime(step.To))
	}
	if v.Last.After(now) {
		ahead := fmt.Sprintf("Record %d is dated %s UTC, and the clock of this computer says %s UTC.", v.Head.Seq, clockTime(v.Last), clockTime(now))
		if said != "" {
			said += " "
		}
		said += ahead
	}
	return said
}

func clockTime(t time.Time) string { return t.UTC().Format(time.DateTime) }
