package clerkapi

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// OAuthApplication is what is registered with POST /oauth_applications: a public
// client, which has no secret and must use PKCE.
type OAuthApplication struct {
	Name         string
	RedirectURIs []string // compared by Clerk as whole strings
	Scopes       []string
}

// clientIDForm is what a client id may consist of; Clerk's schema says nothing.
var clientIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// CreateOAuthApplication sends exactly one POST, whatever happens, and returns
// the client id.
func (c *Client) CreateOAuthApplication(ctx context.Context, application OAuthApplication) (string, error) {
	return send(ctx, c, post("oauth_applications", struct {
		Name         string   `json:"name"`
		RedirectURIs []string `json:"redirect_uris"`
		Scopes       string   `json:"scopes"`
		Public       bool     `json:"public"`
		PKCERequired bool     `json:"pkce_required"`
	}{application.Name, application.RedirectURIs, strings.Join(application.Scopes, " "), true, true}), decodeClientID)
}

// decodeClientID refuses an application with a secret: it is not the one that
// was asked for, and the secret is for nobody here.
func decodeClientID(body []byte) (string, error) {
	var raw struct {
		ClientID lenient `json:"client_id"`
		Public   flag    `json:"public"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return "", fmt.Errorf("oauth application: %w", err)
	}
	if !clientIDForm.MatchString(string(raw.ClientID)) {
		return "", unreadable("the client id of the OAuth application")
	}
	if raw.Public != yes {
		return "", errors.New("oauth application: not public")
	}
	return string(raw.ClientID), nil
}
