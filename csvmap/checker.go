package csvmap

import (
	"fmt"
	"slices"
	"strings"
)

// Checker turns rows of one roster into recipients by one set of rules. It does
// not change, so any number of goroutines may use it.
type Checker struct {
	rules   Rules
	columns []Column

	employeeID, first, last, full, email, phone, externalID, flowID, flowItems, country slot

	phones *phones

	nested []nestedSlot
	mapped []int  // indexes of the mapped columns, in an order that the header's does not change
	salt   Digest // of the rules and of what is mapped
}

// Checker returns a checker for the roster's rows. The error is a *[RosterError]
// when the header, with the defaults, can give no name or no contact that the
// channel uses, and a *[RulesError] when the rules are wrong.
func (r *Roster) Checker(rules Rules) (*Checker, error) {
	rules = rules.withDefaults()
	if err := rules.validate(); err != nil {
		return nil, err
	}
	c := &Checker{rules: rules, columns: r.columns, phones: newPhones(rules.Region)}
	c.fillSlots()
	if missing := c.missing(); missing != "" {
		return nil, r.broken(r.line, fmt.Sprintf("the header lacks %s (%s)", missing, describeHeader(r.columns)), nil)
	}
	c.prepareFingerprint()
	return c, nil
}

func (c *Checker) fillSlots() {
	slots := map[Field]*slot{
		EmployeeID: &c.employeeID, FirstName: &c.first, LastName: &c.last, FullName: &c.full,
		Email: &c.email, Phone: &c.phone, ExternalID: &c.externalID, FlowID: &c.flowID, FlowItems: &c.flowItems,
		Country: &c.country,
	}
	for field, s := range slots {
		*s = slot{field: field, fallback: c.rules.Defaults.text[field]}
	}
	for _, column := range c.columns {
		if s := slots[column.Field]; s != nil {
			s.column, s.header = column.Index, column.Header
		} else if column.Field.Nested() {
			root, path := splitPath(column.Field)
			s := slot{field: column.Field, column: column.Index, header: column.Header}
			c.nested = append(c.nested, nestedSlot{s, root, path})
		}
	}
}

// missing names the fields without which no row could be sent.
func (c *Checker) missing() string {
	given := func(s slot) bool { return s.column > 0 || s.fallback != "" }
	var missing []string
	if !given(c.full) && !(given(c.first) && given(c.last)) {
		missing = append(missing, "first_name and last_name (or full_name)")
	}
	var contacts []string
	for _, s := range []slot{c.email, c.phone} {
		if c.rules.Channel.uses(s.field) {
			contacts = append(contacts, string(s.field))
		}
	}
	if !slices.ContainsFunc([]slot{c.email, c.phone}, func(s slot) bool { return c.rules.Channel.uses(s.field) && given(s) }) {
		missing = append(missing, strings.Join(contacts, " or "))
	}
	return strings.Join(missing, ", and ")
}

// Check maps and normalises a row. The recipient can be sent only when there is
// no problem; its objects may be shared with other rows: do not change them.
func (c *Checker) Check(row Row) (Recipient, []Problem) {
	r, found := c.CheckAll(row)
	return r, found.Problems
}

// CheckAll is [Checker.Check] with the warnings too.
func (c *Checker) CheckAll(row Row) (Recipient, Findings) {
	if row.Malformed != nil {
		return Recipient{}, Findings{Problems: []Problem{*row.Malformed}}
	}
	f := &findings{row: row, strict: c.rules.Strict}
	c.tidyCells(f)
	r := Recipient{
		EmployeeID: c.employeeID.cell(f.row.Cells),
		ExternalID: c.externalID.value(f.row.Cells),
		FlowID:     c.flowID.value(f.row.Cells),
		FlowItems:  c.items(f.row.Cells),
	}
	c.name(f, &r)
	c.contacts(f, &r)
	c.checkShared(f, &r)
	if complaint := tooLong(r.EmployeeID, maxEmployeeID); complaint != "" {
		f.addAt(&c.employeeID, TooLong, complaint)
	}
	if complaint := tooLong(r.ExternalID, maxExternalID); complaint != "" {
		f.addAt(&c.externalID, TooLong, complaint)
	}
	r.DDSConfig, r.Template = c.objects(f.row.Cells)
	return r, f.Findings
}

// Cells returns the row's own mapped cells, trimmed but not normalised: what to
// show of a row that cannot be sent. It leaves out the objects.
func (c *Checker) Cells(row Row) Recipient {
	if row.Malformed != nil {
		return Recipient{}
	}
	show := func(s slot) string { return strings.ToValidUTF8(s.cell(row.Cells), "\uFFFD") }
	return Recipient{
		EmployeeID: show(c.employeeID),
		FirstName:  show(c.first), LastName: show(c.last), FullName: show(c.full),
		Email: show(c.email), Phone: show(c.phone),
		ExternalID: show(c.externalID), FlowID: show(c.flowID), FlowItems: splitList(show(c.flowItems)),
	}
}

// Column is the number of the column that f was mapped to, 0 for none.
func (c *Checker) Column(f Field) int {
	for _, column := range c.columns {
		if column.Field == f {
			return column.Index
		}
	}
	return 0
}
