package main

import (
	"path/filepath"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/reports"
)

// BenchmarkResume is the run after one that was killed with SIGKILL when it had
// sent nine tenths of its roster, beside the usual night of the same ledger, in
// which everybody is known. The last tenth has to be sent, and the list of invites
// to be read for those who were in the middle of it: these are given apart.
func BenchmarkResume(b *testing.B) {
	const workers = 32 // of fullSpeed
	rows := benchRows(b, 100_000)
	x := buildProgram(b)
	roster := writeRoster(b, everyone(rows))
	for b.Loop() {
		b.StopTimer()
		gate, fresh := newTurnstile(b, x.simulate(b)), b.TempDir()
		args := append([]string{"run", roster, "--json", "--quiet", "--api-url", gate.url, "--state", fresh, "--out", filepath.Join(fresh, "out")}, fullSpeed...)
		sent := rows / 10 * 9
		x.killed(b, gate, sent, workers, args...)

		b.StartTimer()
		s, resumed := x.summary(b, exitAttention, append(args, "--no-wait")...)
		b.StopTimer()
		reading, gets := gate.reading, len(gate.gets)
		// Half of those in the middle of it hold an invite, which the list shows;
		// the others stay in doubt.
		wantBuckets(b, s, sent+workers/2, rows-sent-workers, workers/2)

		healed, _ := x.summary(b, exitOK, append(args, "--absent-after", "1s")...)
		wantBuckets(b, healed, rows-workers/2, workers/2, 0)
		var nights []cost
		for range 3 {
			known, took := x.summary(b, exitOK, args...)
			wantBuckets(b, known, rows, 0, 0)
			nights = append(nights, took)
		}
		if gate.created != rows {
			b.Fatalf("%d invites were created for %d people", gate.created, rows)
		}
		night := fastest(nights).wall
		sending := time.Duration(s.Timings.Send * float64(time.Second))
		rest := resumed.wall - sending - reading
		b.ReportMetric(percent(resumed.wall, night)/100, "x-night")
		b.ReportMetric(percent(resumed.wall-sending, night)/100, "x-night-but-sending")
		b.ReportMetric(percent(rest, night)/100, "x-night-but-sending-and-list")
		b.Logf("%d rows: resumed in %.2f s: %.2f s sending to %d people, %.2f s reading %d pages of the list, %.2f s all else, %.2f s of it the plan",
			rows, resumed.wall.Seconds(), sending.Seconds(), s.Posts, reading.Seconds(), gets, rest.Seconds(), s.Timings.Plan)
		b.Logf("a usual night takes %.2f s: %.2f times as long without sending, %.2f times without sending and reading; %s",
			night.Seconds(), percent(resumed.wall-sending, night)/100, percent(rest, night)/100, machineLoad())
		b.StartTimer()
	}
}

// wantBuckets is how many rows were invited before, sent, and left in doubt; there
// must be no others.
func wantBuckets(b *testing.B, s reports.Summary, known, sent, unknown int) {
	b.Helper()
	got := [...]int{s.Buckets[batch.OutcomeAlreadyInvited], s.Buckets[batch.OutcomeSent], s.Buckets[batch.OutcomeUnknown]}
	if got != [...]int{known, sent, unknown} || s.Rows != known+sent+unknown {
		b.Fatalf("%v of %d rows, want %d known, %d sent, %d in doubt", s.Buckets, s.Rows, known, sent, unknown)
	}
}
