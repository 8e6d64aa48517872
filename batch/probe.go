package batch

import (
	"context"
	"errors"
	"time"
)

// probe finds out when the API is back: it pauses, lists a page, and lets a
// single attempt in once that works. The worker whose attempt broke the breaker
// does it; all others wait at the gate. again says that the worker's own person
// is to be tried again: where nobody is left to send to, nobody needs the API.
func (r *round) probe(ctx context.Context, again bool) {
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
			r.gate.mend()
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
		}
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
