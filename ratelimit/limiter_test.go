package ratelimit_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/ratelimit"
)

func TestPermitsArePaced(t *testing.T) {
	for name, tt := range map[string]struct {
		rate  float64
		burst int
		want  []time.Duration
	}{
		"one at a time":     {10, 1, ms(0, 100, 200, 300)},
		"a burst first":     {10, 3, ms(0, 0, 0, 100, 200)},
		"less than one":     {0.5, 1, ms(0, 2000, 4000)},
		"a fraction":        {2.5, 1, ms(0, 400, 800, 1200)},
		"without any limit": {math.Inf(1), 1, ms(0, 0, 0, 0, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, start := ratelimit.New(tt.rate, tt.burst), time.Now()
				var got []time.Duration
				for range tt.want {
					send(t, l)
					got = append(got, time.Since(start))
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("times of the permits (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// Each gets a permit in the order of the calls; whoever leaves, at the head or in
// the middle, leaves no hole.
func TestFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, start := ratelimit.New(10, 1), time.Now()
		var got record[grant]
		for id := range 6 {
			ctx := t.Context()
			if id == 1 || id == 3 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond)
				defer cancel()
			}
			go func() {
				permit, err := l.Wait(ctx)
				if err != nil {
					if !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("waiting failed with %v, want the context's error", err)
					}
					return
				}
				permit.Departed()
				permit.Done()
				got.add(grant{id, time.Since(start)})
			}()
			synctest.Wait() // until it stands in the queue
		}
		pass(time.Second)
		want := []grant{{0, 0}, {2, 100 * time.Millisecond}, {4, 200 * time.Millisecond}, {5, 300 * time.Millisecond}}
		if diff := cmp.Diff(want, got.all(), cmp.AllowUnexported(grant{})); diff != "" {
			t.Errorf("permits (-want +got):\n%s", diff)
		}
	})
}

func TestEndedContextGetsNoPermit(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ratelimit.New(math.Inf(1), 1).Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// The pause holds those who wait already, is extended and never shortened, and
// does not end in a rush.
func TestPauseHoldsEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := ratelimit.New(10, 1)
		got := sendAll(t, l, 4)
		pass(50 * time.Millisecond)
		l.Pause(3 * time.Second)
		l.Pause(time.Second)
		pass(2 * time.Second)
		l.Pause(4 * time.Second)
		pass(10 * time.Second)
		if diff := cmp.Diff(ms(0, 6050, 6150, 6250), got.all()); diff != "" {
			t.Errorf("times of the permits (-want +got):\n%s", diff)
		}
	})
}

func TestPauseHoldsAnUnlimitedLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, start := ratelimit.New(math.Inf(1), 1), time.Now()
		l.Pause(2 * time.Second)
		l.Slow()
		send(t, l)
		if waited := time.Since(start); waited != 2*time.Second || !math.IsInf(l.Rate(), 1) {
			t.Errorf("waited %v at rate %v, want 2s at +Inf", waited, l.Rate())
		}
	})
}

// Three permits a second are out and slow to depart. The fourth waits for a
// departure to be a second old, or for a permit that is given back.
func TestOpenPermitsFillTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := ratelimit.New(2, 1)
		open := []*ratelimit.Permit{wait(t, l), wait(t, l), wait(t, l)} // the third after 1 s
		got := sendAll(t, l, 2)
		pass(9 * time.Second)
		open[0].Done() // given back: a place at once
		open[0].Done() // and only one
		pass(time.Second)
		open[1].Departed() // a place a second from now
		open[1].Departed()
		open[1].Done()
		pass(3 * time.Second)
		at := got.all()
		if len(at) != 2 || at[0] != 9*time.Second || at[1] < 10*time.Second || at[1] > 10*time.Second+5*time.Millisecond {
			t.Errorf("permits at %v, want 9s and just after 10s", at)
		}
		open[2].Done()
	})
}

// A request may still be written when its caller has given up: it counts.
func TestLateDeparturesCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := ratelimit.New(1, 2)
		for range 3 {
			permit := wait(t, l)
			permit.Done()
			permit.Departed()
		}
		start := time.Now() // one permit came at once with another, one a second later
		send(t, l)
		if waited := time.Since(start).Round(10 * time.Millisecond); waited != time.Second {
			t.Errorf("waited %v, want 1s", waited)
		}
	})
}

func TestSlowAndRecover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := ratelimit.New(100, 1)
		l.Recover()
		wantRate(t, l, 100)
		for range 16 { // many workers report one burst
			l.Slow()
		}
		wantRate(t, l, 50)
		l.Recover() // speaks of a request from before
		wantRate(t, l, 50)
		for range 20 {
			pass(time.Second)
			l.Slow()
		}
		wantRate(t, l, 100./64)
		pass(time.Second)
		for range 100_000 {
			before := l.Rate()
			l.Recover()
			if l.Rate() < before {
				t.Fatalf("a success took the rate from %v to %v", before, l.Rate())
			}
		}
		wantRate(t, l, 100)
	})
}

func TestSlowHasAFloor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for configured, floor := range map[float64]float64{0.2: 0.2, 1: 0.5, 10: 0.5, 640: 10} {
			l := ratelimit.New(configured, 1)
			for range 20 {
				l.Slow()
				pass(time.Second)
			}
			wantRate(t, l, floor)
		}
	})
}

// A slower rate holds at once for those who wait already.
func TestSlowHoldsForTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := ratelimit.New(10, 1)
		got := sendAll(t, l, 4)
		pass(100*time.Millisecond + 1)
		l.Slow()
		pass(time.Second)
		if diff := cmp.Diff(ms(0, 100, 300, 500), round(got.all())); diff != "" {
			t.Errorf("times of the permits (-want +got):\n%s", diff)
		}
	})
}

func TestNewRefusesNonsense(t *testing.T) {
	for _, tt := range []struct {
		rate  float64
		burst int
	}{{0, 1}, {-1, 1}, {math.NaN(), 1}, {1, 0}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("New(%v, %d) did not panic", tt.rate, tt.burst)
				}
			}()
			ratelimit.New(tt.rate, tt.burst)
		}()
	}
}
