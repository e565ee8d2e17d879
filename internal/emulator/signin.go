package emulator

import "net/http"

// signInPath is the sign-in page of the sample app. It asks for no password: the
// people are invented.
const signInPath = "/sign-in"

// choice is one person to sign in as.
type choice struct{ ID, Name, Email string }

// showChoices asks who the person at the browser is. Only staff is offered, but
// any user can be posted. target is where the answer may lead to, besides here.
func (s *Server) showChoices(w http.ResponseWriter, title, text, action, target string) {
	v := view{Section: section{Title: title}, Message: &message{Title: title, Text: text}, FormAction: action, FormTarget: target}
	for i := range min(len(staff()), s.users.n) {
		v.Choices = append(v.Choices, choice{s.userID(i), s.users.displayName(i), string(s.users.appendEmail(nil, i))})
	}
	s.render(w, http.StatusOK, v)
}

func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request) *apiError {
	if r.URL.Query().Has(ticketParam) {
		v := view{Section: section{Title: "Sign in"}, Ticket: true}
		v.Message = &message{Title: "Signing you in…", Text: "This page does it by a script."}
		s.render(w, http.StatusOK, v)
		return nil
	}
	s.showChoices(w, "Sign in", "Choose who you are.", signInPath, "")
	return nil
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) *apiError {
	if _, refused := s.signInChosen(w, r); refused != nil {
		return refused
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// signInChosen starts an ordinary session for the user in the form.
func (s *Server) signInChosen(w http.ResponseWriter, r *http.Request) (user int, refused *apiError) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	id := r.PostFormValue("user_id")
	user, known := s.ids.index(id)
	if !known || user >= s.users.n {
		return 0, errNotFound("user", id)
	}
	if refused := s.refuseUser(user); refused != nil {
		return 0, refused
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.nowLocked()
	setClient(w, s.signInLocked(r, now, &session{user: user, expiresAt: now.Add(ordinarySession)}))
	return user, nil
}

// refuseUser keeps banned and locked users out.
func (s *Server) refuseUser(user int) *apiError {
	switch standing := s.users.standing(user); {
	case standing.banned:
		return &apiError{http.StatusForbidden, "user_banned", "User is banned", "This user is banned and cannot sign in.", nil}
	case standing.locked:
		return &apiError{http.StatusForbidden, "user_locked", "Account locked", "This account is locked and cannot sign in.", nil}
	default:
		return nil
	}
}
