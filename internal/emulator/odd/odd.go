// Package odd lists how a single field of an answer can be wrong, for tests that
// put each of them into a valid answer with [emulator.FaultReplace].
package odd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"understudy/internal/emulator"
)

// Change is one field of an answer and what stands there instead.
type Change struct {
	Field string // JSON pointer
	Kind  string // "a number"
	Value json.RawMessage
}

func (c Change) String() string { return c.Field + " is " + c.Kind }

// Fault puts the change into the answers to GET requests whose path begins so.
func (c Change) Fault(path string) emulator.Fault {
	return emulator.Fault{Kind: emulator.FaultReplace, Method: "GET", Path: path, Field: c.Field, Value: c.Value}
}

// Changes asks for a path of the Backend API and lists every field of the answer,
// those inside of others too, with a value of each type of JSON in its place.
func Changes(ctx context.Context, clerk *emulator.Running, path string) ([]Change, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, clerk.URL()+path, nil)
	if err != nil {
		return nil, fmt.Errorf("odd: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+emulator.SampleKey)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("odd: %w", err)
	}
	defer func() { _ = response.Body.Close() }() // only read
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("odd: %s: %s", path, response.Status)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("odd: %w", err)
	}
	return changes(body)
}

func changes(body []byte) ([]Change, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var answer any
	if err := decoder.Decode(&answer); err != nil {
		return nil, fmt.Errorf("odd: %w", err)
	}
	values := []struct{ kind, value string }{
		{"missing", ""},
		{"null", "null"},
		{"true", "true"},
		{"false", "false"},
		{"a number", "7"},
		{"a huge number", "1e999"},
		{"a text", `"odd"`},
		{"an empty text", `""`},
		{"an array", `[7]`},
		{"an empty array", `[]`},
		{"an object", `{"odd":7}`},
		{"an empty object", `{}`},
	}
	var all []Change
	for _, field := range fields(answer, "") {
		for _, v := range values {
			all = append(all, Change{Field: field, Kind: v.kind, Value: json.RawMessage(v.value)})
		}
	}
	return all, nil
}

// fields are the pointers of all that is inside of a value.
func fields(value any, at string) []string {
	var found []string
	add := func(name string, inner any) {
		pointer := at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		found = append(append(found, pointer), fields(inner, pointer)...)
	}
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			add(name, v[name])
		}
	case []any:
		for i, inner := range v {
			add(strconv.Itoa(i), inner)
		}
	}
	return found
}
