package emulator

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

//go:embed page
var pageFiles embed.FS

// Addresses of the app's page.
const (
	assetsPath  = "/page/assets/" // as in the folder of the sources
	avatarPath  = assetsPath + "avatar.svg"
	statusPath  = "/status"
	signOutPath = "/sign-out"
	tasksPath   = "/tasks"
	// watchParam marks a page that reloads itself, which is no activity of the user.
	watchParam = "watch"
)

// pagePolicy allows the page its own style sheet and script and nothing else.
const pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'"

// view is what the templates show. Message is set when there is no session.
type view struct {
	User, Initials, Actor string
	SignedIn              bool
	SecondsLeft           int
	Sections              []section
	Section               section
	Message               *message
	Choices               []choice
	Ticket                bool   // the page's script signs in with the one in its address
	FormAction            string // where a choice is posted to
	FormTarget            string // the origin that the answer may lead on to
	Step                  string // the label of the button that posts to FormAction
}

// TimeLeft is the countdown as it stands when the page is made.
func (v view) TimeLeft() string { return fmt.Sprintf("%d:%02d", v.SecondsLeft/60, v.SecondsLeft%60) }

// message says in place of the app why it is not shown. Code is Clerk's, if any.
type message struct{ Title, Text, Code string }

func (s *Server) routePage(mux *http.ServeMux) {
	templates := template.Must(template.ParseFS(pageFiles, "page/*.html"))
	s.render = func(w http.ResponseWriter, status int, v view) {
		var body bytes.Buffer
		if err := templates.ExecuteTemplate(&body, "page.html", v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", pagePolicy+"; form-action 'self' "+v.FormTarget)
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(status)
		_, _ = body.WriteTo(w)
	}
	for k, sec := range sections(time.Time{}, "", nil) {
		pattern := "GET " + sec.Path
		if sec.Path == "/" {
			pattern += "{$}" // only the front page itself
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.showSection(w, r, k) })
	}
	mux.HandleFunc("GET "+statusPath, s.showStatus)
	mux.Handle("GET "+assetsPath, http.FileServerFS(pageFiles))
}

// current returns a copy of the browser's last session as it stands now, and
// counts the request as activity if it is one.
func (s *Server) current(r *http.Request) (x session, now time.Time, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now = s.nowLocked()
	client := s.clientLocked(r)
	if client == nil || client.session == nil {
		return session{}, now, false
	}
	client.session.settle(now)
	isScript := r.URL.Path == statusPath || r.URL.Path == livePath || r.URL.Query().Has(watchParam)
	if client.session.lives() && !isScript {
		client.session.activeAt = now
	}
	return *client.session, now, true
}

func (s *Server) showSection(w http.ResponseWriter, r *http.Request, k int) {
	x, now, found := s.current(r)
	v := view{Section: section{Title: "Northwind Invoices"}}
	if found && x.lives() && x.status != statusActive {
		s.showTasks(w, x)
		return
	}
	if !found || x.status != statusActive {
		v.Message = s.farewell(x, found)
		s.render(w, http.StatusOK, v)
		return
	}
	v.Sections = sections(now, s.workplace(x.user), s.book(x.user).All())
	v.SignedIn, v.Section = true, v.Sections[k]
	v.User = s.users.displayName(x.user)
	v.Initials = initials(v.User)
	if x.impersonated() {
		v.Actor = s.actorName(x)
		v.SecondsLeft = secondsUntil(now, x.expiresAt)
	}
	s.render(w, http.StatusOK, v)
}

func secondsUntil(now, end time.Time) int { return int((end.Sub(now) + time.Second - 1) / time.Second) }

// workplace is the organization whose invoices a user sees.
func (s *Server) workplace(user int) string {
	if k := s.organizationOf(user); k >= 0 {
		return s.users.orgs[k].name
	}
	return "Personal account"
}

// actorName finds the name of who acts. An actor need not be a user of the
// instance: then the page shows the bare id.
func (s *Server) actorName(x session) string {
	sub := actorSub(x.actor)
	if i, known := s.ids.index(sub); known && i < s.users.n {
		return s.users.displayName(i)
	}
	return sub
}

// farewell says why nobody is signed in.
func (s *Server) farewell(x session, found bool) *message {
	if !found {
		return &message{Title: "You are not signed in", Text: "Open a sign-in link from Understudy to see this app as one of its users."}
	}
	user, as := s.users.displayName(x.user), ""
	if x.impersonated() {
		as = s.actorName(x) + " was signed in as " + user + ". "
	}
	switch x.status {
	case statusExpired:
		return &message{Title: "Session expired", Text: as + "The session has ended."}
	case statusAbandoned:
		return &message{Title: "Signed out for being idle", Text: as + "Nothing happened here for ten minutes, so the session has ended."}
	case statusRevoked:
		return &message{Title: "This session was ended", Text: as + "It was ended from elsewhere."}
	default:
		return &message{Title: "You are signed out", Text: as + "You can close this window."}
	}
}

// showRefusal tells a person what the API tells a program.
func (s *Server) showRefusal(w http.ResponseWriter, e *apiError) {
	v := view{Section: section{Title: "Sign-in failed"}}
	v.Message = &message{Title: "This link did not sign you in", Text: e.LongMessage, Code: e.Code}
	s.render(w, e.Status, v)
}

// showTasks is what Clerk's pages show in place of the app while a session is
// pending. One button does everything that it waits for.
func (s *Server) showTasks(w http.ResponseWriter, x session) {
	var words []string
	for _, key := range x.tasks {
		words = append(words, strings.ReplaceAll(key, "-", " "))
	}
	v := view{Section: section{Title: "One more step"}, FormAction: tasksPath, Step: "Done"}
	v.Message = &message{Title: "One more step", Text: "Before you continue: " + strings.Join(words, ", ") + "."}
	s.render(w, http.StatusOK, v)
}

// doTasks is the button of that page.
func (s *Server) doTasks(w http.ResponseWriter, r *http.Request) *apiError {
	s.mu.Lock()
	if client := s.clientLocked(r); client != nil && client.session != nil {
		x, now := client.session, s.nowLocked()
		x.settle(now)
		if x.lives() {
			x.status, x.tasks, x.updatedAt, x.activeAt = statusActive, nil, now, now
		}
	}
	s.mu.Unlock()
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

type statusResource struct {
	SignedIn    bool `json:"signed_in"`
	SecondsLeft int  `json:"seconds_left"`
}

// showStatus is what the page's script asks every few seconds.
func (s *Server) showStatus(w http.ResponseWriter, r *http.Request) {
	x, now, found := s.current(r)
	w.Header().Set("Cache-Control", "no-store")
	if !found || x.status != statusActive {
		writeJSON(w, http.StatusOK, statusResource{})
		return
	}
	writeJSON(w, http.StatusOK, statusResource{SignedIn: true, SecondsLeft: secondsUntil(now, x.expiresAt)})
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) *apiError {
	s.mu.Lock()
	if client := s.clientLocked(r); client != nil && client.session != nil {
		now := s.nowLocked()
		client.session.settle(now)
		client.session.end(now, statusEnded)
	}
	s.mu.Unlock()
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// initials takes the first letters of the first and the last word.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return strings.ToUpper(string(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return strings.ToUpper(string([]rune{first, last}))
}
