package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// About gives the impersonations of one user of an instance, the newest first.
// The whole log is looked through, since that there was none is an answer too: a
// tenth of a second at most for 100,000 records. Lines that are no record are passed over:
// [History.Verify] tells of them.
func (h History) About(ctx context.Context, instance, user string, at Moment) ([]Impersonation, error) {
	name, err := json.Marshal(user)
	if err != nil {
		return nil, fmt.Errorf("encode id: %w", err)
	}
	rest := name[1:] // a quote to begin with would be found, and looked behind, all over
	var records []Record
	for text, err := range h.textsBackward() {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("look through the log: %w", ctx.Err())
		}
		if !bytes.Contains(text, rest) {
			continue // decoding them all would take ten times as long
		}
		record, err := line{text: text, hash: hashOf(text)}.record()
		if err == nil && record.Instance == instance && record.User == user {
			records = append(records, record)
		}
	}
	slices.Reverse(records)
	return Impersonations(slices.Values(records), at), nil
}
