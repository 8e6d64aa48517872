package ratelimit_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bulkinvite/ratelimit"
)

// 3,000 requests at 50/s with 16 workers, 200 ms latency and up to 15 ms between
// permit and departure lose less than a hundredth of the ideal.
func TestThroughput(t *testing.T) {
	const requests, perSecond = 3000, 50
	synctest.Test(t, func(t *testing.T) {
		l, start := ratelimit.New(perSecond, 1), time.Now()
		work := make(chan struct{}, requests)
		for range requests {
			work <- struct{}{}
		}
		close(work)
		var departed record[time.Duration]
		var workers sync.WaitGroup
		for i := range 16 {
			random := rand.New(rand.NewPCG(2, uint64(i)))
			workers.Go(func() {
				for range work {
					permit := wait(t, l)
					pass(time.Duration(random.Int64N(int64(15 * time.Millisecond))))
					permit.Departed()
					departed.add(time.Since(start))
					pass(200 * time.Millisecond)
					permit.Done()
				}
			})
		}
		workers.Wait()
		last := slices.Max(departed.all())
		ideal := float64(requests-1) / perSecond
		t.Logf("%.2f%% of the ideal", 100*ideal/last.Seconds())
		if last.Seconds() > ideal/0.99 {
			t.Errorf("the last request departed after %v, want %.2fs at most", last, ideal/0.99)
		}
	})
}

// The first twenty requests leave two seconds late, and all that time the window
// is full. The time is made good afterwards, as fast as the window lets.
func TestLatenessCostsNoTokens(t *testing.T) {
	const requests, perSecond, burst = 400, 10, 10
	synctest.Test(t, func(t *testing.T) {
		l, start := ratelimit.New(perSecond, burst), time.Now()
		work := make(chan int, requests)
		for i := range requests {
			work <- i
		}
		close(work)
		var workers sync.WaitGroup
		for range 32 {
			workers.Go(func() {
				for i := range work {
					permit := wait(t, l)
					if i < 20 {
						pass(2 * time.Second)
					}
					permit.Departed()
					permit.Done()
				}
			})
		}
		workers.Wait()
		const ideal = float64(requests-burst) / perSecond
		if took := time.Since(start).Seconds(); took > ideal*1.01 {
			t.Errorf("took %.2fs, ideal are %.2fs", took, ideal)
		}
	})
}

func BenchmarkWait(b *testing.B) {
	l := ratelimit.New(math.Inf(1), 1)
	b.ReportAllocs()
	for b.Loop() {
		permit, err := l.Wait(background)
		if err != nil {
			b.Fatal(err)
		}
		permit.Departed()
		permit.Done()
	}
}

// With a pace of 100,000 a second and more callers than permits.
func BenchmarkWaitContended(b *testing.B) {
	l := ratelimit.New(100_000, 100)
	b.SetParallelism(16)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			permit, err := l.Wait(background)
			if err != nil {
				b.Error(err)
				return
			}
			permit.Departed()
			permit.Done()
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "permits/s")
}
