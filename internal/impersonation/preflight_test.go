package impersonation

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/sentence"
	"understudy/internal/settings"
)

// only is the one finding about a rule, the zero one without.
func only(t *testing.T, found []Finding, rule Rule) Finding {
	t.Helper()
	of := slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return f.Rule != rule })
	if len(of) > 1 {
		t.Errorf("twice: %+v", of)
	}
	return append(of, Finding{})[0]
}

func TestPreflightWarnsOfCompany(t *testing.T) {
	actor := func(sub, rid string) *clerkapi.Actor { return &clerkapi.Actor{Sub: sub, Iss: "understudy", RID: rid} }
	tests := []struct {
		name    string
		session clerkapi.Session
		rule    Rule
		says    string
	}{
		{"a colleague", clerkapi.Session{Actor: actor("user_jonas", "r1"), ExpireAt: start.Add(time.Hour)}, RuleColleague, "Jonas Weber is signed in as this user"},
		{"another tool", clerkapi.Session{Actor: actor("script-7", "")}, RuleColleague, "script-7 is signed in as this user"},
		{"nobody says who", clerkapi.Session{Actor: actor("", "")}, RuleColleague, "Somebody is signed in as this user"},
		{"the operator, elsewhere", clerkapi.Session{Actor: actor("user_maya", "r2")}, RuleColleague, "You already have a session as this user on another computer"},
		{"the user, just now", clerkapi.Session{LastActiveAt: start.Add(-59 * time.Second)}, RuleActive, "Active right now"},
		{"the user, a while ago", clerkapi.Session{LastActiveAt: start.Add(-time.Minute)}, RuleActive, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.jonas = clerkapi.User{ID: userID("user_jonas"), FirstName: "Jonas", LastName: "Weber"}
			w.sessions = []clerkapi.Session{tt.session}
			got := only(t, w.service.Preflight(t.Context(), userID("user_priya")), tt.rule)
			if !strings.HasPrefix(got.Name.String(), tt.says) || (got.Effect != Warn) != (tt.says == "") || (tt.rule == RuleColleague && !got.Until.Equal(tt.session.ExpireAt)) {
				t.Errorf("got %+v, want %q", got, tt.says)
			}
		})
	}
}

