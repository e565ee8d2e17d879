package audit

import (
	"errors"
	"strconv"
	"strings"

	"understudy/internal/fault"
)

// cursor is where a page goes on. It holds places in the log and no number of
// rows, so what is appended moves nothing.
type cursor struct {
	before int64 // impersonations that begin before it are left
	end    int64 // of the log, when its first page was read
	// late are where those records end that lie behind before although their
	// impersonations are left: the last first.
	late []int64
}

func (c cursor) String() string {
	var text strings.Builder
	text.WriteString(strconv.FormatInt(c.before, 10))
	for _, place := range append([]int64{c.end}, c.late...) {
		text.WriteByte('.')
		text.WriteString(strconv.FormatInt(place, 10))
	}
	return text.String()
}

var errCursor = errors.New("no cursor of this log")

// parseCursor reads what [cursor.String] wrote; "" is the end of the log.
func (h History) parseCursor(text string) (cursor, error) {
	size := h.size()
	if text == "" {
		return cursor{before: size, end: size}, nil
	}
	var places []int64
	for part := range strings.SplitSeq(text, ".") {
		place, err := strconv.ParseInt(part, 10, 64)
		if err != nil || place < 0 || place > size {
			return cursor{}, fault.New(fault.AuditUnreadable, errCursor)
		}
		places = append(places, place)
	}
	if len(places) < 2 {
		return cursor{}, fault.New(fault.AuditUnreadable, errCursor)
	}
	return cursor{before: places[0], end: places[1], late: places[2:]}, nil
}
