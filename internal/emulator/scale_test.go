package emulator

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"testing"
)

// The figures that issue trackers ask for: go test -bench . ./internal/emulator
// A page of 500 is to cost under 5 ms anywhere in a million users.

const million = 1_000_000

// A million users are not stored, and looking at each of them allocates nothing.
func TestAMillionUsersCostNoMemory(t *testing.T) {
	var before, made, scanned runtime.MemStats
	runtime.ReadMemStats(&before)
	s := New(Config{Users: million, Seed: 1, Now: newClock().now})
	runtime.ReadMemStats(&made)
	if n := made.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("starting took %d bytes", n)
	}
	q := search{filter: filter{query: []byte("nobody is called this")}, descending: true, limit: 1, after: -1}
	if found, err := s.users.page(t.Context(), &q); err != nil || len(found) != 0 {
		t.Fatalf("found %d, %v", len(found), err)
	}
	runtime.ReadMemStats(&scanned)
	if n := scanned.Mallocs - made.Mallocs; n > million/100 {
		t.Errorf("a scan made %d allocations", n)
	}
}

func newMillion(b *testing.B) *Server {
	b.Helper()
	return New(Config{Users: million, Seed: 1, Now: newClock().now})
}

func serve(tb testing.TB, s *Server, path string) {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodGet, "http://127.0.0.1/v1"+path, nil)
	r.Header.Set("Authorization", "Bearer "+SampleKey)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		tb.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
}

func BenchmarkPageAtCursor(b *testing.B) {
	s := newMillion(b)
	for n := 0; b.Loop(); n++ {
		cursor := s.UserID(million - 1 - n*7919%(million-500))
		serve(b, s, "/users?limit=500&starting_after="+cursor)
	}
}

func BenchmarkPageAtOffset(b *testing.B) {
	s := newMillion(b)
	for n := 0; b.Loop(); n++ {
		serve(b, s, "/users?limit=500&order_by=-last_sign_in_at&offset="+strconv.Itoa(n*7919%(million-500)))
	}
}

func BenchmarkCountWithQuery(b *testing.B) {
	s := newMillion(b)
	for b.Loop() {
		serve(b, s, "/users/count?query=lindqvist9")
	}
}

func BenchmarkOrderByEmail(b *testing.B) {
	s := newMillion(b)
	for b.Loop() {
		s.users.orders[byEmail].forget()
		serve(b, s, "/users?order_by=email_address&limit=1")
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		newMillion(b)
	}
}
