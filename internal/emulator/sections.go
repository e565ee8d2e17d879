package emulator

import (
	"fmt"
	"time"
)

// section is one screen of the sample app, all of it invented.
type section struct {
	Path, Title, Subtitle, Action string
	Cards                         []card
	Columns                       []string // the last one is an amount
	Rows                          []row
}

type card struct {
	Label, Value string
	Late         bool
}

// row is one line of a table. State is "", draft, sent, paid or late and gives the
// dot before the cell before the last.
type row struct {
	Cells []string
	State string
}

// sections returns the screens of the app on a day, as a member of an
// organization sees them.
func sections(today time.Time, organization string) []section {
	day := func(offset int) string { return today.AddDate(0, 0, offset).Format("2 Jan") }
	month := today.Format("January")
	invoice := func(number int, customer string, sent, due int, state, stateText, amount string) row {
		from, to := "–", "–"
		if state != "draft" {
			from, to = day(sent), day(due)
		}
		return row{Cells: []string{fmt.Sprintf("NW-%d", number), customer, from, to, stateText, amount}, State: state}
	}
	subtitle := organization + ", " + today.Format("January 2006")
	return []section{
		{
			Path: "/", Title: "Invoices", Subtitle: subtitle, Action: "New invoice",
			Cards: []card{
				{Label: "Open", Value: "£12,480.00"},
				{Label: "Overdue", Value: "£1,960.50", Late: true},
				{Label: "Paid in " + month, Value: "£31,204.75"},
				{Label: "Next due", Value: day(26)},
			},
			Columns: []string{"Number", "Customer", "Sent", "Due", "State", "Amount"},
			Rows: []row{
				invoice(4482, "Clinic Partners", 0, 0, "draft", "Draft", "£2,150.00"),
				invoice(4481, "Harbour Dental Group", -2, 28, "sent", "Sent", "£4,310.00"),
				invoice(4479, "St Brannock Hospice", -4, 26, "sent", "Sent", "£6,209.50"),
				invoice(4471, "Clinic Partners", -9, 5, "paid", "Paid "+day(-3), "£8,940.00"),
				invoice(4466, "Oakfield Physiotherapy", -13, 1, "paid", "Paid "+day(-6), "£1,275.25"),
				invoice(4452, "Lindgren Optics", -23, -9, "late", "9 days late", "£1,960.50"),
				invoice(4449, "Harbour Dental Group", -25, -11, "paid", "Paid "+day(-12), "£20,989.50"),
			},
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
				{Cells: []string{"Harbour Dental Group", "Bristol", "2023", "NW-4481", "In order", "£4,310.00"}, State: "sent"},
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
				{Cells: []string{day(-12), "Harbour Dental Group", "NW-4449", "Bank transfer", "Received", "£20,989.50"}, State: "paid"},
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
