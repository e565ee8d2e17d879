package clerkapi

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"understudy/internal/fault"
	"understudy/internal/sentence"
)

// OAuthApplication is a client of Clerk's OAuth provider. A public one has no secret
// and must use PKCE.
type OAuthApplication struct {
	ClientID     string // not of one that is yet to be created
	Name         string
	Public       bool
	RedirectURIs []string // compared by Clerk as whole strings
	Scopes       []string
}

// clientIDForm is what a client id may consist of; Clerk's schema says nothing.
var clientIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// FindOAuthApplication returns the one with that client id, as far as it can be read,
// or fault.ClerkNotFound.
func (c *Client) FindOAuthApplication(ctx context.Context, clientID string) (OAuthApplication, error) {
	query := pageValues(listPage, 0)
	query.Set("name_query", clientID) // finds client ids too
	found, err := send(ctx, c, get("oauth_applications", query), func(body []byte) (OAuthApplication, error) {
		return decodeApplications(body, clientID)
	})
	if err == nil && found.ClientID == "" {
		err = fault.New(fault.ClerkNotFound, nil)
	}
	return found, err
}

// decodeApplications returns none if that of the client id is not among them.
func decodeApplications(body []byte, clientID string) (OAuthApplication, error) {
	var raw struct {
		Data list[part[struct {
			ClientID     lenient       `json:"client_id"`
			Name         lenient       `json:"name"`
			Public       flag          `json:"public"`
			Scopes       lenient       `json:"scopes"`
			RedirectURIs list[lenient] `json:"redirect_uris"`
		}]] `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return OAuthApplication{}, fmt.Errorf("oauth applications: %w", err)
	}
	if !raw.Data.isRead {
		return OAuthApplication{}, unreadable{sentence.Of("lacks.applications")}
	}
	for _, item := range raw.Data.items {
		if found := item.value; string(found.ClientID) == clientID {
			application := OAuthApplication{ClientID: clientID, Name: string(found.Name), Public: found.Public == yes}
			if scopes := strings.Fields(string(found.Scopes)); len(scopes) > 0 {
				application.Scopes = scopes
			}
			for _, address := range found.RedirectURIs.items {
				application.RedirectURIs = append(application.RedirectURIs, string(address))
			}
			return application, nil
		}
	}
	return OAuthApplication{}, nil
}

// CreateOAuthApplication creates a public one. It sends exactly one POST, whatever
// happens, and returns the client id.
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
		return "", unreadable{sentence.Of("lacks.client")}
	}
	if raw.Public != yes {
		return "", errors.New("oauth application: not public")
	}
	return string(raw.ClientID), nil
}
