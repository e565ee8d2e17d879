package emulator

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const (
	callback = "http://127.0.0.1:49152/callback"
	verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // of RFC 7636, appendix B
	// challenge is what appendix B says the verifier hashes to.
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

func (s *stand) register(extra string) applicationResource {
	s.t.Helper()
	return send[applicationResource](s, http.MethodPost, "/oauth_applications",
		`{"name":"Understudy","redirect_uris":["`+callback+`"],"scopes":"openid profile email"`+extra+`}`)
}

// visit opens an address of the server without following redirects.
func (s *stand) visit(method, path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

func authorizeQuery(clientID string, change ...string) url.Values {
	q := url.Values{
		"response_type": {"code"}, "client_id": {clientID}, "redirect_uri": {callback}, "scope": {"openid profile email"},
		"state": {"state-of-the-app"}, "nonce": {"nonce-of-the-app"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	for k := 0; k < len(change); k += 2 {
		q.Set(change[k], change[k+1])
	}
	return q
}

// back reads what the browser would bring to the app.
func (s *stand) back(response *httptest.ResponseRecorder) url.Values {
	s.t.Helper()
	_, query, found := strings.Cut(response.Header().Get("Location"), callback+"?")
	values, err := url.ParseQuery(query)
	if err != nil || !found {
		s.t.Fatalf("%d leads to %q, not to the app", response.Code, response.Header().Get("Location"))
	}
	return values
}

// code signs the operator in and returns the authorization code.
func (s *stand) code(clientID string) string {
	s.t.Helper()
	response := s.visit(http.MethodPost, continuePath+"?"+authorizeQuery(clientID).Encode(), url.Values{"user_id": {s.server.OperatorID()}})
	q := s.back(response)
	if q.Get("state") != "state-of-the-app" || q.Get("code") == "" {
		s.t.Fatalf("the app is given %v", q)
	}
	return q.Get("code")
}

func tokenForm(clientID, code string, change ...string) url.Values {
	form := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {clientID}, "code": {code},
		"redirect_uri": {callback}, "code_verifier": {verifier},
	}
	for k := 0; k < len(change); k += 2 {
		form.Set(change[k], change[k+1])
	}
	return form
}

func decode[T any](t *testing.T, response *httptest.ResponseRecorder) T {
	t.Helper()
	var value T
	if err := json.NewDecoder(response.Body).Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestOperatorSignsIn(t *testing.T) {
	s := newStand(t)
	app := s.register(`,"public":true,"pkce_required":true`)
	if app.ClientSecret != "" || app.ClientID == "" {
		t.Fatalf("a public application %+v", app)
	}
	page := s.visit(http.MethodGet, authorizePath+"?"+authorizeQuery(app.ClientID).Encode(), nil)
	if csp := page.Header().Get("Content-Security-Policy"); page.Code != http.StatusOK || !strings.HasSuffix(csp, "form-action 'self' http://127.0.0.1:49152") {
		t.Errorf("%d with %s", page.Code, csp)
	}
	response := s.visit(http.MethodPost, tokenPath, tokenForm(app.ClientID, s.code(app.ClientID)))
	if response.Code != http.StatusOK {
		t.Fatalf("token: %d", response.Code)
	}
	token := decode[tokenResource](t, response)
	claims := s.verify(token.IDToken)
	for name, want := range map[string]any{
		"iss": s.url, "sub": s.server.OperatorID(), "aud": app.ClientID, "nonce": "nonce-of-the-app",
		"email": "maya@northwind.example", "name": "Maya Lindqvist",
	} {
		if claims[name] != want {
			t.Errorf("claim %s is %v, want %v", name, claims[name], want)
		}
	}
	if info := decode[userInfoResource](t, s.userInfo(token.AccessToken)); info.Subject != s.server.OperatorID() || deref(info.GivenName) != "Maya" {
		t.Errorf("user info %+v", info)
	}
	s.clock.advance(accessTokenLife)
	late := s.userInfo(token.AccessToken)
	if late.Code != http.StatusUnauthorized {
		t.Errorf("an access token of yesterday: %d", late.Code)
	}
}

func (s *stand) userInfo(accessToken string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+userInfoPath, nil)
	r.Header.Set("Authorization", "Bearer "+accessToken)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// verify checks a JWT against the published key and returns its claims.
func (s *stand) verify(token string) map[string]any {
	s.t.Helper()
	keys := decode[map[string][]jwk](s.t, s.visit(http.MethodGet, keysPath, nil))["keys"]
	raw := func(segment string) []byte {
		b, err := base64.RawURLEncoding.DecodeString(segment)
		if err != nil {
			s.t.Fatal(err)
		}
		return b
	}
	public := rsa.PublicKey{
		N: new(big.Int).SetBytes(raw(keys[0].Modulus)), E: int(new(big.Int).SetBytes(raw(keys[0].Exponent)).Int64()),
	}
	dot := strings.LastIndexByte(token, '.')
	sum := sha256.Sum256([]byte(token[:dot]))
	if err := rsa.VerifyPKCS1v15(&public, crypto.SHA256, sum[:], raw(token[dot+1:])); err != nil {
		s.t.Fatalf("signature: %v", err)
	}
	_, payload, _ := strings.Cut(token[:dot], ".")
	var claims map[string]any
	if err := json.Unmarshal(raw(payload), &claims); err != nil {
		s.t.Fatal(err)
	}
	return claims
}

func TestAuthorizationsThatAreRefused(t *testing.T) {
	s := newStand(t)
	app := s.register(`,"public":true`)
	t.Run("without a redirect", func(t *testing.T) {
		for name, change := range map[string][]string{
			"unknown client":      {"client_id", "nobody"},
			"other port":          {"redirect_uri", "http://127.0.0.1:49153/callback"},
			"longer path":         {"redirect_uri", callback + "/more"},
			"other host":          {"redirect_uri", "https://evil.example/callback"},
			"not an address":      {"redirect_uri", "::"},
			"case of the address": {"redirect_uri", strings.ToUpper(callback)},
		} {
			response := s.visit(http.MethodGet, authorizePath+"?"+authorizeQuery(app.ClientID, change...).Encode(), nil)
			if response.Code < 400 || response.Header().Get("Location") != "" {
				t.Errorf("%s: %d, to %q", name, response.Code, response.Header().Get("Location"))
			}
		}
	})
	for name, c := range map[string]struct {
		change []string
		want   string
	}{
		"token response":   {[]string{"response_type", "token"}, "unsupported_response_type"},
		"no challenge":     {[]string{"code_challenge", ""}, "invalid_request"},
		"plain challenge":  {[]string{"code_challenge_method", "plain"}, "invalid_request"},
		"scope not given":  {[]string{"scope", "openid private_metadata"}, "invalid_scope"},
		"prompt none":      {[]string{"prompt", "none"}, "login_required"},
		"prompt none only": {[]string{"prompt", "none", "scope", ""}, "login_required"},
	} {
		q := s.back(s.visit(http.MethodGet, authorizePath+"?"+authorizeQuery(app.ClientID, c.change...).Encode(), nil))
		if q.Get("error") != c.want || q.Get("state") != "state-of-the-app" {
			t.Errorf("%s: the app is given %v, want %s", name, q, c.want)
		}
	}
}

func TestASignedInUserNeedNotBeAsked(t *testing.T) {
	s := newStand(t)
	app := s.register(`,"public":true,"consent_screen_enabled":false`)
	asking := s.register(`,"public":true`)
	signedIn := s.visit(http.MethodPost, signInPath, url.Values{"user_id": {s.server.OperatorID()}})
	cookie, err := http.ParseSetCookie(signedIn.Header().Get("Set-Cookie"))
	if err != nil {
		t.Fatal(err)
	}
	q := s.back(s.visit(http.MethodGet, authorizePath+"?"+authorizeQuery(app.ClientID, "prompt", "none").Encode(), nil, cookie))
	if q.Get("code") == "" {
		t.Errorf("without consent screen the app is given %v", q)
	}
	q = s.back(s.visit(http.MethodGet, authorizePath+"?"+authorizeQuery(asking.ClientID, "prompt", "none").Encode(), nil, cookie))
	if q.Get("error") != "consent_required" {
		t.Errorf("with consent screen the app is given %v", q)
	}
	s.visit(http.MethodGet, strings.TrimPrefix(s.impersonate(s.server.UserID(250)).URL, s.url), nil, cookie)
	q = s.back(s.visit(http.MethodGet, authorizePath+"?"+authorizeQuery(app.ClientID, "prompt", "none").Encode(), nil, cookie))
	if q.Get("error") != "login_required" {
		t.Errorf("in an impersonated session the app is given %v", q)
	}
}

func TestCodesThatAreNotExchanged(t *testing.T) {
	s := newStand(t)
	app := s.register(`,"public":true`)
	secret := s.register("")
	cases := []struct {
		name   string
		form   func() url.Values
		status int
		code   string
	}{
		{"unknown code", func() url.Values { return tokenForm(app.ClientID, "clk_code_x") }, 400, "invalid_grant"},
		{"used code", func() url.Values {
			form := tokenForm(app.ClientID, s.code(app.ClientID))
			s.visit(http.MethodPost, tokenPath, form)
			return form
		}, 400, "invalid_grant"},
		{"wrong verifier", func() url.Values { return tokenForm(app.ClientID, s.code(app.ClientID), "code_verifier", "x") }, 401, "invalid_grant"},
		{"burnt by a wrong verifier", func() url.Values {
			code := s.code(app.ClientID)
			s.visit(http.MethodPost, tokenPath, tokenForm(app.ClientID, code, "code_verifier", "x"))
			return tokenForm(app.ClientID, code)
		}, 400, "invalid_grant"},
		{"other redirect", func() url.Values { return tokenForm(app.ClientID, s.code(app.ClientID), "redirect_uri", "http://x/") }, 400, "invalid_grant"},
		{"other client", func() url.Values { return tokenForm(secret.ClientID, s.code(app.ClientID)) }, 401, "invalid_client"},
		{"no secret", func() url.Values { return tokenForm(secret.ClientID, s.code(secret.ClientID)) }, 401, "invalid_client"},
		{"other grant", func() url.Values { return url.Values{"grant_type": {"password"}} }, 401, "unsupported_grant_type"},
		{"too late", func() url.Values {
			form := tokenForm(app.ClientID, s.code(app.ClientID))
			s.clock.advance(codeLife)
			return form
		}, 400, "invalid_grant"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			response := s.visit(http.MethodPost, tokenPath, c.form())
			if e := decode[tokenError](t, response); response.Code != c.status || e.Code != c.code {
				t.Errorf("%d %s, want %d %s", response.Code, e.Code, c.status, c.code)
			}
		})
	}
	t.Run("with the secret", func(t *testing.T) {
		response := s.visit(http.MethodPost, tokenPath, tokenForm(secret.ClientID, s.code(secret.ClientID), "client_secret", secret.ClientSecret))
		if response.Code != http.StatusOK {
			t.Errorf("%d", response.Code)
		}
	})
}

func TestApplicationsThatAreRefused(t *testing.T) {
	s := newStand(t)
	for name, c := range map[string]struct {
		body   string
		status int
		param  string
	}{
		"not JSON":      {`name=x`, 400, ""},
		"no name":       {`{}`, 422, "name"},
		"long name":     {`{"name":"` + strings.Repeat("x", 257) + `"}`, 422, "name"},
		"relative":      {`{"name":"x","redirect_uris":["/callback"]}`, 422, "redirect_uris"},
		"fragment":      {`{"name":"x","redirect_uris":["http://x/#y"]}`, 422, "redirect_uris"},
		"unknown scope": {`{"name":"x","scopes":"everything"}`, 422, "scopes"},
	} {
		if status, _, param := s.refusal(http.MethodPost, "/oauth_applications", c.body); status != c.status || param != c.param {
			t.Errorf("%s: %d %s, want %d %s", name, status, param, c.status, c.param)
		}
	}
	if app := s.register(`,"callback_url":"myapp://back"`); len(app.RedirectURIs) != 2 || app.CreatedAt != s.clock.now().UnixMilli() {
		t.Errorf("application %+v", app)
	}
}

func TestDiscoveryPointsHere(t *testing.T) {
	s := newStand(t)
	d := decode[openIDConfiguration](t, s.visit(http.MethodGet, discoveryPath, nil))
	m := decode[serverMetadata](t, s.visit(http.MethodGet, metadataPath, nil))
	if d.Issuer != s.url || m.TokenEndpoint != s.url+tokenPath || d.UserInfoEndpoint != s.url+userInfoPath || d.KeysURI != s.url+keysPath {
		t.Errorf("%+v\n%+v", d, m)
	}
	if len(m.ChallengeMethods) != 1 || m.ChallengeMethods[0] != "S256" {
		t.Errorf("challenge methods %v", m.ChallengeMethods)
	}
}
