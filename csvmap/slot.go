package csvmap

import (
	"cmp"
	"strings"
)

// slot is where a field's value comes from: a column, else a default.
type slot struct {
	field    Field
	column   int // 1-based; 0 for none
	header   string
	fallback string
}

// cell returns the row's own value, trimmed; "" when it has none.
func (s slot) cell(row Row) string {
	if s.column == 0 {
		return ""
	}
	return strings.TrimSpace(row.Cells[s.column-1])
}

// value returns the row's own value, else the default.
func (s slot) value(row Row) string { return cmp.Or(s.cell(row), s.fallback) }

// subject is what HR calls the field, to begin a sentence with.
func (s slot) subject() string {
	switch s.field {
	case EmployeeID:
		return "the employee ID"
	case FirstName:
		return "the first name"
	case LastName:
		return "the last name"
	case FullName:
		return "the full name"
	case Email:
		return "the e-mail address"
	case Phone:
		return "the phone number"
	case "":
		return "the cell"
	default:
		return string(s.field)
	}
}

// nestedSlot is a column that goes into one of the body's objects.
type nestedSlot struct {
	slot
	root string
	path []string
}

func (s nestedSlot) parse(cell string) any {
	if isList(s.field) {
		return splitList(cell)
	}
	return cell
}

// findings collects the problems of one row, one for each column: the first is
// the cause of the others.
type findings struct {
	row      Row
	problems []Problem
}

// add takes a problem of a whole row.
func (f *findings) add(code Code, message string) {
	f.problems = append(f.problems, Problem{Line: f.row.Line, Code: code, Message: message})
}

// addAt takes a problem of one cell; complaint goes on where the subject ends.
func (f *findings) addAt(s slot, code Code, complaint string) {
	for _, p := range f.problems {
		if p.Column == s.column && s.column > 0 {
			return
		}
	}
	f.problems = append(f.problems, Problem{
		Line: f.row.Line, Column: s.column, Field: s.field, Header: s.header, Code: code,
		Message: s.subject() + " " + complaint,
	})
}
