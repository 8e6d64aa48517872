package main

import (
	"context"
	"errors"
	"time"

	"bulkinvite/batch"
)

// accountCheck says when a run looks at the account's invites before it sends.
type accountCheck string

const (
	checkAlways accountCheck = "always" // the whole list, each time
	checkAuto   accountCheck = "auto"   // the whole list, or its first page where that is enough
	checkNever  accountCheck = "never"  // go by the ledger, and by what it has seen before
)

func parseAccountCheck(text string) (accountCheck, error) {
	switch c := accountCheck(text); c {
	case checkAlways, checkAuto, checkNever:
		return c, nil
	default:
		return "", errors.New("must be always, auto or never")
	}
}

// longAnswer is how long a person may take to answer before the account is looked at
// once more: what was checked must still be so when the first invite leaves.
const longAnswer = time.Minute

// ask asks the account and then whoever sits at the terminal.
func (j *job) ask(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	if stop, err := j.guardAccount(ctx, plan); stop != nil || err != nil {
		return stop, err
	}
	asked := time.Now()
	if stop := j.confirm(ctx, plan.Send, plan.Messages); stop != nil {
		return stop, nil
	}
	if time.Since(asked) > longAnswer {
		return j.guardAccount(ctx, plan)
	}
	return nil, nil
}

// guardAccount holds people back, or the whole run, whom the account has invited without
// this ledger.
func (j *job) guardAccount(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	if stop := batch.StopOf(ctx); stop != nil {
		return stop, nil
	}
	check, asked := j.settings.answers(j.accountCheck(), j.operator), plan.Send > 0
	stop, err := check.Check(ctx, plan)
	if ctx.Err() != nil {
		return batch.StopOf(ctx), nil
	}
	if stop == nil && err == nil && !check.Proved && !check.Unread && asked {
		return nil, j.ledger.ConfirmContinuity(ctx) // the whole list was compared
	}
	return stop, err
}

func (j *job) accountCheck() batch.AccountCheck {
	return batch.AccountCheck{
		List: j.list(), Archive: j.ledger, Clock: j.clock, RunID: j.info.ID, AbsentAfter: j.settings.AbsentAfter,
		Whole:  j.settings.AccountCheck == checkAlways || len(j.died) > 0,
		Unread: j.settings.AccountCheck == checkNever,
		Proved: !j.fresh && j.missing == "" && j.ledger.Continuity().Proved(), Rule: j.settings.Outside, Place: j.settings.adoptWords(),
	}
}

// answers gives a check what the operator has answered to it.
func (s Settings) answers(c batch.AccountCheck, operator string) batch.AccountCheck {
	if s.AlsoOutside {
		c.Also = operator
	}
	if s.AlsoHidden {
		c.Hidden = operator
	}
	return c
}

// foreseeOutsiders finds out who would be held back: from what the ledger has kept of
// the account's list, or with --online from the list itself.
func (p program) foreseeOutsiders(ctx context.Context, in *input, known known, plan *batch.Plan) (*batch.Stop, error) {
	s := in.settings
	if !s.Online {
		return nil, plan.HoldBackKnown(ctx, known, s.Outside, s.adoptWords())
	}
	key, secret, err := p.key(s)
	if err != nil {
		return nil, err
	}
	a := &access{settings: s, info: in.newRun(), log: newLogger(p.stderr, s.Quiet, secret)}
	if err := a.openClient(key); err != nil {
		return nil, err
	}
	fresh, err := known.Fresh(ctx)
	if err != nil {
		return nil, errors.Join(err, a.close())
	}
	check := batch.AccountCheck{
		List: a.list(), Archive: batch.NewOnlooker(known), AbsentAfter: s.AbsentAfter, Proved: !fresh && known.Continuity().Proved(),
		Rule: s.Outside, Place: s.adoptWords(),
	}
	stop, err := s.answers(check, p.operator()).Check(ctx, plan)
	return stop, errors.Join(err, a.close())
}
