package csvmap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Checker turns rows of one roster into recipients by one set of rules. It does
// not change, so any number of goroutines may use it.
type Checker struct {
	rules   Rules
	columns []Column
	kitchen kitchen

	employeeID, company, first, last, full, email, phone, externalID, flowID, flowItems, country slot

	countries []int // columns of countries beside each other, where nobody says which one counts; indexes
	dials     bool  // the country column has calling codes
	list      List

	phones   *phones
	subjects []slot // what each column goes into
	used     []bool // whether a column goes into something, or is asked by the filter
	found    *guess // the encoding, where it had to be guessed; nil else

	nested []nestedSlot
	mapped []int  // indexes of the mapped columns, in an order that the header's does not change
	salt   Digest // of the rules and of what is mapped
}

// Checker returns a checker for the roster's rows, as they are mapped by now. The
// error is a *[RosterError] when the header cannot be mapped, or, with the
// defaults, can give no name or no contact that the channel uses; a
// *[MappingError] when the mapping does not fit it, and a *[RulesError] when the
// rules are wrong.
func (r *Roster) Checker(rules Rules) (*Checker, error) {
	c, missing, err := r.Preview(rules)
	if err != nil {
		return nil, err
	}
	if missing != "" {
		return nil, r.broken(r.line, fmt.Sprintf("the header lacks %s (%s): rename its columns, or say what they are in a mapping file (bulkinvite map)", missing, describeHeader(r.columns)), nil)
	}
	return c, nil
}

// Preview is [Roster.Checker] for a header that may lack what rows need to be
// sent: missing names it, "" for nothing.
func (r *Roster) Preview(rules Rules) (c *Checker, missing string, err error) {
	rules = rules.withDefaults()
	if err := rules.validate(); err != nil {
		return nil, "", err
	}
	if r.unmapped != nil {
		return nil, "", r.unmapped
	}
	c = &Checker{
		rules: rules, columns: r.columns, kitchen: r.kitchen, phones: newPhones(rules.Region),
		used: r.kitchen.used(r.columns), found: r.found,
	}
	c.fillSlots()
	c.findCountries()
	c.list = c.look(r)
	for i, field := range r.kitchen.uses(r.columns) {
		c.subjects = append(c.subjects, slot{field: field, column: i + 1, header: r.columns[i].Header})
	}
	c.prepareFingerprint()
	return c, c.missing(), nil
}

func (c *Checker) fillSlots() {
	slots := map[Field]*slot{
		EmployeeID: &c.employeeID, Company: &c.company, FirstName: &c.first, LastName: &c.last, FullName: &c.full,
		Email: &c.email, Phone: &c.phone, ExternalID: &c.externalID, FlowID: &c.flowID, FlowItems: &c.flowItems,
		Country: &c.country,
	}
	for field, s := range slots {
		*s = slot{field: field, fallback: c.rules.Defaults.text[field]}
	}
	fill := func(from slot) {
		if s := slots[from.field]; s != nil {
			from.fallback = s.fallback
			*s = from
		} else if from.field.Nested() {
			root, path := splitPath(from.field)
			c.nested = append(c.nested, nestedSlot{from, root, path})
		}
	}
	for _, column := range c.columns {
		fill(slot{field: column.Field, column: column.Index, header: column.Header})
	}
	for _, r := range c.kitchen.recipes { // of a column with a value map too, and then it counts
		from := slot{field: r.field, make: r.make}
		if len(r.reads) > 0 {
			column := c.columns[r.reads[0]]
			from.column, from.header = column.Index, column.Header
		}
		fill(from)
	}
}

// findCountries finds the columns that say where a phone number is from.
func (c *Checker) findCountries() {
	for i, column := range c.columns {
		if column.Why == ManyOfKind && c.country.column == 0 {
			c.countries = append(c.countries, i)
		}
	}
	c.dials = c.country.column > 0 && meaningOf(c.country.header).dials
}

// missing names the fields without which no row could be sent.
func (c *Checker) missing() string {
	var missing []string
	if !c.full.given() && !(c.first.given() && c.last.given()) {
		missing = append(missing, "first_name and last_name (or full_name)")
	}
	var contacts []string
	for _, s := range []slot{c.email, c.phone} {
		if c.rules.Channel.uses(s.field) {
			contacts = append(contacts, string(s.field))
		}
	}
	if !slices.ContainsFunc([]slot{c.email, c.phone}, func(s slot) bool { return c.rules.Channel.uses(s.field) && s.given() }) {
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
	c.checkLetters(f)
	c.tidyCells(f)
	c.checkFormulas(f)
	c.checkCells(f)
	r := Recipient{
		ExternalID: c.externalID.value(f.row.Cells),
		FlowID:     c.flowID.value(f.row.Cells),
		FlowItems:  c.items(f.row.Cells),
	}
	r.EmployeeID, r.Company, f.NoID = c.idOf(f.row.Cells)
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

// checkCells finds the cells that the mapping can make nothing of.
func (c *Checker) checkCells(f *findings) {
	for i := range c.kitchen.checks {
		k := &c.kitchen.checks[i]
		if complaint := k.complaint(f.row.Cells); complaint != "" {
			s := c.subjects[k.index]
			s.field = cmp.Or(k.field, s.field)
			f.addAt(&s, k.code, complaint)
		}
	}
}

// FromSettings reports whether a field of the request, as the API names it, comes from
// the defaults or a mapping's constants in every row: no column has anything to do
// with it, and whoever mends rows cannot mend it.
func (c *Checker) FromSettings(field string) bool {
	root, _, _ := strings.Cut(field, ".")
	switch Field(root) {
	case ExternalID, FlowID, FlowItems, ddsName, templateName:
	default:
		return false // of the person
	}
	fills := func(f Field) bool {
		of, _, _ := strings.Cut(string(f), ".")
		return of == root
	}
	return !slices.ContainsFunc(c.columns, func(column Column) bool { return fills(column.Field) }) &&
		!slices.ContainsFunc(c.kitchen.recipes, func(r recipe) bool { return fills(r.field) && len(r.reads) > 0 })
}

// Column is the number of the column that f was mapped to, or is made of; 0 for
// none.
func (c *Checker) Column(f Field) int {
	for _, column := range c.columns {
		if column.Field == f {
			return column.Index
		}
	}
	for _, r := range c.kitchen.recipes {
		if r.field == f && len(r.reads) > 0 {
			return r.reads[0] + 1
		}
	}
	return 0
}
