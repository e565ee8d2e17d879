package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"understudy/internal/fault"
)

// Choices are what occurs in a log, each once.
type Choices struct {
	Operators []string
	Instances []string

	end int64 // of what was read for them
}

// fewSeen is for how many pairs a line is searched before it is decoded.
const fewSeen = 16

// Choices adds to what is known of an earlier part of the log what occurs since.
func (h History) Choices(ctx context.Context, known Choices) (Choices, error) {
	found := Choices{
		Operators: slices.Clone(known.Operators), Instances: slices.Clone(known.Instances), end: h.size(),
	}
	var seen []pair
	for line, err := range h.linesBefore(found.end) {
		if err == nil && ctx.Err() != nil {
			err = fault.New(fault.Canceled, ctx.Err())
		}
		if err != nil {
			return Choices{}, err
		}
		if line.start < known.end {
			break
		}
		if slices.ContainsFunc(seen, func(p pair) bool { return p.isIn(line.text) }) {
			continue // decoding them all would take ten times as long
		}
		record, err := line.record()
		if err != nil {
			continue
		}
		found.Operators = withOne(found.Operators, record.Operator.ID)
		found.Instances = withOne(found.Instances, record.Instance)
		if len(seen) < fewSeen {
			next, err := pairOf(record)
			if err != nil {
				return Choices{}, err
			}
			seen = append(seen, next)
		}
	}
	return found, nil
}

func withOne(all []string, one string) []string {
	if one == "" || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// pair is how an operator and an instance stand in a line that [Log.Append]
// wrote.
type pair struct{ operator, instance []byte }

func pairOf(record Record) (pair, error) {
	operator, err := json.Marshal(record.Operator.ID)
	if err != nil {
		return pair{}, fmt.Errorf("encode id: %w", err)
	}
	instance, err := json.Marshal(record.Instance)
	if err != nil {
		return pair{}, fmt.Errorf("encode id: %w", err)
	}
	return pair{
		operator: append([]byte(`"operator":{"id":`), operator...),
		instance: append([]byte(`"instance":`), instance...),
	}, nil
}

func (p pair) isIn(text []byte) bool {
	return bytes.Contains(text, p.operator) && bytes.Contains(text, p.instance)
}
