package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"bulkinvite/batch"
)

// Decision is what an operator decides about a person.
type Decision string

// The decisions.
const (
	DecideSent   Decision = "sent"   // in doubt: they hold this invite
	DecideResend Decision = "resend" // in doubt: they hold none, the next run may send
	DecideSkip   Decision = "skip"   // do not invite
	DecideUnskip Decision = "unskip" // invite after all
	decideAdopt  Decision = "adopt"  // the account held an invite before the ledger knew of it
)

// Ruling is a decision about one person, by whom and when.
type Ruling struct {
	PersonID int64
	Decision Decision
	Invite   batch.InviteRef // of DecideSent; at least its ID
	By       string          // the operator
	At       time.Time
}

// WrongStateError says that a decision does not fit what the ledger knows of the
// person. Nothing was changed.
type WrongStateError struct {
	Decision Decision
	State    batch.State
}

func (e *WrongStateError) Error() string {
	switch {
	case e.State == batch.Sent:
		return "the person has been invited already, so there is nothing to decide"
	case e.State == batch.Sending:
		return "the person is being sent to by a run at this moment; wait until it has ended"
	case e.State == batch.Skipped && e.Decision == DecideSkip:
		return "the person is skipped already"
	case e.State == batch.Skipped:
		return "the person is skipped, so nobody invites them; take that back first with unskip"
	case e.Decision == DecideUnskip:
		return "the person is not skipped, so there is nothing to take back"
	default:
		return fmt.Sprintf("the person is not in doubt (state %s), so there is nothing to settle", e.State)
	}
}

// Decide records an operator's decision, moves the person and returns where they
// are now: from Unknown to Sent, Failed or Skipped; from Failed, Rejected or a Sent
// whose invite is revoked to Skipped; from Skipped back to where they were, with the
// evidence of then.
// Errors: *[WrongStateError], batch.ErrInviteKnown.
func (l *Ledger) Decide(ctx context.Context, r Ruling) (batch.State, error) {
	if err := r.check(); err != nil {
		return "", err
	}
	var now batch.State
	err := l.write(ctx, func(w *writer) (err error) {
		now, err = w.decide(r)
		return err
	})
	return now, err
}

func (r Ruling) check() error {
	known := []Decision{DecideSent, DecideResend, DecideSkip, DecideUnskip}
	switch {
	case !slices.Contains(known, r.Decision):
		return fmt.Errorf("there is no decision %q", r.Decision)
	case r.By == "":
		return errors.New("a decision needs somebody who made it")
	case (r.Decision == DecideSent) != (r.Invite.ID != ""):
		return fmt.Errorf("a decision names an invite when it is %q, and only then", DecideSent)
	}
	return nil
}

// standing is where a person stands when somebody decides about them. One who was
// never claimed has attempt 0, and nothing of theirs was settled.
type standing struct {
	state   batch.State
	attempt int64
	revoked bool        // so is the only invite that they hold
	before  batch.State // how the attempt ended before anybody skipped them
	settled sql.NullInt64
}

// skippable reports whether somebody who is in no doubt can be left out.
func (s standing) skippable() bool {
	return s.state == batch.Failed || s.state == batch.Rejected || s.state == batch.Sent && s.revoked
}

// unskipped is where a skip is taken back to.
func (s standing) unskipped() batch.State {
	switch {
	case s.revoked:
		return batch.Sent
	case s.before == batch.Unknown, s.before == batch.Rejected:
		return s.before
	default:
		return batch.Failed
	}
}

// decide is the transition of one person.
func (w *writer) decide(r Ruling) (batch.State, error) {
	var s standing
	if !w.row(sqlLastSettled, []any{r.PersonID}, &s.state, &s.attempt, &s.revoked, &s.before, &s.settled) {
		return "", fmt.Errorf("the ledger has no person %d", r.PersonID)
	}
	var now batch.State
	switch {
	case s.state == batch.Unknown && r.Decision != DecideUnskip:
		settlement := r.settlement(s.attempt)
		if err := w.resolve(settlement); err != nil {
			return "", err
		}
		now = settlement.State
	case r.Decision == DecideSkip && s.skippable():
		w.exec(sqlSkip, r.PersonID, s.state)
		now = batch.Skipped
	case r.Decision == DecideUnskip && s.state == batch.Skipped:
		now = s.unskipped()
		w.exec(sqlUnskip, r.PersonID, now, s.settled)
	default:
		return "", &WrongStateError{r.Decision, s.state}
	}
	w.decided(r.PersonID, r.Decision, orNull(r.Invite.ID), r.By, micros(r.At))
	return now, nil
}

// decided keeps a decision: whose, which, with which invite, by whom and when.
func (w *writer) decided(args ...any) { w.now.Decisions = w.insert(sqlDecided, args...) }

// settlement is the decision about somebody in doubt as the end of their attempt.
func (r Ruling) settlement(attempt int64) batch.Settlement {
	s := batch.Settlement{AttemptID: attempt, By: r.By, Ended: r.At, State: batch.Failed}
	switch r.Decision {
	case DecideSent:
		s.State, s.Invite = batch.Sent, r.Invite
	case DecideSkip:
		s.State = batch.Skipped
	}
	return s
}

// SkipStranger records that somebody whom the ledger does not know yet is not to
// be invited. The error is batch.ErrNotClaimable when the alias has an owner.
func (l *Ledger) SkipStranger(ctx context.Context, campaign string, a batch.Alias, by string, at time.Time) error {
	if _, ok := kindNumber(a.Kind); !ok || a.Value == "" || by == "" {
		return fmt.Errorf("somebody is skipped by an alias and by an operator, not by an alias of kind %q that is empty or unknown", a.Kind)
	}
	return l.write(ctx, func(w *writer) error {
		id := w.campaign(campaign)
		if w.known(id, []batch.Alias{a}) {
			return batch.ErrNotClaimable
		}
		person := w.outsider(id, []batch.Alias{a}, "", batch.Skipped, batch.InviteRef{})
		w.decided(person, DecideSkip, nil, by, micros(at))
		return nil
	})
}
