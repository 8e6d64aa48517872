package batch

import (
	"context"
	"errors"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"bulkinvite/ratelimit"
)

// Courier sends the rows of a plan: slot -> claim -> permit -> POST -> settle.
type Courier struct {
	Book    Book
	Sender  Sender
	Lister  Lister // asked whether the API is back; nil: it is tried with an invite
	Limiter *ratelimit.Limiter
	Clock   *Clock

	RunID         string
	Campaign      string
	Concurrency   int // people on their way at once; at least 1
	RetryRejected bool
	GiveUpAfter   time.Duration // since the last success; 0: never
	// FromSettings reports whether a field of the request has the same value for all,
	// so that it is no row's fault when the API does not accept it; may be nil.
	FromSettings func(field string) bool
	// Warn is called when sending is interrupted because of the API, and when it goes
	// on; may be nil.
	Warn func(message string)
	// Progress is called after every settled person; may be nil. It must be
	// safe for concurrent use.
	Progress func(State)
}

// Delivery is what came of sending.
type Delivery struct {
	Stop      *Stop // why it ended before the last row; nil when it did not
	Posts     int
	Throttled int
	Took      time.Duration
	// SetAside are rows whose person could not be claimed although the plan
	// said so: somebody else changed the ledger meanwhile.
	SetAside map[rowRef]Finding
}

// Deliver sends every row of p that is to be sent. Cancelling ctx stops it: no
// further row is begun, what is on its way is finished and settled, and the
// cause of the cancellation is the Delivery's Stop. The error says that the
// ledger or the spool failed; the Delivery is valid even then.
func (c Courier) Deliver(ctx context.Context, p *Plan) (Delivery, error) {
	p.index = nil // its memory is the sender's
	return c.deliver(ctx, p.parcels(), p.also)
}

// parcel is a row on its way.
type parcel struct {
	row   rowRef
	entry entry
}

// parcels are the rows that the plan wants sent.
func (p *Plan) parcels() iter.Seq2[parcel, error] {
	return func(yield func(parcel, error) bool) {
		for row, err := range p.spool.all(openBlocks) {
			if _, held := p.outside[row.row]; held && err == nil {
				continue
			}
			if (row.entry.Outcome == "" || err != nil) && !yield(row, err) {
				return
			}
		}
	}
}

func (c Courier) deliver(ctx context.Context, parcels iter.Seq2[parcel, error], also alsoKnown) (Delivery, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	round := &round{Courier: c, gate: newGate(c.Concurrency, c.GiveUpAfter), stop: stop, also: also, aside: map[rowRef]Finding{}, ahead: make(chan struct{}, c.lead())}
	round.broken.tell = c.Warn
	began := time.Now()
	err := round.send(ctx, parcels)
	d := Delivery{
		Stop:      StopOf(ctx),
		Posts:     int(round.posts.Load()),
		Throttled: int(round.throttled.Load()),
		Took:      time.Since(began),
		SetAside:  round.aside,
	}
	return d, err
}

// leadTime is how long a claim may be made before its permit is due: enough for
// it to become durable. A crash turns every claim that waits into a doubt.
const leadTime = 200 * time.Millisecond

// lead is how many claims may wait for a permit at once.
func (c Courier) lead() int {
	due := c.Limiter.Rate() * leadTime.Seconds()
	return 1 + int(min(due, float64(c.Concurrency)))
}

// StopOf is why ctx was cancelled, as a Stop; nil when it was not.
func StopOf(ctx context.Context) *Stop {
	if ctx.Err() == nil {
		return nil
	}
	if s, ok := errors.AsType[*Stop](context.Cause(ctx)); ok {
		return s
	}
	return &Stop{StopSignal, context.Cause(ctx).Error()}
}

// round is one pass over the plan's rows.
type round struct {
	Courier
	gate      *gate
	also      alsoKnown
	stop      context.CancelCauseFunc
	posts     atomic.Int64
	throttled atomic.Int64
	feeding   atomic.Bool  // rows may follow
	people    atomic.Int64 // who are on their way, or about to be
	patience  patience
	broken    interruption
	ahead     chan struct{} // one for each claim that waits for its permit

	mu    sync.Mutex
	aside map[rowRef]Finding
}

// send hands each parcel to a worker of the pool. The workers last as long as the
// round: a goroutine for each person would grow its stack anew each time, which
// cost a twentieth of a first night.
//
// There are almost twice as many workers as slots: while the outcome of one person
// becomes durable, the next one is claimed in the same commit. Without a limit, 5,000
// people by 32 slots take 420 commits instead of 720. A crash can leave as many more
// people in doubt as there are settlements on their way.
func (r *round) send(ctx context.Context, parcels iter.Seq2[parcel, error]) error {
	var pool errgroup.Group
	queue := make(chan parcel)
	for range 2*max(1, r.Concurrency) - 1 {
		pool.Go(func() error { return r.work(ctx, queue) })
	}
	r.feeding.Store(true)
	err := r.feed(ctx, queue, parcels)
	r.feeding.Store(false)
	close(queue)
	return errors.Join(pool.Wait(), err)
}

// feed puts the parcels into the queue until there are no more, or the run stops.
func (r *round) feed(ctx context.Context, queue chan<- parcel, parcels iter.Seq2[parcel, error]) error {
	for p, err := range parcels {
		if ctx.Err() != nil {
			return nil // a stop is no failure of the ledger's or the spool's
		}
		if err != nil {
			return err
		}
		r.people.Add(1)
		select {
		case queue <- p:
		case <-ctx.Done():
			r.people.Add(-1)
			return nil
		}
	}
	return nil
}

// work sends to one person after the other. The error is the ledger's first one,
// and has stopped the round.
func (r *round) work(ctx context.Context, queue <-chan parcel) error {
	var broken error
	for p := range queue {
		err := r.person(ctx, p.row, r.claimOf(&p))
		r.people.Add(-1)
		if broken == nil {
			broken = err
		}
	}
	return broken
}

func (r *round) claimOf(p *parcel) Claim {
	e := &p.entry
	return Claim{
		Campaign:      r.Campaign,
		RunID:         r.RunID,
		Line:          e.Line,
		PersonID:      e.PersonID,
		Aliases:       r.also.of(p),
		IDFrom:        e.IDFrom,
		Recipient:     e.Recipient,
		Name:          FoldName(e.Recipient.Name()),
		Row:           e.Row,
		Body:          e.Recipient.Body(),
		RetryRejected: r.RetryRejected,
	}
}

// setAside keeps a row whose person could not be claimed for the report.
func (r *round) setAside(row rowRef) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.aside[row] = Finding{
		Code:    CodeContactShared,
		Message: "somebody else was given this person's ID or contact since the run began: run the row again",
		Owner:   HR,
	}
}

// fail stops the run because the ledger cannot be written: nothing more may be
// claimed.
func (r *round) fail(err error) error {
	r.stop(&Stop{StopLedger, "the ledger cannot be written: " + err.Error()})
	return err
}
