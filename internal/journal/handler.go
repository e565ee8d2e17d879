package journal

import (
	"context"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
)

// allowed are the attributes that get into the journal, by their names with the
// name of their group, each with the form that its text must have. A number or a
// duration has no text, and gets in.
//
//nolint:gochecknoglobals // the list is the package's promise
var allowed = map[string]*regexp.Regexp{
	slog.TimeKey:    regexp.MustCompile(`^`),
	slog.LevelKey:   regexp.MustCompile(`^(DEBUG|INFO|WARN|ERROR)$`),
	slog.MessageKey: regexp.MustCompile(`^[a-z ]{1,40}$`),
	"call":          regexp.MustCompile(`^[A-Z0-9]{1,40}$`),
	"method":        regexp.MustCompile(`^[A-Z][A-Za-z]{0,60}$`),
	"ms":            number,
	"request":       shape,
	"status":        number,
	"trace":         trace,
	"attempt":       number,
	"version":       regexp.MustCompile(`^[0-9A-Za-z.+-]{1,40}$`),
	"system":        regexp.MustCompile(`^[a-z0-9/]{1,40}$`),
	"fault.code":    regexp.MustCompile(`^[a-z_]{1,60}$`),
	"fault.request": shape,
	"fault.status":  number,
	"fault.trace":   trace,
	"fault.causes":  regexp.MustCompile(`^(\*?\w+\.\w+(, )?)+$`),
	"fault.stack":   regexp.MustCompile(`^([\w./*()\[\]…-]+:\d+(, )?)+$`),
}

var (
	number = regexp.MustCompile(`^-?[0-9]+$`)
	shape  = regexp.MustCompile(`^[A-Z]{3,7} /[a-z_/{}]{0,80}$`)
	trace  = regexp.MustCompile(`^[0-9a-f]{0,64}$`)
)

// withheld stands for a value that does not have the form of its attribute.
const withheld = "withheld"

// handler writes JSON Lines of what is allowed, each with the call it belongs to.
type handler struct{ next slog.Handler }

func newHandler(to io.Writer) slog.Handler {
	return handler{slog.NewJSONHandler(to, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: keep})}
}

// keep drops an attribute that is not on the list, and withholds a text that does
// not have the form.
func keep(groups []string, a slog.Attr) slog.Attr {
	form, ok := allowed[strings.Join(slices.Concat(groups, []string{a.Key}), ".")]
	if !ok {
		return slog.Attr{}
	}
	text := a.Value.String()
	switch kind := a.Value.Kind(); {
	case (kind == slog.KindTime) != (a.Key == slog.TimeKey), !form.MatchString(text):
		return slog.String(a.Key, withheld)
	case kind == slog.KindAny: // as JSON it may say something else than as a text
		return slog.String(a.Key, text)
	}
	return a
}

func (h handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// Handle adds the call that the context belongs to.
func (h handler) Handle(ctx context.Context, record slog.Record) error {
	if id := callOf(ctx); id != "" {
		record.AddAttrs(slog.String("call", id))
	}
	return h.next.Handle(ctx, record) //nolint:wrapcheck // slog drops it
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler { return handler{h.next.WithAttrs(attrs)} }

func (h handler) WithGroup(name string) slog.Handler { return handler{h.next.WithGroup(name)} }
