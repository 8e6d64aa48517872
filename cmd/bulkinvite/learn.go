package main

import (
	"context"
	"time"

	"bulkinvite/batch"
)

// learn teaches the ledger what the rows show that are not sent, and which of them HR is
// asked about. What a run that is held has read may be wrong.
func (j *job) learn(ctx context.Context, plan *batch.Plan, stop *batch.Stop) error {
	if stop != nil && stop.Reason == batch.StopHeld {
		return nil
	}
	if err := plan.Learn(ctx, j.ledger); err != nil {
		return err
	}
	return plan.Ask(ctx, j.ledger, j.ledger, j.info.ID, time.Now())
}

// keepReplies keeps the answers that HR has written into the roster, before anybody is
// sent to because of them.
func (j *job) keepReplies(ctx context.Context, plan *batch.Plan) error {
	return j.ledger.Reply(context.WithoutCancel(ctx), j.info.Campaign, plan.Replies(), j.operator, time.Now())
}
