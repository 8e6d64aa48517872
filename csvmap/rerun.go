package csvmap

import "strings"

// The columns that a rerun file has behind the roster's own. No column of the
// roster may start with markPrefix: such columns never count as its own.
const (
	markPrefix     = "bulkinvite_"
	runHeader      = markPrefix + "run"
	outcomeHeader  = markPrefix + "outcome"
	codeHeader     = markPrefix + "code"
	messageHeader  = markPrefix + "message"
	rawHeader      = markPrefix + "raw"
	AnswerColumn   = markPrefix + "answer" // written empty, for HR to fill in
	asPrefix       = markPrefix + "as_"    // an encoding, or asText: how the file was written; its cells are blank
	asText         = "text"
	rerunMaxCell   = 2*MaxRecord + 4 // a malformed record as one cell, its quotes doubled
	rerunMaxRecord = rerunMaxCell + MaxRecord
)

// layout tells the roster's own columns from those of a rerun file.
type layout struct {
	own   []int // indexes of the roster's own columns
	total int   // number of all columns
	marks map[string]int
}

func newLayout(header []string) layout {
	l := layout{total: len(header), marks: make(map[string]int)}
	for i, cell := range header {
		name := strings.ToLower(strings.TrimSpace(cell))
		if strings.HasPrefix(name, markPrefix) {
			l.marks[name] = i
		} else {
			l.own = append(l.own, i)
		}
	}
	return l
}

// rerun reports whether the file was written by a [RowWriter].
func (l layout) rerun() bool { return len(l.marks) > 0 }

// as is how the file says that it was written: the name of an encoding that
// cannot be told for sure from a few lines, or asText; "" when it does not say.
func (l layout) as() string {
	for name := range l.marks {
		if as, ok := strings.CutPrefix(name, asPrefix); ok {
			return as
		}
	}
	return ""
}

// mark returns a row's cell of a rerun column, "" where there is none.
func (l layout) mark(header string, cells []string) string {
	if i, ok := l.marks[header]; ok && i < len(cells) {
		return cells[i]
	}
	return ""
}

// mine returns the roster's own cells. It reuses cells.
func (l layout) mine(cells []string) []string {
	for i, index := range l.own {
		cells[i] = cells[index] // own is in rising order, so index >= i
	}
	return cells[:len(l.own)]
}

// pick is mine for a record that may have fewer cells than the header; it leaves
// cells as it is.
func (l layout) pick(cells []string) []string {
	own := make([]string, len(l.own))
	for i, at := range l.own {
		if at < len(cells) {
			own[i] = cells[at]
		}
	}
	return own
}

// sticky reports whether a row with this code cannot be mended in its raw cell,
// but only by filling in its own cells: the raw text of a row that was too long
// is cut, as is one at the end of a cut roster, that of another run's row would lose
// its run, and that of one above the header its place.
func sticky(code string) bool {
	switch Code(code) {
	case RowTooLong, CutRow, OtherRun, AboveHeader:
		return true
	}
	return false
}
