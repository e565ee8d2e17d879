package operator

import (
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"understudy/internal/fault"
	"understudy/internal/loopback"
)

const (
	clientID = "cl_understudy"
	maya     = "user_maya"
)

// noon is the moment of every sign-in in these tests.
var noon = time.Date(2026, 5, 12, 12, 0, 0, 0, time.UTC)

// clerk is an OpenID provider whose every answer can be spoilt.
type clerk struct {
	t   *testing.T
	url string
	key *rsa.PrivateKey

	// Each may be replaced before the sign-in begins.
	discovery func(document map[string]any)
	idToken   func(claims map[string]any) string
	handle    map[string]http.HandlerFunc // by path, in place of its own

	mu     sync.Mutex
	grants map[string]url.Values // authorization requests by code
	asked  []string              // methods and paths, oldest first
	secret bool                  // somebody sent an Authorization header
}

// signingKey is made once: a key of this size takes a while.
var signingKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func newClerk(t *testing.T) *clerk {
	t.Helper()
	key, err := signingKey()
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{
		t: t, key: key, discovery: func(map[string]any) {}, grants: map[string]url.Values{},
		handle: map[string]http.HandlerFunc{},
	}
	c.idToken = func(claims map[string]any) string { return c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims) }
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

func (c *clerk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.asked = append(c.asked, r.Method+" "+r.URL.Path)
	c.secret = c.secret || r.Header.Get("Authorization") != ""
	c.mu.Unlock()
	own := map[string]http.HandlerFunc{
		"/.well-known/openid-configuration": c.serveDiscovery, "/keys": c.serveKeys,
		"/authorize": c.serveAuthorize, "/token": c.serveToken,
	}
	maps.Copy(own, c.handle)
	handler, ok := own[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	handler(w, r)
}

func (c *clerk) serveDiscovery(w http.ResponseWriter, _ *http.Request) {
	document := map[string]any{
		"issuer": c.url, "authorization_endpoint": c.url + "/authorize", "token_endpoint": c.url + "/token",
		"jwks_uri": c.url + "/keys", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
	}
	c.discovery(document)
	answerJSON(w, document)
}

func (c *clerk) serveKeys(w http.ResponseWriter, _ *http.Request) {
	answerJSON(w, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "kid": "k1", "use": "sig", "alg": "RS256",
		"n": segment(c.key.N.Bytes()), "e": segment(big.NewInt(int64(c.key.E)).Bytes()),
	}}})
}

// serveAuthorize signs everybody in as Maya.
func (c *clerk) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	code := "code-" + rand.Text()
	c.mu.Lock()
	c.grants[code] = q
	c.mu.Unlock()
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusSeeOther)
}

// serveToken takes each code once, from who has the verifier.
func (c *clerk) serveToken(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	grant := c.grants[r.PostFormValue("code")]
	delete(c.grants, r.PostFormValue("code"))
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if grant == nil || grant.Get("code_challenge") != segment(sum[:]) || grant.Get("code_challenge_method") != "S256" ||
		r.PostFormValue("client_id") != grant.Get("client_id") || r.PostFormValue("redirect_uri") != grant.Get("redirect_uri") {
		w.WriteHeader(http.StatusBadRequest)
		answerJSON(w, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{
		"iss": c.url, "sub": maya, "aud": grant.Get("client_id"), "nonce": grant.Get("nonce"),
		"iat": noon.Unix(), "exp": noon.Add(time.Hour).Unix(),
	}
	answerJSON(w, map[string]any{"access_token": "oat_1", "token_type": "Bearer", "id_token": c.idToken(claims)})
}

// sign returns a JWT signed as its header says.
func (c *clerk) sign(header, claims map[string]any) string {
	signed := segment(encoded(c.t, header)) + "." + segment(encoded(c.t, claims))
	switch header["alg"] {
	case "RS256":
		return signed + "." + c.signRS256(c.key, signed)
	case "HS256": // with what everybody knows of the key, the oldest trick
		public, err := x509.MarshalPKIXPublicKey(&c.key.PublicKey)
		if err != nil {
			c.t.Error(err)
		}
		mac := hmac.New(sha256.New, public)
		mac.Write([]byte(signed))
		return signed + "." + segment(mac.Sum(nil))
	default:
		return signed + "."
	}
}

func (c *clerk) signRS256(key *rsa.PrivateKey, signed string) string {
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		c.t.Error(err)
	}
	return segment(signature)
}

func segment(part []byte) string { return base64.RawURLEncoding.EncodeToString(part) }

func encoded(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Error(err)
	}
	return text
}

func answerJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

// browser goes to the address it is given, and follows redirects. The last page that
// it saw is on pages.
type browser struct {
	t     *testing.T
	visit func(address string) // in place of going there
	seen  func()               // of the latest page
	pages chan *http.Response
	err   error
	busy  sync.WaitGroup
}

var _ Browser = (*browser)(nil)

func newBrowser(t *testing.T) *browser {
	t.Helper()
	b := &browser{t: t, pages: make(chan *http.Response, 1)}
	t.Cleanup(b.busy.Wait)
	return b
}

func (b *browser) OpenUnseen(_ context.Context, address string, seen func()) error {
	if b.err != nil {
		return b.err
	}
	b.seen = seen
	visit := b.visit
	if visit == nil {
		visit = func(address string) { b.pages <- b.get(address) }
	}
	b.busy.Go(func() { visit(address) })
	return nil
}

// get returns an answer, with its body read.
func (b *browser) get(address string) *http.Response {
	ctx := context.WithoutCancel(b.t.Context()) // it shows its page to the end
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		b.t.Error(err)
		return &http.Response{}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.t.Error(err)
		return &http.Response{}
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Error(err)
	}
	_ = response.Body.Close()
	response.Body = io.NopCloser(strings.NewReader(string(text)))
	return response
}

// signIn is what main builds, with any free port and a clock that stands still.
func signIn(b Browser) *SignIn {
	return &SignIn{
		Ports: []int{0}, Network: loopback.ThisComputer(), Transport: http.DefaultTransport, Browser: b, NewSecret: rand.Text,
		Now:   func() time.Time { return noon },
		After: func(time.Duration) <-chan time.Time { return nil },
	}
}

func (c *clerk) application() Application {
	return Application{Issuers: []string{c.url}, ClientID: clientID}
}

func expectCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestSignIn(t *testing.T) {
	c, b := newClerk(t), newBrowser(t)
	proof, err := signIn(b).Run(t.Context(), c.application())
	if err != nil {
		t.Fatal(err)
	}
	if want := (Proof{ID: userID(maya), At: noon, Issuer: c.url}); proof != want {
		t.Errorf("got %+v, want %+v", proof, want)
	}
	page := <-b.pages
	text, err := io.ReadAll(page.Body)
	if err != nil || !strings.Contains(string(text), "You can close this window") {
		t.Errorf("the browser shows %s, %v", text, err)
	}
	if h := page.Header; h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" ||
		!strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-") {
		t.Errorf("headers %v", h)
	}
	want := []string{"GET /.well-known/openid-configuration", "GET /authorize", "POST /token", "GET /keys"}
	if !slices.Equal(c.asked, want) || c.secret {
		t.Errorf("asked %v, want %v; with an Authorization header: %v", c.asked, want, c.secret)
	}
}

func TestEachSignInHasItsOwnStateNonceAndChallenge(t *testing.T) {
	c, b := newClerk(t), newBrowser(t)
	asked := make(chan url.Values, 2)
	b.visit = func(address string) {
		u, err := url.Parse(address)
		if err != nil {
			t.Error(err)
			return
		}
		asked <- u.Query()
		b.pages <- b.get(address)
	}
	for range 2 {
		if _, err := signIn(b).Run(t.Context(), c.application()); err != nil {
			t.Fatal(err)
		}
		<-b.pages
	}
	first, second := <-asked, <-asked
	for name, want := range map[string]string{
		"response_type": "code", "client_id": clientID, "scope": "openid profile email",
		"code_challenge_method": "S256", "prompt": "login",
	} {
		if first.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, first.Get(name), want)
		}
	}
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if first.Get(name) == second.Get(name) || len(first.Get(name)) < 22 {
			t.Errorf("%s: %q, then %q", name, first.Get(name), second.Get(name))
		}
	}
}

