package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bulkinvite/batch"
)

// Settle moves the attempt's person from Sending to s.State (Sent, Rejected,
// Failed or Unknown) and appends s. Errors: batch.ErrNotSending when the attempt
// is not the person's open one; batch.ErrInviteKnown when another person holds
// the invite that s is Sent with. Either way nothing was changed.
func (l *Ledger) Settle(ctx context.Context, s batch.Settlement) error {
	switch s.State {
	case batch.Sent:
		if s.Invite.ID == "" {
			return fmt.Errorf("a settlement as %s needs an invite ID", s.State)
		}
	case batch.Rejected, batch.Failed, batch.Unknown:
	default:
		return fmt.Errorf("an attempt cannot be settled as %q", s.State)
	}
	return l.write(ctx, func(w *writer) error { return w.settle(batch.Sending, s, 1) })
}

// Release undoes a claim whose POST never began: the person is Failed, and the
// attempt does not count as a POST. Errors as Settle's.
func (l *Ledger) Release(ctx context.Context, a batch.Attempt, at time.Time) error {
	return l.write(ctx, func(w *writer) error {
		s := batch.Settlement{AttemptID: a.ID, State: batch.Failed, By: batch.ByRelease, Ended: at}
		w.row(sqlAttemptRun, []any{a.ID}, &s.RunID)
		return w.settle(batch.Sending, s, 0)
	})
}

// Resolve moves somebody in doubt about the attempt from Unknown to s.State and
// appends s. Errors: batch.ErrNotUnknown, batch.ErrInviteKnown; either way
// nothing was changed.
func (l *Ledger) Resolve(ctx context.Context, s batch.Settlement) error {
	if s.State == batch.Sent && s.Invite.ID == "" {
		return fmt.Errorf("a settlement as %s needs an invite ID", s.State)
	}
	return l.write(ctx, func(w *writer) error { return w.resolve(s) })
}

func (w *writer) resolve(s batch.Settlement) error {
	err := w.settle(batch.Unknown, s, 0)
	if errors.Is(err, batch.ErrNotSending) {
		return batch.ErrNotUnknown
	}
	return err
}

// settle is the transition from -> s.State; posts is how many POSTs it ends.
func (w *writer) settle(from batch.State, s batch.Settlement, posts int) error {
	var held batch.InviteRef // what the person holds from now on
	if s.State == batch.Sent {
		held = s.Invite
	}
	end := sqlEndSending
	if from == batch.Unknown {
		end = sqlEndUnknown
	}
	var run any
	if n, ok := w.runNumber(s.RunID); ok {
		run = n
	}
	id := w.now.Settlements + 1
	ended, taken := w.execUnique(end, s.AttemptID, s.State, posts, id, run,
		orNull(held.ID), orNull(held.URL), orNull(held.UserID), orNull(held.Status), micros(held.InvitedAt), micros(held.CreatedAt), s.HTTP)
	switch {
	case taken:
		return batch.ErrInviteKnown
	case ended == 0:
		return batch.ErrNotSending
	}
	w.exec(sqlAddSettlement, id, s.AttemptID, run, s.State, s.By, s.HTTP, findingsText(s.Findings), orNull(s.Invite.ID),
		s.Written, micros(s.Started), micros(s.Ended))
	w.now.Settlements = id
	w.measure(s)
	return nil
}
