package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
)

func (p program) reconcileCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "reconcile",
		GroupID: groupDoubt,
		Short:   "Settle people in doubt from the account's list of invites",
		Long: `reconcile reads the list of the account's invites and settles whom it can, in every
campaign: who has an invite counts as sent, and who provably has none may be invited by
the next run. It sends nothing. Where the proof needs time, it waits as a run does.`,
		Example: "  bulkinvite reconcile --env production",
		Args:    noArguments,
	}
	p.addSettings(cmd, "absent-after", "no-wait", "rate", "burst", "timeout", "state", "env", "api-url", "simulate", "json", "quiet")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.reconcile(cmd.Context(), s)
	}
	return cmd
}

func (p program) reconcile(ctx context.Context, s Settings) error {
	switch unused, err := s.unused(ctx); {
	case err != nil:
		return err
	case unused:
		return p.printScan(batch.Scan{}, nil, s.JSON, s.placeWords())
	}
	a, err := p.openWithAPI(ctx, s, s.newRun())
	if err != nil {
		return err
	}
	switch begun, err := a.beginReconciling(ctx); {
	case err != nil:
		return errors.Join(err, a.close())
	case !begun:
		return errors.Join(p.printScan(batch.Scan{}, nil, s.JSON, s.placeWords()), a.close())
	}
	scan, broken := a.settleAll(ctx)
	// From here on a signal changes nothing: what was settled is told.
	broken = errors.Join(broken, a.bindAccepted(ctx))
	left, err := a.ledger.Doubts(context.WithoutCancel(ctx), "")
	if err == nil {
		err = p.printScan(scan, left, s.JSON, s.placeWords())
	}
	err = interrupted(ctx, errors.Join(broken, err))
	if err == nil && len(left) > 0 {
		err = Status(exitAttention)
	}
	// A reconciliation that could not be closed well has not ended well.
	return closed(err, a.end(err))
}

// beginReconciling writes the reconciliation into the ledger as a run of its
// own, unless nobody is in doubt. It must not make a ledger that is new or an
// old copy look as if all were well with it, for that holds the next run.
func (a *access) beginReconciling(ctx context.Context) (bool, error) {
	doubts, err := a.ledger.Doubts(ctx, "")
	if err != nil || len(doubts) == 0 {
		return false, err
	}
	if behind := a.ledger.Continuity().Behind; behind != "" {
		return false, &HeldError{fmt.Sprintf(
			"%s %s: it is an old copy, or has lost what was written last; put back the latest ledger before people in doubt are settled",
			a.ledger.Path(), behind)}
	}
	return true, a.ledger.BeginRun(ctx, a.info, nil)
}

// settleAll settles whom the list can settle. A list that cannot be read to its
// end ends the reconciliation.
func (a *access) settleAll(ctx context.Context) (batch.Scan, error) {
	scan, err := a.engine().Settle(ctx)
	switch unread, ok := errors.AsType[*batch.ListError](err); {
	case ctx.Err() != nil:
		return scan, ctx.Err()
	case ok:
		return scan, &StoppedError{"nobody in doubt could be settled: " + unread.Error()}
	default:
		return scan, err
	}
}
