package batch

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// maxAlike is how many people may be rejected in a row with the very same
// words: then it is not they who are wrong but something they have in common.
const maxAlike = 20

// gate lets attempts in. It keeps the damage of one wrong default small: until
// somebody was invited, no more people are on their way than may be rejected.
type gate struct {
	mu     sync.Mutex
	free   *sync.Cond
	inside int
	proven bool   // somebody was invited in this run
	words  string // of the rejections in a row
	alike  int
}

func newGate() *gate {
	g := &gate{}
	g.free = sync.NewCond(&g.mu)
	return g
}

// enter waits until one more attempt may begin. Every enter that returns nil
// needs a leave.
func (g *gate) enter(ctx context.Context) error {
	wake := context.AfterFunc(ctx, g.free.Broadcast)
	defer wake()
	g.mu.Lock()
	defer g.mu.Unlock()
	for ctx.Err() == nil && !g.open() {
		g.free.Wait()
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	g.inside++
	return nil
}

func (g *gate) open() bool {
	if g.proven && g.alike == 0 {
		return true
	}
	return g.alike+g.inside < maxAlike
}

// leave takes note of how the attempt went. It returns a stop when everybody is
// rejected for the same reason.
func (g *gate) leave(j judgement) *Stop {
	g.mu.Lock()
	defer g.mu.Unlock()
	defer g.free.Broadcast()
	g.inside--
	switch j.state {
	case Sent:
		g.proven, g.alike = true, 0
	case Rejected:
		if words := rejectionWords(j.findings); words != g.words {
			g.words, g.alike = words, 0
		}
		g.alike++
	}
	if g.alike < maxAlike {
		return nil
	}
	return &Stop{StopDefault, fmt.Sprintf(
		"the API rejected %d people in a row with the same words (%s): a setting that all of them share is wrong; correct it and run again", g.alike, g.words)}
}

func rejectionWords(findings []Finding) string {
	words := make([]string, len(findings))
	for i, f := range findings {
		words[i] = strings.TrimPrefix(f.Field+": "+f.Message, ": ")
	}
	return strings.Join(words, "; ")
}
