//go:build e2e

package desktop

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// binding calls the methods of the bound struct for the page, with the rules
// of Wails' own dispatcher: names are package.Struct.Method, arguments are
// JSON, a method returns an error, or a value and an error.
type binding struct {
	app    reflect.Value
	prefix string // "main.App."
	format func(error) any
}

func newBinding(app any, format func(error) any) *binding {
	v := reflect.ValueOf(app)
	return &binding{app: v, prefix: strings.TrimPrefix(v.Type().String(), "*") + ".", format: format}
}

// methods is the tree from which Wails' runtime builds window.go.
func (b *binding) methods() map[string]map[string]map[string]struct{} {
	names := map[string]struct{}{}
	for m := range b.app.Type().Methods() {
		names[m.Name] = struct{}{}
	}
	pkg, name, _ := strings.Cut(strings.TrimSuffix(b.prefix, "."), ".")
	return map[string]map[string]map[string]struct{}{pkg: {name: names}}
}

// request and callback are the two messages of Wails' runtime.
type (
	request struct {
		Name       string            `json:"name"`
		Args       []json.RawMessage `json:"args"`
		CallbackID string            `json:"callbackID"`
	}
	callback struct {
		Result     any    `json:"result"`
		Error      any    `json:"error"`
		CallbackID string `json:"callbackid"`
	}
)

// answer takes a request of Wails' runtime and returns the callback to it.
func (b *binding) answer(message []byte) []byte {
	var req request
	var result any
	err := json.Unmarshal(message, &req)
	if err == nil {
		result, err = b.call(req)
	}
	answer := callback{CallbackID: req.CallbackID, Result: result}
	if err != nil {
		answer.Result, answer.Error = nil, b.format(err)
	}
	text, err := json.Marshal(answer)
	if err != nil {
		panic(err) // a result that cannot be marshalled ends Wails as well
	}
	return text
}

func (b *binding) call(req request) (any, error) {
	method := b.app.MethodByName(strings.TrimPrefix(req.Name, b.prefix))
	if !method.IsValid() {
		return nil, fmt.Errorf("method %q is not bound", req.Name)
	}
	t := method.Type()
	if len(req.Args) != t.NumIn() {
		return nil, fmt.Errorf("%s takes %d arguments, got %d", req.Name, t.NumIn(), len(req.Args))
	}
	in := make([]reflect.Value, t.NumIn())
	for i, arg := range req.Args {
		value := reflect.New(t.In(i))
		if err := json.Unmarshal(arg, value.Interface()); err != nil {
			return nil, fmt.Errorf("argument %d of %s: %w", i, req.Name, err)
		}
		in[i] = value.Elem()
	}
	var result any
	for _, out := range method.Call(in) {
		if err, ok := out.Interface().(error); ok {
			return nil, err
		}
		if out.Type() != reflect.TypeFor[error]() {
			result = out.Interface()
		}
	}
	return result, nil
}
