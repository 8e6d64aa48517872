package batch

import "fmt"

// LedgerMark is how far a ledger has come. Each of its counts only ever grows, so that a
// ledger with a smaller one than its mark says is not the one that it was.
type LedgerMark struct {
	Epoch       string `json:"epoch"` // which ledger it is: random
	Attempts    int64  `json:"attempts"`
	Settlements int64  `json:"settlements"` // of attempts
	Decisions   int64  `json:"decisions"`   // of operators, adoptions too
	Aliases     int64  `json:"aliases"`
}

// Missing says in words what a ledger lacks that has only come as far as have, "" for
// nothing. Both are marks of one epoch.
func (m LedgerMark) Missing(have LedgerMark) string {
	for _, c := range []struct {
		want, have int64
		one, many  string
	}{
		{m.Attempts, have.Attempts, "attempt", "attempts"},
		{m.Settlements, have.Settlements, "outcome of an attempt", "outcomes of attempts"},
		{m.Decisions, have.Decisions, "decision about a person", "decisions about people"},
		{m.Aliases, have.Aliases, "contact or ID", "contacts and IDs"},
	} {
		switch n := c.want - c.have; {
		case n == 1:
			return "1 " + c.one
		case n > 1:
			return fmt.Sprintf("%d %s", n, c.many)
		}
	}
	return ""
}
