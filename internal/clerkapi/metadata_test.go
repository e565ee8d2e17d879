package clerkapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestAMetadataValueIsFoundInAnySpelling(t *testing.T) {
	tests := []struct {
		name, metadata string
		says, isRead   bool
	}{
		{"nothing", `{}`, false, true},
		{"a text", `{"role": "admin"}`, true, true},
		{"another text", `{"role": "member"}`, false, true},
		{"the second value", `{"role": "owner"}`, true, true},
		{"in capitals and with blanks", `{"Role": " ADMIN "}`, true, true},
		{"a name that is joined otherwise", `{"r-o_le": "admin"}`, true, true},
		{"one of a list", `{"role": ["member", "admin"]}`, true, true},
		{"a list in a list", `{"role": [["admin"]]}`, true, true},
		{"none of a list", `{"role": ["member", null]}`, false, true},
		{"a number", `{"role": 3}`, true, true},
		{"another number", `{"role": 33}`, false, true},
		{"a yes", `{"role": true}`, true, true},
		{"a no", `{"role": false}`, false, true},
		{"null", `{"role": null}`, false, true},
		{"part of a text", `{"role": "administrator"}`, false, true},
		{"another name", `{"roles": "admin"}`, false, true},
		{"deeper down", `{"staff": {"role": "admin"}}`, false, true},
		{"an object", `{"role": {"name": "admin"}}`, false, false},
		{"an object in a list", `{"role": [{"name": "admin"}]}`, false, false},
		{"an object beside it", `{"role": [{"name": "x"}, "admin"]}`, true, true},
		{"broken text", "{\"role\": \"admin\xff\"}", false, true},
		{"two spellings of one name", `{"role": "member", "ROLE": "admin"}`, true, true},
		{"a list in place of all", `[]`, false, false},
		{"a text in place of all", `"admin"`, false, false},
	}
	rest := map[string]string{"public": `"public_metadata": {}`, "private": `"private_metadata": {}`, "unsafe": `"unsafe_metadata": {}`}
	for _, tt := range tests {
		for kind := range rest {
			t.Run(tt.name+", "+kind, func(t *testing.T) {
				body := `{"id": "user_a"`
				for other, empty := range rest {
					if other != kind {
						body += ", " + empty
					}
				}
				user, err := decodeUser([]byte(body + `, "` + kind + `_metadata": ` + tt.metadata + `}`))
				if err != nil {
					t.Fatal(err)
				}
				says, isRead := user.Metadata.Says("role", []string{"admin", "owner", "3", "true"})
				if says != tt.says || isRead != tt.isRead {
					t.Errorf("says %v, is read %v", says, isRead)
				}
			})
		}
	}
}

func TestOfAUserWithoutMetadataNothingIsKnown(t *testing.T) {
	user, err := decodeUser([]byte(`{"id": "user_a"}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, metadata := range map[string]Metadata{"a user of a list": {}, "a user without public metadata": user.Metadata} {
		if says, isRead := metadata.Says("role", []string{"admin"}); says || isRead {
			t.Errorf("%s: says %v, is read %v", name, says, isRead)
		}
	}
}

func TestMetadataDoesNotPrintItself(t *testing.T) {
	user, err := decodeUser([]byte(`{"id": "user_a", "public_metadata": {}, "private_metadata": {"iban": "DE02"}}`))
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(user)
	if err != nil {
		t.Fatal(err)
	}
	const formats = "%v %+v %#v %v %v"
	for _, text := range []string{string(encoded), fmt.Sprintf(formats, user, user, user, user, user)} {
		if strings.Contains(text, "DE02") || strings.Contains(text, "68 69 48 50") {
			t.Errorf("it says %s", text)
		}
	}
}
