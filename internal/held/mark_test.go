package held

import "testing"

func TestTheMarkLeavesOutThePagesOwnHost(t *testing.T) {
	const page = "https://app.acme.com/invoices/4471?tab=notes"
	for address, want := range map[string]string{
		"https://app.acme.com/api/invoices/4471?token=a#b": "/api/invoices/:id",
		"https://app.acme.com":                             "/",
		"https://api.acme.com/invoices/4471":               "api.acme.com/invoices/:id",
		"https://app.acme.com:8443/invoices":               "app.acme.com:8443/invoices",
		"https://app.acme.com.evil.com/invoices":           "app.acme.com.evil.com/invoices",
	} {
		if got := shapeFor(page, address); got != want {
			t.Errorf("%s is shown as %q, not %q", address, got, want)
		}
	}
	if got := shapeFor("about:blank", "https://acme.com/x"); got != "acme.com/x" {
		t.Errorf("a page without a host shows %q", got)
	}
}