func TestForgedAndStaleTokensAreRefused(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	claim := func(name string, value any) func(*clerk, map[string]any) string {
		return func(c *clerk, claims map[string]any) string {
			claims[name] = value
			if value == nil {
				delete(claims, name)
			}
			return c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims)
		}
	}
	algorithm := func(name string) func(*clerk, map[string]any) string {
		return func(c *clerk, claims map[string]any) string {
			return c.sign(map[string]any{"alg": name, "kid": "k1"}, claims)
		}
	}
	for name, forge := range map[string]func(*clerk, map[string]any) string{
		"another issuer":        claim("iss", "https://clerk.evil.example"),
		"no issuer":             claim("iss", nil),
		"another audience":      claim("aud", "cl_other"),
		"no audience":           claim("aud", nil),
		"one audience too many": claim("aud", []string{clientID, "cl_other"}),
		"another nonce":         claim("nonce", "n0nce"),
		"no nonce":              claim("nonce", nil),
		"expired":               claim("exp", noon.Add(-time.Second).Unix()),
		"never expires":         claim("exp", nil),
		"not yet valid":         claim("nbf", noon.Add(skew+time.Second).Unix()),
		"issued in the future":  claim("iat", noon.Add(skew+time.Second).Unix()),
		"issued before":         claim("iat", noon.Add(-time.Minute).Unix()),
		"an older sign-in":      claim("auth_time", noon.Add(-time.Minute).Unix()),
		"a sign-in of 1970":     claim("auth_time", 0),
		"a sign-in before it":   claim("auth_time", -1),
		"a sign-in to come":     claim("auth_time", noon.Add(skew+time.Second).Unix()),
		"a sign-in in words":    claim("auth_time", "now"),
		"a time in quotes":      claim("auth_time", "1778587200"),
		"a list of sign-ins":    claim("auth_time", []int64{noon.Unix()}),
		"an impersonated one":   claim("act", map[string]any{"sub": "user_jonas"}),
		"an actor of no name":   claim("act", map[string]any{}),
		"an actor in words":     claim("act", "user_jonas"),
		"an empty actor":        claim("act", ""),
		"no actor, in words":    claim("act", false),
		"a list of actors":      claim("act", []string{"user_jonas"}),
		"nobody":                claim("sub", nil),
		"no user id":            claim("sub", "maya@acme.com"),
		"a path for a user id":  claim("sub", "user_a/../../instance"),
		"a number for a user":   claim("sub", 7),
		"not signed":            algorithm("none"),
		"signed with HMAC":      algorithm("HS256"),
		"another algorithm":     algorithm("RS512"),
		"another key": func(c *clerk, claims map[string]any) string {
			signed := segment([]byte(`{"alg":"RS256","kid":"k1"}`)) + "." + segment(encoded(t, claims))
			return signed + "." + c.signRS256(other, signed)
		},
		"an unknown key": func(c *clerk, claims map[string]any) string {
			return c.sign(map[string]any{"alg": "RS256", "kid": "k2"}, claims)
		},
		"a key of its own": func(c *clerk, claims map[string]any) string {
			header := fmt.Sprintf(`{"alg":"RS256","jwk":{"kty":"RSA","n":%q,"e":"AQAB"}}`, segment(other.N.Bytes()))
			signed := segment([]byte(header)) + "." + segment(encoded(t, claims))
			return signed + "." + c.signRS256(other, signed)
		},
		"changed after signing": func(c *clerk, claims map[string]any) string {
			good := strings.Split(c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims), ".")
			claims["sub"] = "user_jonas"
			return good[0] + "." + segment(encoded(t, claims)) + "." + good[2]
		},
		"no token":   func(*clerk, map[string]any) string { return "" },
		"not a JWT":  func(*clerk, map[string]any) string { return "a.b" },
		"encrypted?": func(*clerk, map[string]any) string { return "a.b.c.d.e" },
	} {
		t.Run(name, func(t *testing.T) {
			c, b := newClerk(t), newBrowser(t)
			c.idToken = func(claims map[string]any) string { return forge(c, claims) }
			_, err := signIn(b).Run(t.Context(), c.application())
			expectCode(t, err, fault.SignInRefused)
			<-b.pages
		})
	}
}

