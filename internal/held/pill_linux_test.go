//go:build realbrowser

package held

import (
	"math"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

func TestMarkKeepsItsSizeWhenZoomed(t *testing.T) {
	m := openMarked(t, maya(t))
	before := m.at(".pill")
	m.inPage(`document.title = "A page to zoom"; ""`)
	m.until("the page is larger, and the pill as large as before", func() bool {
		scale, _ := strconv.ParseFloat(m.inPage(`"" + devicePixelRatio`), 64)
		if scale == 1 { // other windows may have the focus
			_ = exec.Command("xdotool", "search", "--onlyvisible", "--name", "A page to zoom", "windowfocus").Run()
			_ = exec.Command("xdotool", "key", "ctrl+plus").Run()
		}
		return scale > 1 && math.Abs(m.at(".pill").Height*scale-before.Height) < 1
	})
}

func TestMarkIsMoved(t *testing.T) {
	m := openMarked(t, maya(t))
	size := m.spot(m.inPage(`JSON.stringify({ width: innerWidth, height: innerHeight })`))
	start := m.at(".as")
	m.mouse("mousePressed", start.X+5, start.Y+5)
	m.mouse("mouseMoved", size.Width/2, size.Height/2)
	m.mouse("mouseMoved", size.Width-50, 60)
	m.mouse("mouseReleased", size.Width-50, 60)
	isAt := func(what string) {
		t.Helper()
		m.until(what, func() bool {
			pill, room := m.at(".pill"), m.spot(m.inPage(`JSON.stringify({ width: document.documentElement.clientWidth })`))
			return pill.X+pill.Width == room.Width-20 && pill.Y == 20
		})
	}
	isAt("the upper right corner")
	if got := m.shown(); strings.Contains(got, "signed in as") {
		t.Errorf("the end of a drag has opened it: %s", got)
	}
	m.inPage(`location.href = "/customers"; ""`)
	m.until("the next page", func() bool { return m.inPage(`location.pathname`) == "/customers" })
	m.shows("as Priya Raman")
	isAt("the corner again")
	m.must("Emulation.setDeviceMetricsOverride", map[string]any{"width": 500, "height": 400, "deviceScaleFactor": 1, "mobile": false}, nil)
	isAt("the corner of a smaller window")
	m.until("it has the focus", func() bool {
		m.key("Tab", 0)
		return m.inMark(`return "" + (this.activeElement !== null)`) == "true"
	})
	const alt = 1
	m.key("ArrowDown", alt)
	m.key("ArrowLeft", alt)
	m.until("it has moved down and left", func() bool {
		pill := m.at(".pill")
		return pill.Y > 50 && pill.X+pill.Width < 450
	})
}

func TestMarkGivesTheFocusBack(t *testing.T) {
	m := openMarked(t, maya(t))
	m.clickInPage("#note")
	m.inPage(`save().then(() => "")`)
	m.shows("Not sent")
	focused := func(id string) {
		t.Helper()
		if got := m.inPage(`document.activeElement.id`); got != id {
			t.Errorf("the focus is at %q, not %q", got, id)
		}
	}
	focused("note")
	m.key("Escape", 0)
	m.inPage(`document.getElementById("post").focus(); ""`)
	m.key("Tab", 0)
	m.until("Tab leads to it", func() bool { return m.inMark(`return this.activeElement?.dataset.say ?? ""`) == "changes" })
	m.key("Escape", 0)
	focused("post")
	m.key("Tab", 0)
	m.key("Enter", 0)
	m.shows("is signed in as")
	m.key("Escape", 0)
	focused("post")
	if got := m.shown(); strings.Contains(got, "signed in as") {
		t.Errorf("Escape has left it open: %s", got)
	}
}
