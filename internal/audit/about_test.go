package audit_test

import (
	"context"
	"os"
	"reflect"
	"testing"

	"understudy/internal/audit"
	"understudy/internal/fault"
)

// TestAboutIsWhatAllHoldsOfAUser compares it with reading everything, in a log
// where impersonations lie between each other's, over several files.
func TestAboutIsWhatAllHoldsOfAUser(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := options()
	small.MaxFileBytes = 1500
	overlapping(t, dir, small, 0)
	files := logFiles(t, dir)
	writeFile(t, files[1], append([]byte(`no record of "user":"user_0003"`+"\n"), readFile(t, files[1])...))
	history, at := snapshot(t, dir), audit.Moment{Time: noon, Boot: "boot-1"}
	all, _, err := history.Latest(100, at)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		got, err := history.About(t.Context(), "ins_example", i.Request().User, at)
		if err != nil || !reflect.DeepEqual(got, []audit.Impersonation{i}) {
			t.Errorf("got %s, %v of %s", ids(got), err, i.Request().User)
		}
		if got, err := history.About(t.Context(), "ins_other", i.Request().User, at); err != nil || len(got) > 0 {
			t.Errorf("got %s, %v in another instance", ids(got), err)
		}
	}
	for _, user := range []string{"user_000", "user_00031", "agent", ""} {
		if got, err := history.About(t.Context(), "ins_example", user, at); err != nil || len(got) > 0 {
			t.Errorf("got %s, %v of %q", ids(got), err, user)
		}
	}
}

func TestAboutStops(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newLog(t, dir, 3, options())
	history := snapshot(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := history.About(ctx, "ins_example", "user_0001", audit.Moment{}); fault.CodeOf(err) != fault.Canceled {
		t.Errorf("got %v when nobody waits any more", err)
	}
	if err := os.Remove(logFiles(t, dir)[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := history.About(t.Context(), "ins_example", "user_0001", audit.Moment{}); fault.CodeOf(err) != fault.AuditUnreadable {
		t.Errorf("got %v of a log that is gone", err)
	}
}
