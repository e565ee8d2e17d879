package audit

import "time"

// Issued counts the actor tokens of an instance since a moment: each spent a
// unit of the monthly quota, opened or not. It reads the log from its end to
// that moment.
func (l *Log) Issued(instance string, since time.Time) (int, error) {
	snapshot, err := l.Snapshot()
	if err != nil {
		return 0, err
	}
	count := 0
	for record, err := range snapshot.backward() {
		switch {
		case err != nil:
			return 0, err
		case record.Time.Before(since):
			return count, nil
		case record.Event == Issued && record.Instance == instance:
			count++
		}
	}
	return count, nil
}
