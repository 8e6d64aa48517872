package argyle

import (
	"sync/atomic"
	"time"
)

// clock compares the API's clock with ours, by the Date header of its answers.
type clock struct{ skew atomic.Pointer[time.Duration] }

// read takes note of an answer's date, which may be missing.
func (c *clock) read(date, now time.Time) {
	if date.IsZero() {
		return
	}
	// Dates have no fraction: the moment meant is half a second later on average.
	skew := date.Add(500 * time.Millisecond).Sub(now)
	c.skew.Store(&skew)
}

// Skew is the API's clock minus ours, by its latest answer; nil before the first.
func (c *Client) Skew() *time.Duration { return c.clock.skew.Load() }
