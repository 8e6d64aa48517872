package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

func (p program) planCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "plan ROSTER",
		GroupID: groupInvite,
		Short:   "Say what a run would do, and do none of it",
		Long: `plan reads the roster and the ledger as a run would, prints what it would do with
the rows, and ends: nothing is sent, recorded or written. It is run --dry-run. Whom the
account has invited without this ledger is taken from what earlier runs have seen; with
--online Argyle is asked, as the run will.`,
		Example: "  bulkinvite plan --env production roster.csv",
		Args:    oneRoster,
	}
	p.addSettings(cmd, append([]string{"online"}, runSettings...)...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		s.DryRun = true
		return p.runOrPlan(cmd.Context(), args[0], s)
	}
	return cmd
}

// dryRun says what a run would do. It takes no lock and leaves no trace.
func (p program) dryRun(ctx context.Context, in *input) error {
	known, err := p.peek(ctx, &in.settings)
	if err != nil {
		return err
	}
	defer known.Close()
	info := in.newRun()
	began := time.Now()
	plan, err := in.plan(ctx, known, batch.PlanOptions{
		Campaign:      info.Campaign,
		RetryRejected: in.settings.RetryRejected,
	})
	if err != nil {
		return err
	}
	defer plan.Close()
	change, err := in.headerChange(ctx, known, info.Campaign)
	if err != nil {
		return err
	}
	acc, err := p.foretell(ctx, in, known, plan, change)
	if err != nil {
		return err
	}
	acc.Run, acc.Ended, acc.Planning = info, time.Now(), time.Since(began)
	merge := batch.Merge{Find: known, RunID: info.ID, DryRun: true}
	summary, err := reports.Summarize(acc, batch.MarkNew(ctx, merge.Results(ctx, plan), known, info))
	if err != nil {
		return err
	}
	if err := p.print(summary, in.settings.JSON); err != nil {
		return err
	}
	return ended(summary)
}

// foretell is the account of a run over this plan, as far as it can be told beforehand.
func (p program) foretell(ctx context.Context, in *input, known known, plan *batch.Plan, change csvmap.HeaderChange) (batch.Account, error) {
	people, err := known.People(ctx, in.settings.Campaign)
	if err != nil {
		return batch.Account{}, err
	}
	doubts, err := known.Doubts(ctx, in.settings.Campaign)
	if err != nil {
		return batch.Account{}, err
	}
	stop, err := in.foresee(ctx, known, plan, change)
	if stop == nil && err == nil {
		stop, err = p.foreseeOutsiders(ctx, in, known, plan)
	}
	acc := batch.Account{
		Rows: plan.Rows, RosterSHA256: in.roster.SHA256(),
		ReadAs: in.readAs(), Notes: slices.Concat(plan.Notes(), in.roster.Detected().Notes, change.Ignored),
		Rate: in.settings.Rate, People: people, Doubts: doubts, Ledger: known.Path(),
		Place: in.settings.placeWords(),
	}
	if stop != nil {
		acc.Stop = *stop
	}
	return acc, err
}
