package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// The mapping file of the widest sheet there is. Within the program's memory limit
// it took 500 collections, and half a minute on a busy machine.
func TestWidestMapping(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(goMemory))
	var text strings.Builder
	text.WriteString("columns:\n")
	for i := range 16_384 {
		fmt.Fprintf(&text, "  C%d: ignore\n", i)
	}
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	if _, err := parseMapping("m.yaml", text.String()); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&end)
	if n := end.NumGC - start.NumGC; n > 200 {
		t.Errorf("%d collections", n)
	}
	if limit := debug.SetMemoryLimit(-1); limit != goMemory {
		t.Errorf("the limit is %d afterwards", limit)
	}
}

// A roster raises the limit; what has none keeps none.
func TestMemoryOfRows(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(goMemory))
	allowMemory(10 * goMemoryStep)
	want := int64(goMemory + goMemoryPerRow*11*goMemoryStep)
	if limit := debug.SetMemoryLimit(-1); limit != want {
		t.Errorf("a limit of %d, want %d", limit, want)
	}
	restore := unboundMemory()
	allowMemory(20 * goMemoryStep)
	if limit := debug.SetMemoryLimit(-1); limit != unbound {
		t.Errorf("a limit of %d, want none", limit)
	}
	restore()
	if limit := debug.SetMemoryLimit(-1); limit != want {
		t.Errorf("a limit of %d afterwards, want %d", limit, want)
	}
}
