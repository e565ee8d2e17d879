package bridge

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/browser"
	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/operator"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestFormatErrorIsAProblem(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want Problem
	}{
		{"a fault", fault.New(fault.ClerkBusy, nil).WithTrace("t1").WithRetryAfter(4 * time.Second), Problem{Code: "clerk_busy", Retry: true, TraceID: "t1", RetryAfterMS: 4000}},
		{"anything else", errors.New("priya@meridian.org"), Problem{Code: "internal", Retry: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := FormatError(tt.err)
			var got Problem
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatal(err)
			}
			if got.Message == "" || strings.Contains(text, "priya") {
				t.Errorf("got %s", text)
			}
			got.Message, got.Next = "", ""
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	if text := FormatError(nil); !json.Valid([]byte(text)) {
		t.Errorf("nil becomes %q, which would resolve the promise", text)
	}
}

func TestAViewIsInTheOrderOfItsColumn(t *testing.T) {
	for sort, want := range map[string]clerkapi.OrderField{
		"created_at": clerkapi.ByCreated, "last_sign_in_at": clerkapi.ByLastSignIn, "first_name": clerkapi.ByFirstName,
		"email_address": clerkapi.ByEmail, "username": clerkapi.ByUsername, "shoe_size": clerkapi.ByCreated, "": clerkapi.ByCreated,
	} {
		for _, descending := range []bool{true, false} {
			got := View{Sort: sort, Descending: descending}.ViewOf(noon).Order
			if got != (clerkapi.Order{Field: want, Descending: descending}) {
				t.Errorf("%q, descending %v: got %+v", sort, descending, got)
			}
		}
	}
}

func TestRowOf(t *testing.T) {
	full := clerkapi.User{
		ID: "user_1", FirstName: "Priya", LastName: "Raman", Email: "priya@meridian.org", Username: "priya.r",
		Banned: true, Deprovision: true, CreatedAt: noon, LastSignInAt: noon.Add(time.Minute),
	}
	want := UserRow{
		ID: "user_1", Name: "Priya Raman", Email: "priya@meridian.org", Contact: "priya@meridian.org", Username: "priya.r", Initials: "PR",
		CreatedAt: "2026-11-22T12:00:00Z", LastSignInAt: "2026-11-22T12:01:00Z", Banned: true, Deprovisioned: true, Self: true,
	}
	if got := RowOf(full, operator.Operator{ID: "user_1"}); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	full.HasImage, full.ImageURL = true, "https://img.clerk.com/a"
	if got := RowOf(full, operator.Operator{}).Picture; got != "/avatar?of=https%3A%2F%2Fimg.clerk.com%2Fa" {
		t.Errorf("the picture is at %q", got)
	}
}

func TestInitials(t *testing.T) {
	tests := []struct{ first, last, username, email, want string }{
		{"Priya", "Raman", "x", "y", "PR"},
		{"priya", "", "", "", "P"},
		{"", "", "p.raman", "", "P"},
		{"", "", "", "raman@m.org", "R"},
		{"", "", "", "", ""},
		{"<script>", "=cmd", "", "", "SC"},
		{"علي", "", "", "", "ع"},
		{"\u202eevil", "", "", "", "E"},
	}
	for _, tt := range tests {
		if got := initials(tt.first, tt.last, tt.username, tt.email); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}

func TestUsersRequest(t *testing.T) {
	r := UsersRequest{View: View{Query: "lind", Sort: "last_sign_in_at", Descending: true}, Index: 100, AfterID: "user_1", BeforeID: "user_2", Total: -1}
	got, err := r.RequestOf(noon)
	want := directory.Request{
		View:  directory.View{Query: "lind", Order: clerkapi.Order{Field: clerkapi.ByLastSignIn, Descending: true}, PinnedAt: noon},
		Index: 100, After: "user_1", Before: "user_2", Total: -1,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	r.View.PinnedAt, r.View.Sort, r.Index = noon.Add(-time.Hour).UnixMilli(), "anything", -5
	if got, _ = r.RequestOf(noon); !got.View.PinnedAt.Equal(noon.Add(-time.Hour)) || got.View.Order.Field != clerkapi.ByCreated || got.Index != 0 {
		t.Errorf("got %+v", got)
	}
	for _, wrong := range []UsersRequest{{AfterID: "../organizations"}, {BeforeID: "../organizations"}} {
		if _, err := wrong.RequestOf(noon); fault.CodeOf(err) != fault.IDInvalid {
			t.Errorf("%+v: got %v", wrong, err)
		}
	}
}

func TestActorTokenRequest(t *testing.T) {
	got, err := ActorTokenRequest{UserID: "user_1", Reason: "r", LinkSeconds: 60, SessionMinutes: 30}.RequestOf()
	want := impersonation.Request{UserID: "user_1", Reason: "r", LinkLife: time.Minute, SessionLength: 30 * time.Minute}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := (ActorTokenRequest{UserID: "org_1"}).RequestOf(); fault.CodeOf(err) != fault.IDInvalid {
		t.Errorf("got %v", err)
	}
}

func TestEntryOf(t *testing.T) {
	record := func(seq int64, event audit.Event, after time.Duration, code string) audit.Record {
		return audit.Record{
			Seq: seq, Event: event, Time: noon.Add(after), Record: "rid", User: "user_1", Instance: "ins_1", Reason: "why",
			Operator: audit.Operator{ID: "user_me"}, Result: audit.Result{Code: code},
		}
	}
	tests := []struct {
		name    string
		stage   audit.Stage
		records []audit.Record
		state   string
		ended   string
		code    string
		length  int
	}{
		{"refused by Clerk", audit.StageFailed, []audit.Record{record(1, audit.Requested, 0, ""), record(2, audit.Failed, 1, "impersonation_limit")}, "failed", "", "impersonation_limit", 0},
		{"ended by hand", audit.StageEnded, []audit.Record{
			record(1, audit.Requested, 0, ""), record(2, audit.Issued, 1, ""), record(3, audit.Opened, time.Second, ""),
			record(4, audit.Ended, 14*time.Minute+time.Second, "operator"),
		}, "ended", "operator", "", 840},
		{"never opened", audit.StageRevoked, []audit.Record{record(1, audit.Requested, 0, ""), record(2, audit.Revoked, time.Minute, "unused")}, "ended", "unused", "", 0},
		{"link ran out", audit.StageExpired, []audit.Record{record(1, audit.Requested, 0, "")}, "ended", "", "", 0},
		{"crashed", audit.StageUnknown, []audit.Record{record(1, audit.Requested, 0, "")}, "unknown", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := EntryOf(audit.Impersonation{Record: "rid", Stage: tt.stage, Records: tt.records})
			if got.State != tt.state || got.Ended != tt.ended || got.Code != tt.code || got.Length != tt.length {
				t.Errorf("got %+v", got)
			}
			if got.ID != "rid" || got.UserID != "user_1" || got.OperatorID != "user_me" || len(got.Seqs) != len(tt.records) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestRecordsComeWithWhatClerkWasGiven(t *testing.T) {
	request := audit.Record{Seq: 1276, Hash: "c80b", Event: audit.Requested, Record: "rid"}
	issued := audit.Record{Seq: 1277, Hash: "41d7", Prev: "c80b", Event: audit.Issued, Record: "rid"}
	got := RecordsOf(audit.Impersonation{Record: "rid", Records: []audit.Record{request, issued}})
	if got.Anchor != "1276:c80b" || len(got.Records) != 2 || got.Records[1].Prev != "c80b" || got.Records[1].Event != "issued" {
		t.Errorf("got %+v", got)
	}
	refused := issued
	refused.Event = audit.Failed
	if got := RecordsOf(audit.Impersonation{Record: "rid", Records: []audit.Record{request, refused}}); got.Anchor != "" {
		t.Errorf("Clerk was given nothing, got %+v", got)
	}
}

// TestACountIsExactOrASentence: a float takes 2^53+1 for 2^53.
func TestACountIsExactOrASentence(t *testing.T) {
	for count, passes := range map[int64]bool{0: true, 1<<53 - 1: true, 1 << 53: false, 1<<53 + 1: false, math.MaxInt64: false} {
		got, err := CountOf(count, nil)
		if failure := fault.From(err); passes != (err == nil) || passes && (got != count || int64(float64(got)) != got) ||
			!passes && !strings.Contains(failure.Sentence(), strconv.FormatInt(count, 10)) {
			t.Errorf("%d: %d, %v", count, got, err)
		}
	}
	if _, err := CountOf(0, fault.New(fault.ClerkTimeout, nil)); fault.CodeOf(err) != fault.ClerkTimeout {
		t.Errorf("got %v", err)
	}
}

// TestNothingHereCanCarryASecret looks through every type that crosses.
func TestNothingHereCanCarryASecret(t *testing.T) {
	for _, value := range []any{
		Start{},
		Connection{},
		UsersPage{},
		Searches{},
		UserDetail{},
		Organization{},
		Live{},
		History{},
		Verification{},
		Browser{},
		Settings{},
		ActorTokenRequest{},
		UsersRequest{},
		CountRequest{},
		EndResult{},
	} {
		var look func(reflect.Type)
		look = func(typ reflect.Type) {
			switch typ.Kind() {
			case reflect.Slice, reflect.Pointer:
				look(typ.Elem())
			case reflect.Struct:
				if strings.HasSuffix(typ.PkgPath(), "/secret") {
					t.Errorf("%T holds a secret", value)
				}
				for field := range typ.Fields() {
					if tag := field.Tag.Get("json"); tag == "" || strings.Contains(strings.ToLower(tag), "ticket") {
						t.Errorf("%s.%s has the tag %q", typ, field.Name, tag)
					}
					look(field.Type)
				}
			case reflect.Map, reflect.Interface:
				t.Errorf("%T is not plain: %s", value, typ)
			default:
			}
		}
		look(reflect.TypeOf(value))
	}
}

func TestTheBrowserUsedLastIsChosen(t *testing.T) {
	t.Parallel()
	all := []browser.Browser{{ID: "firefox", Isolated: true}, {ID: browser.Default}}
	for chosen, want := range map[string][]bool{"": {false, false}, "firefox": {true, false}, "gone": {false, false}} {
		got := BrowsersOf(all, chosen)
		if got[0].Chosen != want[0] || got[1].Chosen != want[1] {
			t.Errorf("%q: got %+v", chosen, got)
		}
	}
}
