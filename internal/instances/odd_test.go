package instances

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/emulator"
	"understudy/internal/emulator/odd"
	"understudy/internal/fault"
	"understudy/internal/impersonation"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// oddly makes each change to the answer at a path, and hands it to look. It sets the
// clock on each time, so that answers kept from before are too old.
func (o *office) oddly(path string, look func(change odd.Change)) {
	o.t.Helper()
	changes, err := odd.Changes(o.t.Context(), o.clerk, path)
	if err != nil || len(changes) == 0 {
		o.t.Fatalf("%d changes, %v", len(changes), err)
	}
	before, _, _ := strings.Cut(path, "?")
	for _, change := range changes {
		o.ahead.Add(int64(2 * time.Minute))
		o.clerk.Server().ClearFaults()
		if err := o.clerk.Server().Inject(change.Fault(before)); err != nil {
			o.t.Fatal(err)
		}
		look(change)
	}
	o.clerk.Server().ClearFaults()
}

// busy is a user with all that a user can have, who can be impersonated.
func (o *office) busy(w *workspace.Workspace) clerkapi.UserID {
	o.t.Helper()
	for index := 0; index < 1000; index += directory.PageSize {
		page, err := w.Directory.Page(o.t.Context(), directory.Request{Index: index, View: directory.View{Order: clerkapi.Order{Field: clerkapi.ByCreated}}, Total: -1})
		if err != nil {
			o.t.Fatal(err)
		}
		for _, user := range page.Rows {
			if len(user.Emails) < 2 || len(user.Accounts) == 0 || user.Banned || user.Locked || user.ID == w.KnownOperator().ID {
				continue
			}
			detail, err := w.Directory.Detail(o.t.Context(), user.ID)
			if err != nil || detail.User.NoImpersonation {
				continue
			}
			places, err := w.Directory.Memberships(o.t.Context(), user.ID)
			if err == nil && len(places) > 0 && !strings.HasSuffix(places[0].Role, "admin") {
				return user.ID
			}
		}
	}
	o.t.Fatal("nobody has everything")
	return clerkapi.UserID{}
}

func requestFor(id clerkapi.UserID) impersonation.Request {
	return impersonation.Request{UserID: id, Reason: "Ticket 48213", LinkLife: time.Minute, SessionLength: 30 * time.Minute}
}

func TestAnOddUserIsImpersonatedUnlessTheFieldDecides(t *testing.T) {
	o := newOffice(t, emulator.Config{Users: 1000, Seed: 1})
	w := o.connect()
	o.pickOperator(w)
	id := o.busy(w)
	rules := settings.Protected{Roles: []string{"org:admin"}, Domains: []string{"protected.example"}}
	changeRules(t, w, func(r *settings.Rules) { r.Protected = rules })
	o.oddly("/v1/users/"+id.String(), func(change odd.Change) {
		rows, err := w.Directory.Page(t.Context(), directory.Request{View: directory.View{Query: id.String()}, Total: -1})
		if err != nil || len(rows.Rows) != 1 {
			t.Errorf("%v: %d rows, %v", change, len(rows.Rows), err)
		}
		detail, err := w.Directory.Detail(t.Context(), id)
		if change.Field == "/id" {
			if fault.CodeOf(err) != fault.ClerkAnswer {
				t.Errorf("%v: %v", change, err)
			}
			return
		}
		if err != nil || detail.User.ID != id {
			t.Errorf("%v: %+v, %v", change, detail, err)
		}
		isRefused := func(found []impersonation.Finding) bool {
			return slices.ContainsFunc(found, func(f impersonation.Finding) bool {
				return f.Effect == impersonation.Refuse && !f.Sentence.IsZero()
			})
		}
		without := impersonation.Policy{}.Protection(w.KnownOperator(), impersonation.Subject{User: detail.User})
		if isRefused(without) != decides(change, false) {
			t.Errorf("%v, without rules: found %+v", change, without)
		}
		found := w.Impersonations.Preflight(t.Context(), id)
		i, err := w.Impersonate(t.Context(), requestFor(id))
		if refuses := decides(change, true); isRefused(found) != refuses || (err != nil) != refuses {
			t.Errorf("%v: found %+v, %v", change, found, err)
		}
		if err == nil {
			if _, err := w.Impersonations.End(t.Context(), i.ID); err != nil {
				t.Errorf("%v: End: %v", change, err)
			}
		}
	})
}

