package batch

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// probe finds out when the API is back: it pauses, lists a page, and lets a
// single attempt in once that works. The worker whose attempt broke the breaker
// does it; all others wait at the gate. again says that the worker's own person
// is to be tried again: where nobody is left to send to, nobody needs the API.
func (r *round) probe(ctx context.Context, again bool) {
	if ctx.Err() == nil {
		r.broken.begin("the API does not work: one request after the other failed, or got no answer that can be relied on. " +
			"Nothing is sent until it works; it is asked again and again, " + patienceWords(r.GiveUpAfter))
	}
	for again || r.feeding.Load() || r.people.Load() > 1 {
		r.Limiter.Pause(r.patience.strike(time.Now()))
		if r.Limiter.Ready(ctx) != nil {
			return
		}
		err := r.ping(ctx)
		switch refused, ok := errors.AsType[*RefusedError](err); {
		case ctx.Err() != nil:
			return
		case err == nil:
			r.gate.mend() // the next success says that it goes on
			return
		case ok:
			r.stop(&Stop{StopRefused, refused.Reason})
			return
		}
		if stop := r.gate.giveUp(); stop != nil {
			r.stop(stop)
			return
		}
		if slow, ok := errors.AsType[*ThrottledError](err); ok {
			r.Limiter.Pause(slow.RetryAfter)
			r.heedLong(ctx, slow.RetryAfter)
		}
	}
}

// heedLong ends the run at once where the API asks for a pause that it would not
// outlast: to wait in vain for what is known helps nobody.
func (r *round) heedLong(ctx context.Context, pause time.Duration) {
	if outlasts(ctx, pause) {
		r.stop(&Stop{StopAPIDown, fmt.Sprintf("the API asks us to wait %s, which is longer than the deadline leaves: what is left goes with the next run", wholeSeconds(pause))})
	}
	if r.gate.givesUp(time.Now().Add(pause)) {
		r.stop(&Stop{StopAPIDown, fmt.Sprintf("the API asks us to wait %s, which is longer than --give-up-after (%s) leaves: run again later", wholeSeconds(pause), r.GiveUpAfter)})
	}
}

// ping asks the API for something that changes nothing.
func (r *round) ping(ctx context.Context) error {
	if r.Lister == nil {
		return nil
	}
	permit, err := r.Limiter.Wait(ctx)
	if err != nil {
		return err
	}
	defer permit.Done()
	_, err = r.Lister.Page(ctx, "", permit.Departed)
	return err
}
