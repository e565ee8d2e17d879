package impersonation

import (
	"slices"
	"testing"
	"time"

	"understudy/internal/audit"
	"understudy/internal/clerkapi"
	"understudy/internal/fault"
	"understudy/internal/operator"
	"understudy/internal/settings"
)

// protect is the rules that a test of one of them begins with.
func protect(change func(*settings.Protected)) settings.Rules {
	var rules settings.Rules
	change(&rules.Protected)
	return rules
}

func TestProtection(t *testing.T) {
	admin := []clerkapi.Membership{
		{OrganizationName: "Clinic Partners", Role: "org:member"},
		{OrganizationName: "Meridian Health", Role: "org:admin"},
	}
	roles := func(effect settings.Effect) settings.Rules {
		return protect(func(p *settings.Protected) { p.Roles, p.RolesEffect = []string{"org:admin"}, effect })
	}
	domains := func(effect settings.Effect) settings.Rules {
		return protect(func(p *settings.Protected) {
			p.Domains, p.DomainsEffect = []string{"acme.com", "xn--bcher-kva.example"}, effect
		})
	}
	blocked := func(effect settings.Effect) settings.Rules {
		return protect(func(p *settings.Protected) { p.Blocked = effect })
	}
	metadata := func(effect settings.Effect) settings.Rules {
		return protect(func(p *settings.Protected) {
			p.Metadata, p.MetadataEffect = settings.Metadata{"role": {"admin", "owner"}, "vip": {"true"}}, effect
		})
	}
	with := func(public, private string) clerkapi.User {
		return clerkapi.User{Metadata: clerkapi.MetadataOf([]byte(public), []byte(private), nil)}
	}
	at := func(address string) clerkapi.User {
		return clerkapi.User{Email: "priya@meridian.org", Emails: []clerkapi.Contact{{Value: "priya@meridian.org", Primary: true}, {Value: address}}}
	}
	tests := []struct {
		name    string
		rules   settings.Rules
		subject Subject
		want    Rule // "": nothing protects
		effect  Effect
	}{
		{"nobody in particular", settings.Rules{}, Subject{}, "", ""},
		{"yourself", settings.Rules{}, Subject{User: clerkapi.User{ID: userID("user_maya")}}, RuleYourself, Refuse},
		{"yourself, whatever is asked of banned users", blocked(settings.Ask), Subject{User: clerkapi.User{ID: userID("user_maya"), Banned: true}}, RuleYourself, Refuse},
		{"marked", settings.Rules{}, Subject{User: clerkapi.User{NoImpersonation: true}}, RuleMarked, Refuse},
		{"marked, whatever the rules ask for", roles(settings.Ask), Subject{clerkapi.User{NoImpersonation: true}, admin}, RuleMarked, Refuse},
		{"a role, refused", roles(settings.Refuse), Subject{Memberships: admin}, RuleRole, Refuse},
		{"a role, asked for", roles(settings.Ask), Subject{Memberships: admin}, RuleRole, Ask},
		{"a role without an effect", roles(""), Subject{Memberships: admin}, RuleRole, Refuse},
		{"another role", roles(settings.Refuse), Subject{Memberships: admin[:1]}, "", ""},
		{"no role is protected", settings.Rules{}, Subject{Memberships: admin}, "", ""},
		{"a domain, refused", domains(settings.Refuse), Subject{User: at("priya@acme.com")}, RuleDomain, Refuse},
		{"a domain, asked for", domains(settings.Ask), Subject{User: at("priya@acme.com")}, RuleDomain, Ask},
		{"a domain without an effect", domains(""), Subject{User: at("priya@acme.com")}, RuleDomain, Refuse},
		{"a domain in capitals", domains(settings.Refuse), Subject{User: at("Priya@ACME.COM")}, RuleDomain, Refuse},
		{"a domain with its dot", domains(settings.Refuse), Subject{User: at("priya@acme.com.")}, RuleDomain, Refuse},
		{"a domain of another alphabet", domains(settings.Refuse), Subject{User: at("priya@bücher.example")}, RuleDomain, Refuse},
		{"a quoted name with @", domains(settings.Refuse), Subject{User: at(`"a@b"@acme.com`)}, RuleDomain, Refuse},
		{"the domain of an account", domains(settings.Refuse), Subject{User: clerkapi.User{Accounts: []clerkapi.ExternalAccount{{Email: "p@acme.com"}}}}, RuleDomain, Refuse},
		{"a name that ends alike", domains(settings.Refuse), Subject{User: at("priya@notacme.com")}, "", ""},
		{"a domain below", domains(settings.Refuse), Subject{User: at("priya@mail.acme.com")}, RuleDomain, Refuse},
		{"a domain far below, asked for", domains(settings.Ask), Subject{User: at("priya@a.b.ACME.com")}, RuleDomain, Ask},
		{"a domain below one of another alphabet", domains(settings.Refuse), Subject{User: at("priya@büro.BÜCHER.example")}, RuleDomain, Refuse},
		{"a domain below, that no host may have", domains(settings.Refuse), Subject{User: at("priya@büro_1.bücher.example")}, RuleDomain, Refuse},
		{"a domain with another alphabet's dots", domains(settings.Refuse), Subject{User: at("priya@mail。acme．com｡")}, RuleDomain, Refuse},
		{"a domain in wide letters", domains(settings.Refuse), Subject{User: at("priya@ＡＣＭＥ.com")}, RuleDomain, Refuse},
		{"a domain with blanks and two dots at its end", domains(settings.Refuse), Subject{User: at("priya@acme.com.. ")}, RuleDomain, Refuse},
		{"a domain that begins with the rule", domains(settings.Refuse), Subject{User: at("priya@acme.com.meridian.org")}, "", ""},
		{"a domain above", protect(func(p *settings.Protected) { p.Domains = []string{"mail.acme.com"} }), Subject{User: at("priya@acme.com")}, "", ""},
		{"the domain before the @", domains(settings.Refuse), Subject{User: at("acme.com@meridian.org")}, "", ""},
		{"no address", domains(settings.Refuse), Subject{}, "", ""},
		{"a role that cannot be read", roles(settings.Refuse), Subject{Memberships: []clerkapi.Membership{{}}}, RuleUnread, Refuse},
		{"a role that cannot be read, asked for", roles(settings.Ask), Subject{Memberships: []clerkapi.Membership{{}}}, RuleUnread, Ask},
		{"a role that cannot be read, without a rule", settings.Rules{}, Subject{Memberships: []clerkapi.Membership{{}}}, "", ""},
		{"addresses that cannot be read", domains(""), Subject{User: clerkapi.User{Unread: clerkapi.Unread{Addresses: true}}}, RuleUnread, Refuse},
		{"addresses that cannot be read, without a rule", settings.Rules{}, Subject{User: clerkapi.User{Unread: clerkapi.Unread{Addresses: true}}}, "", ""},
		{"metadata that cannot be read", blocked(settings.Ask), Subject{User: clerkapi.User{Unread: clerkapi.Unread{Metadata: true}}}, RuleUnread, Refuse},
		{"metadata, refused", metadata(settings.Refuse), Subject{User: with(`{"role": "admin"}`, `{}`)}, RuleMetadata, Refuse},
		{"metadata, asked for", metadata(settings.Ask), Subject{User: with(`{}`, `{"role": ["x", "Admin"]}`)}, RuleMetadata, Ask},
		{"metadata without an effect", metadata(""), Subject{User: with(`{}`, `{"vip": true}`)}, RuleMetadata, Refuse},
		{"other metadata", metadata(settings.Refuse), Subject{User: with(`{"role": "member"}`, `{"vip": false}`)}, "", ""},
		{"metadata that cannot be compared", metadata(settings.Refuse), Subject{User: with(`{"role": {"name": "x"}}`, `{}`)}, RuleUnread, Refuse},
		{"metadata that cannot be compared, asked for", metadata(settings.Ask), Subject{User: with(`{"role": {"name": "x"}}`, `{}`)}, RuleUnread, Ask},
		{"metadata of a user who was read without it", metadata(settings.Refuse), Subject{User: clerkapi.User{}}, RuleUnread, Refuse},
		{"metadata without a rule", settings.Rules{}, Subject{User: with(`{"role": {"name": "admin"}}`, `{}`)}, "", ""},
		{"banned or not, nobody can read", settings.Rules{}, Subject{User: clerkapi.User{Unread: clerkapi.Unread{Banned: true}}}, RuleUnread, Refuse},
		{"locked or not, asked for", blocked(settings.Ask), Subject{User: clerkapi.User{Unread: clerkapi.Unread{Locked: true}}}, RuleUnread, Ask},
		{"banned", settings.Rules{}, Subject{User: clerkapi.User{Banned: true}}, RuleBanned, Refuse},
		{"banned, asked for", blocked(settings.Ask), Subject{User: clerkapi.User{Banned: true}}, RuleBanned, Ask},
		{"locked", blocked(settings.Refuse), Subject{User: clerkapi.User{Locked: true}}, RuleLocked, Refuse},
		{"locked, asked for", blocked(settings.Ask), Subject{User: clerkapi.User{Locked: true}}, RuleLocked, Ask},
		{"deprovisioned", settings.Rules{}, Subject{User: clerkapi.User{Deprovision: true}}, RuleDeprovisioned, Refuse},
		{"deprovisioned, asked for", blocked(settings.Ask), Subject{User: clerkapi.User{Deprovision: true}}, RuleDeprovisioned, Ask},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := Policy{Rules: tt.rules}.Protection(operator.Operator{ID: userID("user_maya")}, tt.subject)
			if tt.want == "" {
				if len(found) > 0 {
					t.Errorf("got %+v", found)
				}
				return
			}
			if len(found) == 0 || found[0].Rule != tt.want || found[0].Effect != tt.effect || found[0].Name.IsZero() || found[0].Sentence.IsZero() {
				t.Errorf("got %+v, want %s to %s", found, tt.want, tt.effect)
			}
		})
	}
}

