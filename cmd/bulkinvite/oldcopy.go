package main

import (
	"context"
	"fmt"
	"path/filepath"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

// A ledger that was put back from an old copy, or is new where there was one, does not
// know a run that was begun beside it, or whose results lie in the out folder.

// history is what a ledger knows of its runs.
type history interface {
	Fresh(ctx context.Context) (bool, error)
	Behind(ctx context.Context) (string, error)
	Noted() (string, error)
	Knows(ctx context.Context, runID string) (bool, error)
}

// missingRun is a run that the ledger should know and does not; "" for none.
func (s Settings) missingRun(ctx context.Context, l history) (string, error) {
	if missing, err := l.Behind(ctx); missing != "" || err != nil {
		return missing, err
	}
	return s.unknownResults(ctx, l)
}

// unknownResults returns the run of the latest results in the out folder when it
// used this ledger and the ledger does not know it. Results that are older than
// what the ledger has noted were decided about: run IDs rise with time.
func (s Settings) unknownResults(ctx context.Context, l history) (string, error) {
	path, err := s.ledgerPath()
	if err != nil {
		return "", err
	}
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

// holdCopy holds a run whose ledger does not know the missing one; nil where none is
// missing. fresh: it knows no run at all. A new ledger for an API on this machine is
// just a new trial.
func (s Settings) holdCopy(missing string, fresh bool) (*batch.Stop, error) {
	if missing == "" || fresh && s.local() {
		return nil, nil
	}
	path, err := s.ledgerPath()
	if err != nil {
		return nil, err
	}
	kind, way := "an old copy", ""
	if fresh {
		kind, way = "new", fmt.Sprintf("or type 'bulkinvite adopt%s' to take over the account's invites, ", s.campaignWords())
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: fmt.Sprintf(
		"the ledger %s does not know run %s, which came after it: it is %s, and people could be invited twice; "+
			"put back the latest ledger, %sor run with --fresh to go on with this one", path, missing, kind, way)}, nil
}

// guardCopy holds a run whose ledger is an old copy. The results of this run take the
// place of those that tell of the missing one.
func (j *job) guardCopy() (*batch.Stop, error) {
	stop, err := j.settings.holdCopy(j.missing, j.fresh)
	if stop == nil || err != nil {
		return nil, err
	}
	return stop, j.ledger.NoteRun(j.missing)
}

// foresee says why a run over this plan would be held, as far as it can be seen
// without the API; nil when it would not.
func (in *input) foresee(ctx context.Context, l known, plan *batch.Plan, change csvmap.HeaderChange) (*batch.Stop, error) {
	if stop := in.holdHeader(change); stop != nil {
		return stop, nil
	}
	if stop, err := in.holdCampaign(ctx, l, plan); stop != nil || err != nil || in.settings.Fresh || plan.Send == 0 {
		return stop, err
	}
	fresh, err := l.Fresh(ctx)
	if err != nil {
		return nil, err
	}
	missing, err := in.settings.missingRun(ctx, l)
	if err != nil {
		return nil, err
	}
	return in.settings.holdCopy(missing, fresh)
}
