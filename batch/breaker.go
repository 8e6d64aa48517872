package batch

import (
	"fmt"
	"math"
	"time"
)

// tripAfter is how many attempts in a row may end in doubt or unprocessed before
// the API counts as down: each of them may be a person in doubt.
const tripAfter = 5

// breaker stops everybody while the API is down. It limits how many attempts
// may be on their way: any number while all is well, none while the API is down,
// one when it answers again, then twice as many with every success and half as
// many with every failure.
//
// What counts is the order in which attempts began, not the one in which they
// end: a failure that took long says nothing of an API which has worked since.
// So failures that happen here and there do not add up, however late they show.
type breaker struct {
	width       int       // attempts on their way at once
	bad         int       // attempts in a row that ended in doubt or unprocessed
	news        time.Time // what began before tells nothing new: the latest success's beginning, or the mend
	success     time.Time
	giveUpAfter time.Duration // since the last success; 0: never
}

const (
	// unlimited is the width of a breaker that has nothing to break.
	unlimited = math.MaxInt / 2
	// recovered is the width from which on all is well again.
	recovered = 16
)

func newBreaker(giveUpAfter time.Duration, now time.Time) breaker {
	return breaker{width: unlimited, success: now, giveUpAfter: giveUpAfter}
}

// note takes note of an attempt: tripped when it was the one too many.
func (b *breaker) note(j judgement, now time.Time) (tripped bool, stop *Stop) {
	fresh := !j.began.Before(b.news)
	switch {
	case j.state == Sent || j.state == Rejected: // the API does its work
		b.success, b.bad = now, 0
		if fresh {
			b.news = j.began
			b.widen()
		}
		return false, nil
	case j.slow || j.next == nextStop || j.state == "" || !fresh:
		return false, b.giveUp(now)
	}
	return b.fail(), b.giveUp(now)
}

func (b *breaker) widen() {
	if b.width *= 2; b.width > recovered {
		b.width = unlimited
	}
}

// fail reports whether this failure trips the breaker: one too many in a row, or
// that of the only attempt while the API recovers.
func (b *breaker) fail() bool {
	b.bad++
	switch {
	case b.width == 0: // it has tripped
		return false
	case b.width == 1 || b.bad == tripAfter:
		b.width = 0
		return true
	case b.width < unlimited:
		b.width /= 2
	}
	return false
}

// mend lets one attempt in. Those which began before tell nothing any more.
func (b *breaker) mend(now time.Time) { b.width, b.bad, b.news = 1, 0, now }

func (b *breaker) giveUp(now time.Time) *Stop {
	if b.giveUpAfter == 0 || now.Sub(b.success) < b.giveUpAfter {
		return nil
	}
	return &Stop{StopAPIDown, fmt.Sprintf(
		"the API has not taken an invite for %s: run again when it works", b.giveUpAfter)}
}
