package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"bulkinvite/batch"
	"bulkinvite/reports"
)

// runSettings are the settings that run and plan share.
var runSettings = append(slices.Clone(rosterSettings),
	"campaign", "rate", "burst", "concurrency", "timeout",
	"absent-after", "no-wait", "give-up-after", "deadline", "account-check", "also-outside", "also-hidden", "fresh", "new-campaign", "accept-key", "accept-header", "retry-rejected", "out", "state", "env", "api-url", "simulate", "json", "quiet",
)

func (p program) runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "run ROSTER",
		GroupID: groupInvite,
		Short:   "Invite everyone on a roster who has not been invited yet",
		Long: `run reads the whole roster, decides on every row, and sends one invite to each
person whom the ledger does not know as invited. It then writes results.csv, with
a line for every row, and the rows to be mended or run again as failed.csv and
remaining.csv, which run takes as they are. Where the header does not say what the
columns are, --map does: see 'bulkinvite map --help'.

The key comes from ARGYLE_API_KEY_ID and ARGYLE_API_KEY_SECRET, from files named
by the same names with _FILE, or from systemd's $CREDENTIALS_DIRECTORY.`,
		Example: `  bulkinvite run --simulate samples/roster.csv
  bulkinvite run --env production --rate 50 roster.csv
  bulkinvite run out/latest/failed.csv`,
		Args: oneRoster,
	}
	p.addSettings(cmd, append([]string{"dry-run", "yes"}, runSettings...)...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.runOrPlan(cmd.Context(), args[0], s)
	}
	return cmd
}

func (p program) runOrPlan(ctx context.Context, path string, s Settings) error {
	in, err := p.openRoster(ctx, path, s)
	if err != nil {
		return err
	}
	defer func() { _ = in.close() }()
	if in.settings.DryRun {
		return p.dryRun(ctx, in)
	}
	return p.run(ctx, in)
}

// run is the main job: plan, send, report.
func (p program) run(ctx context.Context, in *input) (err error) {
	job, err := p.begin(ctx, in)
	if err != nil {
		return err
	}
	defer func() { err = closed(err, job.end(err)) }() // what could not be closed well has not ended well

	until, cancel := in.settings.Deadline.limit(ctx, job.info.Started)
	defer cancel()
	engine := failpoints(job.engine())
	if err := engine.SettleEarlier(until); err != nil {
		return err
	}
	reading := ctx
	if ctx.Err() != nil {
		reading = context.WithoutCancel(ctx) // stopped while it asked: the report has every row all the same
	}
	plan, planning, err := job.plan(reading)
	if err != nil {
		return err
	}
	defer plan.Close()

	stop, err := job.guard(until, plan)
	if err != nil {
		return err
	}
	delivery, sendErr := batch.Delivery{Stop: stop}, error(nil)
	if stop == nil {
		delivery, sendErr = job.send(until, engine, plan)
	}
	sendErr = errors.Join(sendErr, job.inPlace(&delivery))
	// From here on a signal changes nothing: the files are written.
	ctx = context.WithoutCancel(ctx)
	learnErr := job.learn(ctx, plan, stop)
	acc, err := job.account(ctx, plan, planning, delivery)
	if err != nil {
		return errors.Join(sendErr, learnErr, err)
	}
	summary, err := job.report(ctx, plan, acc, delivery)
	if _, unwritten := errors.AsType[*reports.FolderError](err); unwritten && summary.Schema == 0 {
		summary = job.figures(ctx, plan, acc, delivery)
	}
	if summary.Schema != 0 {
		err = errors.Join(err, p.print(summary, in.settings.JSON))
	}
	if err := errors.Join(sendErr, learnErr, err); err != nil {
		return err
	}
	return ended(summary)
}

// ended is the exit code of a run that has said all there is to say.
func ended(s reports.Summary) error {
	if s.ExitCode == exitOK {
		return nil
	}
	return Status(s.ExitCode)
}

func (p program) print(s reports.Summary, asJSON bool) error {
	write := s.Text
	if asJSON {
		write = s.JSON
	}
	if err := write(p.stdout); err != nil {
		return fmt.Errorf("the summary cannot be printed: %w", err)
	}
	return nil
}

