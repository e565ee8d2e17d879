package invoices

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// GraphQLRequest is a document with what it leaves open.
type GraphQLRequest struct {
	Query     string            `json:"query"`
	Variables map[string]string `json:"variables"`
}

// GraphQLAnswer has data or errors.
type GraphQLAnswer struct {
	Data   map[string]any `json:"data,omitempty"`
	Errors []GraphQLError `json:"errors,omitempty"`
}

// GraphQLError is one of them.
type GraphQLError struct {
	Message string `json:"message"`
}

// Answer answers a document. The schema is
//
//	type Query    { invoice(id: ID!): Invoice  customers: [Customer!]! }
//	type Mutation { remind(id: ID!): Invoice }
//	type Invoice  { id customer pence sent due paid note reminders }
//	type Customer { name }
//
// It knows what the app's page sends and what is as simple: one operation with
// variables, fields and arguments. It knows no alias, fragment or directive, no
// comment and no list, and does not check the types of variables.
func (b *Book) Answer(r GraphQLRequest) GraphQLAnswer {
	operation, fields, err := parse(r)
	if err != nil {
		return GraphQLAnswer{Errors: []GraphQLError{{err.Error()}}}
	}
	answer := GraphQLAnswer{Data: map[string]any{}}
	for _, f := range fields {
		value, err := b.resolve(operation, f)
		if err != nil {
			answer.Errors = append(answer.Errors, GraphQLError{f.name + ": " + err.Error()})
			value = nil
		}
		answer.Data[f.name] = value
	}
	return answer
}

func (b *Book) resolve(operation string, f field) (any, error) {
	switch operation + " " + f.name {
	case "query invoice":
		return f.of(b.Find(f.arguments["id"]))
	case "mutation remind":
		return f.of(b.Remind(f.arguments["id"]))
	case "query customers":
		all := []any{}
		for _, name := range b.Customers() {
			one, err := f.of(map[string]string{"name": name}, nil)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
		return all, nil
	default:
		return nil, errors.New("there is no such field")
	}
}

// field is one that a document asks for.
type field struct {
	name      string
	arguments map[string]string
	fields    []field
}

// of returns the parts of a value that were asked for.
func (f field) of(value any, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	var whole map[string]any
	if err := json.Unmarshal(encoded, &whole); err != nil || len(f.fields) == 0 {
		return nil, errors.New("it needs fields of its own")
	}
	parts := map[string]any{}
	for _, part := range f.fields {
		value, known := whole[part.name]
		if !known || len(part.fields) > 0 {
			return nil, fmt.Errorf("%s: there is no such field", part.name)
		}
		parts[part.name] = value
	}
	return parts, nil
}

// parser reads a document word by word. The first failure ends it.
type parser struct {
	words     []string
	variables map[string]string
	err       error
}

// A name has to begin with a letter. A text has no escapes, so that it stands for
// itself.
var (
	word   = regexp.MustCompile(`[A-Za-z_]\w*|"[^"\\\n]*"|[^\s,]`)
	isName = regexp.MustCompile(`^[A-Za-z_]\w*$`)
)

func parse(r GraphQLRequest) (operation string, fields []field, err error) {
	p := &parser{words: word.FindAllString(r.Query, -1), variables: r.Variables}
	operation = "query"
	if slices.Contains([]string{"query", "mutation"}, p.next()) {
		operation = p.take()
		if p.next() != "{" && p.next() != "(" {
			p.take() // its name
		}
		if p.next() == "(" { // the types of variables
			for p.take() != ")" && p.err == nil {
				continue
			}
		}
	}
	fields = p.selection(0)
	if p.err == nil && len(p.words) > 0 {
		p.fail()
	}
	return operation, fields, p.err
}

// deepest is how far selections may be nested.
const deepest = 4

func (p *parser) selection(depth int) []field {
	if depth == deepest {
		p.fail()
	}
	var fields []field
	p.expect("{")
	for p.err == nil && p.next() != "}" {
		f := field{name: p.name(), arguments: map[string]string{}}
		if p.next() == "(" {
			p.take()
			for p.err == nil && p.next() != ")" {
				name := p.name()
				p.expect(":")
				f.arguments[name] = p.value()
			}
			p.expect(")")
		}
		if p.next() == "{" {
			f.fields = p.selection(depth + 1)
		}
		fields = append(fields, f)
	}
	if len(fields) == 0 {
		p.fail()
	}
	p.expect("}")
	return fields
}

// value is a variable or a text.
func (p *parser) value() string {
	if p.next() == "$" {
		p.take()
		return p.variables[p.name()]
	}
	text := p.take()
	if len(text) < 2 || text[0] != '"' {
		p.fail()
		return ""
	}
	return text[1 : len(text)-1]
}

func (p *parser) name() string {
	w := p.take()
	if !isName.MatchString(w) {
		p.fail()
	}
	return w
}

func (p *parser) expect(w string) {
	if p.take() != w {
		p.fail()
	}
}

// next is the word to come, "" at the end.
func (p *parser) next() string {
	if p.err != nil || len(p.words) == 0 {
		return ""
	}
	return p.words[0]
}

func (p *parser) take() string {
	w := p.next()
	if w == "" {
		p.fail()
		return ""
	}
	p.words = p.words[1:]
	return w
}

func (p *parser) fail() {
	if p.err == nil {
		p.err = errors.New("this document is not understood")
	}
}
