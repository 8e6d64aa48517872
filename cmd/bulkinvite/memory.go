package main

import (
	"math"
	"runtime/debug"
)

// The memory that Go may use. The whole program has 64 MiB and 40 bytes a row; the
// rest is SQLite's and the program's own. A plan holds about 30 bytes a row.
//
// Garbage is collected when the limit comes near, or when it is several times what
// is in use: at Go's usual pace, twice, a usual night of a million rows collects
// 174 times and takes a tenth longer.
const (
	goMemory       = 22 << 20
	goMemoryPerRow = 32
	goMemoryStep   = 1 << 16 // rows; a new limit stops the world for a moment
	garbagePercent = 400     // of what is in use
)

const unbound = math.MaxInt64 // Go's own limit

// frugal sets the pace of the garbage collector, before any roster is read.
func frugal() {
	debug.SetGCPercent(garbagePercent)
	debug.SetMemoryLimit(memoryFor(0))
}

// allowMemory raises the limit for so many rows of a roster; without a limit there
// is nothing to raise.
func allowMemory(rows int) {
	if rows%goMemoryStep < 512 && debug.SetMemoryLimit(-1) < unbound { // called for every chunk of rows
		debug.SetMemoryLimit(memoryFor(rows))
	}
}

func memoryFor(rows int) int64 { return goMemory + goMemoryPerRow*int64(rows+goMemoryStep) }

// unboundMemory lets Go collect garbage at its usual pace and without a limit, for
// something short or for what is not the program's own; what it returns puts both
// back.
func unboundMemory() (restore func()) {
	limit, percent := debug.SetMemoryLimit(unbound), debug.SetGCPercent(100)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}
