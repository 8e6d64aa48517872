package batch

import (
	"math/rand/v2"
	"sync"
	"time"
)

// The pause of everybody after an attempt that was not processed, where the
// API does not name one: doubling with every strike, a quarter of it by chance.
const (
	firstPause   = 500 * time.Millisecond
	longestPause = 30 * time.Second
)

// patience counts strikes: attempts that were not processed, with no success in
// between. Attempts that were in line together count as one.
type patience struct {
	mu      sync.Mutex
	strikes int
	last    time.Time
}

func (p *patience) success() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.strikes = 0
}

// strike takes note of a failed attempt that was put in line then, and returns how
// long everybody should pause for it.
func (p *patience) strike(queued time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.strikes == 0 || queued.After(p.last) {
		p.strikes++
		p.last = time.Now()
	}
	pause := min(firstPause<<min(p.strikes-1, 10), longestPause)
	return pause - rand.N(pause/4)
}
