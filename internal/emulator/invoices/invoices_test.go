package invoices

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func newBook() (book *Book, changes *int) {
	changes = new(int)
	return NewBook(time.Date(2026, time.November, 22, 13, 0, 0, 0, time.UTC), func() { *changes++ }), changes
}

func TestAChangeIsKept(t *testing.T) {
	book, changes := newBook()
	due, note := "2027-01-15", "Extended as agreed by phone."
	if _, err := book.Change("NW-4481", Change{Due: &due}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Change("NW-4481", Change{Note: &note}); err != nil {
		t.Fatal(err)
	}
	got, err := book.Find("NW-4481")
	if err != nil || got.Due != due || got.Note != note || got.Customer != "Harbor Dental Group" || *changes != 2 {
		t.Errorf("after %d changes: %+v, %v", *changes, got, err)
	}
}

func TestChangesThatAreRefused(t *testing.T) {
	text := func(s string) *string { return &s }
	for name, c := range map[string]struct {
		id     string
		change Change
		want   error
	}{
		"unknown":     {"NW-1", Change{Note: text("x")}, ErrUnknown},
		"no day":      {"NW-4481", Change{Due: text("Jan 15")}, ErrInvalid},
		"a long note": {"NW-4481", Change{Note: text(strings.Repeat("é", maxText+1))}, ErrInvalid},
	} {
		book, changes := newBook()
		before := book.All()
		if _, err := book.Change(c.id, c.change); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if got := book.All(); got[1] != before[1] || *changes != 0 {
			t.Errorf("%s: it was changed all the same: %+v", name, got[1])
		}
	}
}

func TestANewInvoiceIsADraft(t *testing.T) {
	book, _ := newBook()
	made, err := book.Add(Order{Customer: " Quay Vets ", Pence: 12550})
	if err != nil || made.ID != "NW-4483" || made.Customer != "Quay Vets" || made.State("2026-11-22") != Draft {
		t.Errorf("made %+v, %v", made, err)
	}
	if all := book.All(); len(all) != 8 || all[0] != made {
		t.Errorf("the newest is %+v of %d", all[0], len(all))
	}
	for _, bad := range []Order{{Pence: 1}, {Customer: "x"}, {Customer: "x", Pence: -1}, {Customer: "x", Pence: 1, Due: "soon"}} {
		if _, err := book.Add(bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for range maxInvoices {
		_, err = book.Add(Order{Customer: "x", Pence: 1})
	}
	if !errors.Is(err, ErrInvalid) || len(book.All()) != maxInvoices {
		t.Errorf("a full book: %d, %v", len(book.All()), err)
	}
}

func TestStateOnADay(t *testing.T) {
	for _, c := range []struct {
		invoice Invoice
		want    string
	}{
		{Invoice{}, Draft},
		{Invoice{Sent: "2026-11-01"}, Sent},
		{Invoice{Sent: "2026-11-01", Due: "2026-11-22"}, Sent},
		{Invoice{Sent: "2026-11-01", Due: "2026-11-21"}, Late},
		{Invoice{Sent: "2026-11-01", Due: "2026-11-21", Paid: "2026-11-22"}, Paid},
	} {
		if got := c.invoice.State("2026-11-22"); got != c.want {
			t.Errorf("%+v is %s, want %s", c.invoice, got, c.want)
		}
	}
}

func TestSearchFindsNumberCustomerAndNote(t *testing.T) {
	book, _ := newBook()
	note := "Paid in parts"
	if _, err := book.Change("NW-4452", Change{Note: &note}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"HARBOR": "NW-4481 NW-4449", "4466": "NW-4466", "in parts": "NW-4452", "nobody": "",
	} {
		if got := strings.Join(book.Search(text), " "); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestGraphQL(t *testing.T) {
	const misread = `{"errors":[{"message":"this document is not understood"}]}`
	for _, c := range []struct{ name, document, want string }{
		{"one", `query Invoice($id: ID!) { invoice(id: $id) { id customer } }`, `{"data":{"invoice":{"customer":"Harbor Dental Group","id":"NW-4481"}}}`},
		{"one without a name", `{ invoice(id: "NW-4466") { paid, due } }`, `{"data":{"invoice":{"due":"2026-11-23","paid":"2026-11-16"}}}`},
		{"a list", "query {\n customers { name }\n}", `{"data":{"customers":[{"name":"Clinic Partners"},{"name":"Harbor Dental Group"},{"name":"Lindgren Optics"},{"name":"Oakfield Physiotherapy"},{"name":"St Brannock Hospice"}]}}`},
		{"a change", `mutation Remind($id: ID!) { remind(id: $id) { id reminders } }`, `{"data":{"remind":{"id":"NW-4481","reminders":1}}}`},
		{"unknown invoice", `{ invoice(id: "NW-1") { id } }`, `{"data":{"invoice":null},"errors":[{"message":"invoice: there is no such invoice"}]}`},
		{"unknown field", `{ invoice(id: $id) { secret } }`, `{"data":{"invoice":null},"errors":[{"message":"invoice: secret: there is no such field"}]}`},
		{"a change as a query", `query { remind(id: $id) { id } }`, `{"data":{"remind":null},"errors":[{"message":"remind: there is no such field"}]}`},
		{"no fields", `{ invoice(id: $id) }`, `{"data":{"invoice":null},"errors":[{"message":"invoice: it needs fields of its own"}]}`},
		{"cut off", `mutation { remind(id: $id) { id`, misread},
		{"two operations", `{ customers { name } } mutation { remind(id: $id) { id } }`, misread},
		{"an escape", `{ invoice(id: "\"NW") { id } }`, misread},
		{"a fragment", `{ invoice(id: $id) { ...F } }`, misread},
		{"too deep", strings.Repeat("{ a ", deepest+1) + strings.Repeat("}", deepest+1), misread},
		{"nothing", ``, misread},
		{"an empty selection", `{ }`, misread},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, changes := newBook()
			got, err := json.Marshal(book.Answer(GraphQLRequest{Query: c.document, Variables: map[string]string{"id": "NW-4481"}}))
			if err != nil || string(got) != c.want {
				t.Errorf("%s, want %s: %v", got, c.want, err)
			}
			if want := map[bool]int{true: 1}[c.name == "a change"]; *changes != want {
				t.Errorf("%d changes, want %d", *changes, want)
			}
		})
	}
}

func FuzzGraphQLIsReadOrRefused(f *testing.F) {
	f.Add(`query Invoice($id: ID!) { invoice(id: $id) { id customer } }`)
	f.Add(`mutation { remind(id: "NW-4481") { id } }`)
	f.Fuzz(func(t *testing.T, document string) {
		book, _ := newBook()
		answer := book.Answer(GraphQLRequest{Query: document})
		if answer.Data == nil && answer.Errors == nil {
			t.Error("neither data nor errors")
		}
	})
}
