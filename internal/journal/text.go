package journal

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// entry is a line of the journal.
type entry struct {
	Time    time.Time `json:"time"`
	Message string    `json:"msg"`
	Call    string    `json:"call"`
	Method  string    `json:"method"`
	MS      int64     `json:"ms"`
	Request string    `json:"request"`
	Status  int       `json:"status"`
	Trace   string    `json:"trace"`
	Attempt int       `json:"attempt"`
	Version string    `json:"version"`
	System  string    `json:"system"`
	Fault   struct {
		Code    string `json:"code"`
		Request string `json:"request"`
		Status  int    `json:"status"`
		Trace   string `json:"trace"`
		Causes  string `json:"causes"`
		Stack   string `json:"stack"`
	} `json:"fault"`
}

// Text lays out lines of a journal for people: each call, newest first, and below it
// what it asked Clerk for, in order. Times are in UTC. A line that cannot be read is
// told as such: it may be another program's.
func Text(lines []string) string {
	var calls []*group
	byID := map[string]*group{}
	for _, line := range lines {
		var e entry
		if json.Unmarshal([]byte(line), &e) != nil {
			calls = append(calls, &group{isOdd: true})
			continue
		}
		of := byID[e.Call]
		if of == nil || e.Call == "" {
			of = &group{}
			calls, byID[e.Call] = append(calls, of), of
		}
		if e.Method != "" {
			of.call = &e
		} else {
			of.requests = append(of.requests, e)
		}
	}
	var text strings.Builder
	for _, of := range slices.Backward(calls) {
		of.write(&text)
	}
	return text.String()
}

// group is a call with its requests. A request may stand alone, and a call that has not
// ended yet is not there.
type group struct {
	call     *entry
	requests []entry
	isOdd    bool
}

func (g *group) write(to *strings.Builder) {
	if g.isOdd {
		to.WriteString("a line that cannot be read\n")
	}
	if c := g.call; c != nil {
		writeLine(to, c.Time, c.Method, c.MS, outcome(c.Fault.Code, 0), c.Call)
		for _, more := range []string{c.Fault.Causes, c.Fault.Stack} {
			if more != "" {
				to.WriteString(indent + more + "\n")
			}
		}
	}
	for _, r := range g.requests {
		at := r.Time
		if g.call != nil {
			at = time.Time{} // the call says when
		}
		request, trace := r.Request+r.Fault.Request, r.Trace+r.Fault.Trace
		if request == "" {
			request = strings.TrimSpace(r.Message + " " + r.Version + " " + r.System)
		}
		if r.Attempt > 1 {
			request += fmt.Sprintf(" (attempt %d)", r.Attempt)
		}
		writeLine(to, at, "  "+request, r.MS, outcome(r.Fault.Code, r.Status+r.Fault.Status), trace)
	}
}

// timeForm is how a time is written, and indent is as wide with the space behind it.
const (
	timeForm = "2006-01-02 15:04:05"
	indent   = "                    "
)

func writeLine(to *strings.Builder, at time.Time, what string, ms int64, how, id string) {
	begin := indent
	if !at.IsZero() {
		begin = at.UTC().Format(timeForm) + " "
	}
	line := fmt.Sprintf("%s%-30s %6d ms  %-18s %s", begin, what, ms, how, id)
	to.WriteString(strings.TrimRight(line, " ") + "\n")
}

// outcome says how a call or a request ended.
func outcome(code string, status int) string {
	switch {
	case code != "" && status > 0:
		return fmt.Sprintf("%d %s", status, code)
	case code != "":
		return code
	case status > 0:
		return fmt.Sprint(status)
	default:
		return "ok"
	}
}
