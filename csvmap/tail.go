package csvmap

import (
	"strings"
	"unicode"
)

// tail holds back the rows that are nobody's if nothing but such rows follows:
// empty ones, and those that count or sum up. When a person follows, they are
// rows like all others.
type tail struct {
	fields []Field                   // that the columns go into
	cells  func(raw string) []string // of a row that is ragged
	off    bool                      // of a rerun file: its rows were rows before
	held   []Row
}

// tailMost is how many rows are held back. Of more than that many empty ones in a
// row, nobody means any.
const tailMost = 1 << 16

// push takes the next row and yields what can be said to be a row, or none, by
// now. It returns false when yield does.
func (t *tail) push(row Row, yield func(Row) bool) bool {
	if code := t.judge(row); code != "" {
		t.hold(row, code)
		if len(t.held) <= tailMost {
			return true
		}
		first := t.held[0]
		t.held = t.held[1:]
		return yield(t.asSkipped(first))
	}
	return t.release(asRow, yield) && yield(row)
}

// end yields the rows that nothing followed; whole is false when something might
// have, for the roster could not be read to its end.
func (t *tail) end(whole bool, yield func(Row) bool) bool {
	if whole {
		return t.release(t.asSkipped, yield)
	}
	return t.release(asRow, yield)
}

func (t *tail) release(as func(Row) Row, yield func(Row) bool) bool {
	for _, held := range t.held {
		if !yield(as(held)) {
			return false
		}
	}
	t.held = t.held[:0]
	return true
}

func asRow(held Row) Row {
	held.Skip = nil
	return held
}

func (t *tail) asSkipped(held Row) Row {
	if held.Malformed != nil {
		held.Malformed, held.Cells = nil, fit(t.cells(held.Raw), len(t.fields))
	}
	return held
}

// hold keeps a row. Empty ones are alike, and share their texts.
func (t *tail) hold(row Row, code Code) {
	row.Skip = skipped(code)
	if n := len(t.held); n > 0 && t.held[n-1].Raw == row.Raw {
		row.Raw, row.Cells = t.held[n-1].Raw, t.held[n-1].Cells
		row.Skip = t.held[n-1].Skip
	}
	t.held = append(t.held, row)
}

// judge says what a row is if nobody follows; "" for somebody's.
func (t *tail) judge(row Row) Code {
	cells := row.Cells
	switch {
	case row.Skip != nil || t.off:
		return ""
	case row.Malformed != nil && (row.Malformed.Code != ShortRow || len(row.Raw) > 1<<10):
		return ""
	case row.Malformed != nil:
		cells = t.cells(row.Raw)
	}
	first := -1
	for i, cell := range cells {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		if first < 0 {
			first = i
			if !isTotal(cell) {
				return ""
			}
		} else if t.isPersonal(i, cell) {
			return ""
		}
	}
	if first < 0 {
		return EmptyRow
	}
	return TotalLine
}

// isPersonal reports whether a cell is part of a name or a contact, and not just
// a number that counts those.
func (t *tail) isPersonal(index int, cell string) bool {
	if index >= len(t.fields) {
		return false
	}
	switch t.fields[index] {
	case FirstName, LastName, FullName:
		return strings.ContainsFunc(cell, unicode.IsLetter)
	case Email:
		return strings.Contains(cell, "@")
	case Phone:
		digits := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, cell)
		return len(digits) >= minLocal
	}
	return false
}

// totals are the words that a line begins with which counts or sums up, in the
// languages of the headers.
var totals = map[string]bool{
	"total": true, "totals": true, "grand": true, "subtotal": true, "sum": true, "count": true, "records": true, "rows": true,
	"headcount": true, "summe": true, "gesamt": true, "gesamtsumme": true, "gesamtzahl": true, "insgesamt": true, "anzahl": true,
	"zwischensumme": true, "totaux": true, "somme": true, "effectif": true, "totales": true, "suma": true, "subtotales": true,
}

// isTotal reports whether a cell begins with such a word. A number may go before
// it, as in "120 records".
func isTotal(cell string) bool {
	cell = strings.TrimLeftFunc(cell, func(r rune) bool { return !unicode.IsLetter(r) })
	end := strings.IndexFunc(cell, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(cell)
	}
	const longest = 20 // bytes; nearly all cells need no closer look
	return end <= longest && end >= 3 && totals[strings.ToLower(cell[:end])]
}

// fit gives cells the number that the header has.
func fit(cells []string, want int) []string {
	fitted := make([]string, want)
	copy(fitted, cells)
	return fitted
}
