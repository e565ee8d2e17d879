// Package contract checks HTTP traffic against Clerk's own OpenAPI files, so that
// the stand-in cannot drift from what it stands in for and no client sends what
// Clerk does not know. Only tests import it.
package contract

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// The tables hold what Clerk's OpenAPI files (https://github.com/clerk/openapi-specs)
// say of the operations that the program or its stand-in speaks, in the version that
// clerk-sdk-go speaks. They are OpenAPI themselves. A test compares and writes them.
const (
	backendTable  = "backend.json"
	frontendTable = "frontend.json"
)

//go:embed backend.json frontend.json
var tables embed.FS

// Contract is what Clerk says that its two APIs do.
type Contract struct{ backend, frontend *openapi3.T }

// Load reads the tables.
func Load() (*Contract, error) {
	backend, err := load(backendTable)
	if err != nil {
		return nil, err
	}
	frontend, err := load(frontendTable)
	if err != nil {
		return nil, err
	}
	return &Contract{backend, frontend}, nil
}

func load(table string) (*openapi3.T, error) {
	content, err := tables.ReadFile(table)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(content)
	if err != nil {
		return nil, fmt.Errorf("contract %s: %w", table, err)
	}
	return doc, nil
}

// Exchange is one request and the answer to it.
type Exchange struct {
	Request *http.Request
	Body    []byte // of the request
	Status  int
	Header  http.Header
	Answer  []byte
}

// Operation names the operation of the contract that a request is, such as
// "GET /users/{user_id}"; empty if there is none.
func (c *Contract) Operation(r *http.Request) string {
	route, _ := c.route(r)
	if route == nil {
		return ""
	}
	return route.Method + " " + route.Path
}

// CheckAnswer reports how an answer departs from those that the operation may give.
// The files do not list every refusal. A refusal that they do not list must still
// have the form of Clerk's errors.
func (c *Contract) CheckAnswer(x Exchange) error {
	input, err := c.input(x)
	if err != nil {
		return err
	}
	if x.Status >= http.StatusBadRequest && input.Route.Operation.Responses.Status(x.Status) == nil {
		return c.checkRefusal(x)
	}
	if x.Request.URL.Query().Get("paginated") == "true" {
		// The files describe the bare list only.
		var page struct {
			Data json.RawMessage `json:"data"`
		}
		if err := json.Unmarshal(x.Answer, &page); err != nil {
			return fmt.Errorf("%s answered no page: %w", x.Request.URL.Path, err)
		}
		x.Answer = page.Data
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: x.Status, Header: x.Header,
		Body: io.NopCloser(bytes.NewReader(x.Answer)), Options: input.Options,
	})
	if err != nil {
		return fmt.Errorf("%s %s answered %d: %w", x.Request.Method, x.Request.URL.Path, x.Status, err)
	}
	return nil
}

func (c *Contract) checkRefusal(x Exchange) error {
	var body any
	if err := json.Unmarshal(x.Answer, &body); err != nil {
		return fmt.Errorf("%s %s answered %d: %w", x.Request.Method, x.Request.URL.Path, x.Status, err)
	}
	if err := c.backend.Components.Schemas["ClerkErrors"].Value.VisitJSON(body); err != nil {
		return fmt.Errorf("%s %s answered %d: %w", x.Request.Method, x.Request.URL.Path, x.Status, err)
	}
	return nil
}

// CheckRequest reports how a request departs from what the operation takes, a
// query parameter that Clerk does not know included.
func (c *Contract) CheckRequest(x Exchange) error {
	input, err := c.input(x)
	if err != nil {
		return err
	}
	problems := []error{openapi3filter.ValidateRequest(context.Background(), input)}
	for name := range x.Request.URL.Query() {
		known := input.Route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
		if known == nil {
			problems = append(problems, fmt.Errorf("there is no parameter %q", name))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("%s %s: %w", x.Request.Method, x.Request.URL.Path, err)
	}
	return nil
}

func (c *Contract) input(x Exchange) (*openapi3filter.RequestValidationInput, error) {
	route, params := c.route(x.Request)
	if route == nil {
		return nil, fmt.Errorf("the contract has no %s %s", x.Request.Method, x.Request.URL.Path)
	}
	r := x.Request.Clone(x.Request.Context())
	r.Body = io.NopCloser(bytes.NewReader(x.Body))
	return &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, QueryParams: url.Values(r.URL.Query()), Route: route,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		},
	}, nil
}

// route finds the operation of a request. The backend's paths follow /v1, the
// frontend's are whole.
func (c *Contract) route(r *http.Request) (*routers.Route, map[string]string) {
	if path, found := strings.CutPrefix(r.URL.Path, "/v1"); found {
		if route, params := find(c.backend, r.Method, path); route != nil {
			return route, params
		}
	}
	return find(c.frontend, r.Method, r.URL.Path)
}

// find prefers the template with the fewest parameters: /users/count before
// /users/{user_id}.
func find(doc *openapi3.T, method, path string) (*routers.Route, map[string]string) {
	var best *routers.Route
	var bestParams map[string]string
	for template, item := range doc.Paths.Map() {
		params, fits := match(template, path)
		operation := item.GetOperation(method)
		if fits && operation != nil && (best == nil || len(params) < len(bestParams)) {
			best = &routers.Route{Spec: doc, Path: template, PathItem: item, Method: method, Operation: operation}
			bestParams = params
		}
	}
	return best, bestParams
}

func match(template, path string) (params map[string]string, fits bool) {
	wanted, given := strings.Split(template, "/"), strings.Split(path, "/")
	if len(wanted) != len(given) {
		return nil, false
	}
	params = map[string]string{}
	for i, part := range wanted {
		if strings.HasPrefix(part, "{") {
			params[strings.Trim(part, "{}")] = given[i]
		} else if part != given[i] {
			return nil, false
		}
	}
	return params, true
}
