package managed

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("policy.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("policy.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestTheSchemaIsThatOfTheTypes compares each field and its kind, both ways.
func TestTheSchemaIsThatOfTheTypes(t *testing.T) {
	compare(t, compiled(t), reflect.TypeFor[document](), "policy")
}

func compare(t *testing.T, schema *jsonschema.Schema, goType reflect.Type, path string) {
	t.Helper()
	if goType.Kind() == reflect.Pointer {
		goType = goType.Elem()
	}
	for schema.Ref != nil {
		schema = schema.Ref
	}
	want := map[reflect.Kind]string{
		reflect.Struct: "object", reflect.Map: "object", reflect.Slice: "array",
		reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer",
	}[goType.Kind()]
	if schema.Types == nil || !slices.Equal(schema.Types.ToStrings(), []string{want}) {
		t.Errorf("%s: the schema does not say that it is of type %s", path, want)
		return
	}
	switch goType.Kind() {
	case reflect.Struct:
		if schema.AdditionalProperties != false {
			t.Errorf("%s: the schema takes unknown fields", path)
		}
		seen := 0
		for field := range goType.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			property, found := schema.Properties[name]
			if !found {
				t.Errorf("%s.%s is not in the schema", path, name)
				continue
			}
			seen++
			compare(t, property, field.Type, path+"."+name)
		}
		if seen != len(schema.Properties) {
			t.Errorf("%s: the schema has %d fields, the type %d of them", path, len(schema.Properties), seen)
		}
	case reflect.Map:
		inner, ok := schema.AdditionalProperties.(*jsonschema.Schema)
		if !ok {
			t.Fatalf("%s: the schema does not say what is in it", path)
		}
		compare(t, inner, goType.Elem(), path+".*")
	case reflect.Slice:
		inner := schema.Items2020
		if inner == nil {
			t.Fatalf("%s: the schema does not say what is in it", path)
		}
		compare(t, inner, goType.Elem(), path+"[]")
	default: // has nothing inside
	}
}

// TestTheSchemaRefusesMistakesOfForm has policies that the program refuses. Mistakes
// that a validator cannot see are left to "understudy policy check".
func TestTheSchemaRefusesMistakesOfForm(t *testing.T) {
	schema := compiled(t)
	if err := validate(t, schema, good); err != nil {
		t.Errorf("good: %v", err)
	}
	for _, tt := range hostile {
		if tt.schema {
			if err := validate(t, schema, tt.content); err == nil {
				t.Errorf("%s: the schema takes it", tt.name)
			}
		}
	}
}

// TestTheExampleOfTheReadmeIsAPolicy holds because administrators begin with it.
func TestTheExampleOfTheReadmeIsAPolicy(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(readme), "```json\n")
	example, _, found := strings.Cut(example, "```")
	if !found {
		t.Fatal("there is no example")
	}
	policy, err := Parse([]byte(example))
	if err != nil || len(policy.RulesManaged("ins_2nQx8ZkT0vYd4LrWc1")) != 17 {
		t.Errorf("got %v, %v", policy, err)
	}
	if err := validate(t, compiled(t), example); err != nil {
		t.Errorf("the schema: %v", err)
	}
}

func validate(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(instance)
}
