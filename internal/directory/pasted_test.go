package directory

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"understudy/internal/clerkapi"
)

// TestPastedTextMeansTheSameInTheWindow pins what is understood of a text that was
// copied from somewhere. The window shows that as a chip; its tests read the same file.
func TestPastedTextMeansTheSameInTheWindow(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "pasted.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pasted []struct {
		Text, Whole string
		Kind        kind
		Values      []string
	}
	if err := json.Unmarshal(content, &pasted); err != nil {
		t.Fatal(err)
	}
	for _, p := range pasted {
		t.Run(p.Text, func(t *testing.T) {
			search, err := ParseSearch(p.Text)
			if err != nil {
				t.Fatal(err)
			}
			of, values := meaningOf(search.Text)
			if search.String() != p.Whole || len(search.Terms) == 0 && (of != p.Kind || !slices.Equal(values, p.Values)) {
				t.Errorf("understood as %s, %s %q; want %s, %s %q", search, of, values, p.Whole, p.Kind, p.Values)
			}
		})
	}
}

// costumes are what values are copied in. %s is the value.
var costumes = []string{
	"%s", "<%s>", " %s\t", "%s,", "%s.", "%s;", "%s ,", "(%s)", "[%s]", `"%s"`, "'%s'", "“%s”", "«%s»", "%s\n", "\u200e%s", "\u202a%s\u202c",
}

// ofKind are the costumes of one kind of value more.
var ofKind = map[kind][]string{
	"email": {"mailto:%s", "Mailto:%s?subject=Your%%20order", "Priya Raman <%s>", "Raman, Priya <%s>", `"Raman, Priya" <%s>`, "Priya (%s)", "<mailto:%s>"},
	"id":    {"https://dashboard.clerk.com/apps/app_1/users/%s", "https://acme.example/%s/?tab=2", "acme.example/admin?user=%s", "Priya <%s>"},
	"phone": {"tel:%s", "Priya Raman <%s>", "<tel:%s>"},
}

func valuesOfKinds(r *rand.Rand) map[kind]string {
	letters := func(n int) string {
		const from = "abcdefghijklmnopqrstuvwxyzABCDEF0123456789"
		var text strings.Builder
		for range n {
			text.WriteByte(from[r.IntN(len(from))])
		}
		return text.String()
	}
	digits := func(n int) string {
		var text strings.Builder
		for range n {
			text.WriteByte("123456789"[r.IntN(9)])
		}
		return text.String()
	}
	between := []string{"", " ", "-", ".", "–"}[r.IntN(5)]
	return map[kind]string{
		"email":  letters(1+r.IntN(9)) + []string{".", "+", "-", "_", "'"}[r.IntN(5)] + letters(3) + "@" + letters(4) + ".example",
		"id":     "user_" + letters(27),
		"phone":  []string{"+", "00"}[r.IntN(2)] + digits(2) + between + digits(3) + between + digits(5),
		"wallet": "0x" + strings.Repeat("aF09", 10),
		"":       []string{"crm-", "C_", ""}[r.IntN(3)] + digits(6),
	}
}

