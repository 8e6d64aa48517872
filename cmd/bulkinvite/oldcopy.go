package main

import (
	"context"
	"fmt"
	"path/filepath"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

// A ledger that was put back from an old copy, has lost what was written last, or is new
// where there was one, is behind the mark beside it, or behind the latest results in the
// out folder.

// history is what a ledger knows of its runs.
type history interface {
	Fresh(ctx context.Context) (bool, error)
	Continuity() ledger.Continuity
	Noted() string // the latest run by the mark beside it
	Mark(ctx context.Context) (batch.LedgerMark, error)
	Knows(ctx context.Context, runID string) (bool, error)
}

// missing is what a ledger should know and does not, in words that follow its name; ""
// for nothing.
func (s Settings) missing(ctx context.Context, l history) (string, error) {
	c := l.Continuity()
	if c.Behind != "" || c.Restored { // of one that was put back the account tells
		return c.Behind, nil
	}
	return s.missingResults(ctx, l)
}

// missingResults is what the latest results in the out folder know more, where they are
// of this ledger. Older ones than the latest run here were decided about: run IDs rise
// with time.
func (s Settings) missingResults(ctx context.Context, l history) (string, error) {
	path, err := s.ledgerPath()
	if err != nil {
		return "", err
	}
	latest, err := reports.ReadSummary(filepath.Join(s.Out, "latest", "summary.json"))
	if err != nil || latest.Ledger != path || latest.Run.DryRun {
		return "", nil // no results, or those of another ledger
	}
	knows, err := l.Knows(ctx, latest.Run.ID)
	if err != nil {
		return "", err
	}
	if !knows && l.Noted() <= latest.Run.ID {
		return ledger.Lacking("run " + latest.Run.ID), nil
	}
	mark, err := l.Mark(ctx)
	if err != nil || latest.LedgerMark.Epoch != mark.Epoch {
		return "", err
	}
	return ledger.Lacking(latest.LedgerMark.Missing(mark)), nil
}

// noteMissing keeps in the ledger what it should know and does not, before results or runs
// come that would take the place of those which tell it.
func (a *access) noteMissing(ctx context.Context) error {
	what, err := a.settings.missing(ctx, a.ledger)
	if err != nil || what == a.ledger.Continuity().Behind {
		return err
	}
	return a.ledger.NoteBehind(ctx, what)
}

// holdCopy holds a run whose ledger is behind; nil where nothing is missing. fresh: it
// knows no run at all. A new ledger for an API on this machine is just a new trial.
func (s Settings) holdCopy(missing string, fresh bool) (*batch.Stop, error) {
	if missing == "" || fresh && s.local() {
		return nil, nil
	}
	path, err := s.ledgerPath()
	if err != nil {
		return nil, err
	}
	kind, way := "an old copy, or has lost what was written last", ""
	if fresh {
		kind, way = "new", fmt.Sprintf("or type 'bulkinvite adopt%s' to take over the account's invites, ", s.campaignWords())
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: fmt.Sprintf(
		"the ledger %s %s: it is %s, and people could be invited twice; "+
			"put back the latest ledger, %sor run with --fresh to go on with this one", path, missing, kind, way)}, nil
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
	missing, err := in.settings.missing(ctx, l)
	if err != nil {
		return nil, err
	}
	return in.settings.holdCopy(missing, fresh)
}
