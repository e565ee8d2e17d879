package audit

import (
	"iter"
	"slices"
)

// Impersonations gathers all records of a log into impersonations, the newest
// first. Pages are compared with it, since together they must give the same.
func Impersonations(records iter.Seq[Record], at Moment) []Impersonation {
	var found []Impersonation
	place := map[string]int{}
	for record := range records {
		i, known := place[record.Record]
		if !known {
			i = len(found)
			place[record.Record] = i
			found = append(found, Impersonation{Record: record.Record})
		}
		found[i].Records = append(found[i].Records, record)
	}
	for i := range found {
		found[i].Stage, found[i].Until = stageOf(found[i].Records, at)
	}
	slices.Reverse(found)
	return found
}
