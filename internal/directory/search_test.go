package directory

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
)

// noon is the moment the tests of this package happen at.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func TestSearchFilter(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		name, text string
		want       clerkapi.UserFilter
	}{
		{"nothing", "", clerkapi.UserFilter{}},
		{"free text", "  priya   raman ", clerkapi.UserFilter{Query: "priya raman"}},
		{"user id", "user_2nQx8ZkT0vYd4LrWc1", clerkapi.UserFilter{UserIDs: []string{"user_2nQx8ZkT0vYd4LrWc1"}}},
		{"not quite a user id", "user_../x", clerkapi.UserFilter{Query: "user_../x"}},
		{"address", "priya@meridian.org", clerkapi.UserFilter{EmailQuery: "priya@meridian.org"}},
		{"part of an address", "@meridian", clerkapi.UserFilter{EmailQuery: "@meridian"}},
		{"email prefix", "email:meridian", clerkapi.UserFilter{EmailQuery: "meridian"}},
		{"phone prefix", "phone:+44", clerkapi.UserFilter{PhoneQuery: "+44"}},
		{"username prefix", "username:priya.r", clerkapi.UserFilter{UsernameQuery: "priya.r"}},
		{"name with a space", `name:"Priya Raman"`, clerkapi.UserFilter{NameQuery: "Priya Raman"}},
		{"external ids", "ext:crm-1 ext:crm-2", clerkapi.UserFilter{ExternalIDs: []string{"crm-1", "crm-2"}}},
		{"ids", "id:user_a1 id:user_b2", clerkapi.UserFilter{UserIDs: []string{"user_a1", "user_b2"}}},
		{"banned", "banned:yes", clerkapi.UserFilter{Banned: &yes}},
		{"not banned, and text", "lind banned:NO", clerkapi.UserFilter{Query: "lind", Banned: &no}},
		{"prefix in capitals", "Name:lind", clerkapi.UserFilter{NameQuery: "lind"}},
		{"quoted colon is text", `"name:lind"`, clerkapi.UserFilter{Query: "name:lind"}},
		{"a time is text", "10:30", clerkapi.UserFilter{Query: "10:30"}},
		{"a link is text", "https://acme.com", clerkapi.UserFilter{Query: "https://acme.com"}},
		{"created on a day", "created:2026-01-31", clerkapi.UserFilter{
			CreatedAfter: justBefore(day(2026, 1, 31)), CreatedBefore: day(2026, 2, 1),
		}},
		{"created in a month", "created:2026-01", clerkapi.UserFilter{
			CreatedAfter: justBefore(day(2026, 1, 1)), CreatedBefore: day(2026, 2, 1),
		}},
		{"created in a year", "created:2026", clerkapi.UserFilter{
			CreatedAfter: justBefore(day(2026, 1, 1)), CreatedBefore: day(2027, 1, 1),
		}},
		{"created after a day", "created:>2026-01-31", clerkapi.UserFilter{CreatedAfter: justBefore(day(2026, 2, 1))}},
		{"created from a day", "created:>=2026-01-31", clerkapi.UserFilter{CreatedAfter: justBefore(day(2026, 1, 31))}},
		{"created before a day", "created:<2026-01-31", clerkapi.UserFilter{CreatedBefore: day(2026, 1, 31)}},
		{"created until a day", "created:<=2026-01-31", clerkapi.UserFilter{CreatedBefore: day(2026, 2, 1)}},
		{"active within 30 days", "active:<30d", clerkapi.UserFilter{LastActiveAfter: noon.AddDate(0, 0, -30)}},
		{"not active for two weeks", "active:>2w", clerkapi.UserFilter{LastActiveBefore: noon.AddDate(0, 0, -14)}},
		{"signed in within hours", "signed-in:6h", clerkapi.UserFilter{LastSignInAfter: noon.Add(-6 * time.Hour)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			search, err := ParseSearch(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			asks, err := search.Asks(noon)
			if err != nil {
				t.Fatal(err)
			}
			if got := asks.Listed; !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v\nwant %+v", asks.Listed, tt.want)
			}
		})
	}
}

