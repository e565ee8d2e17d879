// Package doctor looks at what Understudy stands on: the computer, the keychain,
// browsers, folders, the policy, Clerk and the journal. It only looks: it opens no
// window, asks for no password and changes nothing.
package doctor

import (
	"context"
	"time"
)

// State is how a check ended.
type State string

// The states of a [Result].
const (
	Good    State = "good"
	Warning State = "warning" // it works, and somebody should know
	Failed  State = "failed"
)

// Result is what one check found.
type Result struct {
	Name   string `json:"name"`
	State  State  `json:"state"`
	Detail string `json:"detail"` // a short sentence without a person's data
}

// Check looks at one thing.
type Check struct {
	Name string
	Look func(context.Context) (State, string)
}

// patience is how long one check may take.
const patience = 15 * time.Second

// Run makes the checks in their order and returns a result for each.
func Run(ctx context.Context, checks []Check) []Result {
	results := make([]Result, 0, len(checks))
	for _, check := range checks {
		results = append(results, run(ctx, check))
	}
	return results
}

// run makes one check. A check that panics has failed: the others still count.
func run(ctx context.Context, check Check) (result Result) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() {
		if recover() != nil {
			result = Result{Name: check.Name, State: Failed, Detail: "the check itself failed"}
		}
	}()
	state, detail := check.Look(ctx)
	return Result{Name: check.Name, State: state, Detail: detail}
}
