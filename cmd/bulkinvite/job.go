package main

import (
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/batch/ledger"
	"bulkinvite/ratelimit"
	"bulkinvite/reports"
)

// job is a run under way: all that it holds open. Whatever can be wrong with
// the credentials, the ledger or the out folder has come to light when it
// exists, before the first POST.
type job struct {
	in      *input
	info    batch.RunInfo
	log     *zap.Logger
	watch   *watcher
	limiter *ratelimit.Limiter
	ledger  *ledger.Ledger
	folder  *reports.Folder
	client  *argyle.Client
	signal  func() int
	closers []func() error // in the order of opening
}

// begin opens everything that a run needs, or nothing.
func (p program) begin(ctx context.Context, in *input) (*job, error) {
	j := &job{in: in, info: in.newRun(), signal: func() int { return int(p.interrupt.Signal()) }}
	key, secret, err := p.key(in.settings)
	if err != nil {
		return nil, err
	}
	j.log = newLogger(p.stderr, in.settings.Quiet, secret)
	j.watch = newWatcher(p.stderr, in.settings.Quiet, j.log)
	j.limiter = ratelimit.New(in.settings.Rate, in.settings.Burst)
	for _, open := range []func() error{
		func() error { return j.openLedger(ctx, key) },
		func() error { return j.openClient(key) },
		func() error { return j.openFolder(ctx) },
	} {
		if err := open(); err != nil {
			return nil, errors.Join(err, j.close())
		}
	}
	j.log.Info("run begins", zap.String("run", j.info.ID), zap.String("environment", j.info.Environment),
		zap.String("campaign", j.info.Campaign))
	return j, nil
}

// key is the API key, and what of it the log must not show. The simulator takes
// any key, and that one is no secret.
func (p program) key(s Settings) (key, secret Credentials, err error) {
	if s.Simulate {
		return Credentials{KeyID: "simulated", Secret: argyle.NewSecret("simulated")}, Credentials{}, nil
	}
	key, err = loadCredentials(p.env)
	return key, key, err
}

// openLedger takes the run lock and settles what an earlier run left.
func (j *job) openLedger(ctx context.Context, key Credentials) error {
	dir, err := j.in.settings.stateFolder()
	if err != nil {
		return err
	}
	if j.ledger, err = ledger.Open(ctx, ledger.Options{Dir: dir, Run: j.info}); err != nil {
		return err
	}
	j.closers = append(j.closers, j.ledger.Close)
	if err := j.ledger.BindKey(ctx, ledger.HashKey(key.KeyID)); err != nil {
		return err
	}
	left, err := j.ledger.Recover(ctx)
	if left > 0 {
		j.log.Warn("an earlier run died while sending: these people are in doubt and are not sent again", zap.Int("people", left))
	}
	return err
}

// openClient makes the client and, with --simulate, the API behind it.
func (j *job) openClient(key Credentials) error {
	s := j.in.settings
	url := s.apiURL()
	if s.Simulate {
		file, err := s.simulatorFile()
		if err != nil {
			return err
		}
		server, err := argylesim.Open(file, argylesim.Options{NoLog: true})
		if err != nil {
			return err
		}
		listener, err := argylesim.Listen("127.0.0.1:0", server)
		if err != nil {
			return errors.Join(err, server.Close())
		}
		j.closers = append(j.closers, server.Close, listener.Close)
		url = listener.URL()
	}
	var err error
	j.client, err = argyle.New(argyle.Config{
		BaseURL: url, KeyID: key.KeyID, Secret: key.Secret,
		Timeout: s.Timeout, Version: j.info.Version, MaxConns: s.Concurrency,
	})
	if err == nil {
		j.closers = append(j.closers, func() error { j.client.Close(); return nil })
	}
	return err
}

// openFolder makes the run's folder and writes the run into the ledger.
func (j *job) openFolder(ctx context.Context) error {
	var err error
	if j.folder, err = reports.Open(j.in.settings.Out, j.in.path, j.info.ID); err != nil {
		return err
	}
	j.closers = append(j.closers, j.folder.Abandon)
	return j.ledger.BeginRun(ctx, j.info, j.in.settings.legacy())
}

// end writes down how the run ended and closes everything. A folder without
// files is removed.
func (j *job) end(outcome error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	code := exitCode(outcome)
	err := j.ledger.EndRun(ctx, j.info.ID, time.Now(), code)
	j.log.Info("run ends", zap.String("run", j.info.ID), zap.Int("exit", code))
	_ = j.log.Sync() // a terminal cannot be synced
	return errors.Join(err, j.close())
}

// close closes what was opened, the last first.
func (j *job) close() error {
	var all error
	for len(j.closers) > 0 {
		last := len(j.closers) - 1
		all = errors.Join(all, j.closers[last]())
		j.closers = j.closers[:last]
	}
	return all
}
