package csvmap

import "slices"

// Findings are what [Checker.CheckAll] has to say about a row.
type Findings struct {
	Problems []Problem // the row cannot be sent; one for each column, the first is the cause of others
	Warnings []Problem // the row can be sent, but somebody should look; never with Rules.Strict
	NoID     bool      // what stands for an employee ID is none, see isNoID
}

// findings collects what is found in one row.
type findings struct {
	Findings
	row    Row
	strict bool
}

// add takes a problem of the whole row.
func (f *findings) add(code Code, message string) {
	f.Problems = append(f.Problems, Problem{Line: f.row.Line, Code: code, Message: message})
}

// blames reports whether a problem of that column was found.
func (f *findings) blames(column int) bool {
	return slices.ContainsFunc(f.Problems, func(p Problem) bool { return p.Column == column && column > 0 })
}

// addAt takes a problem of one cell; complaint goes on where the subject ends.
func (f *findings) addAt(s *slot, code Code, complaint string) {
	if !f.blames(s.column) {
		f.Problems = append(f.Problems, f.at(s, code, complaint))
	}
}

// warnAt takes a warning about one cell.
func (f *findings) warnAt(s *slot, code Code, remark string) {
	if f.strict {
		f.addAt(s, code, remark)
		return
	}
	warning := f.at(s, code, remark)
	warning.Warning = true
	f.Warnings = append(f.Warnings, warning)
}

// noteAt takes a note about one cell: of what was done where nobody has to do
// anything. It holds no row, however strict the rules.
func (f *findings) noteAt(s *slot, code Code, remark string) {
	note := f.at(s, code, remark)
	note.Warning, note.Note = true, true
	f.Warnings = append(f.Warnings, note)
}

// has reports whether a problem of that kind was found.
func (f *findings) has(code Code) bool {
	return slices.ContainsFunc(f.Problems, func(p Problem) bool { return p.Code == code })
}

func (f *findings) at(s *slot, code Code, message string) Problem {
	return Problem{
		Line: f.row.Line, Column: s.column, Field: s.field, Header: s.header, Code: code,
		Message: s.subject() + " " + message,
	}
}