func TestSearchRefuses(t *testing.T) {
	tests := []struct{ name, text, says string }{
		{"locked", "locked:yes", "locked"},
		{"verified", "verified:no", "verified"},
		{"unknown prefix", "colour:red", "colour"},
		{"empty value", "name:", "after the colon"},
		{"twice", "name:a name:b", "once"},
		{"open quote", `name:"lind`, "quote"},
		{"banned maybe", "banned:maybe", "yes or no"},
		{"no date", "created:yesterday", "2026-01-31"},
		{"before computers", "created:1900-01-01", "2026-01-31"},
		{"odd operator", "created:><2026-01-01", "2026-01-31"},
		{"no id", "id:priya", "user_"},
		{"addresses and ids", "priya@acme.com, user_a1", "not for both"},
		{"wallet and words", "lind wallet:0x1", "other words"},
		{"two addresses", "priya@acme.com email:raman", "one address"},
		{"two numbers", "phone:+44 20 7946 0911, +44 20 7946 0912", "one phone number"},
		{"a number and its end", "20 7946 0911 phone:+44", "one phone number"},
		{"phone without a digit", "phone:-", "telephone number"},
		{"listed numbers without a country", "020 7946-0911, 020 7946-0912", "needs its country"},
		{"a listed number without a country", "+44 20 7946 0911\n(415) 555-0100", "needs its country"},
		{"too long", strings.Repeat("a", maxSearch+1), "too long"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			search, err := ParseSearch(tt.text)
			if err == nil {
				_, err = search.Asks(noon)
			}
			f := fault.From(err)
			if f == nil || f.Code != fault.SearchInvalid {
				t.Fatalf("got %v, want %s", err, fault.SearchInvalid)
			}
			if !strings.Contains(f.Sentence(), tt.says) {
				t.Errorf("%q does not say %q", f.Sentence(), tt.says)
			}
		})
	}
}

func FuzzParseSearch(f *testing.F) {
	for _, seed := range []string{"", `name:"Priya Raman" lind`, "created:<30d banned:yes", `"a:b" \ "`, "org:acme org:x", "\xff:\"\xfe\"", "Raman, Priya <p@b.example>;", "(a, b) 'c", "mailto:mailto:x,y", "tel:+1 (2), 3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		search, err := ParseSearch(text)
		if err != nil {
			if fault.CodeOf(err) != fault.SearchInvalid {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if _, err := search.Asks(noon); err != nil && fault.CodeOf(err) != fault.SearchInvalid {
			t.Fatalf("%q: %v", text, err)
		}
		again, err := ParseSearch(search.String())
		if err != nil && len(search.String()) <= maxSearch {
			t.Fatalf("%q became %q: %v", text, search.String(), err)
		}
		if err == nil && !reflect.DeepEqual(again, search) {
			t.Fatalf("%q became %q: %+v, was %+v", text, search.String(), again, search)
		}
	})
}

// TestSearchesReadTheSameInTheWindow pins how a text is taken apart: the window
// shows its conditions as chips, and how it is written: the window knows a kept
// search again by that. Its tests read the same file.
func TestSearchesReadTheSameInTheWindow(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "searches.json"))
	if err != nil {
		t.Fatal(err)
	}
	var searches []struct {
		Text, Rest, Whole string
		Terms             []Term
	}
	if err := json.Unmarshal(content, &searches); err != nil {
		t.Fatal(err)
	}
	for _, s := range searches {
		t.Run(s.Text, func(t *testing.T) {
			whole, err := ParseSearch(s.Text)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := whole.Asks(noon); err != nil {
				t.Fatal(err)
			}
			rest, err := ParseSearch(s.Rest)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(whole.Terms, s.Terms) || rest.Text != whole.Text || len(rest.Terms) > 0 {
				t.Errorf("got %+v, and %+v of the rest", whole, rest)
			}
			if whole.String() != s.Whole {
				t.Errorf("written as %s, want %s", whole, s.Whole)
			}
		})
	}
}
