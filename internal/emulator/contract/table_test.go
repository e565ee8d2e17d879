package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Clerk's files lie beside the repository, where there is a copy at all.
const clerksFiles = "../../../../shared/clerk-openapi"

var update = flag.Bool("update", false, "write the tables anew from Clerk's files")

// used are the operations that the program or its stand-in speaks.
var used = map[string][]string{
	backendTable: {
		"GET /users", "GET /users/count", "GET /users/{user_id}", "GET /users/{user_id}/organization_memberships",
		"POST /users/{user_id}/ban", "POST /users/{user_id}/unban", "POST /users/{user_id}/lock", "POST /users/{user_id}/unlock",
		"GET /organizations", "GET /instance", "GET /domains", "GET /oauth_applications", "POST /oauth_applications",
		"POST /actor_tokens", "POST /actor_tokens/{actor_token_id}/revoke",
		"GET /sessions", "GET /sessions/{session_id}", "POST /sessions/{session_id}/revoke",
	},
	frontendTable: {
		"GET /v1/tickets/accept", "POST /v1/client/sign_ins", "POST /v1/client/sessions/{session_id}/touch",
		"POST /v1/client/sessions/{session_id}/tokens", "POST /v1/me/sessions/{session_id}/revoke",
		"GET /oauth/authorize", "POST /oauth/token", "GET /oauth/userinfo",
		"GET /.well-known/jwks.json", "GET /.well-known/openid-configuration", "GET /.well-known/oauth-authorization-server",
	},
}

// TestTheTablesSayWhatClerkPublishes compares the tables with Clerk's files, or
// writes them anew with -update.
func TestTheTablesSayWhatClerkPublishes(t *testing.T) {
	for table, source := range map[string]string{backendTable: "bapi-2026-05-12.yml", frontendTable: "fapi-2026-05-12.yml"} {
		text, err := os.ReadFile(filepath.Join(filepath.FromSlash(clerksFiles), source))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("Clerk's OpenAPI files are not beside the repository")
		}
		if err != nil {
			t.Fatal(err)
		}
		want := tabulate(t, text, used[table])
		if *update {
			if err := os.WriteFile(table, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s: look at what -update changes", table, source)
		}
	}
}

// tabulate keeps of an OpenAPI file the operations and the facts that a message
// can be checked by: no word of explanation.
func tabulate(t *testing.T, file []byte, operations []string) []byte {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(file)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := doc.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		OpenAPI    string                    `json:"openapi"`
		Info       map[string]any            `json:"info"`
		Paths      map[string]map[string]any `json:"paths"`
		Components map[string]map[string]any `json:"components"`
	}
	if err := json.Unmarshal(whole, &all); err != nil {
		t.Fatal(err)
	}
	used := usedParts{all: all.Components, kept: map[string]any{}}
	paths := map[string]any{}
	for _, operation := range operations {
		method, path, _ := strings.Cut(strings.ToLower(operation), " ")
		item, there := paths[path].(map[string]any)
		if !there {
			item = map[string]any{}
			paths[path] = item
		}
		item[method] = used.factsOf(all.Paths[path][method])
		if shared := all.Paths[path]["parameters"]; shared != nil {
			item["parameters"] = used.factsOf(shared)
		}
	}
	var lines bytes.Buffer
	writeLines(&lines, map[string]any{
		"openapi": all.OpenAPI, "info": map[string]any{"title": "what Understudy uses", "version": all.Info["version"]},
		"paths": paths, "components": used.kept,
	}, "\n")
	lines.WriteByte('\n')
	return lines.Bytes()
}

// writeLines writes objects that do not fit on a line with a line for each entry.
func writeLines(out *bytes.Buffer, node any, newline string) {
	line, _ := json.Marshal(node) // has come from JSON
	object, isObject := node.(map[string]any)
	if len(newline)+len(line) <= 120 || !isObject {
		out.Write(line)
		return
	}
	before := "{"
	for _, key := range slices.Sorted(maps.Keys(object)) {
		_, _ = fmt.Fprintf(out, "%s%s  %q: ", before, newline, key)
		writeLines(out, object[key], newline+"  ")
		before = ","
	}
	out.WriteString(newline + "}")
}

// usedParts collects the shared parts of a file that are referred to.
type usedParts struct {
	all  map[string]map[string]any // by kind and name
	kept map[string]any
}

// factsOf returns a part without the words of OpenAPI that only explain, and
// keeps the shared parts that it refers to.
func (u usedParts) factsOf(part any) any {
	switch part := part.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, value := range part {
			switch named, _ := value.(map[string]any); key {
			case "$ref":
				kept[key] = value
				u.keep(value)
			case "properties", "responses", "content": // their keys are names
				entries := map[string]any{}
				for name, child := range named {
					entries[name] = u.factsOf(child)
				}
				kept[key] = entries
			case "type", "format", "nullable", "required", "enum", "items", "allOf", "oneOf", "anyOf", "additionalProperties",
				"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "uniqueItems",
				"parameters", "in", "name", "schema", "style", "explode", "requestBody":
				kept[key] = u.factsOf(value)
			}
		}
		return kept
	case []any:
		kept := []any{}
		for _, child := range part {
			kept = append(kept, u.factsOf(child))
		}
		return kept
	default:
		return part
	}
}

// keep takes over what "#/components/kind/name" refers to.
func (u usedParts) keep(reference any) {
	text, _ := reference.(string)
	kind, name, _ := strings.Cut(strings.TrimPrefix(text, "#/components/"), "/")
	parts, there := u.kept[kind].(map[string]any)
	if !there {
		parts = map[string]any{}
		u.kept[kind] = parts
	}
	if _, there := parts[name]; !there {
		parts[name] = nil // it may refer to itself
		parts[name] = u.factsOf(u.all[kind][name])
	}
}
