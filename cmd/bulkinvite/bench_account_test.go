package main

import (
	"os"
	"testing"
)

// BenchmarkAccountCheck looks at an account of 10,000 invites, of 1,000,000 with
// BENCH_BIG=1, before it sends to one person, at Argyle's published limit: the whole
// list, and then its first page.
func BenchmarkAccountCheck(b *testing.B) {
	rows := 10_000
	if os.Getenv("BENCH_BIG") == "1" {
		rows = 1_000_000
	}
	x := buildProgram(b)
	gate := newTurnstile(b, x.simulate(b))
	s, _ := x.send(b, writeRoster(b, everyone(rows)), append([]string{"--api-url", gate.url}, fillingSpeed...)...)
	wantSent(b, s.Buckets, rows)

	c := contest{rows: rows}
	for next := rows; b.Loop(); next += 2 {
		for i, how := range []string{"always", "auto"} {
			b.StopTimer()
			roster := writeRoster(b, people(2*next+i, 1)) // a stranger to the list
			gate.reset()
			b.StartTimer()
			_, took := x.send(b, roster, "--api-url", gate.url, "--rate", "50", "--absent-after", "1s", "--account-check", how)
			b.StopTimer()
			c.program = append(c.program, took)
			b.Logf("%s: %d GETs in %.2f s, CPU %.2f s, %.0f MiB; %s", how, len(gate.gets), took.wall.Seconds(), took.cpu.Seconds(),
				float64(took.peak)/mebibyte, machineLoad())
			b.StartTimer()
		}
	}
	c.reportMemory(b)
}
