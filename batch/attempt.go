package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"bulkinvite/ratelimit"
)

const (
	// maxTries is how many POSTs one person gets in a run while the API keeps
	// saying "not processed".
	maxTries = 8
	// settleWithin bounds the wait for the ledger once an answer is there.
	settleWithin = 30 * time.Second
)

// person sends to one person: attempts until it is settled for good. The error
// is the ledger's; everything else ends in the ledger.
func (r *round) person(ctx context.Context, row rowRef, c Claim) error {
	for try := 1; ; try++ {
		// A claim is not held through a pause, which a crash would turn into doubt.
		if r.Limiter.Ready(ctx) != nil || r.gate.enter(ctx) != nil {
			return nil // stopped before this row
		}
		j, tripped, err := r.attempt(ctx, &c)
		if tripped && err == nil {
			r.probe(ctx, j.next == nextAgain && try < maxTries)
		}
		switch {
		case errors.Is(err, ErrNotClaimable):
			r.setAside(row)
			return nil
		case errors.Is(err, errStopped) && ctx.Err() == nil:
			try-- // the API went down before its turn came
		case errors.Is(err, errStopped):
			return nil
		case err != nil:
			return r.fail(err)
		case j.next == nextStop:
			r.stop(&Stop{StopRefused, j.stop})
			return nil
		case j.next == nextDone, try == maxTries:
			r.report(j.state)
			return nil
		}
	}
}

// errStopped says that the run was stopped, or the API went down, before the POST
// began; the claim, if there was one, is released.
var errStopped = errors.New("stopped before the request")

// attempt is claim -> permit -> POST -> settle, once, in a slot that is free again
// with the answer. After the claim is durable, every way out either settles or
// releases it. tripped says that the attempt broke the breaker.
func (r *round) attempt(ctx context.Context, c *Claim) (j judgement, tripped bool, err error) {
	queued := time.Now()
	claimed, permit, err := r.claim(ctx, c)
	if err != nil {
		r.gate.leave()
		return judgement{}, false, err
	}
	s, j := r.post(ctx, *c, claimed, permit)
	r.heed(ctx, queued, j)
	// What went wrong counts at once. Whether it went well, the ledger decides: it
	// may know the invite.
	if j.state != Sent {
		tripped = r.note(j)
	}
	r.gate.leave()
	settled, err := r.settle(ctx, s, j)
	if j.state == Sent {
		tripped = r.note(settled)
	}
	return settled, tripped, err
}

// note takes note of how an attempt went, and stops the round where the gate says
// so.
func (r *round) note(j judgement) (tripped bool) {
	tripped, stop := r.gate.note(j)
	if stop != nil {
		r.stop(stop)
	}
	return tripped && stop == nil
}

// claim is claim -> permit. Few claims wait for a permit at a time, and a claim
// whose wait is cut short is released.
func (r *round) claim(ctx context.Context, c *Claim) (Attempt, *ratelimit.Permit, error) {
	up, done := r.gate.whileUp(ctx)
	defer done()
	select {
	case r.ahead <- struct{}{}:
		defer func() { <-r.ahead }()
	case <-up.Done():
		return Attempt{}, nil, errStopped
	}
	c.At, c.Torn = r.Clock.Now(), r.Clock.Parted()
	claimed, err := r.Book.Claim(ctx, *c)
	if err != nil {
		if ctx.Err() != nil {
			err = errStopped
		}
		return Attempt{}, nil, err
	}
	c.PersonID = claimed.PersonID // in the ledger by now, should it be tried again
	permit, err := r.Limiter.Wait(up)
	if err != nil {
		return Attempt{}, nil, r.release(ctx, claimed)
	}
	return claimed, permit, nil
}

// post is the POST, and what became of it. A stop does not reach a request that
// is on its way: its answer is wanted.
func (r *round) post(ctx context.Context, c Claim, claimed Attempt, permit *ratelimit.Permit) (Settlement, judgement) {
	s := Settlement{AttemptID: claimed.ID, RunID: c.RunID, By: BySend, Started: r.Clock.Now()}
	began := time.Now()
	r.posts.Add(1)
	invite, status, err := r.Sender.Send(context.WithoutCancel(ctx), c.Recipient, permit.Departed)
	permit.Done()
	j := judge(err)
	r.blame(j.findings)
	j.began = began
	s.Torn = r.Clock.Parted()
	s.Ended, s.HTTP, s.State, s.Findings, s.Written = r.Clock.Now(), status, j.state, j.findings, j.written
	if j.state == Sent {
		s.Invite = invite
	}
	return s, j
}

// blame gives what the API does not accept of the settings to whoever keeps them.
func (r *round) blame(findings []Finding) {
	for i, f := range findings {
		if f.Code == CodeRejected && r.FromSettings != nil && r.FromSettings(f.Field) {
			findings[i].Owner = IT
		}
	}
}

// settle makes the outcome durable, also while the run is being stopped. An
// invite that somebody else holds cannot be this person's: in doubt.
func (r *round) settle(ctx context.Context, s Settlement, j judgement) (judgement, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	err := r.Book.Settle(ctx, s)
	if !errors.Is(err, ErrInviteKnown) {
		return j, err
	}
	j = judgement{state: Unknown, began: j.began, written: true, findings: finding(CodeKnownID,
		"the API answered with an invite that belongs to somebody else", API)}
	s.State, s.Findings, s.Invite = j.state, j.findings, InviteRef{}
	return j, r.Book.Settle(ctx, s)
}

// release gives back a claim whose POST never began.
func (r *round) release(ctx context.Context, a Attempt) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	if err := r.Book.Release(ctx, a, r.Clock.Now()); err != nil {
		return err
	}
	return errStopped
}

// heed makes everybody pause after an attempt that was not processed, and lets
// the rate follow what the API can take. queued is when it was put in line.
func (r *round) heed(ctx context.Context, queued time.Time, j judgement) {
	switch {
	case j.state == Sent:
		r.patience.success()
		r.broken.end()
		r.Limiter.Recover()
	case j.next == nextAgain:
		if j.slow {
			r.throttled.Add(1)
			r.Limiter.Slow()
			r.heedLong(ctx, j.pause)
		}
		pause := cmp.Or(j.pause, r.patience.strike(queued))
		r.Limiter.Pause(pause)
		if j.slow && pause >= noticeable {
			r.broken.begin(fmt.Sprintf("the API asks us to wait %s: nothing is sent until then", wholeSeconds(pause)))
		}
	}
}

func (r *round) report(s State) {
	if r.Progress != nil {
		r.Progress(s)
	}
}
