package emulator

import (
	"encoding/json"
	"net/http"
)

// controlPath is where the stand-in is set while it runs. Faults and latency do
// not apply there.
const controlPath = "/__emulator/"

func (s *Server) newControls() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+controlPath+"scene", s.answer(s.getScene))
	mux.Handle("PATCH "+controlPath+"scene", s.answer(s.patchScene))
	mux.Handle("POST "+controlPath+"faults", s.answer(s.postFault))
	mux.Handle("DELETE "+controlPath+"faults", s.answer(s.deleteFaults))
	mux.Handle("GET "+controlPath+"requests", s.answer(s.getRequests))
	mux.Handle("DELETE "+controlPath+"requests", s.answer(s.deleteRequests))
	mux.Handle("GET "+controlPath+"sessions", s.answer(s.getAllSessions))
	// A page on another site must not play with the scene.
	return http.NewCrossOriginProtection().Handler(mux)
}

func (s *Server) getScene(w http.ResponseWriter, _ *http.Request) *apiError {
	writeJSON(w, http.StatusOK, s.Scene())
	return nil
}

// patchScene changes the fields that the body names.
func (s *Server) patchScene(w http.ResponseWriter, r *http.Request) *apiError {
	scene := s.Scene()
	if refused := decodeControl(w, r, &scene); refused != nil {
		return refused
	}
	if err := s.SetScene(scene); err != nil {
		return badControl(err)
	}
	writeJSON(w, http.StatusOK, scene)
	return nil
}

func (s *Server) postFault(w http.ResponseWriter, r *http.Request) *apiError {
	var f Fault
	if refused := decodeControl(w, r, &f); refused != nil {
		return refused
	}
	if err := s.Inject(f); err != nil {
		return badControl(err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) deleteFaults(w http.ResponseWriter, _ *http.Request) *apiError {
	s.ClearFaults()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) getRequests(w http.ResponseWriter, _ *http.Request) *apiError {
	writeJSON(w, http.StatusOK, append([]Request{}, s.Requests()...))
	return nil
}

func (s *Server) deleteRequests(w http.ResponseWriter, _ *http.Request) *apiError {
	s.ResetRequests()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) getAllSessions(w http.ResponseWriter, _ *http.Request) *apiError {
	writeJSON(w, http.StatusOK, append([]Session{}, s.Sessions()...))
	return nil
}

func decodeControl(w http.ResponseWriter, r *http.Request, into any) *apiError {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return badControl(err)
	}
	return nil
}

func badControl(err error) *apiError {
	return &apiError{http.StatusBadRequest, "emulator_control_invalid", "is invalid", err.Error(), nil}
}