// decides reports whether a user with such a field may be protected.
func decides(change odd.Change, hasRules bool) bool {
	nothing := change.Kind == "missing" || change.Kind == "null"
	isObject := strings.HasSuffix(change.Kind, "object")
	inside := strings.Count(change.Field, "/") == 2
	isAddress := hasRules && strings.HasSuffix(change.Field, "/email_address")
	switch field := change.Field; {
	case field == "/banned" || field == "/locked":
		return change.Kind != "false"
	case field == "/deprovisioned":
		return change.Kind != "false" && !nothing
	case field == "/public_metadata":
		return !isObject
	case field == "/private_metadata":
		return !isObject && !nothing
	case field == "/email_addresses" || field == "/external_accounts":
		return hasRules && change.Kind != "an empty array"
	case field == "/enterprise_accounts" || field == "/saml_accounts":
		return hasRules && change.Kind != "an empty array" && !nothing
	case strings.HasPrefix(field, "/email_addresses/"):
		return isAddress && change.Kind != "a text" || hasRules && inside && change.Kind != "missing"
	case strings.HasPrefix(field, "/external_accounts/"):
		return isAddress && !nothing && !strings.HasSuffix(change.Kind, "text") || hasRules && inside && change.Kind != "missing" && !isObject
	}
	return false
}

func TestAnOddMembershipIsShownAndProtectsOnlyByItsRole(t *testing.T) {
	o := newOffice(t, emulator.Config{Users: 1000, Seed: 1})
	w := o.connect()
	o.pickOperator(w)
	id := o.busy(w)
	changeRules(t, w, func(r *settings.Rules) { r.Protected.Roles = []string{"org:admin"} })
	o.oddly("/v1/users/"+id.String()+"/organization_memberships", func(change odd.Change) {
		places, err := w.Directory.Memberships(t.Context(), id)
		isList := change.Field != "/data" || strings.HasSuffix(change.Kind, "array")
		if (err == nil) != isList {
			t.Errorf("%v: %+v, %v", change, places, err)
		}
		_, err = w.Impersonate(t.Context(), requestFor(id))
		refuses := change.Field == "/data" && change.Kind != "an empty array" ||
			strings.HasPrefix(change.Field, "/data/") && strings.Count(change.Field, "/") == 2 && change.Kind != "missing" ||
			strings.HasSuffix(change.Field, "/role") && change.Kind != "a text"
		if (err != nil) != refuses || err != nil && fault.From(err).Sentence() == "" {
			t.Errorf("%v: %v", change, err)
		}
	})
}

// people are all users who can be impersonated.
func (o *office) people(w *workspace.Workspace) []clerkapi.User {
	o.t.Helper()
	var all []clerkapi.User
	for index := 0; index < 1000; index += directory.PageSize {
		page, err := w.Directory.Page(o.t.Context(), directory.Request{Index: index, View: directory.View{Order: clerkapi.Order{Field: clerkapi.ByCreated}}, Total: -1})
		if err != nil {
			o.t.Fatal(err)
		}
		for _, user := range page.Rows {
			if !user.Banned && !user.Locked && !user.NoImpersonation && user.ID != w.KnownOperator().ID {
				all = append(all, user)
			}
		}
	}
	return all
}

