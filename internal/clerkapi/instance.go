package clerkapi

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"understudy/internal/secret"
	"understudy/internal/sentence"
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

// decodeInstance refuses a kind of instance it does not know, because more is asked
// of the operator in production than in development.
func decodeInstance(body []byte) (Instance, error) {
	var raw struct {
		ID          lenient `json:"id"`
		Environment lenient `json:"environment_type"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return Instance{}, fmt.Errorf("instance: %w", err)
	}
	id, err := ParseInstanceID(string(raw.ID))
	if err != nil {
		return Instance{}, unreadable{sentence.Of("lacks.instance")}
	}
	environment := secret.Environment(raw.Environment)
	if environment != secret.Development && environment != secret.Production {
		return Instance{}, unreadable{sentence.Of("lacks.environment")}
	}
	return Instance{ID: id, Environment: environment}, nil
}

type domainJSON struct {
	Name        lenient        `json:"name"`
	FrontendAPI lenient        `json:"frontend_api_url"`
	Proxy       jsontext.Value `json:"proxy_url"`
	Satellite   flag           `json:"is_satellite"`
}

// domain fails without what ticket URLs are checked against. Nobody signs in at a
// satellite, so its addresses do not matter.
func (raw domainJSON) domain() (Domain, error) {
	domain := Domain{Name: string(raw.Name), FrontendAPI: string(raw.FrontendAPI), Satellite: raw.Satellite == yes}
	isOddProxy := len(raw.Proxy) > 0 && unmarshal(raw.Proxy, &domain.Proxy) != nil
	switch {
	case raw.Satellite == odd:
		return Domain{}, unreadable{sentence.Of("lacks.satellite")}
	case domain.Satellite:
		return domain, nil
	case domain.FrontendAPI == "":
		return Domain{}, unreadable{sentence.Of("lacks.domain")}
	case isOddProxy:
		return Domain{}, unreadable{sentence.Of("lacks.proxy")}
	}
	return domain, nil
}

func decodeDomains(body []byte) ([]Domain, error) {
	var raw struct {
		Data list[part[domainJSON]] `json:"data"`
	}
	if err := unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("domains: %w", err)
	}
	if !raw.Data.isRead {
		return nil, unreadable{sentence.Of("lacks.domains")}
	}
	domains := make([]Domain, 0, len(raw.Data.items))
	var unread error
	for _, item := range raw.Data.items {
		domain, err := item.value.domain()
		if err != nil {
			if unread == nil {
				unread = err
			}
			continue
		}
		domains = append(domains, domain)
	}
	// An unreadable domain is passed over while another says where people sign in.
	if unread != nil && !slices.ContainsFunc(domains, func(d Domain) bool { return !d.Satellite }) {
		return nil, unread
	}
	return domains, nil
}
