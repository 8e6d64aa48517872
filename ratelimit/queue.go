package ratelimit

import (
	"container/list"
	"context"
	"math"
	"time"

	"golang.org/x/time/rate"
)

// forever is the delay of those who sleep until they are nudged.
const forever = time.Duration(math.MaxInt64)

// waiter is somebody in the queue.
type waiter struct {
	arrived time.Time
	nudge   chan struct{} // holds one: look again
	place   *list.Element
}

// sleep returns nil after delay or a nudge, and ctx.Err() when ctx ends first.
func (w *waiter) sleep(ctx context.Context, delay time.Duration) error {
	var alarm <-chan time.Time
	if delay < forever {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		alarm = timer.C
	}
	select {
	case <-alarm:
		return nil
	case <-w.nudge:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// booking is a token reserved for the head of the queue.
//
// Only the head has one, so that a waiter who leaves takes nothing along. It is
// made for the time at which the waiter arrived, not for now: somebody who wakes
// up late delays those behind, but does not cost them their tokens.
type booking struct {
	reservation *rate.Reservation
	at, due     time.Time
}

// book reserves the next token for the head of the queue.
func (l *Limiter) book(head *waiter) {
	at := later(later(head.arrived, l.clock), l.resume)
	r := l.bucket.ReserveN(at, 1)
	l.clock = at
	l.booking = &booking{reservation: r, at: at, due: at.Add(r.DelayFrom(at))}
}

// unbook gives the head's token back. Nothing was reserved after it, so the
// bucket is as if it had never been booked.
func (l *Limiter) unbook() {
	if l.booking != nil {
		l.booking.reservation.CancelAt(l.booking.at)
		l.booking = nil
	}
}

// join puts the caller at the end of the queue.
func (l *Limiter) join() *waiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := &waiter{arrived: time.Now(), nudge: make(chan struct{}, 1)}
	w.place = l.queue.PushBack(w)
	return w
}

// leave takes somebody out who no longer wants a permit.
func (l *Limiter) leave(w *waiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.queue.Front() == w.place {
		l.unbook()
	}
	l.remove(w)
}

// remove takes w out of the queue and lets the head, perhaps a new one, look.
func (l *Limiter) remove(w *waiter) {
	l.queue.Remove(w.place)
	l.nudgeHead()
}

func (l *Limiter) nudgeHead() {
	if front := l.queue.Front(); front != nil {
		select {
		case front.Value.(*waiter).nudge <- struct{}{}:
		default: // it has one already
		}
	}
}
