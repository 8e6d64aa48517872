package ledger

import "bulkinvite/batch"

// takeID gives up the employee ID of a claim which HR says is not that of who has it.
// It returns false, and changes nothing, where that cannot be: an alias belongs to
// somebody else, or who has the ID is in doubt.
func (w *writer) takeID(campaign int64, c batch.Claim) bool {
	var state batch.State
	for i, owner := range w.owners(campaign, c.Aliases) {
		a := c.Aliases[i]
		switch {
		case owner == 0, owner == c.PersonID && c.PersonID != 0:
		case a.Kind != batch.ByEmployeeID || owner != c.IDFrom:
			return false
		case !w.row(sqlStateOf, []any{owner, campaign}, &state) || state.InDoubt():
			return false
		}
	}
	for _, a := range c.Aliases {
		if a.Kind != batch.ByEmployeeID || w.owners(campaign, []batch.Alias{a})[0] != c.IDFrom {
			continue
		}
		w.dropAliases(campaign, []batch.Alias{a}, c.IDFrom)
		kind, _ := kindNumber(a.Kind)
		w.grow(campaign, growth{aliases: -1, witnesses: -witness(campaign, int64(kind), a.Value, c.IDFrom)})
		w.exec(sqlLoseID, c.IDFrom, a.Value)
	}
	return true
}
