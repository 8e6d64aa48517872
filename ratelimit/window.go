package ratelimit

import (
	"math"
	"time"
)

// margin is added to the window's second, since requests do not all take
// equally long from here to the server's counter.
const margin = 5 * time.Millisecond

// window counts requests as the server does: those which departed within the
// last second, and the open ones, which have a permit and may depart any moment.
//
// Why that keeps the promise: of the requests that depart in one second, take
// the one that got its permit last. At that moment all others were either open
// or had departed less than a second ago, so all of them were counted.
type window struct {
	limit    int           // most requests in a span; 0 for no limit
	span     time.Duration // a second and a margin
	opened   int           // permits given out and not departed
	departed []time.Time   // within the last span, oldest first
}

func newWindow(perSecond float64, burst int) window {
	if math.IsInf(perSecond, 1) {
		return window{}
	}
	whole := math.Min(math.Floor(perSecond), math.MaxInt32)
	// A steady stream must not feel the margin: it takes half of what lies
	// between the rate and the limit, at most.
	slack := (whole + float64(burst) - perSecond) / perSecond
	extra := time.Duration(math.Min(float64(margin), slack/2*float64(time.Second)))
	return window{limit: int(whole) + burst, span: time.Second + max(extra, 0)}
}

// delay returns how long it takes until one more request may be let in: 0 when
// it may now, forever when open ones have to depart or be given up first.
func (w *window) delay(now time.Time) time.Duration {
	gone := 0
	for gone < len(w.departed) && now.Sub(w.departed[gone]) >= w.span {
		gone++
	}
	w.departed = w.departed[gone:]
	if !w.full() {
		return 0
	}
	last := w.opened + len(w.departed) - w.limit // index of the departure that must be a span ago
	if last >= len(w.departed) {
		return forever
	}
	return w.departed[last].Add(w.span).Sub(now)
}

// full reports whether nobody can be let in, as of the last delay.
func (w *window) full() bool {
	return w.limit > 0 && w.opened+len(w.departed) >= w.limit
}

func (w *window) open()  { w.opened++ }
func (w *window) close() { w.opened-- }

func (w *window) depart(now time.Time) {
	if w.limit > 0 {
		w.departed = append(w.departed, now)
	}
}
