package ledger

import (
	"context"
	"errors"
	"fmt"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// Claim moves a person to Sending and returns when that is durable. The claim
// is refused with batch.ErrNotClaimable when any of its aliases belongs to
// somebody other than c.PersonID, or when that person's state forbids it.
// An error of ctx means that nothing was claimed.
func (l *Ledger) Claim(ctx context.Context, c batch.Claim) (batch.Attempt, error) {
	if err := checkClaim(c); err != nil {
		return batch.Attempt{}, err
	}
	if l.writer == nil {
		return batch.Attempt{}, ErrReadOnly
	}
	var a batch.Attempt
	err := l.writer.do(ctx, &job{claim: true, work: func(w *writer) (err error) {
		a, err = w.claim(c)
		return err
	}})
	if err != nil {
		return batch.Attempt{}, err
	}
	return a, nil
}

func checkClaim(c batch.Claim) error {
	if len(c.Aliases) == 0 {
		return errors.New("a claim needs at least one alias")
	}
	for _, a := range c.Aliases {
		if _, ok := kindNumber(a.Kind); !ok || a.Value == "" {
			return fmt.Errorf("a claim has an alias of kind %q that is empty or unknown", a.Kind)
		}
	}
	return nil
}

// claim is the transition {new, failed, rejected} -> sending.
func (w *writer) claim(c batch.Claim) (batch.Attempt, error) {
	campaign := w.campaign(c.Campaign)
	run, ok := w.runNumber(c.RunID)
	if !ok {
		return batch.Attempt{}, fmt.Errorf("run %s was not begun in this ledger", c.RunID)
	}
	unowned, ok := w.unowned(campaign, c)
	if !ok || !w.claimable(campaign, c) {
		return batch.Attempt{}, batch.ErrNotClaimable
	}
	a := w.send(campaign, run, c)
	w.exec(sqlAddAttempt, a.ID, a.PersonID, a.Number, run, c.Line, c.Row[:], c.Body[:], micros(c.At))
	w.addAliases(campaign, unowned, a.PersonID)
	return a, nil
}

// unowned returns the aliases that belong to nobody, and false when one
// belongs to somebody other than the claim's person.
func (w *writer) unowned(campaign int64, c batch.Claim) ([]batch.Alias, bool) {
	var free []batch.Alias
	for i, owner := range w.owners(campaign, c.Aliases) {
		switch owner {
		case 0:
			free = append(free, c.Aliases[i])
		case c.PersonID:
		default:
			return nil, false
		}
	}
	return free, true
}

// claimable says whether the person's state allows another POST.
func (w *writer) claimable(campaign int64, c batch.Claim) bool {
	if c.PersonID == 0 {
		return true
	}
	var state batch.State
	var body []byte
	if !w.row(sqlStanding, []any{c.PersonID, campaign}, &state, &body) {
		return false
	}
	switch state {
	case batch.Failed:
		return true
	case batch.Rejected:
		return c.RetryRejected || csvmap.Digest(body) != c.Body
	default:
		return false
	}
}

// send writes the person, new or known, as sending under a new attempt.
func (w *writer) send(campaign, run int64, c batch.Claim) batch.Attempt {
	r := c.Recipient
	args := []any{
		campaign, run, c.Row[:], cellsKey(c.Row), c.Body[:], employeeID(c.Aliases), r.EmployeeID, r.Email, r.Phone,
		r.FirstName, r.LastName, r.FullName, c.Name, r.ExternalID,
	}
	query := sqlAddPerson
	if c.PersonID != 0 {
		query, args = sqlClaimPerson, append(args, c.PersonID)
	}
	var a batch.Attempt
	w.row(query, args, &a.PersonID, &a.ID, &a.Number)
	return a
}

func employeeID(aliases []batch.Alias) string {
	for _, a := range aliases {
		if a.Kind == batch.ByEmployeeID {
			return a.Value
		}
	}
	return ""
}
