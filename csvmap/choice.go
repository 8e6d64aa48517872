package csvmap

import (
	"fmt"
	"strings"
)

// choice is what chooseColumns did.
type choice struct {
	export string             // the known export that the roster is; "" for none
	left   map[Field][]string // headers of the columns that were left alone, by field
}

// choose maps columns anew where the roster is a known export, and keeps of several
// columns for one field the one that goes before the others. What a mapping says of
// columns is left to it.
func (h *headerMap) choose() {
	e := exportOf(h.columns)
	h.ranks = e.rank(h.columns, h.said)
	h.leaveDesks()
	h.breakTies()
	h.chosen = choice{e.name, leaveOthers(h.columns, h.ranks)}
}

// leaveDesks leaves the phones at desks alone where there is another contact.
func (h *headerMap) leaveDesks() {
	desk := func(i int) bool { return h.columns[i].Field == Phone && h.ranks[i] >= deskRank }
	other := h.given[Email] || h.given[Phone]
	for i, c := range h.columns {
		other = other || (c.Field == Email || c.Field == Phone) && !desk(i)
	}
	for i := range h.columns {
		if other && desk(i) {
			h.columns[i].Field, h.columns[i].Why = "", DeskPhone
		}
	}
}

// breakTies puts a column behind another one of the same rank where its cells are
// blank, or the very same.
func (h *headerMap) breakTies() {
	for i, c := range h.columns {
		for j := range i {
			if c.Field == "" || h.columns[j].Field != c.Field || h.ranks[i] != h.ranks[j] {
				continue
			}
			switch {
			case h.sample.see(i).filled == 0 && h.sample.see(j).filled == 0:
			case h.sample.see(j).filled == 0:
				h.ranks[j]++
			case h.sample.see(i).filled == 0 || h.sample.same(i, j):
				h.ranks[i]++
			}
		}
	}
}

// notes tells in plain words what was chosen, and is still so.
func (c choice) notes(columns []Column) (notes []string) {
	if c.export != "" {
		return c.exportNotes(columns)
	}
	for _, column := range columns {
		if others := c.left[column.Field]; column.Field != "" && column.Why != ByMapping && len(others) > 0 {
			notes = append(notes, fmt.Sprintf("%s is taken as %s, and %s %s left alone",
				quoteHeader(column.Header), column.Field, quoteHeaders(others), isOrAre(len(others))))
		}
	}
	return notes
}

// exportNotes tells of all columns that a known export is used by.
func (c choice) exportNotes(columns []Column) []string {
	var taken, others []string
	as := " is taken as "
	for _, column := range columns {
		if column.Field != "" {
			taken = append(taken, quoteHeader(column.Header)+as+string(column.Field))
			others = append(others, c.left[column.Field]...)
			as = " as "
		}
	}
	notes := []string{"looks like " + c.export + ": " + strings.Join(taken[:min(len(taken), mostNames)], ", ")}
	if len(others) > 0 {
		notes = append(notes, "left alone beside these: "+quoteHeaders(others))
	}
	return notes
}

// leaveOthers keeps the columns of the lowest rank for each field. It returns the
// headers of the others, by field.
func leaveOthers(columns []Column, ranks []int) map[Field][]string {
	best := make(map[Field]int)
	for i, c := range columns {
		if rank, seen := best[c.Field]; !seen || ranks[i] < rank {
			best[c.Field] = ranks[i]
		}
	}
	left := make(map[Field][]string)
	for i, c := range columns {
		if c.Field != "" && ranks[i] > best[c.Field] {
			columns[i].Field, columns[i].Why = "", LeftAlone
			left[c.Field] = append(left[c.Field], c.Header)
		}
	}
	return left
}
