package secret

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Scrub overwrites what is left in memory of secrets that nothing holds any more.
//
// Go frees memory without clearing it, and a string cannot be cleared by whom it
// belongs to. So Scrub has unused memory collected, twice because what a sync.Pool
// holds survives once. Then it takes every free place of each size that Go hands
// out, which clears it, and gives whole free pages back to the system. That takes
// some ten milliseconds.
//
// It cannot reach what is still held, free places that another processor keeps for
// itself, stacks of goroutines, and memory that is not Go's, such as the copies of
// the clipboard that GTK made.
func Scrub() {
	runtime.GC()
	runtime.GC()
	takeFreePlaces()
	debug.FreeOSMemory()
}

func takeFreePlaces() {
	var held [][][]byte
	for size := 16; size <= largestSize; size = nextSize(size) {
		held = append(held, fill(size))
	}
	runtime.KeepAlive(held)
}

// largestSize is the largest size that Go takes from pages with several objects
// (runtime, sizeclasses.go). Larger ones have pages of their own.
const largestSize = 32 << 10

// nextSize steps finer than Go's size classes, so that it misses none.
func nextSize(size int) int { return size + max(16, size/16&^7) }

// fill takes places of one size until Go needs more pages for them: then none of
// the old ones is free. Others may need pages at the same time, so it takes some
// more. The bytes that the old ones can have bound it.
func fill(size int) [][]byte {
	const page, more = 8 << 10, 4
	_, unused := heap()
	held := make([][]byte, 0, (unused+page)/size+page/size+1)
	before, _ := heap()
	for grown := 0; len(held)*size <= unused+page && grown < more; {
		for taken := 0; taken < page; taken += size {
			held = append(held, make([]byte, size))
		}
		if now, _ := heap(); now > before {
			before = now
			grown++
		}
	}
	return held
}

// heap returns the bytes of pages that have objects, and how many of them are free.
func heap() (inUse, unused int) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	metrics.Read(samples)
	objects, free := samples[0].Value.Uint64(), samples[1].Value.Uint64()
	return int(objects + free), int(free) //nolint:gosec // a heap is no larger than an int
}
