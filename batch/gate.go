package batch

import (
	"context"
	"sync"
	"time"
)

// gate lets attempts in, as many as there are slots, and keeps the damage small
// when something is wrong with all of them: a setting (alike) or the API (breaker).
type gate struct {
	mu      sync.Mutex
	free    *sync.Cond
	slots   int
	inside  int // attempts that have a slot: from before the claim until the answer
	alike   alike
	breaker breaker
	up      context.Context // ends when the breaker trips; another one follows when the API is back
	trip    context.CancelFunc
}

func newGate(slots int, giveUpAfter time.Duration) *gate {
	g := &gate{slots: max(1, slots), breaker: newBreaker(giveUpAfter, time.Now())}
	g.free = sync.NewCond(&g.mu)
	g.up, g.trip = context.WithCancel(context.Background())
	return g
}

// limit is how many attempts may be inside.
func (g *gate) limit() int { return min(g.slots, g.alike.limit(), g.breaker.width) }

// enter waits until one more attempt may begin. Every enter that returns nil
// needs a leave.
func (g *gate) enter(ctx context.Context) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside >= g.limit() {
		g.wait(ctx)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	g.inside++
	return nil
}

// wait waits for a place inside, or for the end of ctx.
func (g *gate) wait(ctx context.Context) {
	wake := context.AfterFunc(ctx, func() {
		g.mu.Lock() // so that nobody is between looking and waiting
		defer g.mu.Unlock()
		g.free.Broadcast()
	})
	defer wake()
	for ctx.Err() == nil && g.inside >= g.limit() {
		g.free.Wait()
	}
}

// leave frees the slot. One place is one more for one of those who wait: to wake
// them all would make many workers slower than a few.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside < g.limit() {
		g.free.Signal()
	}
}

// note takes note of how an attempt went. tripped is true for the one attempt that
// broke the breaker: its worker has to find out when the API is back. A stop means
// that nobody else should be sent to.
func (g *gate) note(j judgement) (tripped bool, stop *Stop) {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := g.limit()
	defer func() {
		if g.limit() > before {
			g.free.Broadcast()
		}
	}()
	if stop := g.alike.note(j); stop != nil {
		return false, stop
	}
	if tripped, stop = g.breaker.note(j, time.Now()); tripped {
		g.trip()
	}
	return tripped, stop
}

// whileUp is ctx for those inside who have not begun yet: it ends as well when
// the breaker trips. The second result frees it.
func (g *gate) whileUp(ctx context.Context) (context.Context, func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	forget := context.AfterFunc(g.up, cancel)
	return ctx, func() { forget(); cancel() }
}

// mend lets a single attempt in after the breaker had tripped.
func (g *gate) mend() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.breaker.mend(time.Now())
	g.up, g.trip = context.WithCancel(context.Background())
	g.free.Broadcast()
}

// givesUp reports whether the API would have been away for too long by then.
func (g *gate) givesUp(then time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.breaker.giveUp(then) != nil
}

// giveUp reports whether the API has been away for too long.
func (g *gate) giveUp() *Stop {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.breaker.giveUp(time.Now())
}
