package viewonly

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
)

func graphQL(body string) Request {
	return Request{Method: "POST", URL: "https://api.acme.com/v1/graphql", ContentType: "application/json; charset=utf-8", Body: []byte(body), Whole: true}
}

func TestGraphQLBodies(t *testing.T) {
	j := judge(t, nil)
	const text = "query A { me { id } }"
	sum := sha256.Sum256([]byte(text))
	hash := hex.EncodeToString(sum[:])
	deep := "{" + strings.Repeat("a{", 5000) + "b" + strings.Repeat("}", 5001)
	for body, want := range map[string]Kind{
		`{"query":"{ me { id } }"}`: Read,
		`{"query":"query A($n: Int = 3) { me(first: $n) { ...F } } fragment F on User { id }","operationName":"A","variables":{"n":1}}`: Read,
		`{"query":"query A { a } query B { b }","operationName":"A"}`:                                                                   Read,
		`{"query":"# mutation\n{ a(text: \"mutation { b }\") }","variables":null}`:                                                      Read,
		`[{"query":"{ a }"},{"query":"{ b }","extensions":{"clientLibrary":{"name":"apollo"}}}]`:                                        Read,
		`{"query":"` + text + `","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`:                            Read,

		`{"query":"mutation { pay }"}`:                                                Change,
		`{"query":"query A { a } mutation B { b }","operationName":"A"}`:              Change,
		`{"query":"subscription { a }"}`:                                              Change,
		`{"query":"fragment F on User { id }"}`:                                       Change,
		`{"query":"type User { id: ID }"}`:                                            Change,
		`{"query":"{ a } type User { id: ID }"}`:                                      Change,
		`{"query":"# query\rmutation { pay }"}`:                                       Change,
		`{"query":""}`:                                                                Change,
		`{"query":null}`:                                                              Change,
		`{"query":["{ a }"]}`:                                                         Change,
		`{"query":"{ a }","query":"mutation { b }"}`:                                  Change,
		`{"query":"{ a }","Query":"mutation { b }"}`:                                  Change,
		`{"query":"{ a }","\u0071uery":"mutation { b }"}`:                             Change,
		`{"query":"{ a }","id":"7f"}`:                                                 Change,
		`{"query":"{ a }","documentId":"7f"}`:                                         Change,
		`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`: Change,
		`{"query":"{ b }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`:    Change,
		`{"query":"` + text + `","extensions":{"persistedQuery":{}}}`:                                    Change,
		`{"query":"` + text + `","extensions":{"persistedQuery":{"sha256Hash":"a","sha256Hash":"` + hash: Change,
		`[]`: Change,
		`[{"query":"{ a }"},{"query":"mutation { b }"}]`: Change,
		`[{"query":"{ a }"},[{"query":"{ a }"}]]`:        Change,
		`{"query":"{ a }"}{"query":"mutation { b }"}`:    Change,
		`{"query":"{ a }"`:                               Change,
		`"{ a }"`:                                        Change,
		``:                                               Change,
		"{\"query\":\"{ a }\",\"variables\":{\"x\":\"\xff\"}}":                    Change,
		`{"query":"` + deep + `"}`:                                                Change,
		`{"query":"{ ` + strings.Repeat("a ", 60_000) + `}"}`:                     Change,
		`{"query":"{ a }","variables":"` + strings.Repeat("x", maxGraphQL) + `"}`: Change,
	} {
		if got := j.Kind(graphQL(body)); got != want {
			t.Errorf("%.200s is %s, want %s", body, got, want)
		}
	}
}

