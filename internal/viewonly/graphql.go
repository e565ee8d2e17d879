package viewonly

import (
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// Bounds of a GraphQL request. A larger one cannot be judged.
const (
	maxGraphQL = 1 << 20 // bytes of the body
	maxTokens  = 50_000  // of one document
)

// isGraphQL reports whether the path ends in graphql or gql, with or without a slash.
func (a address) isGraphQL() bool {
	path := a.path
	if n := len(path); n > 1 && path[n-1] == "" {
		path = path[:n-1]
	}
	last := path[len(path)-1]
	return a.plain && (last == "graphql" || last == "gql")
}

// operation is the JSON body of a GraphQL request, or one of a batch. A body with any
// other member, such as the id of a stored document, cannot be judged.
type operation struct {
	Query      *string                   `json:"query"`
	Name       jsontext.Value            `json:"operationName"`
	Variables  jsontext.Value            `json:"variables"`
	Extensions map[string]jsontext.Value `json:"extensions"`
}

// reads reports whether the operation can only read. With a text and a hash, the hash
// must be of the text, since a server may run either.
func (o operation) reads() bool {
	if o.Query == nil {
		return false
	}
	if stored, has := o.Extensions["persistedQuery"]; has {
		var document struct {
			Hash string `json:"sha256Hash"`
		}
		hash := sha256.Sum256([]byte(*o.Query))
		if json.Unmarshal(stored, &document) != nil || document.Hash != hex.EncodeToString(hash[:]) {
			return false
		}
	}
	return onlyQueries(*o.Query)
}

// readsGraphQL reports whether the body holds nothing but queries. These forms are
// judged: application/json with an object or a batch of them, and application/graphql
// with the text of a document. Another document in the query of the URL, JSON with
// a member twice and a body that is not whole fail.
func readsGraphQL(r Request, query string) bool {
	if !r.Whole || len(r.Body) > maxGraphQL || namesDocument(query) {
		return false
	}
	media, parameters, err := mime.ParseMediaType(r.ContentType)
	if charset := parameters["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return false
	}
	switch media {
	case "application/graphql":
		return onlyQueries(string(r.Body))
	case "application/json":
		return readsJSON(r.Body)
	}
	return false
}

func readsJSON(body []byte) bool {
	if jsontext.Value(body).Kind() == '{' {
		body = slices.Concat([]byte("["), body, []byte("]"))
	}
	var batch []operation
	if json.Unmarshal(body, &batch, json.RejectUnknownMembers(true)) != nil {
		return false
	}
	return len(batch) > 0 && !slices.ContainsFunc(batch, func(o operation) bool { return !o.reads() })
}

// namesDocument reports whether the query of a URL has a document of its own, or the
// id of one. The name of an operation there changes nothing.
func namesDocument(query string) bool {
	for query != "" {
		var pair string
		pair, query = cutPair(query)
		name, _, _ := strings.Cut(pair, "=")
		switch strings.ToLower(unescaped(name)) {
		case "operationname", "opname", "op", "name", "variables":
		default:
			return true
		}
	}
	return false
}

// onlyQueries reports whether a document has an operation and all are queries, also
// those that the request does not name. A subscription is none.
func onlyQueries(document string) bool {
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: document}, maxTokens)
	if err != nil || len(parsed.Operations) == 0 {
		return false
	}
	return !slices.ContainsFunc(parsed.Operations, func(o *ast.OperationDefinition) bool { return o.Operation != ast.Query })
}
