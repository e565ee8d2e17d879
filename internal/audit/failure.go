package audit

import (
	"errors"
	"fmt"

	"understudy/internal/durable"
	"understudy/internal/fault"
	"understudy/internal/sentence"
)

func unreadable(err error) error { return failure(fault.AuditUnreadable, err) }

func unwritable(err error) error { return failure(fault.AuditUnwritable, err) }

// failure says in its sentence which name is in the way, if one is.
func failure(code fault.Code, err error) *fault.Error {
	failure := fault.New(code, err)
	if inTheWay, ok := errors.AsType[*durable.NotRegularError](err); ok {
		return failure.Saying(sentence.Of("audit.in_the_way", "name", inTheWay.Name, "kind", inTheWay.Kind))
	}
	if tooHigh, ok := errors.AsType[*numberError](err); ok {
		return failure.Saying(sentence.Of("audit.number", "file", tooHigh.file))
	}
	return failure
}

// numberError is a file of the log whose first record has no possible number.
type numberError struct{ file string }

func (e *numberError) Error() string {
	return fmt.Sprintf("audit log: %s begins with a number that no record can have", e.file)
}
