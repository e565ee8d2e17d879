package emulator

import (
	"encoding/base64"
	"net/http"
)

type instanceResource struct {
	Object          string   `json:"object"`
	ID              string   `json:"id"`
	EnvironmentType string   `json:"environment_type"`
	AllowedOrigins  []string `json:"allowed_origins"`
	WorkspaceID     *string  `json:"workspace_id"`
	// PublishableKey is not in Clerk's specification but has been seen in answers.
	PublishableKey string `json:"publishable_key"`
}

type domainResource struct {
	Object            string  `json:"object"`
	ID                string  `json:"id"`
	Name              string  `json:"name"`
	IsSatellite       bool    `json:"is_satellite"`
	FrontendAPIURL    string  `json:"frontend_api_url,omitempty"`
	AccountsPortalURL *string `json:"accounts_portal_url"`
	DevelopmentOrigin string  `json:"development_origin"`
}

// instanceID tells the two kinds of instance apart, as two instances would be.
func (s *Server) instanceID(environment string) string {
	salt := uint64('d')
	if environment == Production {
		salt = 'p'
	}
	return string(s.ids.of(nil, "ins_", 0, salt))
}

func (s *Server) getInstance(w http.ResponseWriter, r *http.Request) *apiError {
	environment := environmentOf(r)
	prefix := "pk_test_"
	if environment == Production {
		prefix = "pk_live_"
	}
	writeJSON(w, http.StatusOK, instanceResource{
		Object: "instance", ID: s.instanceID(environment), EnvironmentType: environment, AllowedOrigins: []string{},
		PublishableKey: prefix + base64.StdEncoding.EncodeToString([]byte(r.Host+"$")),
	})
	return nil
}

func (s *Server) listDomains(w http.ResponseWriter, r *http.Request) *apiError {
	base := baseURL(r)
	domains := []domainResource{{
		Object: "domain", ID: string(s.ids.of(nil, "dmn_", 0, 0)), Name: r.Host,
		FrontendAPIURL: base, AccountsPortalURL: &base, DevelopmentOrigin: base,
	}}
	if s.Scene().SatelliteWithoutAddress {
		domains = append(domains, domainResource{
			Object: "domain", ID: string(s.ids.of(nil, "dmn_", 1, 0)), Name: "shop.example", IsSatellite: true,
		})
	}
	writeJSON(w, http.StatusOK, list[domainResource]{Data: domains, TotalCount: len(domains)})
	return nil
}
