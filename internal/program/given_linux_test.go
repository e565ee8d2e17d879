package program

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"

	"understudy/internal/bridge"
	"understudy/internal/fault"
	"understudy/internal/settings"
	"understudy/internal/viewonly"
)

// must is for what a row takes for granted.
func must[T any](value T, err error) func(*desk) T {
	return func(d *desk) T {
		d.t.Helper()
		if err != nil {
			d.t.Fatalf("%v: %s", err, bridge.FormatError(err))
		}
		return value
	}
}

// allowed is a place that watched allows.
var allowed = bridge.Place{Host: "app.acme.example", Path: "/api/search"}

// These functions bring the desk into a state before a call.

func connected(d *desk) {
	d.instance = must(d.app.ConnectFromClipboard(""))(d).Instance.ID
	must(d.app.SetOperator(maya(d)))(d)
	d.clipboard = key
}

func locked(d *desk) {
	connected(d)
	must(0, d.app.Lock())(d)
}

// unkept is a key that the keychain did not take.
func unkept(failure error) func(*desk) {
	return func(d *desk) {
		d.vault.fail(failure)
		if _, err := d.app.ConnectFromClipboard(""); err == nil {
			d.t.Fatal("the keychain took the key")
		}
	}
}

// unreadable are settings that stop every call.
func unreadable(d *desk) {
	d.write("config/understudy/settings.json", "{")
	d.start()
}

// moved is an instance that signed in elsewhere when it was connected.
func moved(d *desk) {
	connected(d)
	text := must(os.ReadFile(d.path("config/understudy/settings.json")))(d)
	d.write("config/understudy/settings.json", strings.ReplaceAll(string(text), `"`+d.clerk.URL()+`"`, `"https://clerk.old.example"`))
	d.start()
	must(d.app.SelectInstance("", d.instance))(d)
}

func signInSetUp(d *desk) {
	connected(d)
	must(d.app.CreateSignInApplication(""))(d)
}

func created(d *desk) {
	connected(d)
	d.impersonation = must(d.app.CreateActorToken(request(d)))(d).ID
}

// watched is an impersonation in a browser that is held, in view only, with a place
// that was allowed.
func watched(d *desk) {
	d.computer.Browsers.Files = os.DirFS("/")
	d.computer.Browsers.Env = func(name string) string { return map[string]string{"PATH": d.dir}[name] }
	must(0, os.Symlink(must(os.Executable())(d), d.path(obedient)))(d)
	d.start()
	connected(d)
	asked := request(d)
	asked.Mode = string(viewonly.ViewOnly)
	d.impersonation = must(d.app.CreateActorToken(asked))(d).ID
	must(d.app.OpenTicket(d.impersonation, obedient))(d)
	must(d.app.AllowPlace(d.impersonation, allowed, "They search by POST"))(d)
}

// reported is a watched one that has ended.
func reported(d *desk) {
	watched(d)
	must(d.app.EndImpersonation(d.impersonation))(d)
}

func ended(d *desk) {
	created(d)
	must(d.app.EndImpersonation(d.impersonation))(d)
}

// diagnosed has shown a report, and a place for it is chosen.
func diagnosed(d *desk) {
	must(d.app.Diagnose(""))(d)
	d.dialog = d.path("report.txt")
}

// elsewhere is an impersonation of the same user that another tool started.
func elsewhere(d *desk) {
	connected(d)
	body := must(json.Marshal(map[string]any{"user_id": d.user, "expires_in_seconds": 60, "actor": map[string]any{"sub": "a colleague"}}))(d)
	ask := must(http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.clerk.APIURL()+"/actor_tokens", bytes.NewReader(body)))(d)
	ask.Header.Set("Authorization", "Bearer "+key)
	ask.Header.Set("Content-Type", "application/json")
	answer := must(http.DefaultClient.Do(ask))(d)
	var token struct{ URL string }
	must(0, errors.Join(json.NewDecoder(answer.Body).Decode(&token), answer.Body.Close()))(d)
	must(0, visit(token.URL, ""))(d)
	d.session = d.clerk.Server().Sessions()[0].ID
}

// remembered is a history whose end is in the keychain, as a program that ends well
// leaves it.
func remembered(d *desk) {
	ended(d)
	d.start()
	must(d.app.SelectInstance("", d.instance))(d)
}

// differing is a history that the keychain remembers another end of.
func differing(d *desk) {
	remembered(d)
	head := must(d.app.CompareHead(""))(d).Head
	must(0, d.vault.Set("", "audit-head", "9"+head))(d)
}

// Arguments that only the desk knows.

func instance(d *desk) string    { return d.instance }
func user(d *desk) string        { return d.user }
func begun(d *desk) string       { return d.impersonation }
func session(d *desk) string     { return d.session }
func maya(d *desk) string        { return d.clerk.Server().OperatorID() }
func users(d *desk) []string     { return []string{d.user} }
func clientID(d *desk) string    { return must(d.app.SignIn())(d).ClientID }
func addresses(d *desk) []string { return must(d.app.CheckAddress(""))(d).Now }

func request(d *desk) bridge.ActorTokenRequest {
	return bridge.ActorTokenRequest{UserID: d.user, Reason: "Ticket 48213", LinkSeconds: 60, SessionMinutes: 10}
}

// references are rules that ask for a reference.
func references() settings.RulesPatch {
	return settings.RulesPatch{Reason: &settings.ReasonPatch{Reference: new(`\d+`), Address: new("https://help.example/{ref}")}}
}

// failed is the id of a call that failed.
func failed(d *desk) string {
	_, err := d.app.GetUser("", "org_1", false)
	return fault.From(err).Call
}

// These functions return what is to be seen after a call.

func opened(d *desk) string { return string(must(os.ReadFile(d.path("opened")))(d)) }
func copied(d *desk) string { return d.clipboard }
func stored(d *desk) string {
	d.vault.mu.Lock()
	defer d.vault.mu.Unlock()
	return textOf(d, d.vault.kept)
}
func exported(d *desk) string { return string(must(os.ReadFile(d.path("export.csv")))(d)) }
func saved(d *desk) string    { return string(must(os.ReadFile(d.path("report.txt")))(d)) }
func listed(d *desk) string   { return textOf(d, must(d.app.ListInstances())(d)) }
