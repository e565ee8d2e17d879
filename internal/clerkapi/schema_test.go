package clerkapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"understudy/internal/fault"
)

// openAPI is what Clerk publishes of the operations that are used here.
const openAPI = "../emulator/contract/backend.json"

// TestAnswersThatClerksSchemaAllows sends answers at random of all that the
// schema allows: optional fields missing, nullable ones null, strange letters,
// extreme numbers. Every one of them must be read.
func TestAnswersThatClerksSchemaAllows(t *testing.T) {
	text, err := os.ReadFile(filepath.FromSlash(openAPI))
	if err != nil {
		t.Fatal(err)
	}
	var api struct {
		Components struct {
			Schemas map[string]schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &api); err != nil {
		t.Fatal(err)
	}
	var g *generator
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := json.Marshal(g.answer(r.URL.Path))
		if err != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		reply(http.StatusOK, string(body))(w, r)
	})
	client, _ := newClient(t, s.URL, nil)
	for seed := range uint64(200) {
		g = &generator{Rand: rand.New(rand.NewPCG(seed, seed)), schemas: api.Components.Schemas}
		switch seed {
		case 0: // the poorest answers that there can be
		case 1: // the richest
			g.odds = 1
		default:
			g.odds = g.Float64()
		}
		for name, err := range everyAnswer(t, client) {
			if err != nil {
				t.Errorf("seed %d, %s: %s", seed, name, everyPrint(err))
			}
		}
	}
}

// everyAnswer makes each call that reads an answer, and writes what came of it
// as the bridge would.
func everyAnswer(t *testing.T, c *Client) map[string]error {
	t.Helper()
	ctx := t.Context()
	return map[string]error{
		"users":         written(c.ListUsers(ctx, UserPage{Limit: 10})),
		"count":         written(c.CountUsers(ctx, UserFilter{})),
		"user":          written(c.GetUser(ctx, userID("user_jane"))),
		"memberships":   written(c.Memberships(ctx, userID("user_jane"))),
		"organizations": written(c.FindOrganizations(ctx, "", 20)),
		"sessions":      written(c.Sessions(ctx, userID("user_jane"))),
		"instance":      written(c.Instance(ctx)),
		"domains":       written(c.Domains(ctx)),
		"applications":  foundOrNot(written(c.FindOAuthApplication(ctx, "cl_1"))),
		"actor token":   written(c.CreateActorToken(ctx, tokenRequest())),
	}
}

// foundOrNot takes an application at random for one that is not the one asked for.
func foundOrNot(err error) error {
	if fault.CodeOf(err) == fault.ClerkNotFound {
		return nil
	}
	return err
}

func written[T any](value T, err error) error {
	if err != nil {
		return err
	}
	_, err = json.Marshal(value)
	return err
}

// schema is a schema object of OpenAPI 3.0, as far as Clerk's file uses it.
type schema struct {
	Ref        string            `json:"$ref"`
	Type       string            `json:"type"`
	Nullable   bool              `json:"nullable"`
	Enum       []string          `json:"enum"`
	Required   []string          `json:"required"`
	Properties map[string]schema `json:"properties"`
	Items      *schema           `json:"items"`
	AllOf      []schema          `json:"allOf"`
	OneOf      []schema          `json:"oneOf"`
}

type generator struct {
	*rand.Rand
	schemas map[string]schema
	// odds are those of an optional field to be there and a nullable one not to
	// be null.
	odds float64
}

func (g *generator) answer(path string) any {
	switch path {
	case "/v1/users":
		return []any{g.named("User"), g.named("User")}
	case "/v1/sessions":
		return []any{g.named("Session")}
	case "/v1/users/count":
		return g.named("TotalCount")
	case "/v1/users/user_jane":
		return g.named("User")
	case "/v1/users/user_jane/organization_memberships":
		return g.named("OrganizationMemberships")
	case "/v1/organizations":
		return g.named("Organizations")
	case "/v1/instance":
		return g.named("Instance")
	case "/v1/domains":
		return g.named("Domains")
	case "/v1/oauth_applications":
		return g.named("OAuthApplications")
	case "/v1/actor_tokens":
		return g.named("ActorToken")
	default:
		panic("no answer to " + path)
	}
}

// meant are the values that the schema calls any text or number and that mean
// something.
var meant = map[string][]any{
	"User.id":                   {"user_jane"},
	"Session.id":                {"sess_1"},
	"Session.user_id":           {"user_jane"},
	"Organization.id":           {"org_1"},
	"ActorToken.id":             {"act_1"},
	"Instance.id":               {"ins_1"},
	"Instance.environment_type": {"development", "production"},
	"Domain.name":               {"acme.test"},
	"Domain.frontend_api_url":   {"https://clerk.acme.test"},
	"TotalCount.total_count":    {0, 1, int64(math.MaxInt64)},
}

func (g *generator) named(name string) any {
	value := g.value(g.schemas[name])
	object, _ := value.(map[string]any)
	for field := range object {
		if values, ok := meant[name+"."+field]; ok {
			object[field] = values[g.IntN(len(values))]
		}
	}
	return value
}

func (g *generator) value(s schema) any {
	switch {
	case s.Nullable && g.Float64() >= g.odds:
		return nil
	case s.Ref != "":
		return g.named(s.Ref[strings.LastIndex(s.Ref, "/")+1:])
	case len(s.AllOf) == 1 && len(s.Properties) == 0:
		return g.value(s.AllOf[0])
	case len(s.OneOf) > 0:
		return g.value(s.OneOf[g.IntN(len(s.OneOf))])
	case len(s.Enum) > 0:
		return s.Enum[g.IntN(len(s.Enum))]
	}
	switch s.Type {
	case "object", "":
		return g.object(s)
	case "array":
		list := []any{}
		for range g.IntN(3) {
			list = append(list, g.value(*s.Items))
		}
		return list
	case "string":
		return g.text()
	case "integer":
		extremes := []int64{0, -1, 1, 1700000000000, math.MaxInt64, math.MinInt64}
		return extremes[g.IntN(len(extremes))]
	case "number":
		extremes := []float64{0, -0.5, math.MaxFloat64, math.SmallestNonzeroFloat64}
		return extremes[g.IntN(len(extremes))]
	case "boolean":
		return g.IntN(2) == 0
	default:
		panic(fmt.Sprintf("no value of type %q", s.Type))
	}
}

func (g *generator) object(s schema) map[string]any {
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) { // the same for the same seed
		if g.Float64() < g.odds {
			object[name] = g.value(s.Properties[name])
		}
	}
	for _, name := range s.Required {
		if _, there := object[name]; !there {
			object[name] = g.value(s.Properties[name])
		}
	}
	return object
}

// text is any of the strings that have broken programs before.
func (g *generator) text() string {
	texts := []string{
		"", " ", "Jane", "null", "\x00", "\u202egnp.exe", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦", "=1+1", "<script>alert(1)</script>",
		"../..", "\ufeff", "\U0010ffff", strings.Repeat("ﷺ", 1000),
	}
	return texts[g.IntN(len(texts))]
}
