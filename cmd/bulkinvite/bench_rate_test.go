package main

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// BenchmarkRunAtRate is a run at a limit of 50 POSTs a second against an API
// that takes 200 ms for each. The API is in this process: it counts what arrives.
func BenchmarkRunAtRate(b *testing.B) {
	const (
		rows    = 3000
		rate    = 50
		burst   = 1
		latency = 200 * time.Millisecond
		ideal   = (rows-1)*time.Second/rate + latency
	)
	x := buildProgram(b)
	roster := writeRoster(b, everyone(rows))
	for b.Loop() {
		server := argylesim.New(argylesim.Options{Latency: latency, NoLog: true})
		api, err := argylesim.Listen("127.0.0.1:0", server)
		if err != nil {
			b.Fatal(err)
		}
		fresh := b.TempDir()
		stalled := watchStalls()
		s, took := x.send(b, roster, "--api-url", api.URL(), "--state", fresh, "--out", filepath.Join(fresh, "out"),
			"--rate", "50", "--concurrency", "32")
		stall := stalled()
		if err := api.Close(); err != nil {
			b.Fatal(err)
		}
		wantSent(b, s.Buckets, rows)
		peak := server.PeakPerSecond()
		sending := time.Duration(s.Timings.Send * float64(time.Second))
		b.ReportMetric(percent(took.wall, ideal), "%-of-ideal")
		b.ReportMetric(percent(sending, ideal), "%-of-ideal-sending")
		b.ReportMetric(float64(peak), "POSTs/s-peak")
		b.Logf("%d rows in %.2f s, %.2f s of it sending; ideal %.2f s: %.2f%% and %.2f%% of it",
			rows, took.wall.Seconds(), sending.Seconds(), ideal.Seconds(), percent(took.wall, ideal), percent(sending, ideal))
		b.Logf("at most %d POSTs in any second, %d are allowed; the counter was held up for up to %v; %s",
			peak, rate+burst, stall.Round(time.Millisecond), machineLoad())
		if peak > rate+burst+heldUp(rate, stall) {
			b.Fatal("the limit was not kept, as the server counts")
		}
	}
}

// BenchmarkRunAboveLimit is a run that is set to four times what the API allows:
// 50 requests in any second, and 429 above it. How much of that limit it uses, and
// how many of its requests are refused on the way.
func BenchmarkRunAboveLimit(b *testing.B) {
	const (
		rows    = 3000
		allowed = 50
		ideal   = (rows - 1) * time.Second / allowed
	)
	x := buildProgram(b)
	roster := writeRoster(b, everyone(rows))
	for _, form := range []argylesim.RetryAfter{argylesim.RetryNone, argylesim.RetrySeconds} {
		b.Run("Retry-After="+string(form), func(b *testing.B) {
			for b.Loop() {
				server := argylesim.New(argylesim.Options{RateLimit: allowed, RetryAfter: form, NoLog: true})
				api, err := argylesim.Listen("127.0.0.1:0", server)
				if err != nil {
					b.Fatal(err)
				}
				fresh := b.TempDir()
				s, _ := x.send(b, roster, "--api-url", api.URL(), "--state", fresh, "--out", filepath.Join(fresh, "out"),
					"--rate", "200", "--concurrency", "32")
				if err := api.Close(); err != nil {
					b.Fatal(err)
				}
				wantSent(b, s.Buckets, rows)
				used := percent(ideal, time.Duration(s.Timings.Send*float64(time.Second)))
				refused := 100 * float64(s.Throttled) / float64(s.Posts)
				b.ReportMetric(used, "%-of-limit")
				b.ReportMetric(refused, "%-answered-429")
				b.Logf("%d rows in %.2f s: %.1f%% of the API's limit used, %.1f%% of the requests answered 429; %s",
					rows, s.Timings.Send, used, refused, machineLoad())
			}
		})
	}
}

// watchStalls measures how long at a time the machine lets this process wait, and
// with it the simulated API: requests that left evenly are then counted in one
// go. The function ends the watch and returns the longest time.
func watchStalls() func() time.Duration {
	const beat = 5 * time.Millisecond
	over, result := make(chan struct{}), make(chan time.Duration)
	go func() {
		tick := time.NewTicker(beat)
		defer tick.Stop()
		var longest time.Duration
		for last := time.Now(); ; {
			select {
			case <-over:
				result <- longest
				return
			case <-tick.C:
				now := time.Now() // the tick itself tells when it was due
				longest = max(longest, now.Sub(last)-beat)
				last = now
			}
		}
	}()
	return func() time.Duration {
		close(over)
		return <-result
	}
}

// heldUp is how many requests more than the limit a second may seem to have, when
// they left evenly at rate and the counter was held up for so long.
func heldUp(rate int, stall time.Duration) int {
	return int(math.Ceil(float64(rate) * stall.Seconds()))
}

// percent is took as a percentage of ideal: 100 is the best.
func percent(took, ideal time.Duration) float64 { return 100 * took.Seconds() / ideal.Seconds() }
