package argylesim

import "time"

// window counts events over a sliding second, exactly: the half-open second that
// ends with the latest event.
type window struct {
	times []time.Time
	peak  int // the most that any second held
}

// slide forgets what is a second old or older at now.
func (w *window) slide(now time.Time) {
	old := 0
	for old < len(w.times) && now.Sub(w.times[old]) >= time.Second {
		old++
	}
	w.times = w.times[old:]
}

func (w *window) add(now time.Time) {
	w.slide(now)
	w.times = append(w.times, now)
	w.peak = max(w.peak, len(w.times))
}
