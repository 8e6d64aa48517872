package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// BenchmarkStartup is the processor time of the shortest commands, beside a Go
// program that does nothing, and the size of the program.
func BenchmarkStartup(b *testing.B) {
	x := buildProgram(b)
	idle := buildIdle(b)
	b.Run("version", func(b *testing.B) {
		var costs, bare []cost
		for b.Loop() {
			_, took := x.run(b, "version")
			costs = append(costs, took)
			bare = append(bare, idle(b))
		}
		reportCPU(b, costs)
		gate(b, costs, bare)
		reportSize(b, x.path)
	})
	b.Run("run", func(b *testing.B) {
		roster, dir := writeRoster(b, everyone(1)), b.TempDir()
		var costs, bare []cost
		for b.Loop() {
			fresh := filepath.Join(dir, strconv.Itoa(len(costs))) // a ledger is made each time
			s, took := x.send(b, roster, "--simulate", "--state", fresh, "--out", filepath.Join(fresh, "out"))
			wantSent(b, s.Buckets, 1)
			costs = append(costs, took)
			bare = append(bare, idle(b))
		}
		reportCPU(b, costs)
		gate(b, costs, bare)
	})
}

// buildIdle builds a program that does nothing; the function runs it once.
func buildIdle(b *testing.B) func(*testing.B) cost {
	b.Helper()
	dir := b.TempDir()
	source := filepath.Join(dir, "idle.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	idle := executable{path: filepath.Join(dir, "idle"), home: dir}
	idle.build(b, source)
	return func(b *testing.B) cost {
		_, took := idle.run(b, "nothing")
		return took
	}
}

// reportCPU reports the median of the processor time.
func reportCPU(b *testing.B, costs []cost) {
	slices.SortFunc(costs, func(a, b cost) int { return cmp.Compare(a.cpu, b.cpu) })
	middle, least := costs[len(costs)/2], costs[0]
	b.ReportMetric(milliseconds(middle.cpu), "ms-cpu")
	b.Logf("%d runs: CPU %.1f ms in the middle, %.1f ms at the least; %s",
		len(costs), milliseconds(middle.cpu), milliseconds(least.cpu), machineLoad())
}

func reportSize(b *testing.B, path string) {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	size := float64(info.Size()) / 1e6
	b.ReportMetric(size, "MB-binary")
	b.Logf("the program has %.1f MB", size)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
