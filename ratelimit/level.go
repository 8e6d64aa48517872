package ratelimit

import (
	"math"
	"time"
)

// How the rate finds its level. The figures were chosen with the simulated
// servers of level_test.go.
const (
	// patience is the least time between two reactions to the server: what
	// comes in sooner speaks of requests that were sent before the last one.
	patience = time.Second
	// The rate rises by this part of the ceiling in a second: quickly where
	// there was no trouble, slowly around a ceiling that is sure.
	fastGain = 1. / 4
	slowGain = 1. / 400
	// near is how far around the ceiling, as a part of it, steps are small.
	near = 0.1
	// blameless is the part of what the server has carried in a second below which
	// the rate is not to blame for trouble. Servers that count seconds of the
	// clock, or save up, now and then carry twice what they allow.
	blameless = 0.5
)

// level is the rate that finds its level: additive increase, multiplicative
// decrease, and a memory of where the trouble came. Without the memory the rate
// would climb evenly from one half to the whole: three quarters on average.
//
// Trouble at a rate far below what the server has been seen to carry is not about
// the rate: slowing down for it does not help, and would end in a crawl.
type level struct {
	configured float64
	floor      float64
	rate       float64
	ceiling    float64 // where the server's limit is thought to be
	sure       bool    // trouble has come near the ceiling: it is no mere guess
	slowed     time.Time
	load       load
}

func newLevel(perSecond float64) level {
	return level{
		configured: perSecond,
		floor:      min(perSecond, max(0.5, perSecond/64)),
		rate:       perSecond,
		ceiling:    perSecond,
	}
}

// slow halves the rate and reports whether it has changed.
func (v *level) slow(now time.Time) bool {
	if now.Sub(v.slowed) < patience || v.rate <= v.floor {
		return false
	}
	if v.rate < blameless*v.load.carried(now) {
		v.ceiling, v.sure = v.configured, false
		return false
	}
	v.sure = v.rate >= v.ceiling*(1-near)
	v.ceiling, v.slowed = v.rate, now
	if !v.sure {
		// Trouble on the way up, in quick steps: the limit is somewhere between
		// the half and the whole, so the middle is the better guess.
		v.ceiling *= 0.75
	}
	v.rate = max(v.rate/2, v.floor)
	return true
}

// recover takes note of a success. It takes one step up and reports whether the
// rate has changed. The gain of a second is shared by the successes of a second,
// so the rate rises evenly in time, and only as fast as it is used.
func (v *level) recover(now time.Time) bool {
	if math.IsInf(v.configured, 1) {
		return false
	}
	v.load.add(now)
	if v.rate >= v.configured || now.Sub(v.slowed) < patience {
		return false
	}
	gain := fastGain
	if v.sure && v.rate > v.ceiling*(1-near) && v.rate < v.ceiling*(1+near) {
		gain = slowGain
	}
	v.rate = min(v.rate+gain*v.ceiling/v.rate, v.configured)
	return true
}
