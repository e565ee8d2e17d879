package desktop

import (
	"os"
	"testing"
)

func TestInspectorCannotBeOpened(t *testing.T) {
	t.Setenv("WEBKIT_INSPECTOR_SERVER", "127.0.0.1:9222")
	t.Setenv("WEBKIT_INSPECTOR_HTTP_SERVER", "127.0.0.1:9223")
	if err := PrepareEnvironment(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"} {
		if value, set := os.LookupEnv(name); set {
			t.Errorf("%s is still %q", name, value)
		}
	}
}

func TestDefaultsGiveWayToTheOperator(t *testing.T) {
	for name, value := range defaults() {
		t.Setenv(name, "the operator's own")
		if err := PrepareEnvironment(); err != nil {
			t.Fatal(err)
		}
		if got := os.Getenv(name); got != "the operator's own" {
			t.Errorf("%s = %q, want the operator's own", name, got)
		}
		if err := os.Unsetenv(name); err != nil {
			t.Fatal(err)
		}
		if err := PrepareEnvironment(); err != nil {
			t.Fatal(err)
		}
		if got := os.Getenv(name); got != value {
			t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
}
