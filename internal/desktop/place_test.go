package desktop

import "testing"

func TestPlaceStaysOnTheScreen(t *testing.T) {
	const width, height = 1920, 1080
	cases := map[string]struct{ saved, want Place }{
		"as it was": {
			Place{X: 100, Y: 50, Width: 1280, Height: 800},
			Place{X: 100, Y: 50, Width: 1280, Height: 800},
		},
		"off to the right and below": {
			Place{X: 3000, Y: 2000, Width: 1280, Height: 800},
			Place{X: 640, Y: 280, Width: 1280, Height: 800},
		},
		"off to the left and above": {
			Place{X: -500, Y: -1, Width: 1280, Height: 800},
			Place{X: 0, Y: 0, Width: 1280, Height: 800},
		},
		"larger than the screen": {
			Place{X: 10, Y: 10, Width: 5000, Height: 5000},
			Place{X: 0, Y: 0, Width: 1920, Height: 1080},
		},
		"smaller than the window may be": {
			Place{X: 10, Y: 10, Width: 3, Height: -7, Maximised: true},
			Place{X: 10, Y: 10, Width: minWidth, Height: minHeight, Maximised: true},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := c.saved.within(width, height); got != c.want {
				t.Errorf("within(%d, %d) of %+v = %+v, want %+v", width, height, c.saved, got, c.want)
			}
		})
	}
}

func TestPlaceOnAScreenThatIsTooSmall(t *testing.T) {
	got := Place{X: 40, Y: 40, Width: 1280, Height: 800}.within(800, 600)
	want := Place{X: 0, Y: 0, Width: minWidth, Height: minHeight}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
