package audit

import "fmt"

// Compare says in a sentence how the log differs from a head that was kept
// elsewhere: "" if the log contains it. The rest of the chain is not looked at.
func (h History) Compare(head Head) string {
	if head == origin() {
		return ""
	}
	last := int64(0)
	for i, file := range h.files {
		if i+1 < len(h.files) && h.files[i+1].first <= head.Seq {
			continue
		}
		last = file.first - 1
		for line, err := range file.lines() {
			if err != nil || !line.ended {
				break
			}
			last++
			if last == head.Seq && line.hash == head.Hash {
				return ""
			}
		}
	}
	return differs(head, last)
}

// differs is what is wrong with a log of so many records that lacks a head.
func differs(head Head, records int64) string {
	if head.Seq > records {
		return fmt.Sprintf("The history ends with record %d, but the keychain knows of record %d: the end was removed.",
			records, head.Seq)
	}
	return fmt.Sprintf("Record %d is not the one that the keychain knows: the history was rewritten.", head.Seq)
}
