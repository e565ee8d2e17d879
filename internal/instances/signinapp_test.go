package instances

import (
	"net/http"
	"strings"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// register makes Clerk know an OAuth application and returns its client id.
func (o *office) register(w *workspace.Workspace, change func(*clerkapi.OAuthApplication)) string {
	o.t.Helper()
	application := w.SignInApplication()
	change(&application)
	id, err := clientOf(w).CreateOAuthApplication(o.t.Context(), application)
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}

func TestAnApplicationIsCheckedBeforeOperatorsAreSentToIt(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	needed := w.SignInApplication().RedirectURIs
	tests := []struct {
		name   string
		change func(*clerkapi.OAuthApplication)
		fault  *emulator.Fault
		code   fault.Code
		says   []string
		silent []string
	}{
		{"fit", func(*clerkapi.OAuthApplication) {}, nil, "", nil, nil},
		{"more than is needed", func(a *clerkapi.OAuthApplication) {
			a.RedirectURIs = append([]string{"https://acme.example/callback"}, a.RedirectURIs...)
		}, nil, "", nil, nil},
		{
			"without one redirect address", func(a *clerkapi.OAuthApplication) { a.RedirectURIs = a.RedirectURIs[1:] }, nil,
			fault.SignInApplication,
			[]string{"lacks the redirect URL " + needed[0]},
			[]string{needed[1], "scope", "public"},
		},
		{"with a redirect address that is almost the same", func(a *clerkapi.OAuthApplication) {
			a.RedirectURIs = append([]string{a.RedirectURIs[0] + "/"}, a.RedirectURIs[1:]...)
		}, nil, fault.SignInApplication, []string{needed[0]}, []string{needed[1]}},
		{
			"without redirect addresses", func(a *clerkapi.OAuthApplication) { a.RedirectURIs = nil }, nil,
			fault.SignInApplication, needed,
			[]string{"scope", "public"},
		},
		{
			"without a scope", func(a *clerkapi.OAuthApplication) { a.Scopes = []string{"profile", "email"} }, nil,
			fault.SignInApplication,
			[]string{"lacks the scope openid"},
			[]string{"redirect", "public"},
		},
		{
			"not public", func(*clerkapi.OAuthApplication) {},
			&emulator.Fault{Kind: emulator.FaultReplace, Method: http.MethodGet, Path: "/v1/oauth_applications", Field: "/data/0/public", Value: []byte("false")},
			fault.SignInApplication,
			[]string{"not public"},
			[]string{"redirect", "scope"},
		},
		{
			"and Clerk cannot be asked", func(*clerkapi.OAuthApplication) {},
			&emulator.Fault{Kind: emulator.FaultError, Method: http.MethodGet, Path: "/v1/oauth_applications", Status: http.StatusForbidden, Code: "x"},
			fault.ClerkForbidden, nil, nil,
		},
	}
	ways := map[string]func(id string) error{
		"the dialog": func(id string) error { return w.UseSignInApplication(t.Context(), id) },
		"the rules": func(id string) error {
			return w.ChangeRules(t.Context(), settings.RulesPatch{SignIn: &settings.SignInPatch{ClientID: &id}})
		},
	}
	for _, tt := range tests {
		for way, use := range ways {
			t.Run(tt.name+", in "+way, func(t *testing.T) {
				if err := use(""); err != nil {
					t.Fatal(err)
				}
				id := o.register(w, tt.change)
				if tt.fault != nil {
					if err := o.clerk.Server().Inject(*tt.fault); err != nil {
						t.Fatal(err)
					}
					defer o.clerk.Server().ClearFaults()
				}
				err := use(id)
				expectCode(t, err, tt.code)
				kept := w.Rules().SignIn.ClientID
				if tt.code == "" {
					if kept != id {
						t.Errorf("kept %q", kept)
					}
					return
				}
				if kept != "" {
					t.Errorf("kept %q all the same", kept)
				}
				sentence := fault.From(err).Sentence()
				for _, said := range tt.says {
					if !strings.Contains(sentence, said) {
						t.Errorf("%q does not say %q", sentence, said)
					}
				}
				for _, silent := range tt.silent {
					if strings.Contains(sentence, silent) {
						t.Errorf("%q says %q", sentence, silent)
					}
				}
			})
		}
	}
	err := w.UseSignInApplication(t.Context(), "cl_nobodys")
	expectCode(t, err, fault.SignInApplication)
	before := o.clerk.Server().Requests()
	if err := w.ChangeRules(t.Context(), settings.RulesPatch{SignIn: &settings.SignInPatch{Hours: new(4)}}); err != nil {
		t.Fatal(err)
	}
	if asked := len(o.clerk.Server().Requests()) - len(before); asked != 0 {
		t.Errorf("Clerk was asked %d times about an application that stays", asked)
	}
}

func TestAnAddressThatNobodySignsInAtDoesNotStopConnecting(t *testing.T) {
	replace := func(field, value string) emulator.Fault {
		return emulator.Fault{Kind: emulator.FaultReplace, Path: "/v1/domains", Field: field, Value: []byte(value)}
	}
	tests := map[string]func(*emulator.Server) error{
		"a satellite without an address": func(s *emulator.Server) error {
			scene := s.Scene()
			scene.SatelliteWithoutAddress = true
			return s.SetScene(scene)
		},
		"a proxy with a port": func(s *emulator.Server) error {
			return s.Inject(replace("/data/0/proxy_url", `"https://acme.example:8443/clerk"`))
		},
		"a proxy that is no address": func(s *emulator.Server) error { return s.Inject(replace("/data/0/proxy_url", `"acme.example"`)) },
		"an empty proxy":             func(s *emulator.Server) error { return s.Inject(replace("/data/0/proxy_url", `""`)) },
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			if err := prepare(o.clerk.Server()); err != nil {
				t.Fatal(err)
			}
			w := o.connect()
			if len(w.Instance.Frontends) != 1 || w.Instance.Frontends[0] != o.clerk.URL() {
				t.Errorf("pinned %v", w.Instance.Frontends)
			}
			o.restart()
			if moved, err := o.selected(w.Instance.ID).Moved(t.Context()); moved != nil || err != nil {
				t.Errorf("it moved to %v, %v", moved, err)
			}
		})
	}
}
