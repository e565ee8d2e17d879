package clerkapi

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"understudy/internal/fault"
)

func TestAnAnswerThatIsNoListOfUsersIsRefused(t *testing.T) {
	for name, body := range map[string]string{"null": `null`, "an object": `{"data":[]}`, "cut off": `[{"id":"user_a"},`} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, body))
			client, _ := newClient(t, s.URL, nil)
			users, err := client.ListUsers(t.Context(), UserPage{Limit: 10})
			wantCode(t, err, fault.ClerkAnswer)
			if users != nil {
				t.Errorf("users = %+v", users)
			}
		})
	}
}

// TestAUserWhoCannotBeReadHasARow: the rows beside it and their places stay.
func TestAUserWhoCannotBeReadHasARow(t *testing.T) {
	cases := map[string]struct {
		user string
		id   UserID
	}{
		"null":                  {`null`, UserID{}},
		"a number":              {`7`, UserID{}},
		"a text":                {`"user_a"`, UserID{}},
		"a list":                {`[{"id":"user_a"}]`, UserID{}},
		"nothing":               {`{}`, UserID{}},
		"a null id":             {`{"id":null}`, UserID{}},
		"a number as id":        {`{"id":7}`, UserID{}},
		"a path as id":          {`{"id":"user_a/../b"}`, UserID{}},
		"an id with a newline":  {`{"id":"user_a\n"}`, UserID{}},
		"an id of another kind": {`{"id":"sess_a"}`, UserID{}},
		"two names":             {`{"id":"user_a","first_name":"A","first_name":"B"}`, userID("user_a")},
		"two names deeper":      {`{"id":"user_a","unsafe_metadata":{"a":1,"a":2}}`, userID("user_a")},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, reply(http.StatusOK, "["+janeJSON+","+test.user+","+janeJSON+"]"))
			client, _ := newClient(t, s.URL, nil)
			users, err := client.ListUsers(t.Context(), UserPage{Limit: 3})
			if want := []User{jane(), {ID: test.id, Garbled: true}, jane()}; err != nil || len(users) != 3 || !users[1].Garbled ||
				users[1].ID != test.id || !reflect.DeepEqual(users[0], want[0]) || !reflect.DeepEqual(users[2], want[2]) {
				t.Errorf("users = %+v, %v", users, err)
			}
		})
	}
}

// TestBrokenUTF8IsReplaced has a user whose name is broken. It must not hide the page.
func TestBrokenUTF8IsReplaced(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, "[{\"id\":\"user_a\",\"first_name\":\"J\xffne\"}]"))
	client, _ := newClient(t, s.URL, nil)
	users, err := client.ListUsers(t.Context(), UserPage{Limit: 10})
	if err != nil || len(users) != 1 || users[0].FirstName != "J\ufffdne" {
		t.Errorf("users = %+v, %v", users, err)
	}
}

// TestGetUserIsTheOneAskedFor: the answer decides whom somebody signs in as.
func TestGetUserIsTheOneAskedFor(t *testing.T) {
	s := newServer(t, reply(http.StatusOK, janeJSON))
	client, _ := newClient(t, s.URL, nil)
	_, err := client.GetUser(t.Context(), userID("user_john"))
	wantCode(t, err, fault.ClerkAnswer)
}

func TestTraceOfAnAnswerThatMakesNoSense(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Clerk-Trace-Id", "trace456")
		reply(http.StatusOK, "{}")(w, r)
	})
	client, _ := newClient(t, s.URL, nil)
	_, err := client.GetUser(t.Context(), userID("user_jane"))
	if got := wantFault(t, err, fault.ClerkAnswer).TraceID; got != "trace456" {
		t.Errorf("trace = %q", got)
	}
}

func TestTheEmailIsThePrimaryOne(t *testing.T) {
	cases := map[string]struct{ fields, want string }{
		"by id":                     {`"primary_email_address_id":"i2","email_addresses":[{"id":"i1","email_address":"a@b"},{"id":"i2","email_address":"c@d"}]`, "c@d"},
		"none is primary":           {`"primary_email_address_id":null,"email_addresses":[{"id":"i1","email_address":"a@b"}]`, ""},
		"both ids are missing":      {`"email_addresses":[{"email_address":"a@b"}]`, ""},
		"the primary one is absent": {`"primary_email_address_id":"i9","email_addresses":[{"id":"i1","email_address":"a@b"}]`, ""},
		"no addresses":              {`"primary_email_address_id":"i1","email_addresses":null`, ""},
		"not the id itself":         {`"primary_email_address_id":"a@b","email_addresses":[]`, ""},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			user, err := decodeUser([]byte(`{"id":"user_a",` + test.fields + `}`))
			if err != nil || user.Email != test.want {
				t.Errorf("email = %q, %v; want %q", user.Email, err, test.want)
			}
		})
	}
}

