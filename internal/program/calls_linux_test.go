package program

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"understudy/internal/bridge"
	"understudy/internal/fault"
)

// app is main.App, which no test can import.
type app struct {
	bridge.WindowCalls
	bridge.InstanceCalls
	bridge.OperatorCalls
	bridge.UserCalls
	bridge.PanelCalls
	bridge.ImpersonationCalls
	bridge.WatchingCalls
	bridge.HistoryCalls
	bridge.ReportCalls
	bridge.AuditLogCalls
	bridge.DiagnosticsCalls
	bridge.SettingsCalls
}

func bind(s *bridge.Scope) *app {
	return &app{
		bridge.WindowCalls{Scope: s},
		bridge.InstanceCalls{Scope: s},
		bridge.OperatorCalls{Scope: s},
		bridge.UserCalls{Scope: s},
		bridge.PanelCalls{Scope: s},
		bridge.ImpersonationCalls{Scope: s},
		bridge.WatchingCalls{Scope: s},
		bridge.HistoryCalls{Scope: s},
		bridge.ReportCalls{Scope: s},
		bridge.AuditLogCalls{Scope: s},
		bridge.DiagnosticsCalls{Scope: s},
		bridge.SettingsCalls{Scope: s},
	}
}

// row is one bound method: a call with a good answer, and one that is refused.
type row struct {
	given func(*desk) // makes things stand as the call needs them, nil: nothing is connected
	args  []any       // a func(*desk) stands for its result
	// answer is a part of the JSON that the window gets.
	answer string
	// shows is a part of what done finds afterwards.
	done  func(*desk) string
	shows string

	refused fault.Code  // "" for a method that is never refused
	without func(*desk) // as given, for the refusal
	wrong   []any       // its arguments, nil: the same
}

func TestEveryBoundMethodAnswersAndRefuses(t *testing.T) {
	for name, row := range rows() {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if row.given != nil {
				row.given(d)
			}
			before := d.kept(name)
			if row.answer == "" && row.done == nil {
				t.Fatal("the row says nothing of a good answer")
			}
			answer, err := d.call(name, row.args)
			if err != nil {
				t.Fatal(bridge.FormatError(err))
			}
			if kept := d.kept(name) - before; kept != 1 {
				t.Errorf("the journal has %d lines of it", kept)
			}
			if text := textOf(d, answer); !strings.Contains(text, row.answer) {
				t.Errorf("the answer lacks %s: %s", row.answer, text)
			}
			if row.done != nil {
				if text := row.done(d); !strings.Contains(text, row.shows) {
					t.Errorf("it did not lead to %s: %s", row.shows, text)
				}
			}
		})
		if row.refused == "" {
			continue
		}
		t.Run(name+" is refused", func(t *testing.T) {
			d := newDesk(t)
			if row.without != nil {
				row.without(d)
			}
			args := row.wrong
			if args == nil {
				args = row.args
			}
			_, err := d.call(name, args)
			if fault.CodeOf(err) != row.refused {
				t.Errorf("got %q, want %q: %s", fault.CodeOf(err), row.refused, bridge.FormatError(err))
			}
		})
	}
}

// call calls a bound method as Wails does.
func (d *desk) call(name string, args []any) (answer any, err error) {
	in := make([]reflect.Value, len(args))
	for i, arg := range args {
		in[i] = reflect.ValueOf(arg)
		if in[i].Kind() == reflect.Func {
			in[i] = in[i].Call([]reflect.Value{reflect.ValueOf(d)})[0]
		}
	}
	for _, out := range reflect.ValueOf(d.app).MethodByName(name).Call(in) {
		if failure, ok := reflect.TypeAssert[error](out); ok {
			err = failure
		} else if out.Type() != reflect.TypeFor[error]() {
			answer = out.Interface()
		}
	}
	return answer, err
}

func TestEveryBoundMethodHasARow(t *testing.T) {
	all := rows()
	for method := range reflect.TypeFor[*app]().Methods() {
		if _, ok := all[method.Name]; !ok {
			t.Errorf("%s has no row", method.Name)
		}
		delete(all, method.Name)
	}
	for name := range all {
		t.Errorf("%s is no bound method", name)
	}
}

// TestTheSubjectsHereAreThoseOfTheProgram reads what package main embeds.
func TestTheSubjectsHereAreThoseOfTheProgram(t *testing.T) {
	source, err := os.ReadFile("../../app.go")
	if err != nil {
		t.Fatal(err)
	}
	var embedded []string
	for field := range reflect.TypeFor[app]().Fields() {
		embedded = append(embedded, field.Name)
	}
	var real []string
	for _, found := range regexp.MustCompile(`(?m)^\tbridge\.(\w+)$`).FindAllStringSubmatch(string(source), -1) {
		real = append(real, found[1])
	}
	if !reflect.DeepEqual(embedded, real) {
		t.Errorf("here are %v, in app.go %v", embedded, real)
	}
}

// TestNothingThatCrossesCanCarryASecret looks through the types of all arguments and
// answers.
func TestNothingThatCrossesCanCarryASecret(t *testing.T) {
	for method := range reflect.TypeFor[*app]().Methods() {
		for crossing := range method.Type.Ins() {
			if crossing != reflect.TypeFor[*app]() {
				checkPlain(t, method.Name, crossing, map[reflect.Type]bool{})
			}
		}
		for crossing := range method.Type.Outs() {
			if crossing != reflect.TypeFor[error]() {
				checkPlain(t, method.Name, crossing, map[reflect.Type]bool{})
			}
		}
	}
}

func checkPlain(t *testing.T, method string, crossing reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	if seen[crossing] {
		return // a sentence may be about another one
	}
	seen[crossing] = true
	switch crossing.Kind() {
	case reflect.Slice, reflect.Pointer:
		checkPlain(t, method, crossing.Elem(), seen)
	case reflect.Map:
		checkPlain(t, method, crossing.Key(), seen)
		checkPlain(t, method, crossing.Elem(), seen)
	case reflect.Struct:
		if strings.HasSuffix(crossing.PkgPath(), "/secret") {
			t.Errorf("%s passes a secret", method)
		}
		for field := range crossing.Fields() {
			if tag := field.Tag.Get("json"); tag == "" && !field.Anonymous || strings.Contains(strings.ToLower(tag), "ticket") {
				t.Errorf("%s passes %s.%s with the tag %q", method, crossing, field.Name, tag)
			}
			checkPlain(t, method, field.Type, seen)
		}
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
	default:
		t.Errorf("%s passes %s, which is not plain", method, crossing)
	}
}
