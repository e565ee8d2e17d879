package emulator

import "net/http"

func (s *Server) listUsers(w http.ResponseWriter, r *http.Request) *apiError {
	p := params{values: r.URL.Query()}
	q := p.search(s.users)
	if p.problem != nil {
		return p.problem
	}
	indexes, err := s.users.page(r.Context(), &q)
	if err != nil {
		return errGone(err)
	}
	users := make([]userResource, len(indexes))
	for k, i := range indexes {
		users[k] = s.user(i, r)
	}
	writeJSON(w, http.StatusOK, users)
	return nil
}

func (s *Server) countUsers(w http.ResponseWriter, r *http.Request) *apiError {
	p := params{values: r.URL.Query()}
	f := p.filter()
	if p.problem != nil {
		return p.problem
	}
	n, err := s.users.count(r.Context(), &f)
	if err != nil {
		return errGone(err)
	}
	writeJSON(w, http.StatusOK, totalCount{"total_count", n})
	return nil
}

type totalCount struct {
	Object     string `json:"object"`
	TotalCount int    `json:"total_count"`
}

// pathUser finds the user named in the path.
func (s *Server) pathUser(r *http.Request) (int, *apiError) {
	id := r.PathValue("user_id")
	i, known := s.users.ids.index(id)
	if !known || i >= s.users.n {
		return 0, errNotFound("user", id)
	}
	return i, nil
}

func (s *Server) getUser(w http.ResponseWriter, r *http.Request) *apiError {
	i, refused := s.pathUser(r)
	if refused != nil {
		return refused
	}
	writeJSON(w, http.StatusOK, s.user(i, r))
	return nil
}

// setStanding answers ban, unban, lock and unlock. Banning ends every session.
func (s *Server) setStanding(change func(*standing)) handler {
	return func(w http.ResponseWriter, r *http.Request) *apiError {
		i, refused := s.pathUser(r)
		if refused != nil {
			return refused
		}
		s.changeStanding(i, change)
		writeJSON(w, http.StatusOK, s.user(i, r))
		return nil
	}
}

func (s *Server) changeStanding(i int, change func(*standing)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.nowLocked()
	s.users.setStanding(i, change, now.UnixMilli())
	if s.users.standing(i).banned {
		for _, sessions := range []map[string]*session{s.sessions, s.before} {
			for _, session := range sessions {
				if session.user == i {
					session.end(now, statusRevoked)
				}
			}
		}
	}
}
