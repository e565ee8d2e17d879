package clerkapi

import (
	"context"
	"errors"
	"fmt"

	"understudy/internal/secret"
)

// Instance asks which instance the key belongs to. It is also the cheapest way
// to find out whether Clerk accepts the key.
func (c *Client) Instance(ctx context.Context) (Instance, error) {
	return send(ctx, c, get("instance", nil), decodeInstance)
}

// Domains returns the instance's domains, the primary one and its satellites.
func (c *Client) Domains(ctx context.Context) ([]Domain, error) {
	return send(ctx, c, get("domains", nil), decodeDomains)
}

// decodeInstance refuses a kind of instance it does not know: what is asked of
// the operator depends on it.
func decodeInstance(body []byte) (Instance, error) {
	var raw struct {
		ID          string             `json:"id"`
		Environment secret.Environment `json:"environment_type"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return Instance{}, fmt.Errorf("instance: %w", err)
	}
	id, err := ParseInstanceID(raw.ID)
	if err != nil {
		return Instance{}, errors.New("instance: no id")
	}
	if raw.Environment != secret.Development && raw.Environment != secret.Production {
		return Instance{}, errors.New("instance: neither development nor production")
	}
	return Instance{ID: id, Environment: raw.Environment}, nil
}

// decodeDomains refuses a domain without the address that ticket URLs are
// checked against.
func decodeDomains(body []byte) ([]Domain, error) {
	var raw struct {
		Data []struct {
			Name        string `json:"name"`
			FrontendAPI string `json:"frontend_api_url"`
			Proxy       string `json:"proxy_url"`
			Satellite   bool   `json:"is_satellite"`
		} `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("domains: %w", err)
	}
	if raw.Data == nil {
		return nil, errors.New("domains: no data")
	}
	domains := make([]Domain, 0, len(raw.Data))
	for _, domain := range raw.Data {
		if domain.Name == "" || domain.FrontendAPI == "" {
			return nil, errors.New("domains: no name or no frontend_api_url")
		}
		domains = append(domains, Domain(domain))
	}
	return domains, nil
}
