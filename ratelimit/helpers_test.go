package ratelimit_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bulkinvite/ratelimit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var background = context.Background()

// pass lets d go by on the bubble's clock. It makes no timer for 0: receiving
// from several that are due at once crashes Go 1.26's race detector in a bubble.
func pass(d time.Duration) {
	if d > 0 {
		<-time.After(d)
	}
}

func wait(t *testing.T, l *ratelimit.Limiter) *ratelimit.Permit {
	t.Helper()
	permit, err := l.Wait(background)
	if err != nil {
		t.Errorf("waiting for a permit: %v", err)
		return &ratelimit.Permit{}
	}
	return permit
}

// send waits for a permit and uses it at once.
func send(t *testing.T, l *ratelimit.Limiter) {
	t.Helper()
	permit := wait(t, l)
	permit.Departed()
	permit.Done()
}

// sendAll sends n requests, each in a goroutine of its own, and returns at once.
// The record fills with how long each waited for its permit.
func sendAll(t *testing.T, l *ratelimit.Limiter, n int) *record[time.Duration] {
	t.Helper()
	start := time.Now()
	var got record[time.Duration]
	for range n {
		go func() {
			send(t, l)
			got.add(time.Since(start))
		}()
	}
	return &got
}

func wantRate(t *testing.T, l *ratelimit.Limiter, want float64) {
	t.Helper()
	if got := l.Rate(); got != want {
		t.Errorf("the rate is %v, want %v", got, want)
	}
}

// record is what several goroutines saw, in that order.
type record[T any] struct {
	mu   sync.Mutex
	seen []T
}

func (r *record[T]) add(v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, v)
}

func (r *record[T]) all() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.seen)
}

// grant is a permit that was given out, to whom and when.
type grant struct {
	id int
	at time.Duration
}

func ms(values ...int) []time.Duration {
	durations := make([]time.Duration, len(values))
	for i, v := range values {
		durations[i] = time.Duration(v) * time.Millisecond
	}
	return durations
}

// round takes off what is below a millisecond.
func round(durations []time.Duration) []time.Duration {
	rounded := make([]time.Duration, len(durations))
	for i, d := range durations {
		rounded[i] = d.Round(time.Millisecond)
	}
	return rounded
}
