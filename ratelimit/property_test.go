package ratelimit_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"bulkinvite/ratelimit"
)

// request is what one caller does, each step after the one before.
type request struct {
	arrives  time.Duration // since the start
	patience time.Duration // then its wait is cancelled; 0 for never
	lag      time.Duration // between permit and departure
	takes    time.Duration // between departure and Done
	gaveUp   bool          // Done instead of Departed
}

// hindrance is what the server's answers lead to.
type hindrance struct {
	at    time.Duration
	pause time.Duration // 0 for none
	slow  bool
}

type script struct {
	rate       float64
	burst      int
	requests   []request
	hindrances []hindrance
}

// story is what happened, as times since the start.
type story struct {
	granted, departed record[time.Duration]
}

// In no half-open second do more than floor(rate) + burst requests depart, and
// nobody gets a permit in a pause; whatever callers and server do.
func TestNeverOverTheLimit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScript(rt)
		var got *story
		synctest.Test(t, func(*testing.T) { got = play(s) })
		if err := overLimit(s, got.departed.all()); err != nil {
			rt.Fatal(err)
		}
		if err := inPause(s, got.granted.all()); err != nil {
			rt.Fatal(err)
		}
	})
}

func drawScript(t *rapid.T) script {
	upTo := func(d time.Duration) *rapid.Generator[time.Duration] {
		return rapid.Map(rapid.Int64Range(0, int64(d)), func(n int64) time.Duration { return time.Duration(n) })
	}
	longest := rapid.SampledFrom([]time.Duration{0, 15 * time.Millisecond, 300 * time.Millisecond, 3 * time.Second}).Draw(t, "longest lag")
	requests := rapid.Custom(func(t *rapid.T) request {
		r := request{
			arrives: upTo(4*time.Second).Draw(t, "arrives"),
			lag:     upTo(longest).Draw(t, "lag"),
			takes:   upTo(400*time.Millisecond).Draw(t, "takes"),
			gaveUp:  rapid.IntRange(0, 9).Draw(t, "gave up") == 0,
		}
		if rapid.IntRange(0, 4).Draw(t, "impatient") == 0 {
			r.patience = 1 + upTo(2*time.Second).Draw(t, "patience")
		}
		return r
	})
	hindrances := rapid.Custom(func(t *rapid.T) hindrance {
		return hindrance{
			at:    upTo(6*time.Second).Draw(t, "at"),
			pause: upTo(2*time.Second).Draw(t, "pause"),
			slow:  rapid.Bool().Draw(t, "slow"),
		}
	})
	return script{
		rate:       rapid.Float64Range(0.3, 120).Draw(t, "rate"),
		burst:      rapid.IntRange(1, 12).Draw(t, "burst"),
		requests:   rapid.SliceOfN(requests, 60, 150).Draw(t, "requests"),
		hindrances: rapid.SliceOfN(hindrances, 0, 3).Draw(t, "hindrances"),
	}
}

func play(s script) *story {
	l, start := ratelimit.New(s.rate, s.burst), time.Now()
	var got story
	var callers sync.WaitGroup
	for _, r := range s.requests {
		callers.Go(func() { r.play(l, start, &got) })
	}
	for _, h := range s.hindrances {
		callers.Go(func() {
			pass(h.at)
			l.Pause(h.pause)
			if h.slow {
				l.Slow()
			}
		})
	}
	callers.Wait()
	return &got
}

func (r request) play(l *ratelimit.Limiter, start time.Time, got *story) {
	pass(r.arrives)
	ctx := background
	if r.patience > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, r.patience)
		defer cancel()
	}
	permit, err := l.Wait(ctx)
	if err != nil {
		return
	}
	got.granted.add(time.Since(start))
	pass(r.lag)
	if !r.gaveUp {
		permit.Departed()
		got.departed.add(time.Since(start))
		pass(r.takes)
	}
	permit.Done()
	l.Recover()
}

func overLimit(s script, departed []time.Duration) error {
	slices.Sort(departed)
	limit := int(math.Floor(s.rate)) + s.burst
	for i := limit; i < len(departed); i++ {
		if departed[i]-departed[i-limit] < time.Second {
			return fmt.Errorf("%d departures between %v and %v, want %d at most", limit+1, departed[i-limit], departed[i], limit)
		}
	}
	return nil
}

func inPause(s script, granted []time.Duration) error {
	for _, h := range s.hindrances {
		for _, at := range granted {
			if at > h.at && at < h.at+h.pause {
				return fmt.Errorf("a permit at %v, in the pause from %v to %v", at, h.at, h.at+h.pause)
			}
		}
	}
	return nil
}

// However many waits are cancelled: the n-th permit comes at n/rate, as if those
// who left had never come, and goes to the first who is still there.
func TestCancelledWaitsLeaveNoHole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		perSecond := rapid.IntRange(1, 50).Draw(rt, "rate")
		// The odd microseconds keep a cancellation from meeting a permit.
		patience := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 3000), func(n int) time.Duration {
			return time.Duration(n)*time.Millisecond + 337*time.Microsecond
		}), 10, 60).Draw(rt, "patience")
		var got []grant
		synctest.Test(t, func(*testing.T) { got = queueUp(float64(perSecond), patience) })

		var want []grant
		for id, p := range patience {
			due := time.Duration(len(want)) * time.Second / time.Duration(perSecond)
			if p > due {
				want = append(want, grant{id, due})
			}
		}
		same := func(a, b grant) bool { return a.id == b.id && (a.at-b.at).Abs() < time.Microsecond }
		if !slices.EqualFunc(want, got, same) {
			rt.Fatalf("permits %v, want %v", got, want)
		}
	})
}

func queueUp(perSecond float64, patience []time.Duration) []grant {
	l, start := ratelimit.New(perSecond, 1), time.Now()
	var granted record[grant]
	var callers sync.WaitGroup
	for id, p := range patience {
		callers.Go(func() {
			ctx, cancel := context.WithTimeout(background, p)
			defer cancel()
			permit, err := l.Wait(ctx)
			if err != nil {
				return
			}
			permit.Departed()
			permit.Done()
			granted.add(grant{id, time.Since(start)})
		})
		synctest.Wait() // until it stands in the queue
	}
	callers.Wait()
	return granted.all()
}
