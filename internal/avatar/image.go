package avatar

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"

	"golang.org/x/image/webp"
)

const (
	// side of the pictures that are made, in pixels: 44 px at twice the density.
	side = 88
	// maxPixels is the most that is decoded: a small file can claim to be huge.
	maxPixels = 4 << 20
	// samples is how many points each way make up a pixel.
	samples = 4
)

// reencode makes a small square PNG of a PNG, a JPEG or a still WebP. What the file holds
// besides its pixels stays behind.
func reencode(content []byte) ([]byte, error) {
	var measure func(io.Reader) (image.Config, error)
	var decode func(io.Reader) (image.Image, error)
	switch http.DetectContentType(content) {
	case "image/png":
		measure, decode = png.DecodeConfig, png.Decode
	case "image/jpeg":
		measure, decode = jpeg.DecodeConfig, jpeg.Decode
	case "image/webp":
		// A WebP says its size twice; Decode takes none where the two differ.
		measure, decode = webp.DecodeConfig, webp.Decode
	default:
		return nil, errStatus
	}
	config, err := measure(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("measure a picture: %w", err)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return nil, errTooBig
	}
	decoded, err := decode(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("decode a picture: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, shrink(decoded)); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return out.Bytes(), nil
}

// shrink cuts the largest square out of the middle and averages it to the size
// of an avatar.
func shrink(from image.Image) image.Image {
	bounds := from.Bounds()
	length := min(bounds.Dx(), bounds.Dy())
	left, top := bounds.Min.X+(bounds.Dx()-length)/2, bounds.Min.Y+(bounds.Dy()-length)/2
	to := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			var r, g, b, a uint32
			for sy := range samples {
				for sx := range samples {
					at := from.At(
						left+(x*samples+sx)*length/(side*samples),
						top+(y*samples+sy)*length/(side*samples),
					)
					sr, sg, sb, sa := at.RGBA()
					r, g, b, a = r+sr>>8, g+sg>>8, b+sb>>8, a+sa>>8
				}
			}
			const all = samples * samples
			to.SetRGBA(x, y, color.RGBA{uint8(r / all), uint8(g / all), uint8(b / all), uint8(a / all)})
		}
	}
	return to
}
