package batch

import (
	"context"
	"fmt"
)

// Somebody whose address changes, and who has no employee ID to be known by, looks like
// somebody new. So new people are compared with those who have the same name.

// findNamesakes looks for the namesakes of the rows that nobody is known by.
func (p *planner) findNamesakes(ctx context.Context, q *portion) error {
	byName := map[string][]*candidate{}
	var names []string
	for i := range q.rows {
		c := &q.rows[i]
		if len(c.aliases) == 0 || c.known || anyOwned(c.aliases, q.owned) {
			continue
		}
		name := FoldName(c.recipient.Name())
		if _, there := byName[name]; !there && name != "" {
			names = append(names, name)
		}
		byName[name] = append(byName[name], c)
	}
	if len(names) == 0 {
		return nil
	}
	found, err := p.find.Namesakes(ctx, p.Campaign, names)
	for name, people := range found {
		for _, c := range byName[name] {
			c.namesakes = people
		}
	}
	return err
}

func anyOwned(aliases []Alias, owned map[Alias]Person) bool {
	for _, a := range aliases {
		if _, is := owned[a]; is {
			return true
		}
	}
	return false
}

// sameElsewhere finds who has the name of a new row, and its employee ID in another
// company: it is more likely one person than two.
func (p *planner) sameElsewhere(c *candidate) (*clash, error) {
	bare, paired := bareID(employeeKey(c.recipient))
	if !paired {
		return nil, nil
	}
	for _, person := range c.namesakes {
		if id, _ := bareID(person.EmployeeID); id == bare {
			who, err := p.ownerIn(person)
			return &clash{CodeSameName, "", who}, err
		}
	}
	return nil, nil
}

// warnOfNamesakes warns of a row to be sent whose name somebody has who is known.
func (e *entry) warnOfNamesakes(namesakes []Person) {
	if len(namesakes) == 0 {
		return
	}
	first := owner{row: noRow, invite: namesakes[0].Invite, sentLine: namesakes[0].Line}
	more := ""
	if others := len(namesakes) - 1; others > 0 {
		more = fmt.Sprintf(", and %d more", others)
	}
	e.Warnings = append(e.Warnings, Finding{Code: CodeSameName, Owner: HR, Message: fmt.Sprintf(
		"somebody of the same name is known under another contact, with no ID in common (%s%s): if it is one person, this invite is their second", first.where(), more)})
}
