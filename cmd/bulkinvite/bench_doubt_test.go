package main

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// killed runs the program until so many POSTs went through t and then as many as
// it has workers wait for their answers, and kills it with SIGKILL.
func (x executable) killed(b *testing.B, t *turnstile, after, workers int, args ...string) {
	b.Helper()
	jammed := t.jam(after, workers)
	cmd := x.command(b, args...)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // by SIGKILL
	}()
	select {
	case <-jammed:
		_ = cmd.Process.Kill()
		<-ended
	case <-ended:
		b.Fatalf("the run that was to be killed has ended: %v", cmd.ProcessState)
	}
	t.reset()
}

// BenchmarkReconcile settles people in doubt by a list of 100,000 invites, of
// 1,000,000 with BENCH_BIG=1, all but theirs known to the ledger, at Argyle's
// published limit.
//
// The list is read twice: the first reading shows who holds an invite. That the
// others hold none is proved by a reading which began --absent-after later.
func BenchmarkReconcile(b *testing.B) {
	const (
		doubtful = 20 // half of them hold an invite
		pageSize = 200
		readings = 2
		burst    = 1
	)
	rows := 100_000
	if os.Getenv("BENCH_BIG") == "1" {
		rows = 1_000_000
	}
	x := buildProgram(b)
	gate := newTurnstile(b, x.simulate(b))
	s, _ := x.send(b, writeRoster(b, everyone(rows)), append([]string{"--api-url", gate.url}, fillingSpeed...)...)
	wantSent(b, s.Buckets, rows)

	c := contest{rows: rows}
	for listed := rows; b.Loop(); {
		b.StopTimer()
		roster := writeRoster(b, people(2*listed, doubtful)) // strangers to the list
		x.killed(b, gate, 0, doubtful, "run", roster, "--quiet", "--api-url", gate.url, "--rate", "10000", "--burst", "1000", "--concurrency", "20")
		listed += doubtful / 2
		stalled := watchStalls()
		b.StartTimer()
		text, took := x.run(b, "reconcile", "--api-url", gate.url, "--absent-after", "1s", "--rate", "50", "--json", "--quiet")
		b.StopTimer()
		stall := stalled()
		c.program = append(c.program, took)
		wantScan(b, text, scanJSON{Listed: listed, Found: doubtful / 2, Absent: doubtful / 2})
		pages, peak := (listed+pageSize-1)/pageSize, fullestSecond(gate.gets)
		perInvite := float64(took.cpu.Microseconds()) / float64(readings*listed)
		b.ReportMetric(float64(peak), "GETs/s-peak")
		b.ReportMetric(perInvite, "us-cpu/invite")
		b.Logf("%d invites on %d pages, read twice: %d GETs in %.2f s, CPU %.2f s, %.1f us an invite",
			listed, pages, len(gate.gets), took.wall.Seconds(), took.cpu.Seconds(), perInvite)
		b.Logf("at most %d GETs in any second, %d are allowed; the counter was held up for up to %v; %s",
			peak, publishedLimit+burst, stall.Round(time.Millisecond), machineLoad())
		if len(gate.gets) != readings*pages || peak > publishedLimit+burst+heldUp(publishedLimit, stall) {
			b.Fatal("a page was asked for in vain, or the limit was not kept, as the server counts")
		}
		b.StartTimer()
	}
	c.reportMemory(b)
}

// wantScan compares what reconcile --json printed; nobody may be left in doubt.
func wantScan(b *testing.B, text []byte, want scanJSON) {
	b.Helper()
	var got scanJSON
	if err := json.Unmarshal(text, &got); err != nil {
		b.Fatal(err)
	}
	if got.Listed != want.Listed || got.Found != want.Found || got.Absent != want.Absent || len(got.InDoubt) > 0 {
		b.Fatalf("reconcile: %s, want %d listed, %d found, %d absent", text, want.Listed, want.Found, want.Absent)
	}
}
