package emulator

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// FaultKind names a way in which an answer can go wrong.
type FaultKind string

// The kinds of fault. Each is one row of what a client of Clerk must survive.
const (
	// FaultError answers with Status and Code in Clerk's form (and RetryAfter, if set).
	FaultError FaultKind = "error"
	// FaultHTML answers with Status, 502 unless set, and a proxy's HTML.
	FaultHTML FaultKind = "html"
	// FaultHang never answers.
	FaultHang FaultKind = "hang"
	// FaultDrip sends the answer one byte at a time and never the last.
	FaultDrip FaultKind = "drip"
	// FaultResetBefore and FaultResetInside reset the connection before the answer
	// and in the middle of its body.
	FaultResetBefore FaultKind = "reset-before"
	FaultResetInside FaultKind = "reset-inside"
	// FaultHuge answers with Size bytes of JSON, 400 MB unless set.
	FaultHuge FaultKind = "huge"
	// FaultTruncated ends the body early and says that it is whole.
	FaultTruncated FaultKind = "truncated"
	// FaultWrongTypes turns strings into numbers and numbers into strings.
	FaultWrongTypes FaultKind = "wrong-types"
	// FaultReplace puts Value in the place of one Field of the answer.
	FaultReplace FaultKind = "replace"
	// FaultEmpty, FaultNull and FaultObject answer 200 with nothing, null and {}.
	FaultEmpty  FaultKind = "empty"
	FaultNull   FaultKind = "null"
	FaultObject FaultKind = "object"
	// FaultRedirect answers with Status, 302 unless set, and sends the client to
	// Location: a path for the same host or a whole address.
	FaultRedirect FaultKind = "redirect"
	// FaultCaptivePortal answers 200 with the sign-in page of a hotel.
	FaultCaptivePortal FaultKind = "captive-portal"
	// FaultGzipBomb answers with a thousandth of Size, which unpacks to Size.
	FaultGzipBomb FaultKind = "gzip-bomb"
)

// Fault breaks the answers to some requests.
type Fault struct {
	Kind FaultKind `json:"kind"`
	// Method and Path select requests: the whole method and a prefix of the path.
	// Empty selects all but the controls.
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// Times is how many answers are broken; 0 is all until the faults are cleared.
	Times int `json:"times,omitempty"`
	// Applied lets the request take effect before its answer is lost: an actor
	// token was made, and the client does not know. Kinds that break the real
	// answer (drip, reset-inside, truncated, wrong-types, replace) always do.
	Applied bool `json:"applied,omitempty"`

	Status     int    `json:"status,omitempty"`
	Code       string `json:"code,omitempty"`
	RetryAfter string `json:"retry_after,omitempty"` // the header as it is sent
	Location   string `json:"location,omitempty"`
	Size       int    `json:"size,omitempty"`
	// Field is a JSON pointer (RFC 6901), "/0/banned". Value is what stands there
	// instead; empty: nothing, the field is missing.
	Field string          `json:"field,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
}

// floodSize is how much the faults that flood a client send.
func (f Fault) floodSize() int {
	const huge = 400 << 20
	return cmp.Or(f.Size, huge)
}

func (f Fault) validate() error {
	if _, known := breakers()[f.Kind]; !known {
		return fmt.Errorf("fault: there is no kind %q", f.Kind)
	}
	if f.Times < 0 || f.Size < 0 {
		return fmt.Errorf("fault %s: times and size cannot be negative", f.Kind)
	}
	if f.Kind == FaultError && (f.Status < 400 || f.Status > 599) {
		return errors.New("fault error: status must be from 400 to 599")
	}
	if f.Kind == FaultReplace && (!strings.HasPrefix(f.Field, "/") || len(f.Value) > 0 && !json.Valid(f.Value)) {
		return errors.New("fault replace: field must be a JSON pointer, and value JSON")
	}
	if f.Kind == FaultRedirect && f.Location == "" {
		return errors.New("fault redirect: location is missing")
	}
	return nil
}

func (f Fault) selects(r *http.Request) bool {
	return (f.Method == "" || f.Method == r.Method) && strings.HasPrefix(r.URL.Path, f.Path)
}

// armedFault is a fault with the number of answers that it broke.
type armedFault struct {
	Fault
	used int
}

// Inject breaks the answers that a fault selects, until it is used up or cleared.
// When several select a request, the one injected first does.
func (s *Server) Inject(f Fault) error {
	if err := f.validate(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armedFault{Fault: f})
	return nil
}

// ClearFaults makes all answers whole again.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// draw returns the fault that a request meets and counts it.
func (s *Server) draw(r *http.Request) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.faults, func(f *armedFault) bool { return f.selects(r) })
	if i < 0 {
		return Fault{}, false
	}
	f := s.faults[i]
	if f.used++; f.used == f.Times {
		s.faults = slices.Delete(s.faults, i, i+1)
	}
	return f.Fault, true
}

// ParseFault reads a fault as the command line spells it: the kind, optionally
// followed by key=value pairs, as in
//
//	reset-inside,method=POST,path=/v1/actor_tokens,times=1
func ParseFault(text string) (Fault, error) {
	kind, rest, more := strings.Cut(text, ",")
	f := Fault{Kind: FaultKind(kind)}
	for more {
		var pair string
		pair, rest, more = strings.Cut(rest, ",")
		key, value, _ := strings.Cut(pair, "=")
		var err error
		switch key {
		case "method":
			f.Method = value
		case "path":
			f.Path = value
		case "times":
			f.Times, err = strconv.Atoi(value)
		case "applied":
			f.Applied, err = strconv.ParseBool(value)
		case "status":
			f.Status, err = strconv.Atoi(value)
		case "code":
			f.Code = value
		case "retry_after":
			f.RetryAfter = value
		case "size":
			f.Size, err = strconv.Atoi(value)
		case "location":
			f.Location = value
		case "field":
			f.Field = value
		case "value":
			f.Value = json.RawMessage(value)
		default:
			err = errors.New("unknown")
		}
		if err != nil {
			return Fault{}, fmt.Errorf("fault %q: %s: %w", text, key, err)
		}
	}
	return f, f.validate()
}
