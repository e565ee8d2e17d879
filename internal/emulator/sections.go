package emulator

import (
	"fmt"
	"time"

	"understudy/internal/emulator/invoices"
)

// section is one screen of the sample app, all of it invented.
type section struct {
	Path, Title, Subtitle, Action string
	Cards                         []card
	Columns                       []string // the last one is an amount
	Rows                          []row
	Editable                      bool // the rows are invoices that can be changed
}

type card struct {
	Label, Value string
	Late         bool
}

// row is one line of a table. State is "", draft, sent, paid or late and gives the
// dot before the cell before the last. ID is that of an invoice, if it is one.
type row struct {
	ID    string
	Cells []string
	State string
}

// sections returns the screens of the app on a day, as a member of an
// organization with those invoices sees them.
func sections(today time.Time, organization string, all []invoices.Invoice) []section {
	day := func(offset int) string { return today.AddDate(0, 0, offset).Format("Jan 2") }
	month := today.Format("January")
	subtitle := organization + ", " + today.Format("January 2006")
	return []section{
		{
			Path: "/", Title: "Invoices", Subtitle: subtitle, Action: "New invoice", Editable: true,
			Cards:   invoiceCards(today, all),
			Columns: []string{"Number", "Customer", "Sent", "Due", "State", "Amount"},
			Rows:    invoiceRows(today, all),
		},
		{
			Path: "/customers", Title: "Customers", Subtitle: subtitle, Action: "New customer",
			Cards: []card{
				{Label: "Customers", Value: "5"},
				{Label: "With something open", Value: "3"},
				{Label: "New in " + month, Value: "1"},
				{Label: "Pay late", Value: "1", Late: true},
			},
			Columns: []string{"Customer", "City", "Since", "Last invoice", "State", "Open"},
			Rows: []row{
				{Cells: []string{"Clinic Partners", "Leeds", "2024", "NW-4482", "In order", "£0.00"}, State: "paid"},
				{Cells: []string{"Harbor Dental Group", "Bristol", "2023", "NW-4481", "In order", "£4,310.00"}, State: "sent"},
				{Cells: []string{"Lindgren Optics", "Malmö", "2025", "NW-4452", "Overdue", "£1,960.50"}, State: "late"},
				{Cells: []string{"Oakfield Physiotherapy", "York", "2024", "NW-4466", "In order", "£0.00"}, State: "paid"},
				{Cells: []string{"St Brannock Hospice", "Exeter", "2026", "NW-4479", "In order", "£6,209.50"}, State: "sent"},
			},
		},
		{
			Path: "/payments", Title: "Payments", Subtitle: subtitle, Action: "Record payment",
			Cards: []card{
				{Label: "Received in " + month, Value: "£31,204.75"},
				{Label: "Payments", Value: "3"},
				{Label: "Longest wait", Value: "14 days"},
				{Label: "Returned", Value: "0"},
			},
			Columns: []string{"Date", "Customer", "Invoice", "Method", "State", "Amount"},
			Rows: []row{
				{Cells: []string{day(-3), "Clinic Partners", "NW-4471", "Bank transfer", "Received", "£8,940.00"}, State: "paid"},
				{Cells: []string{day(-6), "Oakfield Physiotherapy", "NW-4466", "Card", "Received", "£1,275.25"}, State: "paid"},
				{Cells: []string{day(-12), "Harbor Dental Group", "NW-4449", "Bank transfer", "Received", "£20,989.50"}, State: "paid"},
			},
		},
		{
			Path: "/reports", Title: "Reports", Subtitle: subtitle, Action: "New report",
			Cards: []card{
				{Label: "Invoiced in " + month, Value: "£43,874.25"},
				{Label: "VAT", Value: "£7,312.38"},
				{Label: "Average invoice", Value: "£6,267.75"},
				{Label: "Days to payment", Value: "11"},
			},
			Columns: []string{"Report", "Covers", "Made", "By", "State", "Total"},
			Rows: []row{
				{Cells: []string{"VAT return", "This quarter", day(-1), "Every month", "Draft", "£7,312.38"}, State: "draft"},
				{Cells: []string{"Aged debtors", "To date", day(-7), "Every week", "Ready", "£12,480.00"}, State: "paid"},
			},
		},
	}
}

// invoiceCards sums up invoices.
func invoiceCards(today time.Time, all []invoices.Invoice) []card {
	sums := map[string]int{}
	next := ""
	for _, i := range all {
		state := i.State(today.Format(time.DateOnly))
		sums[state] += i.Pence
		if state == invoices.Sent && i.Due != "" && (next == "" || i.Due < next) {
			next = i.Due
		}
	}
	return []card{
		{Label: "Open", Value: pounds(sums[invoices.Sent] + sums[invoices.Late])},
		{Label: "Overdue", Value: pounds(sums[invoices.Late]), Late: true},
		{Label: "Paid in " + today.Format("January"), Value: pounds(sums[invoices.Paid])},
		{Label: "Next due", Value: dayIn(today, next)},
	}
}

func invoiceRows(today time.Time, all []invoices.Invoice) []row {
	var rows []row
	for _, i := range all {
		state := i.State(today.Format(time.DateOnly))
		text := map[string]string{invoices.Draft: "Draft", invoices.Sent: "Sent", invoices.Paid: "Paid " + dayIn(today, i.Paid)}[state]
		if state == invoices.Late {
			text = fmt.Sprintf("%d days late", daysBetween(i.Due, today.Format(time.DateOnly)))
		}
		rows = append(rows, row{
			ID:    i.ID,
			Cells: []string{i.ID, i.Customer, dayIn(today, i.Sent), dayIn(today, i.Due), text, pounds(i.Pence)},
			State: state,
		})
	}
	return rows
}

// daysBetween counts the days from one to another.
func daysBetween(from, to string) int {
	first, _ := time.Parse(time.DateOnly, from) // it was a day when it was kept
	last, _ := time.Parse(time.DateOnly, to)
	return int(last.Sub(first).Hours() / 24)
}

// dayIn writes a day as one reads it on another, with a dash for none.
func dayIn(today time.Time, day string) string {
	date, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return "–"
	case date.Year() != today.Year():
		return date.Format("Jan 2, 2006")
	default:
		return date.Format("Jan 2")
	}
}

// pounds writes an amount of pence.
func pounds(pence int) string {
	text := fmt.Sprintf("%d.%02d", pence/100, pence%100)
	for at := len(text) - len(".00") - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return "£" + text
}
