package main

import (
	"context"
	"errors"
	"sync"
	"time"
)

// What a run has gone by is remembered for the next one when it has shown that it is
// right: by the first invite, which a run that is killed afterwards has sent too, or at
// an end that left nothing undone.

// rememberOnce returns what remembers the API key and the roster's header. It does so
// the first time that it is called, and returns the same error each time.
func (j *job) rememberOnce() func() error {
	return sync.OnceValue(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second) // also when the run is stopped
		defer cancel()
		return errors.Join(j.rememberKey(ctx), j.rememberHeader(ctx))
	})
}

// rememberKey ties the ledger to a key that the API has taken in this run. A night on
// which the API was asked nothing shows nothing of the key.
func (j *job) rememberKey(ctx context.Context) error {
	if !j.sent.Load() && !j.key.accepted.Load() {
		return nil
	}
	return j.ledger.BindKey(ctx, j.key.hash)
}

// end remembers what a run has gone by that came to outcome, and ends it.
func (j *job) end(outcome error) error {
	code := exitCode(outcome)
	good := code == exitOK || code == exitAttention
	if good && j.settings.AcceptKey && j.key.unheard() {
		j.tryKey()
	}
	var err error
	if good && !j.key.wrong() || j.sent.Load() {
		err = j.remember()
	}
	return errors.Join(err, j.access.end(closed(outcome, err)))
}
