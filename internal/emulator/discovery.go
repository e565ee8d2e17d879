package emulator

import "net/http"

// serverMetadata is what both discovery documents have in common (RFC 8414 and
// OpenID Connect Discovery 1.0).
type serverMetadata struct {
	Issuer                string   `json:"issuer"`
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	TokenEndpoint         string   `json:"token_endpoint"`
	RevocationEndpoint    string   `json:"revocation_endpoint"`
	KeysURI               string   `json:"jwks_uri"`
	Scopes                []string `json:"scopes_supported"`
	ResponseTypes         []string `json:"response_types_supported"`
	GrantTypes            []string `json:"grant_types_supported"`
	SubjectTypes          []string `json:"subject_types_supported"`
	SigningAlgorithms     []string `json:"id_token_signing_alg_values_supported"`
	ClientAuthentication  []string `json:"token_endpoint_auth_methods_supported"`
	Claims                []string `json:"claims_supported"`
	ChallengeMethods      []string `json:"code_challenge_methods_supported"`
}

type openIDConfiguration struct {
	serverMetadata
	IntrospectionEndpoint string   `json:"introspection_endpoint"`
	UserInfoEndpoint      string   `json:"userinfo_endpoint"`
	ResponseModes         []string `json:"response_modes_supported"`
	BackchannelLogout     bool     `json:"backchannel_logout_supported"`
	FrontchannelLogout    bool     `json:"frontchannel_logout_supported"`
}

func metadata(base string) serverMetadata {
	return serverMetadata{
		Issuer: base, AuthorizationEndpoint: base + authorizePath, TokenEndpoint: base + tokenPath,
		RevocationEndpoint: base + revocationPath, KeysURI: base + keysPath,
		Scopes: knownScopes(), ResponseTypes: []string{"code"}, GrantTypes: []string{"authorization_code"},
		SubjectTypes: []string{"public"}, SigningAlgorithms: []string{"RS256"},
		ClientAuthentication: []string{"client_secret_basic", "none", "client_secret_post"},
		Claims:               []string{"sub", "iss", "aud", "exp", "iat", "nonce", "auth_time", "email", "email_verified", "name", "given_name", "family_name", "preferred_username", "picture"},
		ChallengeMethods:     []string{"S256"},
	}
}

func (s *Server) getMetadata(w http.ResponseWriter, r *http.Request) *apiError {
	writeJSON(w, http.StatusOK, metadata(baseURL(r)))
	return nil
}

func (s *Server) getDiscovery(w http.ResponseWriter, r *http.Request) *apiError {
	base := baseURL(r)
	writeJSON(w, http.StatusOK, openIDConfiguration{
		serverMetadata: metadata(base), IntrospectionEndpoint: base + introspectionPath, UserInfoEndpoint: base + userInfoPath,
		ResponseModes: []string{"query"},
	})
	return nil
}