func TestASignInOfNowIsTaken(t *testing.T) {
	for name, change := range map[string]func(claims map[string]any){
		"in this second":                     func(claims map[string]any) { claims["auth_time"] = noon.Unix() },
		"in the next":                        func(claims map[string]any) { claims["auth_time"] = noon.Unix() + 1 },
		"with a fraction":                    func(claims map[string]any) { claims["auth_time"] = float64(noon.Unix()) + 0.5 },
		"as exactly as clocks are known":     func(claims map[string]any) { claims["auth_time"] = noon.Add(-inexact).Unix() },
		"that says no time":                  func(claims map[string]any) { claims["auth_time"] = nil },
		"that nobody acts in":                func(claims map[string]any) { claims["act"] = nil },
		"that does not say when it was made": func(claims map[string]any) { delete(claims, "iat") },
	} {
		t.Run(name, func(t *testing.T) {
			c, b := newClerk(t), newBrowser(t)
			c.idToken = func(claims map[string]any) string {
				change(claims)
				return c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims)
			}
			if proof, err := signIn(b).Run(t.Context(), c.application()); err != nil || proof.ID.String() != maya {
				t.Errorf("got %+v, %v", proof, err)
			}
			<-b.pages
		})
	}
}

func TestATimeThatIsPromisedMustBeThere(t *testing.T) {
	for name, tt := range map[string]struct {
		authTime any
		want     fault.Code
	}{
		"there":   {noon.Unix(), ""},
		"missing": {nil, fault.SignInRefused},
	} {
		t.Run(name, func(t *testing.T) {
			c, b := newClerk(t), newBrowser(t)
			c.discovery = func(document map[string]any) { document["claims_supported"] = []string{"sub", "auth_time"} }
			c.idToken = func(claims map[string]any) string {
				claims["auth_time"] = tt.authTime
				return c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims)
			}
			_, err := signIn(b).Run(t.Context(), c.application())
			expectCode(t, err, tt.want)
			<-b.pages
		})
	}
}

// TestAClockThatIsOff has tokens by the clock of this computer that are good by
// Clerk's, which is so far ahead.
func TestAClockThatIsOff(t *testing.T) {
	for ahead, want := range map[time.Duration]string{
		-skew:            "",
		-4 * time.Minute: "",
		4 * time.Minute:  "",
		skew:             "",
		7 * time.Minute:  "This computer's clock is 7 minutes behind Clerk's, so a sign-in cannot be checked.",
		-6 * time.Minute: "This computer's clock is 6 minutes ahead of Clerk's, so a sign-in cannot be checked.",
		26 * time.Hour:   "This computer's clock is 26 hours behind Clerk's, so a sign-in cannot be checked.",
	} {
		t.Run(ahead.String(), func(t *testing.T) {
			c, b := newClerk(t), newBrowser(t)
			c.idToken = func(claims map[string]any) string {
				theirs := noon.Add(ahead)
				claims["iat"], claims["auth_time"], claims["exp"] = theirs.Unix(), theirs.Unix(), theirs.Add(time.Minute).Unix()
				return c.sign(map[string]any{"alg": "RS256", "kid": "k1"}, claims)
			}
			app := c.application()
			app.Ahead = ahead
			proof, err := signIn(b).Run(t.Context(), app)
			if want == "" {
				if err != nil || !proof.At.Equal(noon) {
					t.Errorf("got %+v, %v", proof, err)
				}
				<-b.pages
				return
			}
			if fault.CodeOf(err) != fault.SignInClock || fault.From(err).Sentence() != want || len(c.asked) > 0 {
				t.Errorf("got %v; asked %v", err, c.asked)
			}
		})
	}
}