// TestAnOddSessionNeverMakesAFalseEnd: the user's own session never matters, and
// that of the impersonation is ended or said not to be.
func TestAnOddSessionNeverMakesAFalseEnd(t *testing.T) {
	o := newOffice(t, emulator.Config{Users: 1000, Seed: 1})
	w := o.connect()
	o.pickOperator(w)
	users := o.people(w)
	// Each time another user, who has just signed in: sessions that are over stay
	// in Clerk's answers, and hundreds of them would make the test slow.
	begin := func() impersonation.Impersonation {
		id := users[0].ID
		users = users[1:]
		response, err := new(http.Client).PostForm(o.clerk.URL()+"/sign-in", url.Values{"user_id": {id.String()}})
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		jar, err := cookiejar.New(nil) // a browser of its own each time
		if err != nil {
			t.Fatal(err)
		}
		o.visitor.client.Jar = jar
		i, err := w.Impersonate(t.Context(), requestFor(id))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Impersonations.Open(t.Context(), i.ID, "default"); err != nil {
			t.Fatal(err)
		}
		return i
	}
	running := begin()
	lives := func() bool {
		return slices.ContainsFunc(o.clerk.Server().Sessions(), func(x emulator.Session) bool {
			return x.Actor != nil && x.Actor["rid"] == running.ID && x.Status == "active"
		})
	}
	ended, failed := 0, 0
	o.oddly("/v1/sessions?status=active&user_id="+running.UserID.String(), func(change odd.Change) {
		if isHidden(change) {
			return
		}
		board := w.Impersonations.Live(t.Context())
		if i := board.Items[0]; i.State == impersonation.Ended {
			t.Errorf("%v: the board says that it is over: %+v", change, i)
		}
		_, err := w.Impersonations.End(t.Context(), running.ID)
		switch {
		case strings.HasPrefix(change.Field, "/1") && (err != nil || lives()):
			t.Errorf("%v: a session of the user's own keeps it from ending: %v", change, err)
		case err == nil && lives():
			t.Errorf("%v: it lives, and End says that it is over", change)
		case err != nil && !strings.Contains(fault.From(err).Sentence(), "session"):
			t.Errorf("%v: %v", change, err)
		}
		if err != nil {
			failed++
			return
		}
		ended++
		o.clerk.Server().ClearFaults()
		running = begin()
	})
	if ended == 0 || failed == 0 {
		t.Errorf("%d ended, %d failed", ended, failed)
	}
}

// isHidden reports whether a change makes the impersonation into something else
// that is valid: a session of the user's own, or an impersonation by another tool.
func isHidden(change odd.Change) bool {
	switch change.Field {
	case "/0":
		return change.Kind == "missing" || strings.HasSuffix(change.Kind, "object") // no session of that kind is there
	case "/0/actor":
		return change.Kind == "missing" || change.Kind == "null"
	case "/0/actor/rid":
		return change.Kind == "a text"
	}
	return false
}

// TestConnectTakesAnAddressInOtherLetters: the same host for every browser.
func TestConnectTakesAnAddressInOtherLetters(t *testing.T) {
	for address, pinned := range map[string]string{
		"https://Clerk.ACME.com":       "https://Clerk.ACME.com",
		"https://clerk.bücher.example": "https://clerk.xn--bcher-kva.example",
		"https://acme.com/__clerk":     "https://acme.com/__clerk",
	} {
		o := newOffice(t, emulator.Config{})
		other := emulator.Fault{Kind: emulator.FaultReplace, Path: "/v1/domains", Field: "/data/0/frontend_api_url", Value: json.RawMessage(`"` + address + `"`)}
		if err := o.clerk.Server().Inject(other); err != nil {
			t.Fatal(err)
		}
		w, err := o.manager.ConnectFromClipboard(t.Context())
		if err != nil || !slices.Equal(w.Instance.Frontends, []string{pinned}) {
			t.Errorf("%s: %+v, %v", address, w, err)
			continue
		}
		if moved, err := w.Moved(t.Context()); err != nil || moved != nil {
			t.Errorf("%s: moved to %v, %v", address, moved, err)
		}
	}
}

func TestConnectNamesAnAddressThatNoTicketIsOpenedAt(t *testing.T) {
	for address, says := range map[string]string{
		"https://clerk.acme.com:8443": "has a port",
		"https://clerk.acme.com.":     "ends with a dot",
		"https://me@clerk.acme.com":   "user name",
		"clerk.acme.com":              "not an address",
	} {
		o := newOffice(t, emulator.Config{})
		wrong := emulator.Fault{Kind: emulator.FaultReplace, Path: "/v1/domains", Field: "/data/0/frontend_api_url", Value: json.RawMessage(`"` + address + `"`)}
		if err := o.clerk.Server().Inject(wrong); err != nil {
			t.Fatal(err)
		}
		_, err := o.manager.ConnectFromClipboard(t.Context())
		expectCode(t, err, fault.ClerkAnswer)
		if err != nil && !strings.Contains(fault.From(err).Sentence(), says) {
			t.Errorf("%s: says %q", address, fault.From(err).Sentence())
		}
		if len(o.keys.kept) > 0 {
			t.Errorf("%s: the key was kept", address)
		}
	}
}
