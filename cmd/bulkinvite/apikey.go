package main

import (
	"context"
	"sync/atomic"

	"go.uber.org/zap"

	"bulkinvite/batch"
)

// A ledger belongs to one API key, and refuses another one. At the start a key is only
// compared. It is remembered once it has proved right: one that the API refuses, or that
// is of another account, would take the ledger from the right one.

// keyUse is the key that a command uses, and what the API has said to it.
type keyUse struct {
	hash     string // as ledger.HashKey makes it
	accepted atomic.Bool
	refused  atomic.Bool
}

// heard takes note of how a request ended that changes nothing.
func (k *keyUse) heard(err error) {
	switch {
	case err == nil:
		k.accepted.Store(true)
	case is[*batch.RefusedError](err):
		k.refused.Store(true)
	}
}

// wrong reports whether the API has refused the key, and has not taken it before or since.
func (k *keyUse) wrong() bool { return k.refused.Load() && !k.accepted.Load() }

// unheard reports whether the API has said nothing of the key yet.
func (k *keyUse) unheard() bool { return !k.refused.Load() && !k.accepted.Load() }

// tryKey asks the API whether it takes a key that somebody has said to be the account's
// new one, where the run had nothing to ask.
func (a *access) tryKey() {
	ctx, cancel := context.WithTimeout(context.Background(), a.settings.Timeout)
	defer cancel()
	permit, err := a.limiter.Wait(ctx)
	if err == nil {
		_, err = a.lister().Page(ctx, "", permit.Departed)
		permit.Done()
	}
	if !a.key.accepted.Load() {
		a.log.Warn("the ledger stays with the API key that it had: Argyle has not taken the new one", zap.Error(err))
	}
}

// keyedLister is a Lister by which it comes to light whether the API takes the key.
type keyedLister struct {
	batch.Lister
	key *keyUse
}

// Page is the page of the Lister behind it.
func (l keyedLister) Page(ctx context.Context, cursor string, departed func()) (batch.Page, error) {
	page, err := l.Lister.Page(ctx, cursor, departed)
	l.key.heard(err)
	return page, err
}

// checkKey refuses a key that is not the ledger's, unless somebody has said that the
// account has a new one.
func (a *access) checkKey(ctx context.Context, hash string) error {
	if a.settings.AcceptKey {
		return nil
	}
	return a.ledger.CheckKey(ctx, hash)
}

// bindAccepted ties the ledger to the key of a command that sends nothing, where the API
// has taken it.
func (a *access) bindAccepted(ctx context.Context) error {
	if a.key == nil || !a.key.accepted.Load() {
		return nil
	}
	return a.ledger.BindKey(context.WithoutCancel(ctx), a.key.hash)
}
