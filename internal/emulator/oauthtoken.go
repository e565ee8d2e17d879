package emulator

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// tokenError is a refusal in the form of RFC 6749, section 5.2. Each error has the
// status that Clerk's Frontend API specification gives it.
type tokenError struct {
	status      int
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

type tokenResource struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"`
	Scope       string `json:"scope"`
	IDToken     string `json:"id_token,omitempty"`
}

// exchange answers POST /oauth/token.
func (s *Server) exchange(w http.ResponseWriter, r *http.Request) *apiError {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	w.Header().Set("Cache-Control", "no-store")
	g, access, refused := s.redeem(r)
	if refused != nil {
		writeTokenError(w, refused)
		return nil
	}
	token := tokenResource{
		AccessToken: access, TokenType: "Bearer", ExpiresIn: int(accessTokenLife.Seconds()), Scope: strings.Join(g.scopes, " "),
	}
	if slices.Contains(g.scopes, "openid") {
		var err error
		if token.IDToken, err = s.signing.sign(s.keyID(), s.idClaims(g, baseURL(r))); err != nil {
			return errInternal(err)
		}
	}
	writeJSON(w, http.StatusOK, token)
	return nil
}

func writeTokenError(w http.ResponseWriter, e *tokenError) { writeJSON(w, e.status, e) }

// redeem checks client, code and verifier and uses the code up.
func (s *Server) redeem(r *http.Request) (g *grant, access string, refused *tokenError) {
	if r.ParseForm() != nil {
		return nil, "", &tokenError{http.StatusBadRequest, "invalid_request", "The body is not a form."}
	}
	form := r.PostForm
	if form.Get("grant_type") != "authorization_code" {
		return nil, "", &tokenError{http.StatusUnauthorized, "unsupported_grant_type", "Only authorization_code is supported."}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g = s.grants[form.Get("code")]
	if g == nil || g.used || !s.nowLocked().Before(g.expiresAt) {
		return nil, "", &tokenError{http.StatusBadRequest, "invalid_grant", "The code is unknown, used or expired."}
	}
	if !g.app.authenticates(r) {
		return nil, "", &tokenError{http.StatusUnauthorized, "invalid_client", "Client authentication failed."}
	}
	g.used = true // a code that was shown with the wrong verifier is burnt as well
	switch {
	case form.Get("redirect_uri") != g.redirectURI.String():
		return nil, "", &tokenError{http.StatusBadRequest, "invalid_grant", "The redirect_uri is not that of the request."}
	case g.challenge != "" && !verifies(form, g.challenge):
		return nil, "", &tokenError{http.StatusUnauthorized, "invalid_grant", "The code_verifier does not match."}
	}
	access = s.ids.fresh("oat_")
	s.accessTokens[access] = &accessToken{
		user: g.user, environment: g.app.environment, scopes: g.scopes, expiresAt: s.nowLocked().Add(accessTokenLife),
	}
	return g, access, nil
}

// authenticates checks the client: a public one by its id alone, another by its
// secret in the form or in HTTP Basic authentication.
func (a *application) authenticates(r *http.Request) bool {
	id, secret := r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	if basicID, basicSecret, given := r.BasicAuth(); given {
		id, secret = basicID, basicSecret
	}
	return id == a.clientID && (a.public || subtle.ConstantTimeCompare([]byte(secret), []byte(a.secret)) == 1)
}

// verifies is the S256 check of RFC 7636, section 4.6.
func verifies(form url.Values, challenge string) bool {
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	return subtle.ConstantTimeCompare([]byte(encodeSegment(sum[:])), []byte(challenge)) == 1
}

type idClaims struct {
	Issuer   string `json:"iss"`
	Subject  string `json:"sub"`
	Audience string `json:"aud"`
	Expires  int64  `json:"exp"`
	IssuedAt int64  `json:"iat"`
	Nonce    string `json:"nonce,omitempty"`
	// AuthTime is when the user signed in, as OpenID Connect Core 1.0, section 2,
	// has it. Whether Clerk sends it is not documented.
	AuthTime int64           `json:"auth_time"`
	Actor    json.RawMessage `json:"act,omitempty"`
	profileClaims
}

// profileClaims are what the scopes profile and email add.
type profileClaims struct {
	Email         *string `json:"email,omitempty"`
	EmailVerified *bool   `json:"email_verified,omitempty"`
	Name          *string `json:"name,omitempty"`
	GivenName     *string `json:"given_name,omitempty"`
	FamilyName    *string `json:"family_name,omitempty"`
	Username      *string `json:"preferred_username,omitempty"`
	Picture       *string `json:"picture,omitempty"`
}

func (s *Server) profile(user int, scopes []string, base string) profileClaims {
	var p profileClaims
	if slices.Contains(scopes, "email") {
		p.Email = optional(s.users.appendEmail(nil, user))
		if p.Email != nil {
			verified := true
			p.EmailVerified = &verified
		}
	}
	if slices.Contains(scopes, "profile") {
		first, last := s.users.names(user)
		p.GivenName, p.FamilyName = optional(first.text), optional(last.text)
		p.Name = optional(s.users.displayName(user))
		p.Username = optional(s.users.appendUsername(nil, user))
		p.Picture = optional(base + avatarPath)
	}
	return p
}

func (s *Server) idClaims(g *grant, base string) idClaims {
	now := s.now()
	return idClaims{
		Issuer: base, Subject: s.userID(g.user), Audience: g.app.clientID,
		Expires: now.Add(accessTokenLife).Unix(), IssuedAt: now.Unix(), Nonce: g.nonce,
		AuthTime: g.signedInAt.Unix(), Actor: g.actor,
		profileClaims: s.profile(g.user, g.scopes, base),
	}
}

type userInfoResource struct {
	Object     string `json:"object"`
	InstanceID string `json:"instance_id"`
	UserID     string `json:"user_id"`
	Subject    string `json:"sub"`
	profileClaims
}

// getUserInfo answers /oauth/userinfo.
func (s *Server) getUserInfo(w http.ResponseWriter, r *http.Request) *apiError {
	_, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	s.mu.Lock()
	token := s.accessTokens[bearer]
	valid := token != nil && s.nowLocked().Before(token.expiresAt)
	s.mu.Unlock()
	if !valid {
		return &apiError{http.StatusUnauthorized, "oauth_token_invalid", "access token is invalid", "The access token is unknown or expired.", nil}
	}
	id := s.userID(token.user)
	writeJSON(w, http.StatusOK, userInfoResource{
		Object: "oauth_user_info", InstanceID: s.instanceID(token.environment), UserID: id, Subject: id,
		profileClaims: s.profile(token.user, token.scopes, baseURL(r)),
	})
	return nil
}
