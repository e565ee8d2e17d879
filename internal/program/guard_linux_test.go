package program

import (
	"testing"

	"understudy/internal/bridge"
	"understudy/internal/fault"
)

// ofUsers are the calls that show users, with their arguments.
func ofUsers() map[string][]any {
	return map[string][]any{
		"ListUsers": {bridge.UsersRequest{Total: -1}}, "CountUsers": {bridge.CountRequest{}},
		"FindOrganizations": {"r", "a"}, "GetUserNames": {"r", users}, "GetUser": {"r", user, true},
		"GetMemberships": {"r", user}, "GetSessions": {"r", user}, "GetPrivateMetadata": {"r", user}, "Preflight": {"r", user},
	}
}

func TestUsersThatTheRulesHideAreShownByNoCall(t *testing.T) {
	d := newDesk(t)
	d.write("policy.json", `{"version": 1, "rules": {"sign_in": {"required": true},
		"permission": {"organization": "org_1", "name": "org:dashboard:access", "hide_table": true}}}`)
	d.start()
	connected(d)
	for name, args := range ofUsers() {
		if _, err := d.call(name, args); fault.CodeOf(err) != fault.SignInRequired {
			t.Errorf("%s: %s", name, bridge.FormatError(err))
		}
	}
}

// nobody is at the window for too long.
type nobody struct {
	bridge.Presence
	lock func()
}

func (n nobody) Look() { n.lock() }

func TestACallLocksWhatWasLeftAlone(t *testing.T) {
	for name, args := range ofUsers() {
		d := newDesk(t)
		connected(d)
		d.graph.scope.Presence = nobody{d.graph.scope.Presence, d.graph.scope.Manager.Lock}
		if _, err := d.call(name, args); fault.CodeOf(err) != fault.Locked {
			t.Errorf("%s: %s", name, bridge.FormatError(err))
		}
	}
}
