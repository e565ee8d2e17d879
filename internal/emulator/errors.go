package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// apiError is one refusal in Clerk's form. Status and code belong together as in
// https://clerk.com/docs/errors/overview.
type apiError struct {
	Status      int            `json:"-"`
	Code        string         `json:"code"`
	Message     string         `json:"message"`
	LongMessage string         `json:"long_message"`
	Meta        map[string]any `json:"meta,omitempty"`
}

func (e *apiError) Error() string { return e.Code + ": " + e.LongMessage }

func errNotFound(what, id string) *apiError {
	return &apiError{
		http.StatusNotFound, "resource_not_found", "not found",
		fmt.Sprintf("No %s was found with id %s", what, id), nil,
	}
}

func errParam(code, param, long string) *apiError {
	message := map[string]string{
		"form_param_missing":        "is missing",
		"form_param_unknown":        "is unknown",
		"form_param_format_invalid": "is invalid",
		"form_param_value_invalid":  "is invalid",
	}[code]
	return &apiError{http.StatusUnprocessableEntity, code, message, long, map[string]any{"param_name": param}}
}

func errMissing(param string) *apiError {
	return errParam("form_param_missing", param, param+" must be included.")
}

func errValue(param, why string) *apiError {
	return errParam("form_param_value_invalid", param, param+" "+why)
}

func errBody() *apiError {
	return &apiError{http.StatusBadRequest, "request_body_invalid", "Request body invalid", "The request body is not a JSON object of the right types.", nil}
}

func errInternal(err error) *apiError {
	return &apiError{http.StatusInternalServerError, "internal_clerk_error", "Internal error", err.Error(), nil}
}

// errGone is written to nobody: the caller hung up while a scan was under way.
func errGone(err error) *apiError {
	return &apiError{http.StatusRequestTimeout, "emulator_caller_gone", "Caller gone", err.Error(), nil}
}

// errorBody is the envelope of every refusal.
type errorBody struct {
	Errors  []*apiError `json:"errors"`
	TraceID string      `json:"clerk_trace_id"`
}

func (s *Server) refuse(w http.ResponseWriter, e *apiError) {
	trace := s.ids.trace()
	w.Header().Set("Clerk-Trace-Id", trace)
	writeJSON(w, e.Status, errorBody{[]*apiError{e}, trace})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		// Only a programming mistake gets here: every type written is our own.
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
