package batch

import "bulkinvite/csvmap"

// ownersOf says who owns the aliases: in the ledger, and among earlier rows.
func (p *planner) ownersOf(aliases []Alias, owned map[Alias]Person) (owners, error) {
	var known owners
	for _, a := range aliases {
		who, err := p.ownerOf(a, owned)
		if err != nil {
			return owners{}, err
		}
		if who != nil {
			known.set(a.Kind, who)
		}
	}
	return known, nil
}

func (p *planner) ownerOf(a Alias, owned map[Alias]Person) (*owner, error) {
	if person, ok := owned[a]; ok {
		row, line, open, err := p.earlierRow(person.ID)
		return &owner{
			person: person.ID, row: row, line: line, open: open,
			employeeID: person.EmployeeID, name: person.Name,
			email: person.Email, phone: person.Phone, invite: person.Invite.ID,
		}, err
	}
	row, e, err := p.earlierAlias(a)
	if err != nil || row == noRow {
		return nil, err
	}
	return &owner{
		person: e.PersonID, row: row, line: e.Line, open: e.Outcome == "",
		employeeID: foldEmployeeID(e.Recipient.EmployeeID), name: FoldName(e.Recipient.Name()),
		email: e.Recipient.Email, phone: e.Recipient.Phone, invite: e.Invite.ID,
	}, nil
}

// earlierRow finds the first row of this roster that is that person, and whether it
// is to be sent. It is asked of every row of a usual night.
func (p *planner) earlierRow(person int64) (row rowRef, line int, open bool, err error) {
	row, err = p.index.find(p.index.personKey(person), func(row rowRef) (bool, error) {
		e, err := p.spool.at(row)
		line, open = e.Line, e.Outcome == ""
		return e.PersonID == person && e.Primary == noRow, err
	})
	return row, line, open && row != noRow, err
}

// earlierAlias finds the first row of this roster that is known under a. Where
// that row is a duplicate itself, its own first row is the answer.
func (p *planner) earlierAlias(a Alias) (rowRef, entry, error) {
	var first entry
	row, err := p.index.find(p.index.aliasKey(a), func(row rowRef) (bool, error) {
		e, err := p.spool.at(row)
		first = e
		return err == nil && owns(e.Recipient, a), err
	})
	if err != nil || row == noRow || first.Primary == noRow {
		return row, first, err
	}
	row = first.Primary
	first, err = p.spool.at(row)
	return row, first, err
}

func owns(r csvmap.Recipient, a Alias) bool {
	for _, b := range AliasesOf(r) {
		if a == b {
			return true
		}
	}
	return false
}
