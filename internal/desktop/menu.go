package desktop

import (
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
)

// nativeMenu is the menu bar of that operating system (a GOOS value). Items
// call act with their action; the window does the work, so that keys, menu and
// buttons share one way.
//
// Copy Email has no accelerator: Ctrl+C belongs to selected text first, which
// only the page can tell. Keys that the table uses (Home, End, Page Up and
// Down, Delete, Space) stay out as well: GTK would take them from the page.
func nativeMenu(goos string, act func(action string), quit func()) *menu.Menu {
	item := func(label, action string, key *keys.Accelerator) *menu.MenuItem {
		return menu.Text(label, key, func(*menu.CallbackData) { act(action) })
	}
	lock := item("Lock", "lock", keys.CmdOrCtrl("l"))
	settings := item("Settings…", "settings", keys.CmdOrCtrl(","))
	signIn := item("Sign In with Clerk…", "signIn", nil)
	user := menu.NewMenuFromItems(
		item("Impersonate…", "impersonate", keys.CmdOrCtrl("enter")),
		item("End Newest Impersonation", "endNewest", keys.Combo("e", keys.CmdOrCtrlKey, keys.ShiftKey)),
		menu.Separator(),
		item("Copy Email", "copyEmail", nil),
		item("Copy User ID", "copyID", keys.Combo("c", keys.CmdOrCtrlKey, keys.ShiftKey)),
	)
	view := menu.NewMenuFromItems(
		item("Search Users", "search", keys.CmdOrCtrl("f")),
		item("Commands…", "palette", keys.CmdOrCtrl("k")),
		item("Switch Instance…", "instance", keys.Combo("i", keys.CmdOrCtrlKey, keys.ShiftKey)),
		menu.Separator(),
		item("Users", "users", keys.CmdOrCtrl("1")),
		item("Live", "live", keys.CmdOrCtrl("2")),
		item("History", "history", keys.CmdOrCtrl("3")),
		menu.Separator(),
		item("Refresh", "refresh", keys.CmdOrCtrl("r")),
		menu.Separator(),
		item("Zoom In", "zoomIn", keys.CmdOrCtrl("+")),
		item("Zoom Out", "zoomOut", keys.CmdOrCtrl("-")),
		item("Actual Size", "zoomReset", keys.CmdOrCtrl("0")),
	)
	help := menu.NewMenuFromItems(item("Understudy Help", "help", nil), item("Save Diagnostics…", "diagnostics", nil))

	if goos == "darwin" {
		return menu.NewMenuFromItems(
			menu.AppMenu(),
			menu.SubMenu("File", menu.NewMenuFromItems(signIn, settings, lock)),
			menu.EditMenu(),
			menu.SubMenu("View", view),
			menu.SubMenu("User", user),
			menu.WindowMenu(),
			menu.SubMenu("Help", help),
		)
	}
	exit := menu.Text("Quit", keys.CmdOrCtrl("q"), func(*menu.CallbackData) { quit() })
	return menu.NewMenuFromItems(
		menu.SubMenu("File", menu.NewMenuFromItems(signIn, settings, lock, menu.Separator(), exit)),
		menu.SubMenu("View", view),
		menu.SubMenu("User", user),
		menu.SubMenu("Help", help),
	)
}
