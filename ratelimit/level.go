package ratelimit

import "time"

// How the rate finds its level. The figures were chosen with the simulated
// servers of level_test.go.
const (
	// patience is the least time between two reactions to the server: what
	// comes in sooner speaks of requests that were sent before the last one.
	patience = time.Second
	// The rate rises by this part of the ceiling in a second: quickly where
	// there was no trouble, slowly around the ceiling.
	fastGain = 1. / 4
	slowGain = 1. / 400
	// near is how far around the ceiling, as a part of it, steps are small.
	near = 0.1
)

// level is the rate that finds its level: additive increase, multiplicative
// decrease, and a memory of where the trouble came. Without the memory the rate
// would climb evenly from one half to the whole: three quarters on average.
type level struct {
	configured float64
	floor      float64
	rate       float64
	ceiling    float64 // where the server's limit is thought to be
	slowed     time.Time
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
	below := v.rate < v.ceiling*(1-near)
	v.slowed = now
	v.ceiling = v.rate
	if below {
		// Trouble on the way up, in quick steps: the limit is somewhere between
		// the half and the whole, so the middle is the better guess.
		v.ceiling *= 0.75
	}
	v.rate = max(v.rate/2, v.floor)
	return true
}

// recover takes one step up for one success and reports whether the rate has
// changed. The gain of a second is shared by the successes of a second, so the
// rate rises evenly in time, and only as fast as it is used.
func (v *level) recover(now time.Time) bool {
	if v.rate >= v.configured || now.Sub(v.slowed) < patience {
		return false
	}
	gain := fastGain
	if v.rate > v.ceiling*(1-near) && v.rate < v.ceiling*(1+near) {
		gain = slowGain
	}
	v.rate = min(v.rate+gain*v.ceiling/v.rate, v.configured)
	return true
}
