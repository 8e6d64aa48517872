package main

import (
	"context"
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
	rerun    string // the run whose failed.csv or remaining.csv the roster is; "" else
}

// openRoster opens the roster and settles what depends on it: a rerun file goes
// by the settings of the run that wrote it.
func (p program) openRoster(ctx context.Context, path string, s Settings) (*input, error) {
	roster, err := csvmap.Open(path, p.stdin)
	if err != nil {
		return nil, err
	}
	in := &input{path: path, roster: roster, settings: s, rerun: roster.RunID()}
	if in.rerun != "" {
		err = in.settings.inherit(ctx, in.rerun)
	}
	if err == nil {
		in.checker, err = roster.Checker(in.settings.rules())
	}
	if err != nil {
		_ = roster.Close()
		return nil, err
	}
	return in, nil
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
