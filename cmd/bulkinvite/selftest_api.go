package main

import (
	"math/rand/v2"
	"sync"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// How the API of a trial behaves.
const (
	faultChance  = 0.12 // of a POST to go wrong
	burstChance  = 0.01 // of a POST to begin a series of 429
	longestBurst = 6
	showsAfter   = 300 * time.Millisecond // an invite in the list
	absentAfter  = 2 * time.Second        // what the runs take for proof
)

// trialFaults are dealt out by chance.
var trialFaults = []argylesim.Fault{
	argylesim.Lost, argylesim.Reset, argylesim.ErrBefore, argylesim.ErrAfter, argylesim.Cut, argylesim.ThrottleSeconds,
}

// trialAPI is the simulator, with faults, that says when POSTs arrive.
type trialAPI struct {
	*argylesim.Server
	listener *argylesim.Listener
	troubled int    // POSTs after which all is well
	arrived  *count // POSTs

	mu     sync.Mutex
	chance *rand.Rand
	faults int
	burst  int // 429 to come
}

func serveTrial(seed uint64, troubled int) (*trialAPI, error) {
	a := &trialAPI{troubled: troubled, arrived: newCount(), chance: rand.New(rand.NewPCG(seed, 1))}
	a.Server = argylesim.New(argylesim.Options{
		VisibleAfter: showsAfter, Order: argylesim.Shuffled, Choose: a.choose, Seed: seed, NoLog: true,
	})
	var err error
	a.listener, err = argylesim.Listen("127.0.0.1:0", a.Server)
	return a, err
}

// choose picks the fault of a POST that has arrived.
func (a *trialAPI) choose(int, string) argylesim.Fault {
	n := a.arrived.add()
	a.mu.Lock()
	defer a.mu.Unlock()
	f := a.deal(n)
	if f != argylesim.None {
		a.faults++
	}
	return f
}

// deal is the fault of the n-th POST.
func (a *trialAPI) deal(n int) argylesim.Fault {
	switch {
	case n > a.troubled:
		return argylesim.None
	case a.burst > 0:
		a.burst--
		return argylesim.Throttle
	case a.chance.Float64() < burstChance:
		a.burst = a.chance.IntN(longestBurst)
		return argylesim.Throttle
	case a.chance.Float64() < faultChance:
		return trialFaults[a.chance.IntN(len(trialFaults))]
	default:
		return argylesim.None
	}
}