func TestAProtectedUserNeedsAnOverrideReason(t *testing.T) {
	ask := protect(func(p *settings.Protected) { p.Roles, p.RolesEffect = []string{"org:admin"}, settings.Ask })
	refuse := protect(func(p *settings.Protected) { p.Domains = []string{"meridian.org"} })
	tests := []struct {
		name     string
		rules    settings.Rules
		marked   bool
		override string
		want     fault.Code
	}{
		{"without", ask, false, " ", fault.OverrideMissing},
		{"with", ask, false, " Only admins see the import log ", ""},
		{"no reason is good enough", refuse, false, "Please", fault.UserProtected},
		{"nor for a marked user", settings.Rules{}, true, "Please", fault.UserProtected},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, r := newWorld(t), request()
			w.policy.Rules, w.user.NoImpersonation, r.Override = tt.rules, tt.marked, tt.override
			w.memberships = []clerkapi.Membership{{OrganizationName: "Meridian Health", Role: "org:admin"}}
			_, err := w.service.Create(t.Context(), r)
			expectCode(t, err, tt.want)
			if tt.want != "" {
				if len(w.asked) > 0 || len(w.records) > 0 {
					t.Error("a refused impersonation left a trace")
				}
				return
			}
			if got := w.records[0]; got.Event != audit.Requested || got.Override != "Only admins see the import log" {
				t.Errorf("recorded %+v", got)
			}
		})
	}
}

