package batch

import (
	"slices"

	"bulkinvite/csvmap"
)

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
		return p.ownerIn(person)
	}
	row, e, err := p.earlierAlias(a)
	if err != nil || row == noRow {
		return nil, err
	}
	return &owner{
		person: e.PersonID, row: row, line: e.Line, open: e.Outcome == "", rowName: FoldName(e.Recipient.Name()),
		employeeID: employeeKey(e.Recipient), writtenID: e.Recipient.EmployeeID,
		names: namesOf(slices.Concat([]string{FoldName(e.Recipient.Name())}, p.called[row])...), given: GivenName(e.Recipient),
		invite: e.Invite,
	}, nil
}

// ownerIn is somebody of the ledger, with what this roster has of them.
func (p *planner) ownerIn(person Person) (*owner, error) {
	row, err := p.earlierRow(person.ID)
	known := namesOf(slices.Concat([]string{person.Name, row.name}, person.AlsoNamed, p.called[row.row])...)
	return &owner{
		person: person.ID, state: person.State, row: row.row, line: row.line, open: row.open, rowName: row.name,
		employeeID: person.EmployeeID, writtenID: person.WrittenID, names: known, given: person.Given,
		invite: person.Invite, sentLine: person.Line,
	}, err
}

// earlier is the first row of this roster that is somebody's.
type earlier struct {
	row  rowRef // noRow for none
	line int
	open bool // it is to be sent
	name string
}

// earlierRow finds the first row of this roster that is that person. It is asked of
// every row of a usual night.
func (p *planner) earlierRow(person int64) (earlier, error) {
	found := earlier{row: noRow}
	row, err := p.index.find(p.index.personKey(person), func(row rowRef) (bool, error) {
		e, err := p.spool.at(row)
		if err != nil || e.PersonID != person || e.Primary != noRow {
			return false, err
		}
		found = earlier{row, e.Line, e.Outcome == "", FoldName(e.Recipient.Name())}
		return true, nil
	})
	if row == noRow || err != nil {
		return earlier{row: noRow}, err
	}
	return found, nil
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
