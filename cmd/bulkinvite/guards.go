package main

import (
	"context"
	"time"

	"go.uber.org/zap"

	"bulkinvite/batch"
	"bulkinvite/reports"
)

// The guards ask a person before anything is sent, where the roster's header, the
// campaign or the ledger may not be what it should be. --accept-header answers: the
// header is right; --new-campaign: so is the name; --fresh: go on with the ledger as
// it is.

// guard returns why the run is held, nil when it may send. A run that has
// nothing to send is not held, but it does not make the doubt go away either. A run
// that is stopped while it asks is not held: its Stop is that of ctx.
func (j *job) guard(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	reading := context.WithoutCancel(ctx) // of the ledger: a stop ends what waits
	if stop, err := j.guardHeader(reading); stop != nil || err != nil {
		return stop, err
	}
	if stop, err := j.guardCampaign(ctx, plan); stop != nil || err != nil {
		return stop, err
	}
	if !j.settings.Fresh {
		stop, err := j.settings.holdCopy(j.missing, j.fresh)
		if err != nil || stop != nil && plan.Send == 0 {
			return nil, err
		}
		if stop != nil {
			return stop, nil
		}
	}
	if stop, err := j.ask(ctx, plan); stop != nil || err != nil {
		return stop, err
	}
	return nil, j.ledger.GoOn(reading)
}

// look finds out what the guards need to know of the ledger before this run
// writes itself into it, and which earlier runs died.
func (j *job) look(ctx context.Context) error {
	var err error
	if j.fresh, err = j.ledger.Fresh(ctx); err != nil {
		return err
	}
	j.missing = j.ledger.Continuity().Behind
	if j.died, err = j.ledger.Unfinished(ctx); err != nil {
		return err
	}
	for _, run := range j.died {
		j.log.Warn("an earlier run ended without a report", zap.String("run", run.ID), zap.Time("started", run.Started))
		if err := reports.Sweep(j.settings.Out, run.ID); err != nil {
			j.log.Warn("what it left half made could not be removed", zap.String("run", run.ID), zap.Error(err))
		}
		if err := j.ledger.EndRun(ctx, run.ID, time.Now(), exitDied); err != nil {
			return err
		}
	}
	return nil
}
