package batch

import "time"

// Clock is the time of one process. The wall clock can be set while the process runs,
// by a person or by NTP; the monotonic clock cannot, so that the two part then. A nil
// Clock is the system's, and never parts.
type Clock struct {
	began time.Time        // with its monotonic reading
	first time.Time        // what the wall clock said then
	wall  func() time.Time // nil: the system's
}

// NewClock starts a Clock. wall reads the wall clock; nil: the system's.
func NewClock(wall func() time.Time) *Clock {
	c := &Clock{began: time.Now(), wall: wall}
	c.first = c.Now()
	return c
}

// Now is what the wall clock says: what the ledger keeps, and what later runs can
// compare with theirs.
func (c *Clock) Now() time.Time {
	if c == nil || c.wall == nil {
		return time.Now().Round(0)
	}
	return c.wall().Round(0)
}

// Up is how long the process has been running, by the monotonic clock. Whatever an
// earlier run did was over before.
func (c *Clock) Up() time.Duration {
	if c == nil {
		return 0
	}
	return time.Since(c.began)
}

// clockSlack is how far apart two readings of one clock may be: dates without a
// fraction are cut to the second, and NTP moves a clock a little all the time.
const clockSlack = 2 * time.Second

// Parted reports whether the wall clock was set since the process began: what it
// dates cannot be compared then.
func (c *Clock) Parted() bool {
	return c != nil && (c.Now().Sub(c.first)-c.Up()).Abs() > clockSlack
}

// Offset bounds the clock that dates invites, minus ours, as the answers of one run
// show it: an invite was created between the POST and its answer. It is known by
// these alone. The Date header is another clock's, and a hint only.
type Offset struct {
	Lo, Hi time.Duration
	Known  bool
	Torn   bool // the answers contradict each other, or our clock was set: nothing is known
}

// OffsetOf is what one answer shows: an invite created at that time by the API's
// clock, by a POST that began and ended at these by ours.
func OffsetOf(created, began, ended time.Time) Offset {
	if created.IsZero() || began.IsZero() || ended.Before(began) {
		return Offset{}
	}
	exact := time.Millisecond
	if created.Nanosecond() == 0 {
		exact = time.Second // cut to the second
	}
	return Offset{Lo: created.Sub(ended), Hi: created.Add(exact).Sub(began), Known: true}
}

// And is what two measurements show together.
func (o Offset) And(p Offset) Offset {
	switch {
	case o.Torn || p.Torn:
		return Offset{Torn: true}
	case !o.Known:
		return p
	case !p.Known:
		return o
	case !o.agrees(p):
		return Offset{Torn: true}
	}
	lo, hi := max(o.Lo, p.Lo), min(o.Hi, p.Hi)
	return Offset{Lo: min(lo, hi), Hi: max(lo, hi), Known: true}
}

// agrees reports whether two offsets can be the same.
func (o Offset) agrees(p Offset) bool {
	return o.Lo <= p.Hi+clockSlack && p.Lo <= o.Hi+clockSlack
}

// usable reports whether o tells anything.
func (o Offset) usable() bool { return o.Known && !o.Torn }

// hintOf is the offset that a Date header shows, of an answer to a request that began
// then; the header has whole seconds.
func hintOf(date, began, now time.Time) Offset {
	if date.IsZero() {
		return Offset{}
	}
	return Offset{Lo: date.Sub(now), Hi: date.Add(time.Second).Sub(began), Known: true}
}
