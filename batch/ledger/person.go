package ledger

import (
	"context"

	"bulkinvite/batch"
)

// Person finds somebody of a campaign by their number in the ledger, with ID,
// State, EmployeeID, Email and Phone; false when there is nobody of that number.
func (l *Ledger) Person(ctx context.Context, campaign string, id int64) (batch.Person, bool, error) {
	var p batch.Person
	found, err := l.row(ctx, sqlPersonByID, []any{id, campaign}, &p.ID, &p.State, &p.EmployeeID, &p.Email, &p.Phone)
	return p, found, err
}