func TestProvidersThatAreNotBelieved(t *testing.T) {
	elsewhere := func(name string) func(*clerk) {
		return func(c *clerk) {
			c.discovery = func(document map[string]any) { document[name] = "https://clerk.evil.example/" }
		}
	}
	answer := func(path string, handler http.HandlerFunc) func(*clerk) {
		return func(c *clerk) { c.handle[path] = handler }
	}
	status := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
	}
	text := func(kind, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, text)
		}
	}
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/.well-known/openid-configuration", http.StatusTemporaryRedirect)
	}
	huge := text("application/json", `{"issuer":"`+strings.Repeat("x", maxAnswer)+`"}`)
	const discovery = "/.well-known/openid-configuration"
	for name, c := range map[string]struct {
		spoil func(*clerk)
		want  fault.Code
	}{
		"issuer elsewhere":            {elsewhere("issuer"), fault.SignInRefused},
		"authorization elsewhere":     {elsewhere("authorization_endpoint"), fault.SignInRefused},
		"token endpoint elsewhere":    {elsewhere("token_endpoint"), fault.SignInRefused},
		"keys elsewhere":              {elsewhere("jwks_uri"), fault.SignInRefused},
		"no authorization endpoint":   {func(c *clerk) { c.discovery = func(d map[string]any) { delete(d, "authorization_endpoint") } }, fault.SignInRefused},
		"no OpenID there":             {answer(discovery, http.NotFound), fault.SignInUnavailable},
		"discovery is no JSON":        {answer(discovery, text("application/json", "{")), fault.SignInUnavailable},
		"a captive portal":            {answer(discovery, text("text/html", "<html>")), fault.ClerkAnswer},
		"huge discovery":              {answer(discovery, huge), fault.ClerkAnswerTooBig},
		"discovery redirects":         {answer(discovery, redirect), fault.ClerkRedirect},
		"Clerk is broken":             {answer(discovery, status(500)), fault.ClerkBroken},
		"Clerk is busy":               {answer(discovery, status(429)), fault.ClerkBusy},
		"huge token":                  {answer("/token", huge), fault.ClerkAnswerTooBig},
		"token endpoint redirects":    {answer("/token", redirect), fault.ClerkRedirect},
		"token endpoint refuses":      {answer("/token", status(401)), fault.SignInRefused},
		"token endpoint is broken":    {answer("/token", status(502)), fault.ClerkBroken},
		"no tokens":                   {answer("/token", text("application/json", "{}")), fault.SignInRefused},
		"no ID token":                 {answer("/token", text("application/json", `{"access_token":"a","token_type":"Bearer"}`)), fault.SignInRefused},
		"an ID token that is no text": {answer("/token", text("application/json", `{"access_token":"a","token_type":"Bearer","id_token":1}`)), fault.SignInRefused},
		"huge keys":                   {answer("/keys", huge), fault.ClerkAnswerTooBig},
		"keys redirect":               {answer("/keys", redirect), fault.ClerkRedirect},
		"no keys":                     {answer("/keys", text("application/json", `{"keys":[]}`)), fault.SignInRefused},
		"keys are no JSON":            {answer("/keys", text("application/json", `[`)), fault.SignInRefused},
	} {
		t.Run(name, func(t *testing.T) {
			provider, b := newClerk(t), newBrowser(t)
			c.spoil(provider)
			_, err := signIn(b).Run(t.Context(), provider.application())
			expectCode(t, err, c.want)
		})
	}
}

func TestTheOneAmongThePinnedAddressesThatIsTheProvider(t *testing.T) {
	c, b := newClerk(t), newBrowser(t)
	behind := newClerk(t) // a Frontend API that goes by the name of the proxy before it
	behind.discovery = func(document map[string]any) { document["issuer"] = c.url }
	app := Application{Issuers: []string{behind.url, c.url}, ClientID: clientID}
	if proof, err := signIn(b).Run(t.Context(), app); err != nil || proof.ID.String() != maya {
		t.Errorf("got %+v, %v", proof, err)
	}
	app.Issuers = app.Issuers[:1]
	_, err := signIn(b).Run(t.Context(), app)
	expectCode(t, err, fault.SignInRefused)
	_, err = signIn(b).Run(t.Context(), Application{ClientID: clientID})
	expectCode(t, err, fault.SignInUnavailable)
}

func TestNothingIsAskedWithoutAClientID(t *testing.T) {
	c := newClerk(t)
	_, err := signIn(newBrowser(t)).Run(t.Context(), Application{Issuers: []string{c.url}})
	expectCode(t, err, fault.SignInNotSetUp)
	if len(c.asked) > 0 {
		t.Errorf("asked %v", c.asked)
	}
}
