package instances

import (
	"context"
	"net/http"
	"testing"

	"understudy/internal/clerkapi"
	"understudy/internal/directory"
	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/secret"
	"understudy/internal/settings"
	"understudy/internal/workspace"
)

// prompting is a keychain that asks for its password, which nobody types.
type prompting struct {
	*keys
	asked chan struct{}
}

func (p prompting) LoadKey(ctx context.Context, _ string) (secret.Key, string, error) {
	p.asked <- struct{}{}
	<-ctx.Done()
	return secret.Key{}, "", ctx.Err()
}

// restarted is an office whose instance was in use when the program ended.
func restarted(t *testing.T) (o *office, id string) {
	t.Helper()
	o = newOffice(t, emulator.Config{})
	w := o.connect()
	o.pickOperator(w)
	o.restart()
	o.clerk.Server().ResetRequests()
	return o, w.Instance.ID
}

func firstRows(t *testing.T, w *workspace.Workspace) []clerkapi.User {
	t.Helper()
	page, err := w.Directory.Page(t.Context(), directory.Request{
		View: directory.View{Order: clerkapi.Order{Field: clerkapi.ByCreated, Descending: true}}, Total: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return page.Rows
}

func TestTheLastInstanceIsOpenedAheadOfTheWindow(t *testing.T) {
	o, id := restarted(t)
	o.manager.OpenLast(t.Context())
	<-o.manager.opening.done
	w := o.manager.Opened()
	if w == nil || w.Instance.ID != id {
		t.Fatalf("opened %+v", w)
	}
	if current, err := o.manager.Current(); err != nil || current != w {
		t.Errorf("in use is %+v, %v", current, err)
	}
	rows := firstRows(t, w)
	if n := o.clerk.Server().CountRequests(http.MethodGet, "/v1/users"); len(rows) == 0 || n != 1 {
		t.Errorf("%d rows after %d requests", len(rows), n)
	}
	if o.manager.Opened() != nil {
		t.Error("handed out twice")
	}
}

func TestSelectGoesOnWithWhatIsOpenedAhead(t *testing.T) {
	o, id := restarted(t)
	before := o.keys.calls
	o.manager.OpenLast(t.Context())
	if _, err := o.manager.Select(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if o.keys.calls != before+1 {
		t.Errorf("the keychain was asked %d times", o.keys.calls-before)
	}
}

func TestSelectTellsWhyOpeningAheadFailed(t *testing.T) {
	o, id := restarted(t)
	o.keys.fails = fault.New(fault.KeychainLocked, nil)
	o.manager.OpenLast(t.Context())
	<-o.manager.opening.done
	if o.manager.Opened() != nil {
		t.Error("a failure was handed out as an instance")
	}
	_, err := o.manager.Select(t.Context(), id)
	expectCode(t, err, fault.KeychainLocked)
	o.keys.fails = nil
	if _, err := o.manager.Select(t.Context(), id); err != nil {
		t.Errorf("the next try: %v", err)
	}
}

func TestOpeningAheadCanBeCancelled(t *testing.T) {
	o, id := restarted(t)
	keychain := prompting{o.keys, make(chan struct{})}
	o.manager.config.Keys = keychain
	o.manager.OpenLast(t.Context())
	<-keychain.asked
	if o.manager.Opened() != nil {
		t.Error("handed out before it was there")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := o.manager.Select(ctx, id)
	expectCode(t, err, fault.Canceled)
	o.manager.config.Keys = o.keys
	if _, err := o.manager.Select(t.Context(), id); err != nil {
		t.Errorf("the next try: %v", err)
	}
}

func TestAnotherInstanceEndsOpeningAhead(t *testing.T) {
	o, _ := restarted(t)
	keychain := prompting{o.keys, make(chan struct{})}
	o.manager.config.Keys = keychain
	o.manager.OpenLast(t.Context())
	<-keychain.asked
	ahead := o.manager.opening
	_, err := o.manager.Select(t.Context(), "ins_other")
	expectCode(t, err, fault.InstanceUnknown)
	<-ahead.done
	expectCode(t, ahead.err, fault.Canceled)
}

func TestNothingIsOpenedAheadOnTheFirstStart(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	o.manager.OpenLast(t.Context())
	if o.manager.opening != nil || o.manager.Opened() != nil || o.keys.calls > 0 {
		t.Error("the keychain was asked for an instance that nobody connected")
	}
}

func TestRowsThatAreNotFetchedAhead(t *testing.T) {
	for name, prepare := range map[string]func(*office, *workspace.Workspace){
		"the operator has not said who they are": func(*office, *workspace.Workspace) {},
		"the rules may hide them": func(o *office, w *workspace.Workspace) {
			o.pickOperator(w)
			changeRules(o.t, w, func(r *settings.Rules) {
				r.Permission = settings.Permission{Organization: "org_1", Name: "org:x:y", HideTable: true}
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, emulator.Config{})
			prepare(o, o.connect())
			o.restart()
			o.clerk.Server().ResetRequests()
			o.manager.OpenLast(t.Context())
			<-o.manager.opening.done
			w := o.manager.Opened()
			if w == nil {
				t.Fatal("not opened")
			}
			if _, ok := w.Directory.Arrived(); ok || o.clerk.Server().CountRequests(http.MethodGet, "/v1/users") > 0 {
				t.Error("rows were asked for")
			}
		})
	}
}
