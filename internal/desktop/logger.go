package desktop

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// redactingLogger is the logger that Wails is given. Wails logs failed calls
// with all their arguments, in production too, and the page can lower the
// level until results are logged as well (`wails.LogSetLogLevel`). So the two
// lowest levels are dropped whatever the page asked for, and of the others
// only the part that Wails itself wrote is kept.
type redactingLogger struct{ out io.Writer }

func (redactingLogger) Print(string) {}
func (redactingLogger) Trace(string) {}
func (redactingLogger) Debug(string) {}

func (l redactingLogger) Info(message string)    { l.write("INFO", message) }
func (l redactingLogger) Warning(message string) { l.write("WARN", message) }
func (l redactingLogger) Error(message string)   { l.write("ERROR", message) }

// Fatal only writes: Wails ends the process itself afterwards.
func (l redactingLogger) Fatal(message string) { l.write("FATAL", message) }

// write drops the error of the writer: there is nowhere left to report it.
func (l redactingLogger) write(level, message string) {
	_, _ = fmt.Fprintf(l.out, "%s wails: %s\n", level, redact(message))
}

const redacted = "[redacted]"

// sensitive matches what must not be logged even where Wails puts it outside of
// the arguments: Clerk keys, ticket parameters, JSON Web Tokens, email addresses.
var sensitive = regexp.MustCompile(
	`sk_(?:test|live)_\S+` +
		`|ticket=\S+` +
		`|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+` +
		`|[^\s@]+@[^\s@]+\.[^\s@]+`)

// redact keeps a message up to the first thing that can be an argument: calls
// are logged as JSON, values with %q or %+v.
func redact(message string) string {
	if i := strings.IndexAny(message, "{[\"`"); i >= 0 {
		message = message[:i] + redacted
	}
	message = sensitive.ReplaceAllString(message, redacted)
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(message)
}
