package ratelimit

import "time"

// memory is how long it is remembered what a server has carried: its limit may
// have fallen since.
const memory = 30 * time.Second

// load remembers the most successes that the server has had in one second of late.
type load struct {
	times []time.Time // within the last second, oldest first
	most  int
	when  time.Time // of the most
}

func (l *load) add(now time.Time) {
	l.forget(now)
	l.times = append(l.times, now)
	if len(l.times) >= l.most || now.Sub(l.when) > memory {
		l.most, l.when = len(l.times), now
	}
}

// carried returns the most successes that a second has had lately.
func (l *load) carried(now time.Time) float64 {
	if now.Sub(l.when) > memory {
		return 0
	}
	return float64(l.most)
}

func (l *load) forget(now time.Time) {
	gone := 0
	for gone < len(l.times) && now.Sub(l.times[gone]) >= time.Second {
		gone++
	}
	l.times = l.times[gone:]
}
