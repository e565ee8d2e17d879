package desktop

import (
	"os"
	"runtime"
)

// defaults are variables that hold unless the operator has set them.
func defaults() map[string]string {
	return map[string]string{
		// The DMA-BUF renderer of WebKitGTK shows a blank window on some NVIDIA drivers.
		"WEBKIT_DISABLE_DMABUF_RENDERER": "1",
		// WebKit's optimizing compilers take more for a window of rows and buttons than
		// they give: a fifteenth of the memory after a long scroll, and threads that
		// compete with the window, for about one part in fifteen of its time.
		"JSC_useDFGJIT": "0",
	}
}

// PrepareEnvironment settles the environment that the web view will read. Call
// it first thing in main.
//
// WebKitGTK opens its inspector, even of a release build, to anybody who can
// reach the port in WEBKIT_INSPECTOR_(HTTP_)SERVER.
func PrepareEnvironment() error {
	if runtime.GOOS != "linux" {
		return nil
	}
	for _, name := range []string{"WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"} {
		if err := os.Unsetenv(name); err != nil {
			return err //nolint:wrapcheck // names the variable itself
		}
	}
	for name, value := range defaults() {
		if _, set := os.LookupEnv(name); set {
			continue
		}
		if err := os.Setenv(name, value); err != nil {
			return err //nolint:wrapcheck // names the variable itself
		}
	}
	return nil
}
