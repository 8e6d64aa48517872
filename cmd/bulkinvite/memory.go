package main

import (
	"math"
	"runtime/debug"
)

// The memory that Go may use before it collects garbage more often than usual.
// The whole program has 64 MiB and 40 bytes a row; the rest is SQLite's and the
// program's own. A plan holds about 30 bytes a row, which Go's usual pace would
// let double: at four million rows 250 MiB instead of 170.
const (
	goMemory       = 30 << 20
	goMemoryPerRow = 36
	goMemoryStep   = 1 << 16 // rows; a new limit stops the world for a moment
)

// allowMemory raises the limit for so many rows of a roster.
func allowMemory(rows int) {
	if rows%goMemoryStep < 512 { // called for every chunk of rows
		debug.SetMemoryLimit(goMemory + goMemoryPerRow*int64(rows+goMemoryStep))
	}
}

// liftMemoryLimit takes the limit away from something short; what it returns puts
// it back.
func liftMemoryLimit() (restore func()) {
	limit := debug.SetMemoryLimit(math.MaxInt64)
	return func() { debug.SetMemoryLimit(limit) }
}
