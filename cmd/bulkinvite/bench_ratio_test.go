package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dustin/go-humanize"
)

const mebibyte = 1 << 20

// The memory that the program may take, in bytes: a base and so much a row.
const (
	memoryBase   = 64 * mebibyte
	memoryPerRow = 40
)

// contest is the program's work on some rows, and the bare work on the same rows
// before and after it.
type contest struct {
	rows    int
	what    string // the bare work
	program []cost
	bare    []cost
}

// beside times the bare work on both sides of the program's, so that neither has
// the quieter machine to itself. Only the program counts for ns/op.
func (c *contest) beside(b *testing.B, bare, program func() cost) {
	b.StopTimer()
	c.bare = append(c.bare, bare())
	b.StartTimer()
	c.program = append(c.program, program())
	b.StopTimer()
	c.bare = append(c.bare, bare())
	b.StartTimer()
}

// report prints the least disturbed run of either side and their ratio. The
// ratio of processor time holds on a busy machine too.
func (c *contest) report(b *testing.B) {
	program, bare := fastest(c.program), fastest(c.bare)
	speed, bareSpeed := perSecond(c.rows, program.wall), perSecond(c.rows, bare.wall)
	times := program.wall.Seconds() / bare.wall.Seconds()
	timesCPU := program.cpu.Seconds() / bare.cpu.Seconds()
	b.ReportMetric(speed, "rows/s")
	b.ReportMetric(times, "x-bare")
	b.ReportMetric(timesCPU, "x-bare-cpu")
	b.Logf("%s rows in %.2f s (CPU %.2f s), %s rows/s; %s alone in %.2f s (CPU %.2f s), %s rows/s",
		humanize.Comma(int64(c.rows)), program.wall.Seconds(), program.cpu.Seconds(), whole(speed),
		c.what, bare.wall.Seconds(), bare.cpu.Seconds(), whole(bareSpeed))
	b.Logf("%.2f times the time of %s, %.2f times its CPU, %.2f of its speed; %s",
		times, c.what, timesCPU, 1/times, machineLoad())
	gate(b, c.program, c.bare)
}

// reportMemory prints the largest peak against what the program may take.
func (c *contest) reportMemory(b *testing.B) {
	var peak int64
	for _, p := range c.program {
		peak = max(peak, p.peak)
	}
	perRow := float64(max(0, peak-memoryBase)) / float64(c.rows)
	most := int64(memoryBase + memoryPerRow*c.rows)
	verdict := "within"
	if peak > most {
		verdict = "ABOVE"
	}
	b.ReportMetric(float64(peak)/mebibyte, "MiB-peak")
	b.ReportMetric(perRow, "B/row-above-64MiB")
	b.Logf("peak memory %.1f MiB, %.1f bytes a row above 64 MiB: %s the budget of %.1f MiB",
		float64(peak)/mebibyte, perRow, verdict, float64(most)/mebibyte)
}

func fastest(costs []cost) cost {
	return slices.MinFunc(costs, func(a, b cost) int { return cmp.Compare(a.wall, b.wall) })
}

func perSecond(rows int, took time.Duration) float64 { return float64(rows) / took.Seconds() }

func whole(n float64) string { return humanize.Comma(int64(n)) }

// machineLoad says how busy the machine is.
func machineLoad() string {
	text, err := os.ReadFile("/proc/loadavg")
	average := strings.Fields(string(text))
	if err != nil || len(average) < 3 {
		return "the machine's load is not known"
	}
	return fmt.Sprintf("load %s", strings.Join(average[:3], " "))
}
