package ledger

import (
	"context"
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
	Campaign string
	PersonID int64
	Decision Decision
	Invite   batch.InviteRef // of DecideSent
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
	case e.Decision == DecideUnskip:
		return "the person is not skipped, so there is nothing to take back"
	case e.State == batch.Sending:
		return "the person is being sent to by a run at this moment; wait until it has ended"
	default:
		return fmt.Sprintf("the person is not in doubt (state %s), so there is nothing to settle", e.State)
	}
}

// Decide records an operator's decision and moves the person: from Unknown to
// Sent, Failed or Skipped; from Failed or Rejected to Skipped; from Skipped back
// to where they were. Errors: *[WrongStateError], batch.ErrInviteKnown.
func (l *Ledger) Decide(ctx context.Context, r Ruling) error {
	return l.write(ctx, func(w *writer) error { return w.decide(r) })
}

func (w *writer) decide(r Ruling) error {
	var state, before batch.State
	var attempt int64
	if !w.row(sqlLastSettled, []any{r.PersonID}, &state, &before, &attempt) {
		return fmt.Errorf("the ledger has no person %d", r.PersonID)
	}
	wrong := &WrongStateError{r.Decision, state}
	switch {
	case state == batch.Unknown && r.Decision != DecideUnskip:
		if err := w.resolve(r.settlement(attempt)); err != nil {
			return err
		}
	case r.Decision == DecideSkip && (state == batch.Failed || state == batch.Rejected):
		w.exec(sqlMove, r.PersonID, state, batch.Skipped)
	case r.Decision == DecideUnskip && state == batch.Skipped:
		back := batch.Failed
		if before == batch.Unknown || before == batch.Rejected {
			back = before
		}
		w.exec(sqlMove, r.PersonID, state, back)
	default:
		return wrong
	}
	w.exec(sqlDecided, r.PersonID, r.Decision, orNull(r.Invite.ID), r.By, micros(r.At))
	return nil
}

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
	return l.write(ctx, func(w *writer) error {
		id := w.campaign(campaign)
		if w.known(id, []batch.Alias{a}) {
			return batch.ErrNotClaimable
		}
		person := w.outsider(id, []batch.Alias{a}, "", batch.Skipped, batch.InviteRef{})
		w.exec(sqlDecided, person, DecideSkip, nil, by, micros(at))
		return nil
	})
}

// Adopt takes invites of the account, which nobody in the ledger holds, into a
// campaign: whoever they belong to counts as Sent. An invite whose contacts the
// ledger knows already is passed over. It returns how many were adopted.
func (l *Ledger) Adopt(ctx context.Context, campaign string, invites []batch.Listing, by string, at time.Time) (int, error) {
	adopted := 0
	err := l.write(ctx, func(w *writer) error {
		adopted = 0
		id := w.campaign(campaign)
		for _, v := range invites {
			if w.adopt(id, v, by, at) {
				adopted++
			}
		}
		return nil
	})
	return adopted, err
}

func (w *writer) adopt(campaign int64, v batch.Listing, by string, at time.Time) bool {
	var holder int64
	aliases := v.Aliases()
	if len(aliases) == 0 || w.row(sqlInviteOwner, []any{v.Invite.ID}, &holder) || w.known(campaign, aliases) {
		return false
	}
	person := w.outsider(campaign, aliases, v.Name, batch.Sent, v.Invite)
	w.exec(sqlDecided, person, decideAdopt, v.Invite.ID, by, micros(at))
	return true
}

// outsider adds somebody whom no run has claimed.
func (w *writer) outsider(campaign int64, aliases []batch.Alias, name string, state batch.State, held batch.InviteRef) int64 {
	var of [4]string
	for _, a := range aliases {
		kind, _ := kindNumber(a.Kind)
		of[kind] = a.Value
	}
	var id int64
	w.row(sqlAddOutsider, []any{
		campaign, of[1], of[2], of[3], name, batch.FoldName(name), state,
		orNull(held.ID), orNull(held.URL), orNull(held.UserID), orNull(held.Status), micros(held.InvitedAt),
	}, &id)
	w.addAliases(campaign, aliases, id)
	return id
}

// known reports whether somebody owns one of the aliases.
func (w *writer) known(campaign int64, aliases []batch.Alias) bool {
	return slices.Max(w.owners(campaign, aliases)) != 0
}