func TestARuleForMetadataLetsOthersIn(t *testing.T) {
	w := newWorld(t)
	w.policy.Rules = protect(func(p *settings.Protected) { p.Metadata = settings.Metadata{"role": {"admin"}} })
	w.user.Metadata = clerkapi.MetadataOf([]byte(`{"role": "member"}`), nil, nil)
	w.create()
	w.user.Metadata = clerkapi.MetadataOf([]byte(`{}`), []byte(`{"role": "admin"}`), nil)
	_, err := w.service.Create(t.Context(), request())
	expectCode(t, err, fault.UserProtected)
}

func TestAUserWhoCannotBeFetchedIsNotImpersonated(t *testing.T) {
	w := newWorld(t)
	w.fail["user user_priya"] = fault.New(fault.ClerkBusy, nil)
	_, err := w.service.Create(t.Context(), request())
	expectCode(t, err, fault.ClerkBusy)
	if len(w.asked) > 0 || len(w.records) > 0 {
		t.Error("somebody unknown was impersonated")
	}
}

// TestRolesMayBeUnknown: Clerk lists no memberships where an instance has no
// organizations.
func TestRolesMayBeUnknown(t *testing.T) {
	const step = "memberships of user_priya"
	refused := fault.New(fault.ClerkForbidden, nil)
	t.Run("without a rule for them", func(t *testing.T) {
		w := newWorld(t)
		w.policy.Rules = protect(func(p *settings.Protected) { p.Domains = []string{"acme.com"} })
		w.fail[step] = refused
		w.create()
		if found := w.service.Preflight(t.Context(), userID("user_priya")); len(found) > 0 {
			t.Errorf("got %+v", found)
		}
		if slices.Contains(w.steps, step) {
			t.Error("nobody needs to know")
		}
	})
	t.Run("with a rule for one", func(t *testing.T) {
		w := newWorld(t)
		w.policy.Rules = protect(func(p *settings.Protected) { p.Roles = []string{"org:admin"} })
		w.user.Banned = true
		w.fail[step] = refused
		_, err := w.service.Create(t.Context(), request())
		expectCode(t, err, fault.ClerkForbidden)
		if got := fault.From(err).Sentence(); got != "Your rules protect some roles, and this user's roles could not be checked. Clerk does not allow this." {
			t.Errorf("got %q", got)
		}
		if len(w.asked) > 0 || len(w.records) > 0 {
			t.Error("somebody with unknown roles was impersonated")
		}
		found := w.service.Preflight(t.Context(), userID("user_priya"))
		if len(found) != 2 || found[0].Rule != RuleBanned || found[1].Rule != RuleRole || found[1].Effect != Unchecked {
			t.Errorf("got %+v", found)
		}
	})
}

