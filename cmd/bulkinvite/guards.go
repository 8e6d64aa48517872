package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

// The guards ask a person before anything is sent, where the roster's header or
// the ledger may not be what it should be. --accept-header answers: the header is
// right; --fresh answers: go on with the ledger as it is.

// guard returns why the run is held, nil when it may send. A run that has
// nothing to send is not held, but it does not make the doubt go away either. A run
// that is stopped while it asks is not held: its Stop is that of ctx.
func (j *job) guard(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	reading := context.WithoutCancel(ctx) // of the ledger: a stop ends what waits
	if stop, err := j.guardHeader(reading); stop != nil || err != nil {
		return stop, err
	}
	if !j.settings.Fresh {
		stop, err := j.doubtLedger(ctx, plan)
		if err != nil {
			return nil, err
		}
		if stop != nil && plan.Send == 0 {
			return nil, nil
		}
		if stop != nil {
			return stop, nil
		}
	}
	if stop := batch.StopOf(ctx); stop != nil {
		return stop, nil
	}
	if stop := j.confirm(ctx, plan.Send); stop != nil {
		return stop, nil
	}
	if err := j.ledger.NoteRun(j.info.ID); err != nil {
		return nil, err
	}
	return nil, j.rememberHeader(reading)
}

// doubtLedger says what speaks against the ledger.
func (j *job) doubtLedger(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	stop, err := j.guardCopy(context.WithoutCancel(ctx))
	if stop != nil || err != nil {
		return stop, err
	}
	return j.guardNew(ctx, plan)
}

// guardCopy holds a run whose ledger was put back from an old copy.
func (j *job) guardCopy(ctx context.Context) (*batch.Stop, error) {
	stop, missing, err := j.settings.holdCopy(ctx, j.ledger, j.fresh, j.missing)
	if stop == nil || err != nil {
		return nil, err
	}
	// The results of this run take the place of those that tell of the missing one.
	return stop, j.ledger.NoteRun(missing)
}

// history is what a ledger knows of its runs.
type history interface {
	Fresh(ctx context.Context) (bool, error)
	Behind(ctx context.Context) (string, error)
	Noted() (string, error)
	Knows(ctx context.Context, runID string) (bool, error)
}

// holdCopy says that a ledger seems to be an old copy: it does not know a run, missing,
// that was begun beside it, or one whose results lie in the out folder. fresh: it knows
// no run at all. A new ledger for an API on this machine is just a new trial.
func (s Settings) holdCopy(ctx context.Context, l history, fresh bool, missing string) (stop *batch.Stop, unknown string, err error) {
	if fresh && s.local() {
		return nil, "", nil
	}
	path, err := s.ledgerPath()
	if err != nil {
		return nil, "", err
	}
	if missing == "" {
		if missing, err = s.unknownResults(ctx, l, path); missing == "" || err != nil {
			return nil, "", err
		}
	}
	kind, way := "an old copy", ""
	if fresh {
		kind, way = "new", fmt.Sprintf("or type 'bulkinvite adopt%s' to take over the account's invites, ", s.campaignWords())
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: fmt.Sprintf(
		"the ledger %s does not know run %s, which came after it: it is %s, and people could be invited twice; "+
			"put back the latest ledger, %sor run with --fresh to go on with this one", path, missing, kind, way)}, missing, nil
}

// unknownResults returns the run of the latest results in the out folder when it
// used this ledger and the ledger does not know it. Results that are older than
// what the ledger has noted were decided about: run IDs rise with time.
func (s Settings) unknownResults(ctx context.Context, l history, path string) (string, error) {
	latest, err := reports.ReadSummary(filepath.Join(s.Out, "latest", "summary.json"))
	if err != nil || latest.Ledger != path || latest.Run.DryRun {
		return "", nil // no results, or those of another ledger
	}
	noted, err := l.Noted()
	if noted > latest.Run.ID || err != nil {
		return "", err
	}
	knows, err := l.Knows(ctx, latest.Run.ID)
	if knows || err != nil {
		return "", err
	}
	return latest.Run.ID, nil
}

// foresee says why a run over this plan would be held, as far as it can be seen
// without the API; nil when it would not.
func (in *input) foresee(ctx context.Context, l known, plan *batch.Plan, change csvmap.HeaderChange) (*batch.Stop, error) {
	if stop := in.holdHeader(change); stop != nil || in.settings.Fresh || plan.Send == 0 {
		return stop, nil
	}
	fresh, err := l.Fresh(ctx)
	if err != nil {
		return nil, err
	}
	missing, err := l.Behind(ctx)
	if err != nil {
		return nil, err
	}
	stop, _, err := in.settings.holdCopy(ctx, l, fresh, missing)
	return stop, err
}

// guardNew holds a run whose ledger is new while the account is not: it reads
// the account's list before the first invite.
func (j *job) guardNew(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	if !j.fresh || plan.Send == 0 || j.settings.local() {
		return nil, nil
	}
	strangers, err := batch.FindStrangers(ctx, plan, j.list(), j.ledger)
	if stop := batch.StopOf(ctx); stop != nil {
		return stop, nil
	}
	if _, ok := errors.AsType[*batch.ListError](err); ok {
		return batch.HoldWithoutList(err), nil
	}
	if err != nil {
		return nil, err
	}
	j.log.Info("the ledger is new: looked at the account's invites first", zap.Int("invites", strangers.Listed))
	return strangers.Hold(j.settings.campaignWords()), nil
}

// look finds out what the guards need to know of the ledger before this run
// writes itself into it, and which earlier runs died.
func (j *job) look(ctx context.Context) error {
	var err error
	if j.fresh, err = j.ledger.Fresh(ctx); err != nil {
		return err
	}
	if j.missing, err = j.ledger.Behind(ctx); err != nil {
		return err
	}
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
