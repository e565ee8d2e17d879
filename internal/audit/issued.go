package audit

import "time"

// olderInARow is how many records that are not of a time end the search for it.
// Reading so many takes some 10 ms.
const olderInARow = 2000

// Issued counts the actor tokens of an instance since a moment: each spent a
// unit of the monthly quota, opened or not.
//
// The clock of the computer may have been wrong, the order of the records is not.
// A record counts if it is stamped since then, or follows one that is: a count
// that is too high warns early, one that is too low never warns. A stamp of the
// future proves nothing, so it counts like its neighbours.
func (l *Log) Issued(instance string, since time.Time) (int, error) {
	snapshot, err := l.Snapshot()
	if err != nil {
		return 0, err
	}
	now := l.options.Now()
	count, doubted := 0, 0 // doubted counts if an earlier record is stamped since then
	older := 0
	for record, err := range snapshot.backward() {
		if err != nil {
			return 0, err
		}
		unit := 0
		// A lost answer may have spent one too.
		if (record.Event == Issued || record.Event == Unclear) && record.Instance == instance {
			unit = 1
		}
		switch ahead := record.Time.After(now); {
		case record.Time.Before(since) || ahead && older > 0:
			doubted += unit
			older++
		case ahead:
			count += unit
		default:
			count += doubted + unit
			doubted, older = 0, 0
		}
		if older == olderInARow {
			break
		}
	}
	return count, nil
}
