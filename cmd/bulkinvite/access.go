package main

import (
	"context"
	"errors"
	"net"
	"time"

	"go.uber.org/zap"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/batch/ledger"
	"bulkinvite/ratelimit"
)

// access is the ledger, held by the run lock, and the API where it was asked
// for. Whatever changes the ledger goes through one: a run, a reconciliation,
// an operator's decision.
type access struct {
	settings Settings
	info     batch.RunInfo // who holds the lock
	log      *zap.Logger
	ledger   *ledger.Ledger
	clock    *batch.Clock       // since the lock was taken
	key      *keyUse            // nil without the API
	client   *argyle.Client     // nil without the API
	limiter  *ratelimit.Limiter // nil without the API
	closers  []func() error     // in the order of opening
}

// open opens the ledger alone: no key is needed.
func (p program) open(ctx context.Context, s Settings, info batch.RunInfo) (*access, error) {
	return p.openWith(ctx, s, info, Credentials{})
}

// openWithAPI opens the ledger and the API, or nothing.
func (p program) openWithAPI(ctx context.Context, s Settings, info batch.RunInfo) (*access, error) {
	if err := s.checkRate(); err != nil {
		return nil, err
	}
	key, secret, err := p.key(s)
	if err != nil {
		return nil, err
	}
	a, err := p.openWith(ctx, s, info, secret)
	if err != nil {
		return nil, err
	}
	for _, open := range []func() error{
		func() error { return a.checkKey(ctx, ledger.HashKey(key.KeyID)) },
		func() error { return a.openClient(key) },
	} {
		if err := open(); err != nil {
			return nil, errors.Join(err, a.close())
		}
	}
	return a, nil
}

// openWith takes the run lock and settles what a run that died has left. The
// log does not show secret.
func (p program) openWith(ctx context.Context, s Settings, info batch.RunInfo, secret Credentials) (*access, error) {
	if err := s.checkURL(); err != nil {
		return nil, err
	}
	dir, err := s.stateFolder()
	if err != nil {
		return nil, err
	}
	a := &access{settings: s, info: info, log: newLogger(p.stderr, s.Quiet, secret)}
	if a.ledger, err = ledger.Open(ctx, ledger.Options{Dir: dir, Run: info, Tell: a.tell}); err != nil {
		return nil, err
	}
	a.closers = append(a.closers, a.ledger.Close)
	a.clock = batch.NewClock(nil)
	if a.info.Campaign, err = a.ledger.Spelling(ctx, info.Campaign); err != nil {
		return nil, errors.Join(err, a.close())
	}
	a.settings.Campaign = a.info.Campaign
	if a.ledger.Continuity().Unclean {
		a.log.Info("the ledger was not closed cleanly, or was changed since: all of it was checked, and it is undamaged", zap.Duration("took", a.ledger.Checked()))
	}
	if err := a.noteMissing(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	left, err := a.ledger.Recover(ctx)
	if left > 0 {
		a.log.Warn("an earlier run died while sending: these people are in doubt and are not sent again", zap.Int("people", left))
	}
	if err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

// key is the API key, and what of it the log must not show. The simulator
// inside the program takes any key, which is no secret then.
func (p program) key(s Settings) (key, secret Credentials, err error) {
	if s.Simulate {
		return Credentials{KeyID: "simulated", Secret: argyle.NewSecret("simulated")}, Credentials{}, nil
	}
	key, err = loadCredentials(p.env)
	return key, key, err
}

// openClient makes the client and, with --simulate, the API behind it.
func (a *access) openClient(key Credentials) error {
	s := a.settings
	url := s.apiURL()
	var dial func(ctx context.Context, network, address string) (net.Conn, error)
	if s.Simulate {
		file, err := s.simulatorFile()
		if err != nil {
			return err
		}
		server, err := argylesim.Open(file, argylesim.Options{NoLog: true})
		if err != nil {
			return err
		}
		memory := argylesim.ServeMemory(server) // no socket: it is nobody else's to ask
		restore := unboundMemory()              // the simulator keeps every invite
		a.closers = append(a.closers, func() error { restore(); return nil }, server.Close, memory.Close)
		url, dial = argylesim.MemoryURL, memory.Dial
	}
	client, err := argyle.New(argyle.Config{
		BaseURL: url, KeyID: key.KeyID, Secret: key.Secret,
		Timeout: s.Timeout, Version: a.info.Version, MaxConns: s.Concurrency, Dial: dial,
	})
	if err != nil {
		return err
	}
	a.client, a.limiter = client, ratelimit.New(s.Rate, s.Burst)
	a.key = &keyUse{hash: ledger.HashKey(key.KeyID)}
	a.closers = append(a.closers, func() error { client.Close(); return nil })
	return nil
}

// engine is what sends and reconciles, through the API.
func (a *access) engine() batch.Engine {
	s := a.settings
	return batch.Engine{
		Courier: batch.Courier{
			Book: a.ledger, Sender: a.client, Lister: a.lister(), Limiter: a.limiter, Clock: a.clock,
			RunID: a.info.ID, Campaign: a.info.Campaign,
			Concurrency: s.Concurrency, RetryRejected: s.RetryRejected, GiveUpAfter: s.GiveUpAfter,
			Warn: func(message string) { a.log.Warn(message) },
		},
		Reconciler: batch.Reconciler{
			List: a.list(), Archive: a.ledger, Clock: a.clock,
			RunID: a.info.ID, AbsentAfter: s.AbsentAfter,
		},
		Find:    a.ledger,
		Outside: s.Outside,
		Place:   s.adoptWords(),
		NoWait:  s.NoWait,
		Tell:    a.tell,
	}
}

func (a *access) tell(message string) { a.log.Info(message) }

// list reads the account's list.
func (a *access) list() batch.List {
	return batch.List{Lister: a.lister(), Limiter: a.limiter, GiveUpAfter: a.settings.GiveUpAfter, Tell: a.tell}
}

// lister lists the account's invites, and reads contacts as the roster's are read.
func (a *access) lister() batch.Lister {
	return batch.RosterLister{Lister: keyedLister{a.client, a.key}, Region: a.settings.Region, Shared: a.settings.Shared}
}

// end writes down how the run ended, which BeginRun has begun, and closes
// everything.
func (a *access) end(outcome error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	code := exitCode(outcome)
	err := a.ledger.EndRun(ctx, a.info.ID, time.Now(), code)
	a.log.Info("run ends", zap.String("run", a.info.ID), zap.Int("exit", code))
	_ = a.log.Sync() // a terminal cannot be synced
	return errors.Join(err, a.close())
}

// close closes what was opened, the last first.
func (a *access) close() error {
	var all error
	for len(a.closers) > 0 {
		last := len(a.closers) - 1
		all = errors.Join(all, a.closers[last]())
		a.closers = a.closers[:last]
	}
	return all
}
