package report

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
)

func TestShapes(t *testing.T) {
	for _, tt := range []struct{ address, want string }{
		{"https://acme.com", "acme.com/"},
		{"https://ACME.com:443/", "acme.com/"},
		{"http://localhost:3000/Settings/approvals/?tab=x#y", "localhost:3000/Settings/approvals/"},
		{"http://127.0.0.1:4501/invoices/4471", "127.0.0.1:4501/invoices/:id"},
		{"http://[::1]:4501/v1/sign_ins", "[::1]:4501/v1/sign_ins"},
		{"https://acme.com/api/v12/oauth2/2fa/index.html", "acme.com/api/v12/oauth2/2fa/index.html"},
		{"https://acme.com/api/trpc/invoice.byId", "acme.com/api/trpc/invoice.byId"},
		{"https://acme.com/rpc/GetUser/reset-password", "acme.com/rpc/GetUser/reset-password"},
		{"https://acme.com/__clerk/_next/API", "acme.com/__clerk/_next/API"},
		{"https://user:secret@acme.com/x", "acme.com/x"},
		{"https://acme.com/user_2nKf3TzQ7cHw9XdEvB7k/edit", "acme.com/:id/edit"},
		{"https://acme.com/user_short", "acme.com/:id"},
		{"https://acme.com/maya@acme.com/maya%40acme.com", "acme.com/:id/:id"},
		{"https://acme.com/maya.lindqvist", "acme.com/:id"},
		{"https://acme.com/ingrid.solheim.html/4471.json", "acme.com/:id/:id"},
		{"https://acme.com/s%C3%B8k/søk", "acme.com/:id/:id"},
		{"https://acme.com/7c9e6679-7425-40de-944b-e07fc1f90ae7", "acme.com/:id"},
		{"https://acme.com/01ARZ3NDEKTSV4RRFFQ69G5FAV/deadbeef", "acme.com/:id/:id"},
		{"https://acme.com/a/b-12/2026-11-23", "acme.com/a/:id/:id"},
		{"https://acme.com/aVeryLongNameOfAPage", "acme.com/:id"},
		{"https://acme.com/kXqZpLm/x;y=1/(group)/~maya", "acme.com/:id/:id/:id/:id"},
		{"wss://happy-otter-123.convex.cloud/api/sync", "happy-otter-123.convex.cloud/api/sync"},
		{"https://bücher.example/x", ":id/x"},
		{"https:///x", ":id/x"},
		{"wss://live.acme.com:443/socket", "live.acme.com/socket"},
		{`https:\\acme.com\x`, ":id"},
		{"data:text/html,maya@acme.com", "data:"},
		{"blob:https://acme.com/7c9e6679", "blob:"},
		{"maya@acme.com", ":id"},
		{"", ":id"},
		{"https://acme.com/" + strings.Repeat("page/", 40), "acme.com/" + strings.Repeat("page/", 24) + "…"},
		{"https://" + strings.Repeat("name.", 40) + "example/", ":id/"},
		{"https://acme.com/a/../b//c/.", "acme.com/a/:id/b//c/:id"},
		{"https://maya@acme.com@evil.example/x", "evil.example/x"},
		{"https://acme.com/sess_x/organization-invitations-of-north", "acme.com/:id/:id"},
	} {
		if got := Shape(tt.address); got != tt.want {
			t.Errorf("%s is %s, want %s", tt.address, got, tt.want)
		}
	}
}

// secret makes something that must not be left in a shape.
func secret(r *rand.Rand) string {
	letters := func(n int, of string) string {
		text := make([]byte, n)
		for i := range text {
			text[i] = of[r.IntN(len(of))]
		}
		return string(text)
	}
	const small, hex, all = "abcdefghijklmnopqrstuvwxyz", "0123456789abcdef", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	email := letters(3+r.IntN(8), small) + "@" + letters(6, small) + ".com"
	switch r.IntN(11) {
	case 0:
		return email
	case 1:
		return url.PathEscape(email)
	case 2:
		return strings.ReplaceAll(email, "@", "%40")
	case 3: // UUID
		return strings.Join([]string{letters(8, hex), letters(4, hex), letters(4, hex), letters(4, hex), letters(12, hex)}, "-")
	case 4: // ULID
		return letters(26, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
	case 5:
		return fmt.Sprint(1000 + r.IntN(1_000_000_000))
	case 6:
		return []string{"user_", "org_", "sess_", "cus_", "in_"}[r.IntN(5)] + letters(8+r.IntN(20), all) + "7"
	case 7:
		return letters(7+r.IntN(60), hex) + "a0"
	case 8: // JWT
		part := func() string {
			return base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"` + letters(12, all) + `"}`))
		}
		return part() + "." + part() + "." + letters(43, all)
	case 9:
		return url.PathEscape("Søren " + letters(5, small))
	default: // base64
		return base64.StdEncoding.EncodeToString([]byte(letters(5, all))) + "="
	}
}

func TestNoSecretSurvives(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 100_000 {
		s := secret(r)
		address := []string{
			"https://acme.com/users/" + s, "https://acme.com/" + s + "/edit", "https://" + s + "@acme.com/x", "https://acme.com/x?q=" + s,
			"https://acme.com/x#" + s, "https://acme.com/" + s + ".json", "https://acme.com/of-" + s,
			"https://acme.com/x;" + s, "https://acme.com//" + s + "//", "https://acme.com/(" + s + ")", "data:," + s, s, s + ":x", "wss://" + s + "@acme.com",
			"https://acme.com/" + strings.ToUpper(s), "https://acme.com\\" + s,
		}[r.IntN(16)]
		got := strings.ToLower(Shape(address))
		if strings.Contains(got, strings.ToLower(s)) || strings.ContainsAny(got, "@%") {
			t.Fatalf("%s leaves %s", address, got)
		}
		if strings.ContainsAny(strings.ReplaceAll(got, ":id", ""), "0123456789") {
			t.Fatalf("%s leaves a number: %s", address, got)
		}
	}
}

func FuzzShape(f *testing.F) {
	f.Add("https://acme.com/users/user_2nKf3TzQ7cHw9XdEvB7k?x#y")
	f.Add("wss://live.acme.com:1/maya%40acme.com")
	f.Fuzz(func(t *testing.T, address string) {
		got := Shape(address)
		if len(got) > maxHost+maxPath+8 || strings.ContainsAny(got, "@%?#\\ \n\x00\"<") {
			t.Errorf("%q is %q", address, got)
		}
	})
}
