package operator

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

func TestAnOutsiderHasANameAndAWorkAddress(t *testing.T) {
	tests := []struct {
		what, name, address string
		want                fault.Code
	}{
		{"both", "Maya Lindqvist", "maya@acme.example", ""},
		{"spaces around", "  Maya Lindqvist ", "\tmaya@acme.example ", ""},
		{"capitals", "Maya Lindqvist", "Maya@Acme.Example", ""},
		{"a name of another alphabet", "Μαρία", "maria@büro.example", ""},
		{"no name", " ", "maya@acme.example", fault.OperatorName},
		{"a name of two lines", "Maya\nLindqvist", "maya@acme.example", fault.OperatorName},
		{"a name without an end", strings.Repeat("a", 101), "maya@acme.example", fault.OperatorName},
		{"no address", "Maya", "", fault.OperatorAddress},
		{"a name for an address", "Maya", "Maya", fault.OperatorAddress},
		{"no domain", "Maya", "maya@", fault.OperatorAddress},
		{"no ending", "Maya", "maya@acme", fault.OperatorAddress},
		{"nobody there", "Maya", "@acme.example", fault.OperatorAddress},
		{"two addresses", "Maya", "maya@acme.example,jonas@acme.example", fault.OperatorAddress},
		{"an address with a name", "Maya", "Maya <maya@acme.example>", fault.OperatorAddress},
		{"two lines", "Maya", "maya@acme.example\nx", fault.OperatorAddress},
		{"an address that turns round", "Maya", "maya@acme.\u202eexample", fault.OperatorAddress},
		{"an address without an end", "Maya", strings.Repeat("a", 255) + "@acme.example", fault.OperatorAddress},
		{"a user id", "Maya", "user_2abc", fault.OperatorAddress},
	}
	for _, tt := range tests {
		t.Run(tt.what, func(t *testing.T) {
			got, err := Outsider(tt.name, tt.address)
			if fault.CodeOf(err) != tt.want {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if tt.want != "" {
				return
			}
			if !got.Outside || !got.ID.IsZero() || got.IsNobody() || got.Verified || got.Email != strings.ToLower(strings.TrimSpace(tt.address)) || got.Name != strings.TrimSpace(tt.name) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestTheRecordKnowsAnOutsiderByTheDigestOfTheAddressAlone(t *testing.T) {
	sum := sha256.Sum256([]byte("maya@acme.example"))
	want := "address_" + hex.EncodeToString(sum[:])[:32]
	for _, address := range []string{"maya@acme.example", "MAYA@acme.EXAMPLE", " maya@acme.example "} {
		got, err := Outsider("Maya", address)
		if err != nil || got.RecordID() != want || got.Sub() != "maya@acme.example" {
			t.Errorf("%q: record %q, sub %q, %v; want %q", address, got.RecordID(), got.Sub(), err, want)
		}
	}
	user := Operator{ID: userID("user_maya"), Email: "maya@acme.example"}
	if user.RecordID() != "user_maya" || user.Sub() != "user_maya" {
		t.Errorf("a user is %q, %q", user.RecordID(), user.Sub())
	}
	if nobody := (Operator{}); nobody.RecordID() != "" || nobody.Sub() != "" || !nobody.IsNobody() {
		t.Errorf("nobody is %q, %q", nobody.RecordID(), nobody.Sub())
	}
}

func TestAnOutsiderIsTheUserWithTheSameAddress(t *testing.T) {
	outsider, err := Outsider("Maya", "maya@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	at := func(address string) clerkapi.User {
		return clerkapi.User{ID: userID("user_1"), Emails: []clerkapi.Contact{{Value: "x@acme.example"}, {Value: address}}}
	}
	tests := []struct {
		what string
		who  Operator
		user clerkapi.User
		want bool
	}{
		{"the id", Operator{ID: userID("user_1")}, clerkapi.User{ID: userID("user_1")}, true},
		{"another id", Operator{ID: userID("user_1")}, clerkapi.User{ID: userID("user_2")}, false},
		{"nobody and a user that cannot be read", Operator{}, clerkapi.User{}, false},
		{"the address", outsider, at("Maya@Acme.example"), true},
		{"another address", outsider, at("maya@other.example"), false},
		{"a user without addresses", outsider, clerkapi.User{ID: userID("user_1")}, false},
		{"a user whose address is that of a user who acts", Operator{ID: userID("user_1"), Email: "maya@acme.example"}, clerkapi.User{ID: userID("user_2"), Email: "maya@acme.example"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.what, func(t *testing.T) {
			if got := tt.who.Is(tt.user); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
