package avatar

import (
	"encoding/base64"
	"encoding/binary"
	"testing"
)

// The container of WebP is described at
// https://developers.google.com/speed/webp/docs/riff_container, the lossless
// pictures at https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification.

// webpOf is a WebP file of these chunks.
func webpOf(chunks ...[]byte) []byte {
	content := []byte("WEBP")
	for _, c := range chunks {
		content = append(content, c...)
	}
	return chunk("RIFF", content)
}

func chunk(name string, content []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(content)))
	out = append(out, content...)
	return append(out, make([]byte, len(content)%2)...)
}

// canvas is the header of an extended file, with the size that its image should have.
func canvas(width, height int) []byte {
	w, h := width-1, height-1
	return chunk("VP8X", []byte{0, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
}

// lossless is a picture of one colour. Each of its five codes has a single
// symbol, which takes no bits at all: it is as short at any size.
func lossless(width, height int) []byte {
	bits, at := make([]byte, 16), 0
	put := func(value, count int) {
		for i := range count {
			bits[at/8] |= byte(value>>i&1) << (at % 8)
			at++
		}
	}
	put(0x2f, 8) // signature
	put(width-1, 14)
	put(height-1, 14)
	put(0, 4) // no alpha, version 0
	put(0, 3) // no transform, no colour cache, no groups of codes
	for _, symbol := range []int{120, 200, 40, 255, 0} {
		put(0b101, 3) // simple code, one symbol, of eight bits
		put(symbol, 8)
	}
	return chunk("VP8L", bits[:(at+7)/8])
}

// lossyWebP is one pixel, as the encoder of libwebp makes it.
func lossyWebP(t *testing.T) []byte {
	t.Helper()
	picture, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	return picture
}
