package main

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

// job is a run under way: all that it holds open. Whatever can be wrong with
// the credentials, the ledger or the out folder has come to light when it
// exists, before the first POST.
type job struct {
	*access
	in       *input
	watch    *watcher
	folder   *reports.Folder
	signal   func() int
	stdin    io.Reader
	attended bool // somebody sits at the terminal that stdin is
	operator string

	header  csvmap.HeaderChange // since the last run over this roster
	fresh   bool                // the ledger was new when the run began
	missing string              // what the ledger should know and does not
	died    []batch.RunInfo     // earlier runs that never ended

	sent     atomic.Bool  // an invite was made in this run
	remember func() error // see rememberOnce
}

// begin opens everything that a run needs, or nothing.
func (p program) begin(ctx context.Context, in *input) (*job, error) {
	a, err := p.openWithAPI(ctx, in.settings, in.newRun())
	if err != nil {
		return nil, err
	}
	in.settings.Campaign = a.info.Campaign // as the ledger spells it
	j := &job{access: a, in: in, signal: func() int { return int(p.interrupt.Signal()) }, stdin: p.stdin, attended: p.attended(), operator: p.operator()}
	j.remember = j.rememberOnce()
	j.watch = newWatcher(p.stderr, in.settings.Quiet, j.log)
	for _, step := range []func(context.Context) error{j.look, j.openFolder} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, j.close())
		}
	}
	j.log.Info("run begins", zap.String("run", j.info.ID), zap.String("environment", j.info.Environment),
		zap.String("campaign", j.info.Campaign))
	return j, nil
}

// openFolder writes the run into the ledger and makes its folder, which is
// removed when it stays without files. In this order: should the run die, a later
// one knows whose half-made files lie there.
func (j *job) openFolder(ctx context.Context) error {
	if err := j.ledger.BeginRun(ctx, j.info, j.in.settings.legacy()); err != nil {
		return err
	}
	var err error
	if err = trustFolder(j.in.settings.Out, j.in.settings.Simulate); err == nil {
		j.folder, err = reports.Open(j.in.settings.Out, j.in.path, j.info.ID)
	}
	if err != nil {
		ended := j.ledger.EndRun(context.WithoutCancel(ctx), j.info.ID, time.Now(), exitCode(err))
		return errors.Join(err, ended)
	}
	j.closers = append(j.closers, j.folder.Abandon)
	return nil
}
