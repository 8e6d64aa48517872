package ratelimit_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bulkinvite/ratelimit"
)

// server is an API's limit: it says whether a request that arrives now is
// answered, and counts both answers.
type server struct {
	mu                sync.Mutex
	allow             func(now time.Time) bool
	served, throttled int
}

func (s *server) post() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.allow(time.Now()) {
		s.served++
		return true
	}
	s.throttled++
	return false
}

// sliding allows n requests in any window of one second.
func sliding(n int) func(time.Time) bool {
	var served []time.Time
	return func(now time.Time) bool {
		for len(served) > 0 && now.Sub(served[0]) >= time.Second {
			served = served[1:]
		}
		if len(served) >= n {
			return false
		}
		served = append(served, now)
		return true
	}
}

// calendar allows n requests in each second of the clock.
func calendar(n int) func(time.Time) bool {
	var second int64
	var served int
	return func(now time.Time) bool {
		if now.Unix() != second {
			second, served = now.Unix(), 0
		}
		served++
		return served <= n
	}
}

// tokens allows n requests a second and size at once.
func tokens(n, size float64) func(time.Time) bool {
	held, last := size, time.Now()
	return func(now time.Time) bool {
		held = min(size, held+n*now.Sub(last).Seconds())
		last = now
		if held < 1 {
			return false
		}
		held--
		return true
	}
}

// drive sends to s with 64 workers for d, as a run does: 200 ms latency, up to
// 15 ms between permit and departure, a second's pause for each 429.
func drive(l *ratelimit.Limiter, s *server, d time.Duration) {
	end := time.Now().Add(d)
	var workers sync.WaitGroup
	for i := range 64 {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		workers.Go(func() {
			for time.Now().Before(end) {
				permit, err := l.Wait(background)
				if err != nil {
					panic(err) // background never ends
				}
				pass(time.Duration(random.Int64N(int64(15 * time.Millisecond))))
				permit.Departed()
				ok := s.post()
				pass(200 * time.Millisecond)
				permit.Done()
				if ok {
					l.Recover()
					continue
				}
				l.Pause(time.Second)
				l.Slow()
			}
		})
	}
	workers.Wait()
}

// A server allows 50 a second, the limiter was told 200.
func TestLevelIsFound(t *testing.T) {
	const allowed, length = 50, 2 * time.Minute
	for name, limit := range map[string]func() func(time.Time) bool{
		"sliding window":   func() func(time.Time) bool { return sliding(allowed) },
		"calendar seconds": func() func(time.Time) bool { return calendar(allowed) },
		"tokens, 10":       func() func(time.Time) bool { return tokens(allowed, 10) },
		"tokens, 50":       func() func(time.Time) bool { return tokens(allowed, allowed) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &server{allow: limit()}
				drive(ratelimit.New(200, 1), s, length)
				used := float64(s.served) / (allowed * length.Seconds())
				refused := float64(s.throttled) / float64(s.served+s.throttled)
				t.Logf("%.1f%% of the server's limit used, %.1f%% answered 429", 100*used, 100*refused)
				if used < 0.85 {
					t.Errorf("used %.3f of the server's limit, want 0.85 at least", used)
				}
				if refused >= 0.05 {
					t.Errorf("%.3f of the requests were answered 429, want below 0.05", refused)
				}
			})
		})
	}
}

// A server that answers 429 here and there, whatever the rate is, slows a run
// down but brings it to no crawl: a rate far below what was carried is not to blame.
func TestLevelIsNotBlamedForEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(2, 0))
		s := &server{allow: func(time.Time) bool { return random.IntN(50) > 0 }}
		const length = 2 * time.Minute
		drive(ratelimit.New(500, 1), s, length)
		rate := float64(s.served) / length.Seconds()
		t.Logf("%.1f a second, %d answered 429", rate, s.throttled)
		if rate < 25 {
			t.Errorf("%.1f a second, want 25 at least", rate)
		}
	})
}
