package main

import (
	"fmt"
	"os"
	"testing"
)

// BenchmarkValidate is `bulkinvite validate` on rosters without a problem, an
// e-mail address and a phone number in every row, beside gocsv alone.
func BenchmarkValidate(b *testing.B) {
	x := buildProgram(b)
	sizes := []int{100_000, 1_000_000, 10_000_000}
	switch {
	case gated():
		sizes = sizes[:1]
	case os.Getenv("BENCH_BIG") != "1":
		sizes = sizes[:2]
		fmt.Println("BenchmarkValidate/rows=10000000 is left out: BENCH_BIG=1 runs it")
	}
	for _, rows := range sizes {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			roster := writeRoster(b, everyone(rows))
			c := contest{rows: rows, what: "gocsv"}
			for b.Loop() {
				c.beside(b,
					func() cost { return bareDecode(b, roster, rows) },
					func() cost { _, took := x.run(b, "validate", roster); return took })
			}
			c.report(b)
			c.reportMemory(b)
		})
	}
}
