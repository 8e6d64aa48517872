package csvmap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Draft is a mapping file for a roster, to be completed by a person.
type Draft struct {
	Text      string
	Proposals []string // what goes beyond the roster's header and its mapping, a sentence each
}

// Draft writes down how the roster is mapped by now: mapped by that text, it gives
// the very same recipients. Where that is not enough to send, or a name is better
// taken apart, it goes by what the sample holds and says so. The error is a
// *[RosterError] when the header is none that a mapping file can name.
func (r *Roster) Draft(sample []Row) (Draft, error) {
	if err := checkHeader(r.decoder.header); err != nil {
		return Draft{}, r.broken(r.line, err.Error(), nil)
	}
	if double, ok := errors.AsType[*doubleName](r.unmapped); ok {
		return Draft{}, r.broken(r.line, double.Error(), nil)
	}
	if slices.ContainsFunc(r.decoder.header, looksLikeData) {
		return Draft{}, r.broken(r.line, "the first line looks like a person, not like a header: add a header, or say where it is with --header-row", nil)
	}
	d := drafter{sample: sample}
	if r.mapping != nil {
		d.Mapping = *r.mapping
	}
	d.columns = nil
	names := indexHeader(r.decoder.header).exact
	for _, c := range r.columns {
		name := strings.TrimSpace(c.Header)
		if len(names[name]) > 1 {
			name = "" // nobody could say which is meant
		}
		d.columns = append(d.columns, mappedColumn{header: name, field: c.Field})
	}
	d.settle(r.unmapped)
	d.findNames()
	return Draft{Text: d.yaml(), Proposals: d.proposals}, nil
}

// drafter is a mapping in the making. Its columns are all of the roster's, in
// order.
type drafter struct {
	Mapping
	sample    []Row
	proposals []string
}

func (d *drafter) propose(format string, args ...any) {
	d.proposals = append(d.proposals, fmt.Sprintf(format, args...))
}

// settle leaves one column to each field, and out what can be sent nowhere, when
// the header could not be mapped.
func (d *drafter) settle(unmapped error) {
	if unmapped == nil {
		return
	}
	owner := make(map[Field]string)
	for i := range d.columns {
		c := &d.columns[i]
		_, wrong := fieldOf(c.header)
		other, taken := owner[c.field]
		switch {
		case c.field == "" && wrong != nil:
			d.propose("the column %q is left out: %s", c.header, wrong)
		case taken && c.field != "":
			d.propose("the columns %q and %q both mean %s: the first is taken", other, c.header, c.field)
			c.field = ""
		default:
			owner[c.field] = c.header
		}
	}
}

// findNames looks for a name that is written "Longfield, Sarah": in the column of
// full names, or in any other where there is no name at all.
func (d *drafter) findNames() {
	given := d.given()
	halved := &nameSplit{as: splitForms()[0]}
	halved.understand()
	isHalved := func(cell string) bool {
		_, last, ok := halved.halves(cell)
		return ok && last != "" && !strings.ContainsFunc(cell, unicode.IsDigit)
	}
	var at int
	switch {
	case given[FirstName] || given[LastName] || d.split != nil:
		return
	case given[FullName]:
		at = slices.IndexFunc(d.columns, func(c mappedColumn) bool { return c.field == FullName })
		if at >= 0 && !d.most(at, isHalved) {
			return
		}
	default:
		at = d.only(isHalved)
	}
	if at < 0 {
		return
	}
	halved.header = d.columns[at].header
	d.columns[at].field, d.split = "", halved
	d.propose("the column %q is split at its comma into last_name and first_name; a name without one would be a problem", halved.header)
}

// only finds the one column without a field whose cells are of a kind; -1
// when there is none, or more than one.
func (d *drafter) only(is func(cell string) bool) int {
	found := -1
	for i, c := range d.columns {
		switch {
		case c.field != "" || c.header == "" || !d.most(i, is):
		case found >= 0:
			return -1
		default:
			found = i
		}
	}
	return found
}

// most reports whether of the sample's cells in a column, as far as they are
// filled, three in four are of a kind: some may well be wrong.
func (d *drafter) most(column int, is func(cell string) bool) bool {
	filled, right := 0, 0
	for _, row := range d.sample {
		if column >= len(row.Cells) {
			continue
		}
		cell := strings.TrimSpace(row.Cells[column])
		if cell == "" {
			continue
		}
		filled++
		if is(cell) {
			right++
		}
	}
	return filled > 0 && 4*right >= 3*filled
}
