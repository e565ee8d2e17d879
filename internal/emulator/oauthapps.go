package emulator

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// application is an OAuth client that was registered with POST /oauth_applications.
type application struct {
	id, name, clientID, secret string
	environment                string
	redirectURIs               []string
	scopes                     string
	public, pkce, consent      bool
	createdAt                  time.Time
}

// defaultScopes are those of an application that names none.
const defaultScopes = "profile email"

type applicationResource struct {
	Object                string   `json:"object"`
	ID                    string   `json:"id"`
	InstanceID            string   `json:"instance_id"`
	Name                  string   `json:"name"`
	ClientID              string   `json:"client_id"`
	ClientSecret          string   `json:"client_secret"`
	ClientURI             *string  `json:"client_uri"`
	ClientImageURL        *string  `json:"client_image_url"`
	DynamicallyRegistered bool     `json:"dynamically_registered"`
	ConsentScreenEnabled  bool     `json:"consent_screen_enabled"`
	PKCERequired          bool     `json:"pkce_required"`
	Public                bool     `json:"public"`
	Scopes                string   `json:"scopes"`
	RedirectURIs          []string `json:"redirect_uris"`
	CallbackURL           string   `json:"callback_url"`
	AuthorizeURL          string   `json:"authorize_url"`
	TokenFetchURL         string   `json:"token_fetch_url"`
	UserInfoURL           string   `json:"user_info_url"`
	DiscoveryURL          string   `json:"discovery_url"`
	TokenIntrospectionURL string   `json:"token_introspection_url"`
	CreatedAt             int64    `json:"created_at"`
	UpdatedAt             int64    `json:"updated_at"`
}

func (s *Server) applicationResource(a *application, base string) applicationResource {
	resource := applicationResource{
		Object: "oauth_application", ID: a.id, InstanceID: s.instanceID(a.environment), Name: a.name,
		ClientID: a.clientID, ClientSecret: a.secret, ConsentScreenEnabled: a.consent, PKCERequired: a.pkce, Public: a.public,
		Scopes: a.scopes, RedirectURIs: a.redirectURIs,
		AuthorizeURL: base + authorizePath, TokenFetchURL: base + tokenPath, UserInfoURL: base + userInfoPath,
		DiscoveryURL: base + discoveryPath, TokenIntrospectionURL: base + introspectionPath,
		CreatedAt: a.createdAt.UnixMilli(), UpdatedAt: a.createdAt.UnixMilli(),
	}
	if len(a.redirectURIs) > 0 {
		resource.CallbackURL = a.redirectURIs[0]
	}
	return resource
}

// listedApplication is without the secret, which Clerk tells once.
type listedApplication struct {
	applicationResource
	ClientSecret *string `json:"client_secret,omitempty"`
}

// listApplications finds by a part of the name, and by the whole client id. The newest
// come first.
func (s *Server) listApplications(w http.ResponseWriter, r *http.Request) *apiError {
	p := params{values: r.URL.Query()}
	limit, offset := p.window()
	query := p.text("name_query")
	if p.problem != nil {
		return p.problem
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []*application
	for _, a := range s.applications {
		if a.environment == environmentOf(r) && (containsFold(a.name, query) || a.clientID == query) {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, func(a, b *application) int {
		return cmp.Or(b.createdAt.Compare(a.createdAt), strings.Compare(b.id, a.id))
	})
	all := make([]listedApplication, len(found))
	for i, a := range found {
		all[i].applicationResource = s.applicationResource(a, baseURL(r))
	}
	writeJSON(w, http.StatusOK, window(all, limit, offset))
	return nil
}

type applicationRequest struct {
	Name         string   `json:"name"`
	RedirectURIs []string `json:"redirect_uris"`
	CallbackURL  string   `json:"callback_url"`
	Scopes       string   `json:"scopes"`
	Consent      *bool    `json:"consent_screen_enabled"`
	PKCE         bool     `json:"pkce_required"`
	Public       bool     `json:"public"`
}

func (s *Server) createApplication(w http.ResponseWriter, r *http.Request) *apiError {
	var request applicationRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&request); err != nil {
		return errBody()
	}
	const maxName = 256
	switch {
	case request.Name == "":
		return errMissing("name")
	case len(request.Name) > maxName:
		return errValue("name", "must not be longer than 256 characters.")
	}
	if request.CallbackURL != "" {
		request.RedirectURIs = append(request.RedirectURIs, request.CallbackURL)
	}
	for _, uri := range request.RedirectURIs {
		if u, err := url.Parse(uri); err != nil || u.Scheme == "" || u.Fragment != "" {
			return errValue("redirect_uris", "must be valid URLs.")
		}
	}
	if request.Scopes == "" {
		request.Scopes = defaultScopes
	}
	for scope := range strings.FieldsSeq(request.Scopes) {
		if !slices.Contains(knownScopes(), scope) {
			return errValue("scopes", "has an unknown scope, "+scope+".")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &application{
		id: s.ids.fresh("oa_"), name: request.Name, clientID: s.ids.fresh("")[timeLen:], environment: environmentOf(r),
		redirectURIs: append([]string{}, request.RedirectURIs...), scopes: request.Scopes,
		public: request.Public, pkce: request.PKCE || request.Public, consent: request.Consent == nil || *request.Consent,
		createdAt: s.nowLocked(),
	}
	if !a.public {
		a.secret = s.ids.fresh("")
	}
	s.applications[a.clientID] = a
	writeJSON(w, http.StatusOK, s.applicationResource(a, baseURL(r)))
	return nil
}
