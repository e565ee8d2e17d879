package avatar

import (
	"bytes"
	"context"
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
	// maxWork is how many pixels the scans of a JPEG may go over in all: ten scans are
	// usual, and each takes a few bytes of the file and all pixels of the picture.
	maxWork = 64 << 20
	// samples is how many points each way make up a pixel.
	samples = 4
)

// reencode makes a small square PNG of a PNG, a JPEG or a still WebP. It keeps the
// pixels only, so metadata of the file stays behind. It stops when ctx ends.
func reencode(ctx context.Context, content []byte) ([]byte, error) {
	var measure func(io.Reader) (image.Config, error)
	var decode func(io.Reader) (image.Image, error)
	kind := http.DetectContentType(content)
	switch kind {
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
	config, err := measure(awaited(ctx, content))
	if err != nil {
		return nil, fmt.Errorf("measure a picture: %w", err)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return nil, errTooBig
	}
	if kind == "image/jpeg" && scans(content) > maxWork/padded(config) {
		return nil, errTooManyScans
	}
	decoded, err := decode(awaited(ctx, content))
	if err != nil {
		return nil, fmt.Errorf("decode a picture: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, shrink(decoded)); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return out.Bytes(), nil
}

// scans is at least how often a JPEG goes over its pixels: every place is counted
// that looks like the marker of a scan, also in what is no picture.
func scans(content []byte) int { return bytes.Count(content, []byte{0xff, 0xda}) }

// padded is how many pixels a scan goes over: a JPEG is made of whole units, of 32
// pixels each way at most.
func padded(config image.Config) int { return (config.Width + 31) * (config.Height + 31) }

// reader reads a file for as long as somebody waits for it.
type reader struct {
	*bytes.Reader

	wait func() error
}

func awaited(ctx context.Context, content []byte) io.Reader {
	return reader{bytes.NewReader(content), ctx.Err}
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.wait(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p) //nolint:wrapcheck // io.EOF must stay itself
}

func (r reader) ReadByte() (byte, error) {
	if err := r.wait(); err != nil {
		return 0, err
	}
	return r.Reader.ReadByte() //nolint:wrapcheck // io.EOF must stay itself
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
