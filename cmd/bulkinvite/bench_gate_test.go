package main

import (
	"cmp"
	"os"
	"slices"
	"testing"
	"time"
)

// bound is the most processor time that a benchmark may take, as a multiple of
// what the bare work beside it takes: between one and a half and two times what was
// measured. They hold for the small sizes of BENCH_GATE=1 only, where the start of
// the program and a ledger's first commits count for much. Who has no bound fails.
func bound(benchmark string) float64 {
	return map[string]float64{
		"BenchmarkValidate/rows=100000": 7,
		"BenchmarkUsualNight":           20,
		"BenchmarkRunDurable":           12,
		"BenchmarkStartup/version":      22,
		"BenchmarkStartup/run":          50,
	}[benchmark]
}

// gated says whether bounds are watched.
func gated() bool { return os.Getenv("BENCH_GATE") == "1" }

// gate fails b when the program's processor time is beyond its bound. What counts
// is the least of several runs on either side: a busy machine only ever adds to it.
func gate(b *testing.B, program, bare []cost) {
	b.Helper()
	if !gated() {
		return
	}
	got, most := leastCPU(program).Seconds()/leastCPU(bare).Seconds(), bound(b.Name())
	b.Logf("the gate: %.2f times the processor time of the bare work, at most %.2f", got, most)
	if got > most {
		b.Errorf("%s has become slower: that is beyond its bound", b.Name())
	}
}

func leastCPU(costs []cost) time.Duration {
	return slices.MinFunc(costs, func(a, b cost) int { return cmp.Compare(a.cpu, b.cpu) }).cpu
}
