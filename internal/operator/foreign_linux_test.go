package operator

import (
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"understudy/internal/fault"
)

// nobody is another user of the computer.
const nobody = 65534

// askAs sends a request as another user of this computer, follows redirects, and
// returns the status at the end.
func askAs(t *testing.T, uid uint32, address string) string {
	t.Helper()
	curl := exec.CommandContext(t.Context(), "curl", "--silent", "--location", "--output", os.DevNull, "--write-out", "%{http_code}", address)
	curl.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	status, err := curl.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(status)
}

// TestAnotherUserOfThisComputerProvesNothing has one who saw the whole address of
// the sign-in page sign in there as themselves. The operator's own browser is
// still taken then.
func TestAnotherUserOfThisComputerProvesNothing(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be another user as well")
	}
	c, b := newClerk(t), newBrowser(t)
	b.visit = func(address string) {
		if status := askAs(t, nobody, address); status != "403" {
			t.Errorf("another user, signed in, gets %s", status)
		}
		page := b.get(address)
		if page.StatusCode != 200 {
			t.Errorf("then the operator gets %s", page.Status)
		}
	}
	proof, err := signIn(b).Run(t.Context(), c.application())
	if err != nil || proof.ID.String() != maya {
		t.Errorf("got %+v, %v", proof, err)
	}
	b.busy.Wait()

	b.visit = func(address string) {
		if status := askAs(t, nobody, address); status != "403" {
			t.Errorf("another user, signed in, gets %s", status)
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Error(err)
			return
		}
		b.get(redirectOf(t, address) + "?error=access_denied&state=" + u.Query().Get("state"))
	}
	_, err = signIn(b).Run(t.Context(), c.application())
	expectCode(t, err, fault.SignInDeclined) // and not verified as the other user
	if strings.Contains(strings.Join(c.asked, " "), "POST /token POST /token") {
		t.Error("the other user's code was used")
	}
}