// plan reads the roster and decides on every row; it also says how long it took.
func (j *job) plan(ctx context.Context) (*batch.Plan, time.Duration, error) {
	began := time.Now()
	watch := j.watch.planning()
	plan, err := j.in.plan(ctx, j.ledger, batch.PlanOptions{
		Campaign:      j.info.Campaign,
		RetryRejected: j.in.settings.RetryRejected,
		Dir:           j.folder.Path(),
		Progress:      watch.set,
	})
	watch.done()
	if err != nil {
		return nil, 0, err
	}
	j.log.Info("roster read", zap.Int("rows", plan.Rows), zap.Int("to_send", plan.Send))
	return plan, time.Since(began), nil
}

// send sends what the plan says, until ctx ends.
func (j *job) send(ctx context.Context, engine batch.Engine, plan *batch.Plan) (batch.Delivery, error) {
	if err := j.keepReplies(ctx, plan); err != nil {
		return batch.Delivery{}, err
	}
	watch := j.watch.sending(plan.Send)
	defer watch.done()
	engine.Courier.FromSettings = j.in.checker.FromSettings
	engine.Courier.Progress = func(now batch.State) {
		watch.add(1)
		if now == batch.Sent && j.sent.CompareAndSwap(false, true) {
			_ = j.remember() // its error is the run's at the end
		}
	}
	return engine.Send(ctx, plan)
}

// inPlace looks once more whether the run has written to the ledger that stands there:
// what goes elsewhere, nobody will find.
func (j *job) inPlace(d *batch.Delivery) error {
	err := j.ledger.InPlace()
	if err != nil {
		d.Stop = &batch.Stop{Reason: batch.StopLedger, Message: err.Error()}
	}
	return err
}

// account puts together what the run did apart from its rows.
func (j *job) account(ctx context.Context, plan *batch.Plan, planning time.Duration, d batch.Delivery) (batch.Account, error) {
	people, err := j.ledger.People(ctx, j.info.Campaign)
	if err != nil {
		return batch.Account{}, err
	}
	doubts, err := j.ledger.Doubts(ctx, j.info.Campaign)
	if err != nil {
		return batch.Account{}, err
	}
	mark, err := j.ledger.Mark(ctx)
	if err != nil {
		return batch.Account{}, err
	}
	acc := batch.Account{
		Run:          j.info,
		Ended:        time.Now(),
		Rows:         plan.Rows,
		RosterSHA256: j.in.roster.SHA256(),
		ReadAs:       j.in.readAs(),
		Notes:        slices.Concat(plan.Notes(), j.in.roster.Detected().Notes, j.header.Ignored),
		Posts:        d.Posts,
		Throttled:    d.Throttled,
		Rate:         j.in.settings.Rate,
		Checking:     j.ledger.Checked(),
		Planning:     planning,
		Sending:      d.Took,
		People:       people,
		Died:         j.died,
		Doubts:       doubts,
		Ledger:       j.ledger.Path(),
		LedgerMark:   mark,
		Command:      j.settings.rerunCommand(),
		Place:        j.settings.placeWords(),
	}
	if d.Stop != nil {
		acc.Stop = *d.Stop
	}
	return acc, nil
}

// report writes the run's files.
func (j *job) report(ctx context.Context, plan *batch.Plan, acc batch.Account, d batch.Delivery) (reports.Summary, error) {
	j.folder.Signal = j.signal()
	merge := batch.Merge{Find: j.ledger, RunID: j.info.ID, Delivery: d}
	var memory batch.Noticer = j.ledger
	if d.Stop != nil && d.Stop.Reason == batch.StopLedger {
		memory = nobody{} // it cannot be written: the report must not fail by it too
	}
	results := batch.MarkNew(ctx, merge.Results(ctx, plan), memory, j.info)
	return j.folder.Write(acc, results, j.in.roster.Format())
}

// figures is the summary of a run whose files could not be written: who reads it
// learns at least how many were sent, and the ledger knows whom.
func (j *job) figures(ctx context.Context, plan *batch.Plan, acc batch.Account, d batch.Delivery) reports.Summary {
	merge := batch.Merge{Find: j.ledger, RunID: j.info.ID, Delivery: d}
	summary, err := reports.Summarize(acc, merge.Results(ctx, plan))
	if err != nil {
		return reports.Summary{}
	}
	summary.ExitCode = exitError
	return summary
}