func TestAValueMeansTheSameInEveryCostume(t *testing.T) {
	asksOf := func(t *testing.T, text string) Asks {
		t.Helper()
		search, err := ParseSearch(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		asks, err := search.Asks(noon)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		return asks
	}
	r := rand.New(rand.NewPCG(17, 24))
	for range 6 {
		for of, value := range valuesOfKinds(r) {
			want := asksOf(t, value)
			for _, first := range slices.Concat(costumes, ofKind[of]) {
				for _, second := range costumes {
					worn := strings.Replace(second, "%s", strings.ReplaceAll(strings.Replace(first, "%s", value, 1), "%%", "%"), 1)
					if strings.Count(worn, `"`)%2 == 1 || strings.Contains(first, `"`) && strings.Contains(second, `"`) {
						continue // quotes within quotes are other quotes
					}
					if got := asksOf(t, worn); !reflect.DeepEqual(got, want) {
						t.Fatalf("%q asks %+v\n%q asks %+v", worn, got, value, want)
					}
				}
			}
		}
	}
}

func TestAHundredAddressesAreLookedUpAtOnceAndNoMore(t *testing.T) {
	many := make([]string, maxListed)
	for i := range many {
		many[i] = "Priya Raman <" + strings.Repeat("a", i+1) + "@b.example>"
	}
	for _, separator := range []string{", ", ";", "\n"} {
		search, err := ParseSearch(strings.Join(many, separator))
		if err != nil {
			t.Fatal(err)
		}
		asks, err := search.Asks(noon)
		if err != nil || len(asks.Exact) > 0 || len(asks.Listed.Emails) != maxListed {
			t.Errorf("asks %+v, %v", asks, err)
		}
	}
	repeated := append(slices.Clone(many), strings.ToUpper(many[0]), many[1])
	if search, err := ParseSearch(strings.Join(repeated, "\n")); err != nil {
		t.Error(err)
	} else if asks, err := search.Asks(noon); err != nil || len(asks.Listed.Emails) != maxListed {
		t.Errorf("of repeated addresses asks for %d, %v", len(asks.Listed.Emails), err)
	}
	search, err := ParseSearch(strings.Join(append(many, "one@more.example"), ";"))
	if err == nil {
		_, err = search.Asks(noon)
	}
	if err == nil || !strings.Contains(err.Error(), "at most 100") {
		t.Errorf("a hundred and one: %v", err)
	}
}

func TestWholeValuesAreLookedForBeforeParts(t *testing.T) {
	const wallet = "0xABabABabABabABabABabABabABabABabABabABab"
	users := func(change func(*clerkapi.UserFilter)) clerkapi.UserFilter {
		var f clerkapi.UserFilter
		change(&f)
		return f
	}
	for text, want := range map[string]Asks{
		"priya@b.example": {
			Exact:  []clerkapi.UserFilter{{Emails: []string{"priya@b.example"}}},
			Listed: clerkapi.UserFilter{EmailQuery: "priya@b.example"},
		},
		"phone:\"+44 20 7946 0911\"": {
			Exact:  []clerkapi.UserFilter{{Phones: []string{"+442079460911"}}},
			Listed: clerkapi.UserFilter{PhoneQuery: "+442079460911"},
		},
		"[priya@b.example](mailto:Priya@b.example)": {
			Exact:  []clerkapi.UserFilter{{Emails: []string{"priya@b.example"}}},
			Listed: clerkapi.UserFilter{EmailQuery: "priya@b.example"},
		},
		"phone:+44 20 7946 0911": {
			Exact:  []clerkapi.UserFilter{{Phones: []string{"+442079460911"}}},
			Listed: clerkapi.UserFilter{PhoneQuery: "+442079460911"},
		},
		"phone:0911":       {Listed: clerkapi.UserFilter{PhoneQuery: "0911"}},
		"username:priya.r": {Exact: []clerkapi.UserFilter{{Usernames: []string{"priya.r"}}}, Listed: clerkapi.UserFilter{UsernameQuery: "priya.r"}},
		"wallet:" + wallet: {Exact: []clerkapi.UserFilter{{Wallets: []string{wallet}}}, Listed: clerkapi.UserFilter{Query: wallet}},
		wallet:             {Exact: []clerkapi.UserFilter{{Wallets: []string{wallet}}}, Listed: clerkapi.UserFilter{Query: wallet}},
		"crm-42":           {Exact: []clerkapi.UserFilter{{ExternalIDs: []string{"crm-42"}}}, Listed: clerkapi.UserFilter{Query: "crm-42"}},
		"priya":            {Listed: clerkapi.UserFilter{Query: "priya"}, Last: &clerkapi.UserFilter{ExternalIDs: []string{"priya"}}},
		"priya raman":      {Listed: users(func(f *clerkapi.UserFilter) { f.Query = "priya raman" })},
	} {
		search, err := ParseSearch(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := search.Asks(noon); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q asks %+v, %v; want %+v", text, got, err, want)
		}
	}
}
