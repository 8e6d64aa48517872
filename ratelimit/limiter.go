package ratelimit

import (
	"container/list"
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limiter gives out permits in the order in which they were asked for. It is
// safe for use by many goroutines.
type Limiter struct {
	mu      sync.Mutex
	queue   list.List // of *waiter, first come first served
	bucket  *rate.Limiter
	clock   time.Time // the latest time the bucket was told: it must never run backwards
	booking *booking  // of the head of the queue; nil when it has none
	window  window
	resume  time.Time // end of the pause
	level   level
}

// New returns a limiter for perSecond requests a second, with up to burst of
// them at once after a rest. perSecond may be a fraction; math.Inf(1) means no
// pacing and no window, pauses still hold. New panics when perSecond is not
// positive or burst is below 1.
func New(perSecond float64, burst int) *Limiter {
	if !(perSecond > 0) || burst < 1 { // the negation catches NaN as well
		panic("ratelimit: the rate must be above 0 and the burst at least 1")
	}
	return &Limiter{
		bucket: rate.NewLimiter(limit(perSecond), burst),
		window: newWindow(perSecond, burst),
		level:  newLevel(perSecond),
	}
}

// Wait blocks until the caller may send one request, or until ctx ends; then
// its place goes to the next in the queue and the error is ctx.Err(). Whoever
// gets a permit must call its Done.
func (l *Limiter) Wait(ctx context.Context) (*Permit, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := l.join()
	for {
		permit, delay := l.claim(w)
		if permit != nil {
			return permit, nil
		}
		if err := w.sleep(ctx, delay); err != nil {
			l.leave(w)
			return nil, err
		}
	}
}

// Pause keeps everybody from getting a permit until d from now, those who are
// waiting already too. It extends an ongoing pause and never shortens it.
// Permits given out before are not recalled.
func (l *Limiter) Pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := time.Now().Add(d)
	if until.After(l.resume) {
		l.resume = until
		l.unbook()
	}
}

// Slow halves the rate: the server said that it is too high. Workers report the
// same trouble together, so that only the first call in a second counts.
func (l *Limiter) Slow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if l.level.slow(now) {
		l.unbook()
		l.clock = later(l.clock, now) // what was earned so far was earned at the old rate
		l.bucket.SetLimitAt(l.clock, limit(l.level.rate))
	}
}

// Recover takes a slowed rate one step up; call it for each success. The rate
// never exceeds the configured one.
func (l *Limiter) Recover() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.level.recover(time.Now()) {
		l.bucket.SetLimitAt(l.clock, limit(l.level.rate))
	}
}

// Rate returns the current rate in requests a second.
func (l *Limiter) Rate() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.level.rate
}

// claim gives w its permit, or says how long w has to sleep before it asks
// again; a nudge may come earlier.
func (l *Limiter) claim(w *waiter) (*Permit, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.queue.Front() != w.place {
		return nil, forever
	}
	now := time.Now()
	if l.booking == nil {
		l.book(w)
	}
	if delay := max(l.booking.due.Sub(now), l.window.delay(now)); delay > 0 {
		return nil, delay
	}
	l.clock = l.booking.due // the next token is due an interval after this one was, however late it is now
	l.booking = nil
	l.window.open()
	l.remove(w)
	return &Permit{limiter: l}, 0
}

// limit is perSecond as the bucket understands it, infinity included.
func limit(perSecond float64) rate.Limit {
	return rate.Limit(math.Min(perSecond, float64(rate.Inf)))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
