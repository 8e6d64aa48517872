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
// one when it answers again, and twice as many with every success.
type breaker struct {
	width       int // attempts on their way at once
	bad         int // attempts in a row that ended in doubt or unprocessed
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

func (b *breaker) allows(inside int) bool { return inside < b.width }

// note takes note of an attempt: tripped when it was the one too many.
func (b *breaker) note(j judgement, now time.Time) (tripped bool, stop *Stop) {
	switch {
	case j.state == Sent || j.state == Rejected: // the API does its work
		b.success, b.bad = now, 0
		if b.width *= 2; b.width > recovered {
			b.width = unlimited
		}
		return false, nil
	case j.slow || j.next == nextStop || j.state == "":
		return false, b.giveUp(now)
	}
	b.bad++
	// While it recovers, the first failure is enough.
	if b.width == 0 || b.bad < tripAfter && b.width == unlimited {
		return false, b.giveUp(now)
	}
	b.width = 0
	return true, b.giveUp(now)
}

func (b *breaker) mend() { b.width, b.bad = 1, 0 }

func (b *breaker) giveUp(now time.Time) *Stop {
	if b.giveUpAfter == 0 || now.Sub(b.success) < b.giveUpAfter {
		return nil
	}
	return &Stop{StopAPIDown, fmt.Sprintf(
		"the API has not taken an invite for %s: run again when it works", b.giveUpAfter)}
}
