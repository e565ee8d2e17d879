package desktop

// Smallest and first size of the window, in device-independent pixels.
const (
	minWidth      = 1024
	minHeight     = 640
	defaultWidth  = 1280
	defaultHeight = 800
)

// Place is where the window was when it closed, in device-independent pixels
// from the top left corner of its screen.
type Place struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
}

// within returns the place moved and shrunk so that all of the window can be
// seen on a screen of that size. The screen may have been unplugged since, or
// the file edited by hand.
func (p Place) within(screenWidth, screenHeight int) Place {
	p.Width = clamp(p.Width, minWidth, max(screenWidth, minWidth))
	p.Height = clamp(p.Height, minHeight, max(screenHeight, minHeight))
	p.X = clamp(p.X, 0, max(screenWidth-p.Width, 0))
	p.Y = clamp(p.Y, 0, max(screenHeight-p.Height, 0))
	return p
}

func clamp(value, low, high int) int { return min(max(value, low), high) }
