package emulator

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"understudy/internal/emulator/contract"
)

// specification loads what Clerk publishes, once.
var specification = sync.OnceValues(contract.Load)

// keepContract checks every answer that a test gets, the refusals above all. It
// passes over what is broken on purpose and over the page that people see in
// place of a refusal.
func keepContract(t *testing.T, server *Server) http.Handler {
	t.Helper()
	spec, err := specification()
	if err != nil {
		t.Fatal(err)
	}
	recorder := contract.Record(server)
	t.Cleanup(func() {
		for _, x := range recorder.Exchanges() {
			forPeople := x.Status >= http.StatusBadRequest && strings.Contains(x.Request.Header.Get("Accept"), "text/html")
			if spec.Operation(x.Request) == "" || forPeople {
				continue
			}
			if err := spec.CheckAnswer(x); err != nil {
				t.Error(err)
			}
		}
	})
	return recorder
}

// TestContract visits every endpoint with success.
func TestContract(t *testing.T) {
	spec, err := specification()
	s := newStand(t, func(c *Config) { c.Users = DefaultUsers })
	recorder, ok := s.handler.(*contract.Recorder)
	if err != nil || !ok {
		t.Fatal("nothing is recorded", err)
	}
	for offset := 0; offset < DefaultUsers; offset += maxLimit {
		get[[]userResource](s, "/users?limit=500&offset="+strconv.Itoa(offset))
	}
	get[totalCount](s, "/users/count?query=a")
	user := get[[]userResource](s, "/users?email_address=priya.raman@meridianhealth.example")[0].ID
	for _, change := range []string{"ban", "unban", "lock", "unlock"} {
		send[userResource](s, http.MethodPost, "/users/"+user+"/"+change, "")
	}
	get[userResource](s, "/users/"+user)
	get[list[membershipResource]](s, "/users/"+user+"/organization_memberships")
	get[list[organizationResource]](s, "/organizations?include_members_count=true")
	get[instanceResource](s, "/instance")
	get[list[domainResource]](s, "/domains")
	get[list[applicationResource]](s, "/oauth_applications")

	used, revoked := s.impersonate(user), s.impersonate(user)
	send[actorTokenResource](s, http.MethodPost, "/actor_tokens/"+revoked.ID+"/revoke", "")
	s.newBrowser().open(used.URL)
	sessions := get[[]sessionResource](s, "/sessions?user_id="+user)
	get[list[sessionResource]](s, "/sessions?paginated=true&user_id="+user)
	get[sessionResource](s, "/sessions/"+sessions[0].ID)
	send[sessionResource](s, http.MethodPost, "/sessions/"+sessions[0].ID+"/revoke", "")

	if err := s.server.SetScene(Scene{SignInPage: true}); err != nil {
		t.Fatal(err)
	}
	b := s.newBrowser()
	b.open(s.impersonate(user).URL)
	_, created := b.signIn(s.impersonate(user).URL)
	for _, path := range []string{touchPath, tokensPath, revokePath} {
		b.send(http.MethodPost, strings.Replace(path, "{session_id}", created, 1), "application/x-www-form-urlencoded", "")
	}

	app := s.register(`,"public":true`)
	response := s.visit(http.MethodPost, tokenPath, tokenForm(app.ClientID, s.code(app.ClientID)))
	s.userInfo(decode[tokenResource](t, response).AccessToken)
	for _, path := range []string{keysPath, discoveryPath, metadataPath, authorizePath + "?" + authorizeQuery(app.ClientID).Encode()} {
		s.visit(http.MethodGet, path, url.Values{})
	}

	visited := map[string]bool{}
	for _, x := range recorder.Exchanges() {
		if x.Status < http.StatusBadRequest {
			visited[spec.Operation(x.Request)] = true
		}
	}
	for pattern := range s.server.backendRoutes() {
		operation := strings.Replace(pattern, "/v1", "", 1)
		if !strings.HasPrefix(operation, "/") && !visited[operation] {
			t.Errorf("%s was not visited", operation)
		}
	}
	for _, operation := range []string{
		"GET " + ticketPath, "GET " + authorizePath, "POST " + tokenPath, "GET " + userInfoPath,
		"GET " + keysPath, "GET " + discoveryPath, "GET " + metadataPath,
		"POST " + signInsPath, "POST " + touchPath, "POST " + tokensPath, "POST " + revokePath,
	} {
		if !visited[operation] {
			t.Errorf("%s was not visited", operation)
		}
	}
}
