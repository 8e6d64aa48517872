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
	troubled int // POSTs after which all is well

	mu     sync.Mutex
	chance *rand.Rand
	posts  int
	faults int
	burst  int // 429 to come
	marks  map[int]chan struct{}
}

func serveTrial(seed uint64, troubled int) (*trialAPI, error) {
	a := &trialAPI{troubled: troubled, chance: rand.New(rand.NewPCG(seed, 1)), marks: map[int]chan struct{}{}}
	a.Server = argylesim.New(argylesim.Options{
		VisibleAfter: showsAfter, Order: argylesim.Shuffled, Choose: a.choose, Seed: seed, NoLog: true,
	})
	var err error
	a.listener, err = argylesim.Listen("127.0.0.1:0", a.Server)
	return a, err
}

// choose picks the fault of a POST that has arrived.
func (a *trialAPI) choose(int, string) argylesim.Fault {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.posts++
	if mark, ok := a.marks[a.posts]; ok {
		close(mark)
		delete(a.marks, a.posts)
	}
	f := a.deal()
	if f != argylesim.None {
		a.faults++
	}
	return f
}

func (a *trialAPI) deal() argylesim.Fault {
	switch {
	case a.posts > a.troubled:
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

// after is closed when n more POSTs, at least 1, have arrived.
func (a *trialAPI) after(n int) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	mark := make(chan struct{})
	a.marks[a.posts+n] = mark
	return mark
}
