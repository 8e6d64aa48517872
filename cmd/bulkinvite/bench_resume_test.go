package main

import (
	"path/filepath"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/reports"
)

// BenchmarkResume is the run after one that was killed with SIGKILL, beside the
// usual night of the same ledger, in which everybody is known. Twice a run is
// killed: a first night that had sent nine tenths of its roster, and a usual night
// that had sent to six tenths of those who are new. Sending to the others, reading the
// list of invites for those who were in the middle of it, and checking the whole ledger
// after the unclean end, are given apart.
func BenchmarkResume(b *testing.B) {
	rows := benchRows(b, 100_000)
	x := buildProgram(b)
	for b.Loop() {
		b.StopTimer()
		gate, fresh := newTurnstile(b, x.simulate(b)), b.TempDir()
		args := append([]string{"--json", "--quiet", "--api-url", gate.url, "--state", fresh, "--out", filepath.Join(fresh, "out")}, fullSpeed...)
		r := resumption{x, b, gate, fresh, args}
		everybody, newcomers := writeRoster(b, everyone(rows)), writeRoster(b, night(rows, 1))

		first := r.resume(everybody, 0, rows/10*9, rows)
		// The mean of a few: a run is resumed but once, and not at its best.
		const nights = 3
		var night time.Duration
		for range nights {
			known, took := r.run(exitOK, everybody)
			wantBuckets(b, known, rows, 0, 0)
			night += took.wall / nights
		}
		usual := r.resume(newcomers, rows-newPeople, newPeople/10*6, rows)
		if gate.created != rows+newPeople {
			b.Fatalf("%d invites were created for %d people", gate.created, rows+newPeople)
		}

		b.ReportMetric(percent(first, night)/100, "x-night-first")
		b.ReportMetric(percent(usual, night)/100, "x-night-usual")
		b.Logf("%d rows, a usual night takes %.2f s: the first night was resumed in %.2f times that, a usual one in %.2f times, without checking the ledger, sending, and reading the list; %s",
			rows, night.Seconds(), percent(first, night)/100, percent(usual, night)/100, machineLoad())
		b.StartTimer()
	}
}

// resumption is a program with a turnstile before its API.
type resumption struct {
	executable
	b     *testing.B
	gate  *turnstile
	state string
	args  []string
}

func (r resumption) run(code int, roster string, more ...string) (reports.Summary, cost) {
	r.b.Helper()
	return r.summary(r.b, code, append(append([]string{"run", roster}, r.args...), more...)...)
}

// resume runs a roster of so many rows, known of whose people are known, and kills
// the run when it has sent so many. It times the run after it, sending and reading
// the list apart, and lets a third one settle those whom it leaves in doubt.
func (r resumption) resume(roster string, known, sent, rows int) time.Duration {
	r.b.Helper()
	const workers = 32 // of fullSpeed
	r.killed(r.b, r.gate, sent, workers, append([]string{"run", roster}, r.args...)...)

	r.gate.keepWarm(append(r.ledger(), roster)...)
	r.b.StartTimer()
	s, took := r.run(exitAttention, roster, "--no-wait")
	r.b.StopTimer()
	reading, gets := r.gate.reading, len(r.gate.gets)
	// Half of those in the middle of it hold an invite, which the list shows; the
	// others stay in doubt.
	known += sent
	wantBuckets(r.b, s, known+workers/2, rows-known-workers, workers/2)
	healed, _ := r.run(exitOK, roster, "--absent-after", "1s")
	wantBuckets(r.b, healed, rows-workers/2, workers/2, 0)

	sending := time.Duration(s.Timings.Send * float64(time.Second))
	checking := time.Duration(s.Timings.Check * float64(time.Second))
	rest := took.wall - sending - reading - checking
	r.b.Logf("resumed in %.2f s: %.2f s checking the ledger, %.2f s sending to %d people, %.2f s reading %d pages of the list, %.2f s all else, %.2f s of it the plan",
		took.wall.Seconds(), checking.Seconds(), sending.Seconds(), s.Posts, reading.Seconds(), gets, rest.Seconds(), s.Timings.Plan)
	return rest
}

// ledger is the files of the ledger: the database and its log.
func (r resumption) ledger() []string {
	r.b.Helper()
	found, err := filepath.Glob(filepath.Join(r.state, "*", "ledger.db*"))
	if err != nil || len(found) == 0 {
		r.b.Fatalf("no ledger in the state folder: %v", err)
	}
	return found
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
