package batch

import (
	"testing"
	"testing/synctest"
	"time"
)

// attempts feeds a breaker: an attempt's beginning and its end are counted in
// seconds from the start.
type attempts struct {
	t       *testing.T
	start   time.Time
	breaker breaker
}

func newAttempts(t *testing.T) *attempts {
	start := time.Unix(1_700_000_000, 0)
	return &attempts{t, start, newBreaker(0, start)}
}

func (a *attempts) at(second int) time.Time {
	return a.start.Add(time.Duration(second) * time.Second)
}

// ends tells of an attempt and wants it to trip the breaker or not, and so many
// to be let in afterwards.
func (a *attempts) ends(state State, began, ended int, tripped bool, width int) {
	a.t.Helper()
	trips, _ := a.breaker.note(judgement{state: state, began: a.at(began)}, a.at(ended))
	if trips != tripped || a.breaker.width != width {
		a.t.Errorf("%s from %d to %d: tripped %v and %d are let in, want %v and %d",
			state, began, ended, trips, a.breaker.width, tripped, width)
	}
}

func TestBreakerTripsOnFailuresInARow(t *testing.T) {
	a := newAttempts(t)
	for i := range tripAfter - 1 {
		a.ends(Unknown, i, i, false, unlimited)
	}
	a.ends(Sent, 10, 10, false, unlimited)
	for i := range tripAfter - 1 {
		a.ends(Unknown, 11+i, 11+i, false, unlimited)
	}
	a.ends(Failed, 20, 20, true, 0)
	a.ends(Unknown, 20, 30, false, 0)
}

// Failures that took long do not count when something has worked since they began.
func TestBreakerGoesByTheBeginning(t *testing.T) {
	a := newAttempts(t)
	a.ends(Sent, 5, 6, false, unlimited)
	for i := range 4 * tripAfter {
		a.ends(Unknown, i%5, 10+i, false, unlimited)
	}
	for range tripAfter - 1 {
		a.ends(Unknown, 6, 40, false, unlimited)
	}
	a.ends(Unknown, 6, 40, true, 0)
}

// What began before the mend counts neither against the recovery nor for it.
func TestBreakerRecovers(t *testing.T) {
	a := newAttempts(t)
	for range tripAfter - 1 {
		a.ends(Unknown, 1, 2, false, unlimited)
	}
	a.ends(Unknown, 1, 2, true, 0)
	a.breaker.mend(a.at(10))
	for range 2 * tripAfter {
		a.ends(Unknown, 9, 11, false, 1)
	}
	a.ends(Sent, 9, 11, false, 1)
	a.ends(Sent, 10, 12, false, 2)
	a.ends(Sent, 12, 13, false, 4)
	a.ends(Unknown, 13, 14, false, 2) // a step back
	a.ends(Sent, 14, 15, false, 4)
	a.ends(Sent, 15, 16, false, 8)
	a.ends(Sent, 16, 17, false, recovered)
	a.ends(Sent, 17, 18, false, unlimited)
}

func TestBreakerTripsWithTheLoneAttempt(t *testing.T) {
	a := newAttempts(t)
	a.breaker.mend(a.at(1))
	a.ends(Unknown, 1, 2, true, 0)
	a.breaker.mend(a.at(3))
	a.ends(Sent, 3, 4, false, 2)
	a.ends(Failed, 4, 5, false, 1)
	a.ends(Failed, 4, 5, true, 0)
}

// Being told to slow down says that the API is there, but not that it works.
func TestBreakerIsNotForThrottling(t *testing.T) {
	a := newAttempts(t)
	for range 4 * tripAfter {
		if tripped, _ := a.breaker.note(judgement{state: Failed, slow: true, next: nextAgain, began: a.at(1)}, a.at(2)); tripped {
			t.Fatal("tripped")
		}
	}
}

// Those who stood in line when the API first complained have learnt nothing new:
// the pause gets longer only for those who came later, and starts small again
// after a success.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p patience
		line := time.Now()
		wants := func(queued time.Time, most time.Duration) {
			t.Helper()
			if pause := p.strike(queued); pause > most || pause < most*3/4 {
				t.Errorf("a pause of %s, want up to %s", pause, most)
			}
			<-time.After(time.Millisecond)
		}
		for range 16 {
			wants(line, firstPause)
		}
		wants(time.Now(), 2*firstPause)
		wants(time.Now(), 4*firstPause)
		p.success()
		wants(time.Now(), firstPause)
		for range 20 {
			p.strike(time.Now())
			<-time.After(time.Millisecond)
		}
		wants(time.Now(), longestPause)
	})
}
