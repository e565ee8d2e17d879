package workspace

import (
	"testing"

	"understudy/internal/emulator"
	"understudy/internal/fault"
	"understudy/internal/settings"
)

func TestRulesStayWithTheInstance(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w := o.connect()
	if err := w.ChangeRules(func(r *settings.Rules) { r.SignIn.Required = true }); err != nil {
		t.Fatal(err)
	}
	expectCode(t, w.ChangeRules(func(r *settings.Rules) { r.SignIn.Hours = -1 }), fault.SettingInvalid)
	o.restart()
	again, err := o.manager.Select(t.Context(), w.Instance.ID)
	if err != nil {
		t.Fatal(err)
	}
	if rules := again.Rules(); !rules.SignIn.Required || rules.SignIn.Hours != 0 {
		t.Errorf("got %+v", rules)
	}
}

func TestRulesOfAnInstanceThatNoFileKeeps(t *testing.T) {
	o := newOffice(t, emulator.Config{})
	w, err := o.manager.ConnectSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.ChangeRules(func(r *settings.Rules) { r.SignIn.ClientID = "cl_1" }); err != nil {
		t.Fatal(err)
	}
	expectCode(t, w.ChangeRules(func(r *settings.Rules) { r.SignIn.Hours = -1 }), fault.SettingInvalid)
	if rules := w.Rules(); rules.SignIn.ClientID != "cl_1" || rules.SignIn.Hours != 0 {
		t.Errorf("got %+v", rules)
	}
}