func TestMetadataIsAnObjectOrNothing(t *testing.T) {
	cases := map[string]string{
		`{"a":1}`: `{"a":1}`,
		`{}`:      `{}`,
		`null`:    "",
		`"text"`:  "",
		`[1]`:     "",
	}
	for raw, want := range cases {
		user, err := decodeUser([]byte(`{"id":"user_a","public_metadata":` + raw + `,"unsafe_metadata":` + raw + `}`))
		if err != nil || string(user.PublicMetadata) != want || string(user.UnsafeMetadata) != want {
			t.Errorf("%s: %q and %q, %v; want %q", raw, user.PublicMetadata, user.UnsafeMetadata, err, want)
		}
		_, private, err := decodePrivateMetadata([]byte(`{"id":"user_a","private_metadata":` + raw + `}`))
		if err != nil || string(private) != want {
			t.Errorf("private %s: %q, %v; want %q", raw, private, err, want)
		}
	}
}

func TestATimeThatCannotBeWrittenIsZero(t *testing.T) {
	cases := map[string]time.Time{
		`1700000000123`:          time.UnixMilli(1700000000123).UTC(),
		`1.7e12`:                 time.UnixMilli(1700000000000).UTC(),
		`null`:                   {},
		`0`:                      {},
		`-1`:                     {},
		`-9223372036854775808`:   {},
		`9223372036854775807`:    {},
		`1e999`:                  {},
		`253402300799999`:        time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC),
		`253402300800000`:        {},
		strings.Repeat("9", 400): {},
	}
	for raw, want := range cases {
		var got unixMillis
		if err := unmarshal([]byte(raw), &got); err != nil || !got.Equal(want) {
			t.Errorf("%s = %v, %v; want %v", raw, got, err, want)
		}
		if _, err := json.Marshal(got.Time); err != nil {
			t.Errorf("%s cannot be written: %v", raw, err)
		}
	}
	for _, raw := range []string{`"1700000000123"`, `true`, `[]`, `{}`} {
		if err := unmarshal([]byte(raw), &unixMillis{}); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

func TestCountRefuses(t *testing.T) {
	for _, body := range []string{
		``, `null`, `{}`, `{"total_count":null}`, `{"total_count":-1}`, `{"total_count":"7"}`, `{"total_count":1e99}`, `7`, `{"total_count":9223372036854775808}`,
	} {
		s := newServer(t, reply(http.StatusOK, body))
		client, _ := newClient(t, s.URL, nil)
		if n, err := client.CountUsers(t.Context(), UserFilter{}); fault.CodeOf(err) != fault.ClerkAnswer {
			t.Errorf("%s: %d, %v", body, n, err)
		}
	}
}

func TestParseRetryAfter(t *testing.T) {
	cases := map[string]struct {
		wait       time.Duration
		capped, ok bool
	}{
		"0":                             {0, false, true},
		"7":                             {7 * time.Second, false, true},
		" 7 ":                           {7 * time.Second, false, true},
		"600":                           {longestWait, false, true},
		"601":                           {longestWait, true, true},
		"99999999999999999999":          {longestWait, true, true},
		"Tue, 12 May 2026 12:00:09 GMT": {9 * time.Second, false, true},
		"Tue, 12 May 2026 11:59:00 GMT": {0, false, true},
		"Tue, 12 May 2036 12:00:00 GMT": {longestWait, true, true},
		"Mon, 01 Jan 0001 00:00:00 GMT": {0, false, true},
		"":                              {},
		"-1":                            {},
		"1.5":                           {},
		"soon":                          {},
		"７":                             {},
	}
	for value, want := range cases {
		wait, capped, ok := parseRetryAfter(value, noon)
		if wait != want.wait || capped != want.capped || ok != want.ok {
			t.Errorf("parseRetryAfter(%q) = %v, %v, %v; want %+v", value, wait, capped, ok, want)
		}
	}
}
