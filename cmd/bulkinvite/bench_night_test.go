package main

import (
	"iter"
	"os"
	"strconv"
	"testing"

	"bulkinvite/batch"
)

// newPeople is how many rows of a usual night's roster nobody has invited yet.
const newPeople = 100

// BenchmarkUsualNight is the run of a roster whose people were all invited in
// earlier nights but for 100, beside gocsv alone. The ledger was filled by the
// program itself, in a first night that is not part of the figures: with so many
// workers that more of them share a commit.
func BenchmarkUsualNight(b *testing.B) {
	rows := benchRows(b, 200_000)
	x := buildProgram(b)
	url := x.simulate(b)
	args := append([]string{"--api-url", url}, fullSpeed...)
	s, first := x.send(b, writeRoster(b, night(rows, 0)), append([]string{"--api-url", url}, fillingSpeed...)...)
	wantSent(b, s.Buckets, rows)
	b.Logf("the first night took %.1f s (%s rows/s) and %.1f MiB at its peak; %s",
		first.wall.Seconds(), whole(perSecond(rows, first.wall)), float64(first.peak)/mebibyte, machineLoad())

	c := contest{rows: rows, what: "gocsv"}
	for n := 1; b.Loop(); n++ {
		b.StopTimer()
		roster := writeRoster(b, night(rows, n))
		b.StartTimer()
		c.beside(b,
			func() cost { return bareDecode(b, roster, rows) },
			func() cost {
				var took cost
				s, took = x.send(b, roster, args...)
				wantSent(b, s.Buckets, newPeople)
				return took
			})
		if got := s.Buckets[batch.OutcomeAlreadyInvited]; got != rows-newPeople {
			b.Fatalf("%d rows were known, want %d: %v", got, rows-newPeople, s.Buckets)
		}
	}
	c.report(b)
	c.reportMemory(b)
	b.Logf("the last night: plan %.2f s, send %.2f s of %.2f s", s.Timings.Plan, s.Timings.Send, s.Timings.Total)
}

// night is the people of the n-th night: the same ones every time but for 100,
// spread over the whole roster, who have joined since the night before.
func night(rows, n int) iter.Seq[person] {
	every := rows / newPeople
	return func(yield func(person) bool) {
		for p := range everyone(rows) {
			if at := int(p) / every; int(p)%every == 0 && at < newPeople {
				p = person(rows + n*newPeople + at)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// benchRows is BENCH_ROWS, or usual without it; the gate is small by itself.
func benchRows(b *testing.B, usual int) int {
	b.Helper()
	text, given := os.LookupEnv("BENCH_ROWS")
	switch {
	case gated():
		return 20_000
	case !given:
		return usual
	}
	rows, err := strconv.Atoi(text)
	if err != nil || rows < 1000 || rows > 10_000_000 {
		b.Fatalf("BENCH_ROWS must be a number from 1000 to 10000000, not %q", text)
	}
	return rows
}