func TestPreflightAsksWhetherTheOperatorMay(t *testing.T) {
	tests := []struct {
		name   string
		admit  error
		rule   Rule
		effect Effect
		says   string
	}{
		{"nothing against it", nil, RulePermission, "", ""},
		{"unverified", fault.New(fault.SignInRequired, nil), RuleSignIn, Refuse, "This instance requires"},
		{"no permission", fault.New(fault.PermissionMissing, nil).Saying(sentence.Of("permission_missing.outside", "organization", "Support", "permission", "org:x:y")), RulePermission, Refuse, "You are not in Support,"},
		{"Clerk cannot be asked", fault.New(fault.PermissionUnknown, nil), RulePermission, Unchecked, "Couldn't check"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.fail["admit user_maya"] = tt.admit
			got := only(t, w.service.Preflight(t.Context(), userID("user_priya")), tt.rule)
			if got.Effect != tt.effect || !strings.HasPrefix(got.Sentence.String(), tt.says) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestPreflightKnowsItsOwnImpersonations(t *testing.T) {
	w := newWorld(t)
	w.signIn(w.create(), sessionID("sess_1"))
	if got := w.service.Preflight(t.Context(), userID("user_priya")); len(got) > 0 {
		t.Errorf("warned of what this machine started: %+v", got)
	}
}

func TestPreflightCountsTheMonth(t *testing.T) {
	tests := []struct {
		name          string
		quota, issued int
		says          string
	}{
		{"not known", 0, 100, ""},
		{"plenty", 5, 3, ""},
		{"the last", 5, 4, "1 of 5"},
		{"none", 5, 5, "Limit reached (5 of 5, on this computer)"},
		{"more than there are", 5, 9, "Limit reached (9 of 5, on this computer)"},
		{"before the last tenth", 100, 89, ""},
		{"the last tenth", 100, 90, "10 of 100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.policy.Rules.MonthlyQuota, w.issued = tt.quota, tt.issued
			got := only(t, w.service.Preflight(t.Context(), userID("user_priya")), RuleQuota)
			if !strings.HasPrefix(got.Name.String(), tt.says) || got.Name.IsZero() != (tt.says == "") {
				t.Errorf("got %+v, want %q", got, tt.says)
			}
			if says := "Counted since 1 Nov. Clerk counts by billing period."; tt.says != "" && !strings.HasSuffix(got.Sentence.String(), says) {
				t.Errorf("it says %q, want %q at the end", got.Sentence, says)
			}
			if first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC); tt.quota > 0 && !w.counted.Equal(first) {
				t.Errorf("counted since %v", w.counted)
			}
		})
	}
}

func TestClerkCorrectsTheCount(t *testing.T) {
	w := newWorld(t)
	w.policy.Rules.MonthlyQuota = 500
	w.fail["create token"] = fault.New(fault.LimitExceeded, &clerkapi.QuotaError{Limit: 5, Used: 5}).AsUndone()
	if _, err := w.service.Create(t.Context(), request()); err == nil {
		t.Fatal("went through")
	}
	quota := func() Finding { return only(t, w.service.Preflight(t.Context(), userID("user_priya")), RuleQuota) }
	says := "Clerk said so on " + start.Format("2 Jan 2006, 15:04") + ". Another billing period may have begun since."
	if got := quota(); got.Name.String() != "Limit reached (5 of 5, per Clerk)" || !strings.HasSuffix(got.Sentence.String(), says) || !w.counted.Equal(start) {
		t.Errorf("got %+v, counted since %v", got, w.counted)
	}
	w.now = start.AddDate(0, 0, 20) // in the next month, in the same period perhaps
	if got := quota(); got.Name.String() != "Limit reached (5 of 5, per Clerk)" {
		t.Errorf("20 days later: %+v", got)
	}
	w.now = start.AddDate(0, 0, 31)
	if got := quota(); !got.Name.IsZero() {
		t.Errorf("when the period is over: %+v", got)
	}
}

func TestAnImpersonationEndsWhatClerkSaidOfTheLimit(t *testing.T) {
	w := newWorld(t)
	w.fail["create token"] = fault.New(fault.LimitExceeded, &clerkapi.QuotaError{Limit: 5, Used: 5}).AsUndone()
	if _, err := w.service.Create(t.Context(), request()); err == nil {
		t.Fatal("went through")
	}
	delete(w.fail, "create token")
	w.create()
	if got := only(t, w.service.Preflight(t.Context(), userID("user_priya")), RuleQuota); !got.Name.IsZero() {
		t.Errorf("after Clerk made another: %+v", got)
	}
}

func TestPreflightSaysWhatItCouldNotCheck(t *testing.T) {
	for step, rule := range map[string]Rule{"user ahead user_priya": "", "sessions of user_priya": RuleColleague, "issued in ins_1": RuleQuota} {
		t.Run(step, func(t *testing.T) {
			w := newWorld(t)
			w.policy.Rules.MonthlyQuota = 5
			w.fail[step] = fault.New(fault.ClerkBusy, nil)
			got := w.service.Preflight(t.Context(), userID("user_priya"))
			if len(got) != 1 || got[0].Effect != Unchecked || got[0].Rule != rule || got[0].Sentence.String() != "Too many requests. Clerk asks us to wait." {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestPreflightBeginsWithTheGravest(t *testing.T) {
	w := newWorld(t)
	w.policy.Rules = settings.Rules{MonthlyQuota: 1, Protected: settings.Protected{Domains: []string{"meridian.org"}, DomainsEffect: settings.Ask}}
	w.user.NoImpersonation = true
	w.fail["sessions of user_priya"] = fault.New(fault.ClerkBusy, nil)
	var effects []Effect
	for _, f := range w.service.Preflight(t.Context(), userID("user_priya")) {
		effects = append(effects, f.Effect)
	}
	if want := []Effect{Refuse, Ask, Unchecked, Warn}; !slices.Equal(effects, want) {
		t.Errorf("got %v", effects)
	}
}

// TestPreflightLooksAhead checks that its answers are young enough for a Create that
// follows within half a minute.
func TestPreflightLooksAhead(t *testing.T) {
	w := newWorld(t)
	var oldest []time.Duration
	w.service.Admit = func(_ context.Context, _ operator.Operator, o time.Duration) error {
		oldest = append(oldest, o)
		return nil
	}
	w.service.Preflight(t.Context(), userID("user_priya"))
	w.create()
	if want := []time.Duration{30 * time.Second, time.Minute}; !slices.Equal(oldest, want) {
		t.Errorf("the permission may be %v old", oldest)
	}
	if !slices.Contains(w.steps, "user ahead user_priya") || !slices.Contains(w.steps, "user user_priya") {
		t.Errorf("steps %q", w.steps)
	}
}
