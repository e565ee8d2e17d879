package avatar

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"net/http"
	"testing"
)

// The markers of JPEG are described in ITU-T T.81, annex B, progressive scans in
// annex G.

// progressive is a grey square of that many scans. The first says that every block
// is even, each of the others in a few bytes that no block
// has more.
func progressive(side, scans int) []byte {
	var out bytes.Buffer
	segment := func(marker byte, content ...byte) {
		out.Write([]byte{0xff, marker})
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(len(content)+2)))
		out.Write(content)
	}
	table := func(class byte, symbols ...byte) {
		counts := make([]byte, 16)
		counts[0] = byte(len(symbols)) // codes of one bit
		segment(0xc4, append(append([]byte{class << 4}, counts...), symbols...)...)
	}
	out.Write([]byte{0xff, 0xd8})
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	segment(0xc2, 8, byte(side>>8), byte(side), byte(side>>8), byte(side), 1, 1, 0x11, 0)
	table(0, 0)
	table(1, 0xe0)
	blocks := (side + 7) / 8 * ((side + 7) / 8)
	segment(0xda, 1, 1, 0, 0, 0, 0)
	out.Write(make([]byte, (blocks+7)/8)) // one bit for each block
	for range scans - 1 {
		segment(0xda, 1, 1, 0, 1, 63, 0)
		// The code 0 and 14 bits of 0 make a run of 16,384 blocks.
		runs := (blocks + 16_383) / 16_384
		out.Write(make([]byte, (15*runs+7)/8))
	}
	out.Write([]byte{0xff, 0xd9})
	return out.Bytes()
}

func TestAJPEGMayHaveSoManyScans(t *testing.T) {
	for _, tt := range []struct{ side, scans, status int }{
		{2048, 1, http.StatusOK},
		{2000, 15, http.StatusOK},
		{2048, 20, http.StatusNotFound},
		{2048, 5000, http.StatusNotFound},
		{600, 10, http.StatusOK},
		{600, 500, http.StatusNotFound},
		{8, 5000, http.StatusOK},
	} {
		body := progressive(tt.side, tt.scans)
		if len(body) > maxBytes {
			t.Fatalf("%d bytes", len(body))
		}
		if w := show(New(&host{status: http.StatusOK, body: body}, always), Path(address)); w.Code != tt.status {
			t.Errorf("%d pixels each way, %d scans in %d bytes: got %d", tt.side, tt.scans, len(body), w.Code)
		}
	}
}

func TestAPictureThatNobodyWaitsForIsNotDecoded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, body := range map[string][]byte{"jpeg": progressive(64, 2), "png": square(t, asPNG, 64, 64), "webp": lossyWebP(t)} {
		if _, err := reencode(ctx, body); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
