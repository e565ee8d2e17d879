// Package invoices is the business of the sample app: the invoices of one of its
// customers, kept in memory for as long as the stand-in runs. It also answers the
// app's GraphQL documents.
package invoices

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Invoice is one invoice. Days are written as 2006-01-02, and "" is no day.
type Invoice struct {
	ID        string `json:"id"` // NW-4482
	Customer  string `json:"customer"`
	Pence     int    `json:"pence"`
	Sent      string `json:"sent"` // "" for a draft
	Due       string `json:"due"`
	Paid      string `json:"paid"`
	Note      string `json:"note"`
	Reminders int    `json:"reminders"`
}

// The states of an invoice on a day.
const (
	Draft = "draft"
	Sent  = "sent"
	Paid  = "paid"
	Late  = "late"
)

// State says how an invoice stands on a day.
func (i Invoice) State(today string) string {
	switch {
	case i.Paid != "":
		return Paid
	case i.Sent == "":
		return Draft
	case i.Due != "" && i.Due < today:
		return Late
	default:
		return Sent
	}
}

// Change is what is changed of an invoice. Fields that are nil stay as they are.
type Change struct {
	Due  *string `json:"due"`
	Note *string `json:"note"`
}

// Order is what a new invoice is made of.
type Order struct {
	Customer string `json:"customer"`
	Pence    int    `json:"pence"`
	Due      string `json:"due"`
	Note     string `json:"note"`
}

// Bounds keep a stand-in small that runs for days.
const (
	maxInvoices = 1000
	maxText     = 2000 // characters of a note, and of a customer's name
	maxPence    = 1_000_000_000_00
)

// firstNumber is that of the first invoice of a book which began empty.
const firstNumber = 4476

// The refusals of a [Book].
var (
	ErrUnknown = errors.New("there is no such invoice")
	ErrInvalid = errors.New("this invoice cannot be kept")
)

// Book holds the invoices of one organization. It is safe for concurrent use.
type Book struct {
	changed func()

	mu  sync.Mutex
	all []Invoice // newest first
}

// NewBook returns the invoices as the app knows them on a day. It calls changed
// after each change.
func NewBook(today time.Time, changed func()) *Book {
	day := func(offset int) string { return today.AddDate(0, 0, offset).Format(time.DateOnly) }
	return &Book{changed: changed, all: []Invoice{
		{ID: "NW-4482", Customer: "Clinic Partners", Pence: 215000},
		{ID: "NW-4481", Customer: "Harbor Dental Group", Pence: 431000, Sent: day(-2), Due: day(28)},
		{ID: "NW-4479", Customer: "St Brannock Hospice", Pence: 620950, Sent: day(-4), Due: day(26)},
		{ID: "NW-4471", Customer: "Clinic Partners", Pence: 894000, Sent: day(-9), Due: day(5), Paid: day(-3)},
		{ID: "NW-4466", Customer: "Oakfield Physiotherapy", Pence: 127525, Sent: day(-13), Due: day(1), Paid: day(-6)},
		{ID: "NW-4452", Customer: "Lindgren Optics", Pence: 196050, Sent: day(-23), Due: day(-9)},
		{ID: "NW-4449", Customer: "Harbor Dental Group", Pence: 2098950, Sent: day(-25), Due: day(-11), Paid: day(-12)},
	}}
}

// All returns every invoice, newest first.
func (b *Book) All() []Invoice {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.all)
}

// Find returns one invoice, or ErrUnknown.
func (b *Book) Find(id string) (Invoice, error) { return b.edit(id, nil) }

// Change changes an invoice and returns it as it is then.
func (b *Book) Change(id string, c Change) (Invoice, error) {
	return b.edit(id, func(i *Invoice) {
		if c.Due != nil {
			i.Due = *c.Due
		}
		if c.Note != nil {
			i.Note = *c.Note
		}
	})
}

// Remind counts a reminder to the customer. The app sends none.
func (b *Book) Remind(id string) (Invoice, error) {
	return b.edit(id, func(i *Invoice) { i.Reminders++ })
}

// edit applies a change, nil for none, and keeps the outcome if it is valid.
func (b *Book) edit(id string, change func(*Invoice)) (Invoice, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := slices.IndexFunc(b.all, func(i Invoice) bool { return i.ID == id })
	if k < 0 {
		return Invoice{}, ErrUnknown
	}
	edited := b.all[k]
	if change == nil {
		return edited, nil
	}
	change(&edited)
	if err := edited.validate(); err != nil {
		return Invoice{}, err
	}
	b.all[k] = edited
	b.changed()
	return edited, nil
}

// Add makes a draft.
func (b *Book) Add(o Order) (Invoice, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	made := Invoice{
		ID: fmt.Sprintf("NW-%d", firstNumber+len(b.all)), Customer: strings.TrimSpace(o.Customer),
		Pence: o.Pence, Due: o.Due, Note: o.Note,
	}
	if err := made.validate(); err != nil {
		return Invoice{}, err
	}
	if len(b.all) == maxInvoices {
		return Invoice{}, fmt.Errorf("%w: the book is full", ErrInvalid)
	}
	b.all = slices.Insert(b.all, 0, made)
	b.changed()
	return made, nil
}

// Search returns the ids of invoices whose number, customer or note has a text,
// without regard to case.
func (b *Book) Search(text string) []string {
	found := []string{}
	for _, i := range b.All() {
		if strings.Contains(strings.ToLower(i.ID+"\n"+i.Customer+"\n"+i.Note), strings.ToLower(text)) {
			found = append(found, i.ID)
		}
	}
	return found
}

// Customers returns the names of all customers, in order.
func (b *Book) Customers() []string {
	var names []string
	for _, i := range b.All() {
		names = append(names, i.Customer)
	}
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

func (i Invoice) validate() error {
	if _, err := time.Parse(time.DateOnly, i.Due); err != nil && i.Due != "" {
		return fmt.Errorf("%w: due is no day", ErrInvalid)
	}
	if i.Customer == "" || utf8.RuneCountInString(i.Customer) > maxText || utf8.RuneCountInString(i.Note) > maxText {
		return fmt.Errorf("%w: the customer's name is missing, or a text is too long", ErrInvalid)
	}
	if i.Pence <= 0 || i.Pence > maxPence {
		return fmt.Errorf("%w: the amount is not positive, or too high", ErrInvalid)
	}
	return nil
}
