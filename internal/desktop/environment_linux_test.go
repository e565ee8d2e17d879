package desktop

import (
	"os"
	"testing"
)

func TestInspectorCannotBeOpened(t *testing.T) {
	t.Setenv("WEBKIT_INSPECTOR_SERVER", "127.0.0.1:9222")
	t.Setenv("WEBKIT_INSPECTOR_HTTP_SERVER", "127.0.0.1:9223")
	t.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "0")
	if err := PrepareEnvironment(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"} {
		if value, set := os.LookupEnv(name); set {
			t.Errorf("%s is still %q", name, value)
		}
	}
	if got := os.Getenv("WEBKIT_DISABLE_DMABUF_RENDERER"); got != "0" {
		t.Errorf("WEBKIT_DISABLE_DMABUF_RENDERER = %q, want the operator's own 0", got)
	}
}
