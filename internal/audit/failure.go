package audit

import (
	"errors"
	"fmt"

	"understudy/internal/durable"
	"understudy/internal/fault"
)

func unreadable(err error) error { return failure(fault.AuditUnreadable, err) }

func unwritable(err error) error { return failure(fault.AuditUnwritable, err) }

// failure says in its sentence which name is in the way, if one is.
func failure(code fault.Code, err error) *fault.Error {
	failure := fault.New(code, err)
	if inTheWay, ok := errors.AsType[*durable.NotRegularError](err); ok {
		return failure.WithMessage(fmt.Sprintf("In the folder of the history, %s is %s and not a file.", inTheWay.Name, inTheWay.Kind))
	}
	if tooHigh, ok := errors.AsType[*numberError](err); ok {
		return failure.WithMessage(tooHigh.Error())
	}
	return failure
}

// numberError is a file of the log whose first record has no possible number.
type numberError struct{ file string }

func (e *numberError) Error() string {
	return fmt.Sprintf("In the folder of the history, %s begins with a number that no record can have.", e.file)
}
