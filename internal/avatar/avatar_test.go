package avatar

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

const address = "https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCJ9"

// host answers for Clerk's image host, and counts.
type host struct {
	status   int
	header   http.Header
	body     []byte
	err      error
	requests int
}

func (h *host) RoundTrip(r *http.Request) (*http.Response, error) {
	h.requests++
	if h.err != nil {
		return nil, h.err
	}
	return &http.Response{
		StatusCode: h.status, Header: h.header, Body: io.NopCloser(bytes.NewReader(h.body)), Request: r,
	}, nil
}

func show(p *Pictures, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func always() bool { return true }

func square(t *testing.T, encode func(io.Writer, image.Image) error, width, height int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for y := range height {
		picture.Set(width/2, y, color.RGBA{R: 200, A: 255})
	}
	var out bytes.Buffer
	if err := encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(w io.Writer, i image.Image) error  { return png.Encode(w, i) }
func asJPEG(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) }
func asGIF(w io.Writer, i image.Image) error  { return gif.Encode(w, i, nil) }

func TestPictureIsASmallPNGOfOurOwn(t *testing.T) {
	for name, body := range map[string][]byte{
		"png":                square(t, png.Encode, 300, 200),
		"jpeg":               square(t, asJPEG, 120, 400),
		"one pixel":          square(t, png.Encode, 1, 1),
		"webp":               webpOf(lossless(300, 200)),
		"lossy webp":         lossyWebP(t),
		"webp with a canvas": webpOf(canvas(300, 200), lossless(300, 200)),
		"with a tail":        append(square(t, png.Encode, 10, 10), "<script>marker</script>"...),
	} {
		t.Run(name, func(t *testing.T) {
			h := &host{status: http.StatusOK, body: body}
			p := New(h, always)
			w := show(p, Path(address))
			shown, err := png.Decode(bytes.NewReader(w.Body.Bytes()))
			if err != nil || w.Header().Get("Content-Type") != "image/png" {
				t.Fatalf("got %d, %v", w.Code, err)
			}
			if shown.Bounds().Dx() != side || shown.Bounds().Dy() != side || strings.Contains(w.Body.String(), "marker") {
				t.Errorf("got %v of %d bytes", shown.Bounds(), w.Body.Len())
			}
			if show(p, Path(address)); h.requests != 1 {
				t.Errorf("fetched %d times", h.requests)
			}
		})
	}
}

// bomb is a PNG of a few bytes that claims to be 60,000 pixels each way.
func bomb(t *testing.T) []byte {
	t.Helper()
	body := square(t, png.Encode, 1, 1)
	header := body[12:29] // chunk type and content of IHDR
	binary.BigEndian.PutUint32(header[4:], 60_000)
	binary.BigEndian.PutUint32(header[8:], 60_000)
	binary.BigEndian.PutUint32(body[29:], crc32.ChecksumIEEE(header))
	return body
}

func TestHostilePictureIsNone(t *testing.T) {
	whole := square(t, png.Encode, 100, 100)
	tests := map[string]*host{
		"decompression bomb": {status: http.StatusOK, body: bomb(t)},
		"too many bytes":     {status: http.StatusOK, body: append(square(t, png.Encode, 10, 10), make([]byte, maxBytes)...)},
		"more than 200 kB":   {status: http.StatusOK, body: append(square(t, png.Encode, 10, 10), make([]byte, 200_000)...)},
		"a page":             {status: http.StatusOK, body: []byte("<!doctype html><script>alert(1)</script>")},
		"svg":                {status: http.StatusOK, body: []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)},
		"gif":                {status: http.StatusOK, body: square(t, asGIF, 10, 10)},
		"cut off":            {status: http.StatusOK, body: whole[:len(whole)/2]},
		"webp bomb":          {status: http.StatusOK, body: webpOf(lossless(16_384, 16_384))},
		"webp canvas bomb":   {status: http.StatusOK, body: webpOf(canvas(1<<24, 100), lossless(1, 1))},
		"webp that grows":    {status: http.StatusOK, body: webpOf(canvas(1, 1), lossless(16_384, 16_384))},
		"webp animation":     {status: http.StatusOK, body: webpOf(canvas(1, 1), chunk("ANIM", make([]byte, 6)), chunk("ANMF", lossless(1, 1)))},
		"webp cut off":       {status: http.StatusOK, body: lossyWebP(t)[:34]},
		"webp without image": {status: http.StatusOK, body: webpOf(chunk("VP8 ", nil))},
		"empty":              {status: http.StatusOK},
		"gone":               {status: http.StatusNotFound, body: whole},
		"somewhere else":     {status: http.StatusFound, header: http.Header{"Location": {"https://evil.example/a.png"}}, body: whole},
		"no answer":          {err: errors.New("down")},
	}
	for name, h := range tests {
		t.Run(name, func(t *testing.T) {
			if w := show(New(h, always), Path(address)); w.Code != http.StatusNotFound || h.requests != 1 {
				t.Errorf("got %d after %d requests", w.Code, h.requests)
			}
		})
	}
}

func TestOnlyClerksHostsAreAsked(t *testing.T) {
	h := &host{status: http.StatusOK, body: square(t, png.Encode, 10, 10)}
	p := New(h, always)
	for _, other := range []string{
		"", "http://img.clerk.com/a", "https://evil.example/a", "https://img.clerk.com.evil.example/a",
		"https://img.clerk.com:8443/a", "https://user@img.clerk.com/a", "https://img.clerk.com@evil.example/a",
		"file:///etc/passwd", "//img.clerk.com/a", "https://169.254.169.254/", "https://img.clerk.com/" + strings.Repeat("a", 3000),
	} {
		if Path(other) != "" {
			t.Errorf("%.60q has a path", other)
		}
		if w := show(p, strings.Replace(Path(address), "of=", "of="+other+"&x=", 1)); w.Code != http.StatusNotFound {
			t.Errorf("%.60q: got %d", other, w.Code)
		}
	}
	if h.requests != 0 {
		t.Errorf("%d requests were sent", h.requests)
	}
	if w := show(p, "/index.html"); w.Code != http.StatusNotFound {
		t.Errorf("another file: got %d", w.Code)
	}
}

func TestNothingIsFetchedUnlessEnabled(t *testing.T) {
	h := &host{status: http.StatusOK, body: square(t, png.Encode, 10, 10)}
	if w := show(New(h, func() bool { return false }), Path(address)); w.Code != http.StatusNotFound || h.requests != 0 {
		t.Errorf("got %d after %d requests", w.Code, h.requests)
	}
}

func TestCacheIsBounded(t *testing.T) {
	p := New(&host{status: http.StatusOK, body: square(t, png.Encode, 1, 1)}, always)
	for i := range maxCached {
		p.cached[strconv.Itoa(i)] = []byte{}
	}
	if w := show(p, Path(address)); w.Code != http.StatusOK || len(p.cached) != 1 {
		t.Errorf("got %d, keeps %d", w.Code, len(p.cached))
	}
}
