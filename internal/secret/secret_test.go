package secret_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"understudy/internal/secret"
)

const canary = "sk_test_Canary0Canary0Canary0Canary0"

// holders are the ways in which code holds a secret, named for the test.
func holders[T any](value T) map[string]any {
	type exported struct{ Field T }
	type unexported struct{ field T }
	type nested struct{ inner *unexported }
	return map[string]any{
		"value":                value,
		"pointer":              &value,
		"struct":               exported{value},
		"unexported field":     unexported{value},
		"pointer to that":      &unexported{value},
		"nested":               nested{&unexported{value}},
		"slice":                []T{value},
		"array of unexported":  [1]unexported{{value}},
		"map":                  map[string]T{"key": value},
		"map of unexported":    map[string]unexported{"key": {value}},
		"interface":            []any{value},
		"pointer in interface": []any{&value},
		"function result":      func() any { return value }(),
	}
}

func eachHolder(t *testing.T, check func(t *testing.T, held any)) {
	t.Helper()
	key, err := secret.ParseKey(canary)
	if err != nil {
		t.Fatal(err)
	}
	for name, held := range holders(key) {
		t.Run("Key/"+name, func(t *testing.T) { check(t, held) })
	}
	for name, held := range holders(secret.NewTicketURL("https://clerk.example/v1/tickets/accept?ticket=" + canary)) {
		t.Run("TicketURL/"+name, func(t *testing.T) { check(t, held) })
	}
}

// mustHide fails if a printed form shows the secret, plain or as hex or as a
// list of bytes.
func mustHide(t *testing.T, printed string) {
	t.Helper()
	const part = "Canary0"
	bytesOf := strings.Trim(fmt.Sprintf("%d", []byte(part)), "[]")
	for _, form := range []string{part, fmt.Sprintf("%x", part), fmt.Sprintf("%X", part), fmt.Sprintf("% x", part), bytesOf} {
		if strings.Contains(printed, form) {
			t.Errorf("printed the secret: %s", printed)
		}
	}
}

func TestNoVerbPrintsASecret(t *testing.T) {
	eachHolder(t, func(t *testing.T, held any) {
		t.Helper()
		for _, verb := range "vTtbcdoOqxXUeEfFgGsp" {
			for _, flags := range []string{"", "+", "#", "-", " ", "0", "40", ".99", "+#", "# "} {
				mustHide(t, fmt.Sprintf("%"+flags+string(verb), held))
			}
		}
		mustHide(t, fmt.Sprint(held))
		mustHide(t, fmt.Errorf("request failed: %v", held).Error())
		mustHide(t, errors.Join(fmt.Errorf("%+v", held)).Error())
	})
}

func TestNoLogShowsASecret(t *testing.T) {
	eachHolder(t, func(t *testing.T, held any) {
		t.Helper()
		var out bytes.Buffer
		slog.New(slog.NewTextHandler(&out, nil)).Info("connected", "with", held, slog.Group("group", "with", held))
		slog.New(slog.NewJSONHandler(&out, nil)).Info("connected", "with", held, slog.Group("group", "with", held))
		mustHide(t, out.String())
	})
}

func TestNoEncoderWritesASecret(t *testing.T) {
	eachHolder(t, func(t *testing.T, held any) {
		t.Helper()
		// Encoders refuse some holders; what they wrote until then counts.
		var out bytes.Buffer
		errs := errors.Join(
			json.NewEncoder(&out).Encode(held),
			xml.NewEncoder(&out).Encode(held),
			gob.NewEncoder(&out).Encode(held),
			template.Must(template.New("").Parse(`{{.}} {{printf "%#v" .}} {{js .}}`)).Execute(&out, held),
		)
		mustHide(t, out.String())
		mustHide(t, fmt.Sprint(errs))
	})
}

func TestASecretInJSONIsAMark(t *testing.T) {
	t.Parallel()
	type holder struct {
		URL *secret.TicketURL `json:"url"`
	}
	ticket := secret.NewTicketURL("https://clerk.example/" + canary)
	encoded, err := json.Marshal(holder{&ticket})
	if err != nil {
		t.Fatal(err)
	}
	if string(encoded) != `{"url":"[redacted]"}` {
		t.Errorf("encoded as %s", encoded)
	}
}