func TestReasonAndReference(t *testing.T) {
	reason := settings.Reason{Pattern: `#\d{4}`, Hint: "Begin with the ticket number.", Reference: `\d{4,6}`}
	tests := []struct {
		name              string
		rules             settings.Reason
		reason, reference string
		want              fault.Code
	}{
		{"as the rules ask", reason, "See #4821", "48213", ""},
		{"no reason where a pattern asks", reason, "", "48213", fault.ReasonMissing},
		{"a reason without what is asked for", reason, "Ticket 4821", "48213", fault.ReasonPattern},
		{"no reference", reason, "#4821", " ", fault.ReferenceMissing},
		{"a reference that only begins well", reason, "#4821", "48213x", fault.ReferenceInvalid},
		{"one of two forms, not a part of one", settings.Reason{Reference: `\d|ab`}, "x", "1b", fault.ReferenceInvalid},
		{"any reference where none is asked for", settings.Reason{}, "x", "INC-1", ""},
		{"none where none is asked for", settings.Reason{}, "x", "", ""},
		{"two lines", settings.Reason{}, "x", "a\nb", fault.ReferenceInvalid},
		{"an endless one", settings.Reason{}, "x", string(make([]byte, 101)), fault.ReferenceInvalid},
		{"a pattern that is none", settings.Reason{Pattern: "("}, "x", "", fault.ReasonPattern},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, r := newWorld(t), request()
			w.policy.Rules.Reason, r.Reason, r.Reference = tt.rules, tt.reason, tt.reference
			created, err := w.service.Create(t.Context(), r)
			expectCode(t, err, tt.want)
			if tt.want == "" && (created.Reference != tt.reference || w.records[0].Reference != tt.reference || w.asked[0].Actor.Ref != tt.reference) {
				t.Errorf("the reference got lost: %+v, %+v", created, w.asked)
			}
		})
	}
}

func TestTheHintSaysWhatThePatternAsks(t *testing.T) {
	w, r := newWorld(t), request()
	w.policy.Rules.Reason = settings.Reason{Pattern: "#", Hint: "Begin with the ticket number."}
	_, err := w.service.Create(t.Context(), r)
	if got := fault.From(err).Sentence(); got != "Begin with the ticket number." {
		t.Errorf("got %q", got)
	}
}

func TestTheLongestSession(t *testing.T) {
	w, r := newWorld(t), request()
	w.policy.Rules.LongestSession, r.SessionLength = 30, time.Hour
	_, err := w.service.Create(t.Context(), r)
	expectCode(t, err, fault.SessionTooLong)
	r.SessionLength = 30 * time.Minute
	if _, err = w.service.Create(t.Context(), r); err != nil {
		t.Error(err)
	}
}

func TestEachNameInAFindingIsIsolated(t *testing.T) {
	policy := Policy{Rules: protect(func(p *settings.Protected) { p.Roles = []string{"org:\u202enimda"} })}
	found := policy.Protection(operator.Operator{ID: userID("user_maya")}, Subject{Memberships: []clerkapi.Membership{
		{Role: "org:\u202enimda", OrganizationName: "Meridian\u2069 \u2067Health"},
	}})
	if len(found) != 1 || found[0].Name.String() != "\u2068nimda\u2069 of \u2068Meridian Health\u2069" {
		t.Errorf("found %q", found)
	}
}
