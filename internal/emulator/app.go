package emulator

import (
	"encoding/json"
	"errors"
	"net/http"

	"understudy/internal/emulator/invoices"
)

// The addresses of the app's own API.
const (
	invoicesPath = "/api/invoices"
	invoicePath  = "/api/invoices/{id}"
	searchPath   = "/api/invoices/search"
	graphQLPath  = "/graphql"
)

// appRoutes are the app's own API. All of it needs a user who is signed in.
func (s *Server) appRoutes() map[string]handler {
	return map[string]handler{
		"POST " + invoicesPath: withBook(s, func(book *invoices.Book, _ *http.Request, order invoices.Order) (any, error) {
			return book.Add(order)
		}),
		"PATCH " + invoicePath: withBook(s, func(book *invoices.Book, r *http.Request, change invoices.Change) (any, error) {
			return book.Change(r.PathValue("id"), change)
		}),
		"POST " + searchPath: withBook(s, func(book *invoices.Book, _ *http.Request, search searchRequest) (any, error) {
			return map[string][]string{"ids": book.Search(search.Text)}, nil
		}),
		"POST " + graphQLPath: withBook(s, func(book *invoices.Book, _ *http.Request, request invoices.GraphQLRequest) (any, error) {
			return book.Answer(request), nil
		}),
		"GET " + livePath: s.follow,
	}
}

type searchRequest struct {
	Text string `json:"text"`
}

// withBook answers a call with a JSON body from the invoices that the user sees.
func withBook[T any](s *Server, do func(*invoices.Book, *http.Request, T) (any, error)) handler {
	return func(w http.ResponseWriter, r *http.Request) *apiError {
		x, _, found := s.current(r)
		if !found || x.status != statusActive {
			return errSignedOut()
		}
		var body T
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&body); err != nil {
			return errBody()
		}
		answer, err := do(s.book(x.user), r, body)
		switch {
		case errors.Is(err, invoices.ErrUnknown):
			return errNotFound("invoice", r.PathValue("id"))
		case err != nil:
			return &apiError{http.StatusUnprocessableEntity, "invoice_invalid", "is invalid", err.Error(), nil}
		}
		writeJSON(w, http.StatusOK, answer)
		return nil
	}
}

// organizationOf is the organization whose invoices a user sees. A user without one
// has invoices of their own, under a number that no organization has.
func (s *Server) organizationOf(user int) int {
	if m := s.users.memberships(nil, user); len(m) > 0 {
		return m[0].org
	}
	return -1 - user
}

// book returns the invoices that a user sees. They begin when they are first looked
// at.
func (s *Server) book(user int) *invoices.Book {
	organization := s.organizationOf(user)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.books[organization] == nil {
		s.books[organization] = invoices.NewBook(s.nowLocked(), func() { s.hub.publish(organization) })
	}
	return s.books[organization]
}
