package ratelimit

import (
	"context"
	"time"
)

// Ready waits until no pause is on. It takes no permit: whoever prepares
// something for a request, and should not hold it through a pause, asks here
// first. The error is ctx.Err().
func (l *Limiter) Ready(ctx context.Context) error {
	for {
		left := l.pauseLeft()
		if left <= 0 {
			return ctx.Err()
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

func (l *Limiter) pauseLeft() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.resume)
}
