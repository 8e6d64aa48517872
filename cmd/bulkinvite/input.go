package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// input is the roster of a run, with the settings that hold for it.
type input struct {
	path     string
	roster   *csvmap.Roster
	checker  *csvmap.Checker
	settings Settings
	nightly  string // the name under which its header is remembered; "" for none
	encoding string // that it had on the last run; "" where that is not known
	rerun    string // the run whose failed.csv or remaining.csv the roster is; "" else
	again    func() // called before the roster is read a second time; may be nil
}

// rosterSettings are the settings of every command that reads a roster.
var rosterSettings = []string{
	"map", "channel", "region", "strict", "send-doubtful", "encoding", "delimiter", "header-row", "format", "sheet", "allow-partial",
}

// openRoster opens the roster and settles what depends on it: a rerun file goes
// by the settings of the run that wrote it.
func (p program) openRoster(ctx context.Context, path string, s Settings) (*input, error) {
	roster, err := p.openFile(ctx, path, s.rosterOptions())
	if err != nil {
		return nil, err
	}
	in := &input{path: path, settings: s, rerun: roster.RunID()}
	if in.rerun != "" {
		err = in.settings.inherit(ctx, in.rerun)
	} else {
		err = in.settings.readMapping()
	}
	if err == nil {
		err = in.use(roster)
	}
	if err != nil {
		_ = roster.Close()
		return nil, err
	}
	return in, nil
}

// use reads from roster from now on.
func (in *input) use(roster *csvmap.Roster) error {
	if in.rerun != "" && in.settings.list != nil {
		roster.Recall(*in.settings.list)
	}
	if err := roster.Map(in.settings.mapping); err != nil {
		return err
	}
	checker, err := roster.Checker(in.settings.rules())
	if err != nil {
		return err
	}
	in.roster, in.checker = roster, checker
	list := checker.List()
	in.settings.list = &list
	return nil
}

func (in *input) close() error { return in.roster.Close() }

// planBook is what a plan asks of the ledger.
type planBook interface {
	batch.Finder
	headerBook
}

// plan reads the roster and decides on every row. A roster that turns out, far
// down, to be in another encoding, or to have employee IDs that are nobody's, is read
// again from its start: nothing has been sent yet.
func (in *input) plan(ctx context.Context, book planBook, o batch.PlanOptions) (*batch.Plan, error) {
	if err := in.recall(ctx, book, o.Campaign); err != nil {
		return nil, err
	}
	progress := o.Progress
	o.Progress = func(rows int) {
		allowMemory(rows)
		if progress != nil {
			progress(rows)
		}
	}
	plan, err := batch.MakePlan(ctx, in.rows(), book, o)
	if err != nil {
		again, err := in.roster.Retry(err)
		if plan, err = in.planAgain(ctx, book, o, again, err); err != nil {
			return nil, err
		}
	}
	if o.NoIDs = plan.Crowds(); len(o.NoIDs) == 0 {
		return plan, nil
	}
	if err := plan.Close(); err != nil {
		return nil, err
	}
	again, err := in.roster.Again()
	return in.planAgain(ctx, book, o, again, err)
}

// planAgain plans the roster that was opened once more, where it could be.
func (in *input) planAgain(ctx context.Context, book batch.Finder, o batch.PlanOptions, again *csvmap.Roster, err error) (*batch.Plan, error) {
	if err != nil {
		return nil, err
	}
	if in.again != nil {
		in.again()
	}
	if err := in.goOn(again); err != nil {
		return nil, err
	}
	return batch.MakePlan(ctx, in.rows(), book, o)
}

// goOn reads from again in the place of the roster, which was opened anew.
func (in *input) goOn(again *csvmap.Roster) error {
	_ = in.roster.Close()
	if err := in.use(again); err != nil {
		return errors.Join(err, again.Close())
	}
	return nil
}

func (in *input) rows() batch.Roster { return batch.Roster{Rows: in.roster.Rows, Check: in.checker} }

// newRun names a run over this roster.
func (in *input) newRun() batch.RunInfo {
	info := in.settings.newRun()
	info.Roster, info.Rerun = in.path, in.rerun
	return info
}

// newRun names a run by these settings.
func (s Settings) newRun() batch.RunInfo {
	info := batch.RunInfo{
		ID:          uuid.Must(uuid.NewV7()).String(),
		Started:     time.Now(),
		Campaign:    s.Campaign,
		Environment: s.environment(),
		APIURL:      s.apiURL(),
		Channel:     s.Channel,
		Version:     version(),
		DryRun:      s.DryRun,
	}
	if s.Simulate {
		info.APIURL = "simulator"
	}
	return info
}

// simulatorFile is where the simulated account of --simulate is kept, so that it
// remembers its invites from one run to the next as the real one does.
func (s Settings) simulatorFile() (string, error) {
	dir, err := s.stateFolder()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "account.jsonl"), nil
}

// readAs puts what the roster was taken for into words.
func (in *input) readAs() string {
	form := formOf(in.roster.Detected())
	if in.settings.mapping != nil {
		form += ", mapped by " + in.settings.Map
	}
	return form
}

func formOf(d csvmap.Detected) string {
	if d.Sheet != "" {
		return fmt.Sprintf("%s, sheet %s", d.Format, d.Sheet)
	}
	return fmt.Sprintf("%s in %s, cells set apart by %s", d.Format, d.Encoding, d.Delimiter)
}
