package batch

import (
	"fmt"
	"maps"
	"slices"
)

// Crowd is an employee ID that stands beside three names or more: it is nobody's.
type Crowd struct {
	ID    string // as an alias
	Lines []int  // the first ones

	names names
}

// fewest is how many names make a crowd, and mostLines of how many lines it tells.
const (
	fewest    = 3
	mostLines = 5
)

// gather takes note of an employee ID that belongs to somebody with another name. Names
// of this roster count: somebody else may have had the ID before.
func (p *planner) gather(e *entry, with *owner) {
	id := employeeKey(e.Recipient)
	c := p.shared[id]
	if c == nil {
		c = &Crowd{ID: id}
		if with.row != noRow {
			c.names, c.Lines = namesOf(with.rowName), []int{with.line}
		}
		p.shared[id] = c
	}
	name := FoldName(e.Recipient.Name())
	if len(c.names) < fewest && !slices.ContainsFunc(c.names, func(known string) bool { return namesFit(known, name) }) {
		c.names = append(c.names, name)
	}
	if len(c.Lines) <= mostLines {
		c.Lines = append(c.Lines, e.Line)
	}
}

// crowds are those that have become one.
func (p *planner) crowds() []Crowd {
	var crowds []Crowd
	for _, id := range slices.Sorted(maps.Keys(p.shared)) {
		if c := p.shared[id]; len(c.names) >= fewest {
			crowds = append(crowds, *c)
		}
	}
	return crowds
}

// Crowds are employee IDs that turned out to be nobody's: the roster has to be read
// again, for a plan that knows that ([PlanOptions]).
func (p *Plan) Crowds() []Crowd { return p.crowds }

// count counts a row with what is no employee ID.
func (p *planner) count(c *candidate) {
	if !c.found.NoID {
		return
	}
	if p.noIDs++; p.noIDLine == 0 {
		p.noIDLine = c.row.Line
	}
}

// disown takes the employee IDs that are nobody's from the rows, except from that of
// somebody who was known by it before, under this name.
func (p *planner) disown(q *portion) {
	for i := range q.rows {
		c := &q.rows[i]
		id := employeeKey(c.recipient)
		if len(c.aliases) == 0 || !p.nobodys[id] {
			continue
		}
		person := q.owned[Alias{ByEmployeeID, id}]
		if called := namesOf(slices.Concat([]string{person.Name}, person.AlsoNamed)...); len(called) > 0 && called.fit(FoldName(c.recipient.Name())) {
			continue
		}
		c.recipient.EmployeeID, c.recipient.Company = "", ""
		c.aliases = AliasesOf(c.recipient)
	}
}

// Notes say what was found out about the list's employee IDs, in plain words.
func (p *Plan) Notes() []string { return p.notes }

func (p *planner) notes() []string {
	var notes []string
	if p.noIDs > 0 {
		notes = append(notes, fmt.Sprintf(
			"%s: what stands for an employee ID is none, such as TBD, 9999, or a number that a spreadsheet has rounded (first on line %d); they are told apart by their contacts alone",
			rows(p.noIDs), p.noIDLine))
	}
	for _, c := range p.NoIDs {
		notes = append(notes, fmt.Sprintf("one employee ID stands beside %d names or more (lines %s): it counts as none",
			fewest, lineList(c.Lines)))
	}
	return notes
}

func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func lineList(lines []int) string {
	text := ""
	for i, line := range lines[:min(len(lines), mostLines)] {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(line)
	}
	if len(lines) > mostLines {
		text += " and more"
	}
	return text
}
