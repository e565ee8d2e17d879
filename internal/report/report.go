// Package report keeps an account of what was seen of one impersonation in a held
// browser: pages, changes that were sent and held back, downloads, and how it ended.
//
// Nothing in it says whom or what a page was about: an address is kept as its [Shape],
// and there is no query, title, body, header or name of a file. Two sentences of a
// person are kept: the reasons for allowing changes, and for allowing a path or host.
//
// A report is bounded. The same things are counted in one row, and once a list is
// full, what has no row is only counted in [Beyond].
package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"understudy/internal/viewonly"
)

// MaxBytes is more than any report has in its JSON form.
const MaxBytes = 1_000_000

// version is the newest form of a report that this program writes.
const version = 1

// Report is what was seen. Its JSON form is stable: fields are only added.
type Report struct {
	Version     int        `json:"v"`
	Pages       []Row      `json:"pages"`     // by host and path
	Sent        []Row      `json:"sent"`      // changes, by method, host, path and status
	HeldBack    []Row      `json:"held_back"` // changes, by method, host and path
	Connections []Row      `json:"connections,omitempty"`
	Refused     []Row      `json:"refused,omitempty"` // connections that were refused, by host
	Downloads   []Download `json:"downloads,omitempty"`
	Modes       []Mode     `json:"modes,omitempty"`
	Allowed     []Allowed  `json:"allowed,omitempty"` // for this session
	Beyond      Beyond     `json:"beyond,omitzero"`
	How         string     `json:"how,omitempty"` // it ended, such as "ended_by_operator"
	Ended       time.Time  `json:"ended,omitzero"`
}

// Row counts one thing.
type Row struct {
	Method string    `json:"method,omitempty"` // "OTHER" for one that is not of HTTP
	Host   string    `json:"host"`             // with a port that is not the usual one
	Path   string    `json:"path,omitempty"`   // shape of it
	Status int       `json:"status,omitempty"` // 0: no answer is known
	Count  int       `json:"count"`
	First  time.Time `json:"first"`
	Last   time.Time `json:"last"`
}

// Download counts files of one type.
type Download struct {
	MediaType string    `json:"type"`
	Count     int       `json:"count"`
	Bytes     int64     `json:"bytes"`
	First     time.Time `json:"first"`
	Last      time.Time `json:"last"`
}

// Mode is a change of mode.
type Mode struct {
	Mode   viewonly.Mode `json:"mode"`
	Reason string        `json:"reason,omitempty"`
	Until  time.Time     `json:"until,omitzero"` // zero: to the end
	At     time.Time     `json:"at"`
}

// Allowed is a path or a host that was allowed by hand. The other one is "".
type Allowed struct {
	Path   string    `json:"path,omitempty"` // [Shape]
	Host   string    `json:"host,omitempty"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// Beyond counts what happened and has no row, since the list was full.
type Beyond struct {
	Pages       int `json:"pages,omitempty"`
	Sent        int `json:"sent,omitempty"`
	HeldBack    int `json:"held_back,omitempty"`
	Connections int `json:"connections,omitempty"`
	Refused     int `json:"refused,omitempty"`
	Downloads   int `json:"downloads,omitempty"`
	Modes       int `json:"modes,omitempty"`
	Allowed     int `json:"allowed,omitempty"`
}

// Figures are a report in three numbers.
type Figures struct {
	Pages    int // different ones, by shape
	Sent     int // changes, each time
	HeldBack int // changes, each time
}

// Figures sums up the report. Beyond its bound Pages counts no further.
func (r Report) Figures() Figures {
	return Figures{Pages: len(r.Pages), Sent: total(r.Sent) + r.Beyond.Sent, HeldBack: total(r.HeldBack) + r.Beyond.HeldBack}
}

func total(rows []Row) int {
	sum := 0
	for _, row := range rows {
		sum += row.Count
	}
	return sum
}

// Encode gives the JSON form, less than [MaxBytes].
func (r Report) Encode() ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode report: %w", err)
	}
	return text, nil
}

var errVersion = errors.New("the report is of no version that exists")

// Decode reads the JSON form. Fields that this version does not know are passed over.
func Decode(text []byte) (Report, error) {
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		return Report{}, fmt.Errorf("decode report: %w", err)
	}
	if r.Version < 1 {
		return Report{}, errVersion
	}
	return r, nil
}
