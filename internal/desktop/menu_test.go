package desktop

import (
	"slices"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/menu"
)

// leaves lists the items of a menu that do something themselves.
func leaves(m *menu.Menu) []*menu.MenuItem {
	var found []*menu.MenuItem
	for _, item := range m.Items {
		switch {
		case item.SubMenu != nil:
			found = append(found, leaves(item.SubMenu)...)
		case item.Click != nil:
			found = append(found, item)
		}
	}
	return found
}

func TestMenuOffersTheSameActionsEverywhere(t *testing.T) {
	want := []string{
		"copyEmail", "copyID", "diagnostics", "endNewest", "help", "history", "impersonate", "instance", "live", "lock", "palette",
		"refresh", "search", "settings", "signIn", "users", "zoomIn", "zoomOut", "zoomReset",
	}
	for _, goos := range []string{"darwin", "linux", "windows"} {
		t.Run(goos, func(t *testing.T) {
			var got []string
			act := func(action string) { got = append(got, action) }
			for _, item := range leaves(nativeMenu(goos, act, func() {})) {
				item.Click(nil)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("actions %v, want %v", got, want)
			}
		})
	}
}

func TestMenuLeavesTheKeysOfThePageAlone(t *testing.T) {
	taken := []string{"home", "end", "page up", "page down", "delete", "space", "up", "down"}
	for _, item := range leaves(nativeMenu("linux", func(string) {}, func() {})) {
		if item.Accelerator == nil {
			continue
		}
		if slices.Contains(taken, item.Accelerator.Key) {
			t.Errorf("%q takes the key %q from the page", item.Label, item.Accelerator.Key)
		}
		if len(item.Accelerator.Modifiers) == 0 {
			t.Errorf("%q takes the bare key %q", item.Label, item.Accelerator.Key)
		}
	}
}

func TestMenuQuitsWhereTheSystemHasNoAppMenu(t *testing.T) {
	quits := 0
	for _, item := range leaves(nativeMenu("windows", func(string) {}, func() { quits++ })) {
		item.Click(nil)
	}
	if quits != 1 {
		t.Errorf("%d items quit, want 1", quits)
	}
}
