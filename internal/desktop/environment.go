package desktop

import (
	"os"
	"runtime"
)

// PrepareEnvironment settles the environment that the web view will read. Call
// it first thing in main.
//
// WebKitGTK opens its inspector, even of a release build, to anybody who can
// reach the port in WEBKIT_INSPECTOR_(HTTP_)SERVER. Its DMA-BUF renderer shows
// a blank window on some NVIDIA drivers.
func PrepareEnvironment() error {
	if runtime.GOOS != "linux" {
		return nil
	}
	for _, name := range []string{"WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"} {
		if err := os.Unsetenv(name); err != nil {
			return err //nolint:wrapcheck // names the variable itself
		}
	}
	if _, set := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); set {
		return nil
	}
	return os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1") //nolint:wrapcheck // names the variable itself
}
