package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	var a batch.Attempt
	err := l.submit(ctx, &job{claim: true, work: func(w *writer) (err error) {
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
	if c.IDFrom != 0 && !w.takeID(campaign, c) {
		return batch.Attempt{}, batch.ErrNotClaimable
	}
	a := batch.Attempt{ID: w.now.Attempts + 1, PersonID: c.PersonID, Number: 1}
	if c.PersonID == 0 {
		a.PersonID, ok = w.addPerson(campaign, run, a.ID, c)
	} else {
		a.Number, ok = w.claimKnown(campaign, run, a.ID, c)
	}
	if !ok {
		return batch.Attempt{}, batch.ErrNotClaimable
	}
	w.exec(sqlAddAttempt, a.ID, a.PersonID, a.Number, run, c.Line, c.Row[:], c.Body[:], micros(c.At))
	w.now.Attempts = a.ID
	if c.Torn {
		w.narrow(c.RunID, batch.Offset{Torn: true})
	}
	return a, nil
}

// addPerson adds somebody new as sending. It takes them back, and returns false,
// when one of their aliases turns out to belong to somebody: that is rare, and
// looking first would be one more statement for everybody.
func (w *writer) addPerson(campaign, run, attempt int64, c batch.Claim) (person int64, ok bool) {
	person = w.insert(sqlAddPerson, personArgs(campaign, run, attempt, c)...)
	if w.giveAliases(campaign, c.Aliases, person) {
		w.grow(campaign, growth{people: 1})
		return person, true
	}
	w.exec(sqlDropPerson, person)
	w.owners(campaign, c.Aliases) // who is in the way must be who they were
	return 0, false
}

// claimKnown makes somebody known sending, and returns the number of the POST
// that follows; false when their state forbids it, or when an alias of the claim
// belongs to somebody else.
func (w *writer) claimKnown(campaign, run, attempt int64, c batch.Claim) (number int, ok bool) {
	owners := w.owners(campaign, c.Aliases)
	if slices.ContainsFunc(owners, func(owner int64) bool { return owner != 0 && owner != c.PersonID }) {
		return 0, false
	}
	var state batch.State
	var body []byte
	if !w.row(sqlStanding, []any{c.PersonID, campaign}, &state, &body, &number) || !allows(state, csvmap.Digest(body), c) {
		return 0, false
	}
	w.exec(sqlClaimPerson, append(personArgs(campaign, run, attempt, c), c.PersonID)...)
	w.addAliases(campaign, c.Aliases, owners, c.PersonID)
	return number + 1, true
}

// allows says whether somebody in that state may be sent to once more; body is
// the request that was sent last.
func allows(state batch.State, body csvmap.Digest, c batch.Claim) bool {
	switch state {
	case batch.Failed:
		return true
	case batch.Rejected:
		return c.RetryRejected || body != c.Body
	default:
		return false
	}
}

func personArgs(campaign, run, attempt int64, c batch.Claim) []any {
	r := c.Recipient
	return []any{
		campaign, run, c.Row[:], cellsKey(c.Row), c.Body[:], employeeID(c.Aliases), r.EmployeeID, r.Email, r.Phone,
		r.FirstName, r.LastName, r.FullName, c.Name, r.ExternalID, attempt,
	}
}

func employeeID(aliases []batch.Alias) string {
	for _, a := range aliases {
		if a.Kind == batch.ByEmployeeID {
			return a.Value
		}
	}
	return ""
}
