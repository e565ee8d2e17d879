package emulator

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestApplicationsAreFoundByNameAndByClientID(t *testing.T) {
	s := newStand(t)
	first := s.register(`,"public":true`)
	second := send[applicationResource](s, http.MethodPost, "/oauth_applications", `{"name":"Zapier","redirect_uris":[]}`)
	tests := []struct {
		query string
		want  []string // client ids
	}{
		{"", []string{second.ClientID, first.ClientID}},
		{"?name_query=UNDER", []string{first.ClientID}},
		{"?name_query=" + second.ClientID, []string{second.ClientID}},
		{"?name_query=" + second.ClientID[:4] + "x", nil},
		{"?limit=1&offset=1", []string{first.ClientID}},
		{"?offset=2", nil},
	}
	for _, tt := range tests {
		found := get[list[applicationResource]](s, "/oauth_applications"+tt.query).Data
		if len(found) != len(tt.want) {
			t.Errorf("%q: %d found", tt.query, len(found))
			continue
		}
		for i, one := range found {
			if one.ClientID != tt.want[i] || one.ClientSecret != "" {
				t.Errorf("%q: %+v", tt.query, one)
			}
		}
	}
}

func TestASatelliteMayHaveNoAddress(t *testing.T) {
	s := newStand(t, func(c *Config) { c.Scene.SatelliteWithoutAddress = true })
	// Past the contract: Clerk's schema asks for an address all the same.
	answer := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/v1/domains", http.NoBody)
	request.Header.Set("Authorization", "Bearer "+SampleKey)
	s.server.ServeHTTP(answer, request)
	domains := decode[list[domainResource]](t, answer).Data
	if len(domains) != 2 || !domains[1].IsSatellite || domains[1].FrontendAPIURL != "" || domains[0].FrontendAPIURL == "" {
		t.Errorf("got %+v", domains)
	}
}
