package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

var chanceSeed = flag.Uint64("chance", 0, "seed of what TestDurability leaves to chance; 0: another one each time")

// chance is a source of random moments; its seed stands in the test's log.
func chance(t *testing.T) *rand.Rand {
	t.Helper()
	seed := *chanceSeed
	for seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("again with -chance %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// moment is when a process is killed: after POSTs of this run have arrived, or
// were answered, or some time after the start, whichever is set.
type moment struct {
	arrived, answered int
	elapsed           time.Duration
}

func (m moment) String() string {
	switch {
	case m.arrived > 0:
		return fmt.Sprintf("when POST %d arrives", m.arrived)
	case m.answered > 0:
		return fmt.Sprintf("when POST %d is answered", m.answered)
	default:
		return fmt.Sprintf("after %v", m.elapsed)
	}
}

// channel is to be asked for before the process is started.
func (m moment) channel(a *api) <-chan struct{} {
	switch {
	case m.arrived > 0:
		return a.arrived.more(m.arrived)
	case m.answered > 0:
		return a.left.more(m.answered)
	}
	over := make(chan struct{})
	time.AfterFunc(m.elapsed, func() { close(over) })
	return over
}

// moments are ten, early enough for 2,000 people at 1,000 a second not to be
// through by then.
func moments(r *rand.Rand) []moment {
	all := make([]moment, 10)
	for i := range all {
		switch i % 3 {
		case 0:
			all[i].arrived = 1 + r.IntN(120)
		case 1:
			all[i].answered = 1 + r.IntN(120)
		case 2:
			all[i].elapsed = time.Duration(r.Int64N(int64(250 * time.Millisecond)))
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
