package commandline

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"understudy/internal/doctor"
)

// examine runs the doctor on checks that end so.
func examine(states []doctor.State, args ...string) (code int, out, errs string) {
	var checks []doctor.Check
	for _, state := range states {
		checks = append(checks, doctor.Check{Name: "Clock", Look: func(context.Context) (doctor.State, string) { return state, "2 s ahead" }})
	}
	var o, e strings.Builder
	code = Doctor{Checks: checks, Out: &o, Err: &e}.Run(context.Background(), args)
	return code, o.String(), e.String()
}

func TestDoctorFailsIfACheckFails(t *testing.T) {
	good, warning, failed := doctor.Good, doctor.Warning, doctor.Failed
	for _, of := range []struct {
		states []doctor.State
		want   int
	}{{nil, 0}, {[]doctor.State{good, warning}, 0}, {[]doctor.State{good, failed, good}, 1}} {
		for _, args := range [][]string{nil, {"-json"}, {"--json"}} {
			if code, _, errs := examine(of.states, args...); code != of.want || errs != "" {
				t.Errorf("%v %v: %d, %q", of.states, args, code, errs)
			}
		}
	}
}

func TestDoctorPrintsALineForEachCheckOrJSON(t *testing.T) {
	states := []doctor.State{doctor.Good, doctor.Warning}
	if _, out, _ := examine(states); out != "Clock  good     2 s ahead\nClock  warning  2 s ahead\n" {
		t.Errorf("table %q", out)
	}
	_, out, _ := examine(states, "-json")
	var results []doctor.Result
	if err := json.Unmarshal([]byte(out), &results); err != nil || len(results) != 2 || results[1].State != doctor.Warning || results[1].Name != "Clock" {
		t.Errorf("%v: %s", err, out)
	}
}

func TestDoctorHelps(t *testing.T) {
	if code, out, errs := examine([]doctor.State{doctor.Failed}, "--help"); code != 0 || out != "" || strings.Count(errs, "Usage") != 1 {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

func TestDoctorRefusesWrongArguments(t *testing.T) {
	for _, args := range [][]string{{"nonsense"}, {"-nonsense"}, {"-json", "x"}} {
		if code, out, errs := examine(nil, args...); code != exitUsage || out != "" || errs == "" {
			t.Errorf("%v: %d, %q, %q", args, code, out, errs)
		}
	}
}