func TestGraphQLForms(t *testing.T) {
	j := judge(t, nil)
	for name, tt := range map[string]struct {
		change func(*Request)
		want   Kind
	}{
		"as it is":           {func(*Request) {}, Read},
		"gql":                {func(r *Request) { r.URL = "https://acme.com/gql" }, Read},
		"final slash":        {func(r *Request) { r.URL = "https://acme.com/graphql/" }, Read},
		"name in the query":  {func(r *Request) { r.URL += "?operationName=A" }, Read},
		"text alone":         {func(r *Request) { r.ContentType, r.Body = "application/graphql", []byte("{ a }") }, Read},
		"capitals":           {func(r *Request) { r.ContentType = "Application/JSON" }, Read},
		"mutation alone":     {func(r *Request) { r.ContentType, r.Body = "application/graphql", []byte("mutation { a }") }, Change},
		"not whole":          {func(r *Request) { r.Whole = false }, Change},
		"other path":         {func(r *Request) { r.URL = "https://acme.com/api/search" + "es" }, Change},
		"word in the path":   {func(r *Request) { r.URL = "https://acme.com/graphql/import" }, Change},
		"capital path":       {func(r *Request) { r.URL = "https://acme.com/GraphQL" }, Change},
		"odd path":           {func(r *Request) { r.URL = "https://acme.com/import%2f../graphql" }, Change},
		"query in the query": {func(r *Request) { r.URL += "?query=mutation{a}" }, Change},
		"id in the query":    {func(r *Request) { r.URL += "?a=1" }, Change},
		"put":                {func(r *Request) { r.Method = "PUT" }, Change},
		"put by the query":   {func(r *Request) { r.URL += "?_method=PUT" }, Change},
		"form":               {func(r *Request) { r.ContentType, r.Body = "application/x-www-form-urlencoded", []byte("query={a}") }, Change},
		"multipart":          {func(r *Request) { r.ContentType = "multipart/form-data; boundary=x" }, Change},
		"text/plain":         {func(r *Request) { r.ContentType = "text/plain" }, Change},
		"no type":            {func(r *Request) { r.ContentType = "" }, Change},
		"two types":          {func(r *Request) { r.ContentType = "application/json, text/plain" }, Change},
		"utf-16":             {func(r *Request) { r.ContentType = "application/json; charset=utf-16" }, Change},
		"frontend api":       {func(r *Request) { r.URL = "https://clerk.acme.com/v1/graphql" }, Account},
	} {
		request := graphQL(`{"query":"{ a }"}`)
		tt.change(&request)
		if got := j.Kind(request); got != tt.want {
			t.Errorf("%s is %s, want %s", name, got, tt.want)
		}
	}
	held := judge(t, func(r *Rules) { r.HoldGraphQL = true })
	if got := held.Kind(graphQL(`{"query":"{ a }"}`)); got != Change {
		t.Errorf("with HoldGraphQL a query is %s", got)
	}
}

// FuzzGraphQL compares with the standard decoder, which takes the last of two members
// and does not care for capitals: no body passes that some server reads otherwise.
func FuzzGraphQL(f *testing.F) {
	for _, body := range []string{
		`{"query":"{ a }"}`, `{"query":"mutation { a }"}`, `[{"query":"{ a }"}]`, `{"query":"{a}","Query":"mutation{b}"}`,
		`{"query":"{ a }","query":"subscription { a }"}`, `{"query":"query A{a} mutation B{b}"}`, "{\"query\":\"#\\rmutation{a}\"}",
	} {
		f.Add(body)
	}
	j := judge(f, nil)
	f.Fuzz(func(t *testing.T, body string) {
		if j.Kind(graphQL(body)) != Read {
			return
		}
		var batch []map[string]any
		if json.Unmarshal([]byte(body), &batch) != nil {
			batch = make([]map[string]any, 1)
			if err := json.Unmarshal([]byte(body), &batch[0]); err != nil {
				t.Fatalf("%q passes and is no JSON: %v", body, err)
			}
		}
		for _, one := range batch {
			for name, value := range one {
				text, _ := value.(string)
				if strings.EqualFold(name, "query") && !onlyQueries(text) {
					t.Errorf("%q passes with %q", body, text)
				}
			}
		}
	})
}
