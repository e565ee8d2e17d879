package browser

import "slices"

// find looks for every product, in the order in which they are offered:
// isolated ones first.
func find(c Computer) []installation {
	var found []installation
	for _, p := range products() {
		var one installation
		var ok bool
		switch c.OS {
		case goosWindows:
			one, ok = findOnWindows(c, p)
		case goosMacOS:
			one, ok = findOnMacOS(c, p)
		default:
			one, ok = findOnLinux(c, p)
		}
		if ok {
			one.barrier, one.unheld = p.family.barrier(c, one), p.family.unheld(c, one)
			found = append(found, one)
		}
	}
	slices.SortStableFunc(found, func(a, b installation) int {
		switch {
		case a.isolated == b.isolated:
			return 0
		case a.isolated:
			return -1
		default:
			return 1
		}
	})
	return found
}
