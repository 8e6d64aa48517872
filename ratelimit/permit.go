package ratelimit

import "time"

// Permit is the right to send one request.
type Permit struct {
	limiter        *Limiter
	departed, done bool // guarded by limiter.mu
}

// Departed says that the request is about to be written, now: the moment from
// which the server counts. Only the first call matters. A request that departs
// after Done, when its caller has given up on it, is counted all the same.
func (p *Permit) Departed() {
	l := p.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	if p.departed {
		return
	}
	p.departed = true
	if !p.done {
		l.release()
	}
	l.window.depart(time.Now())
}

// Done says that the request is over, or was never made: a permit that has not
// departed by then frees its place in the window. Only the first call matters.
func (p *Permit) Done() {
	l := p.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	if p.done {
		return
	}
	p.done = true
	if !p.departed {
		l.release()
	}
}

// release takes a permit out of the window's open ones. Where the window was
// full, the head of the queue may have to reckon anew.
func (l *Limiter) release() {
	if l.window.full() {
		l.nudgeHead()
	}
	l.window.close()
}
