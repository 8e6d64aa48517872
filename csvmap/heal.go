package csvmap

import (
	"bytes"
	"slices"
	"strings"
)

// healer reads what the grammar of CSV takes for no row of the table, and is one
// all the same for whoever uses it: a row that lacks only cells at its end which it
// need not have, and one with a stray quote in a column that nobody uses.
type healer struct {
	uses      []Field // what each column goes into
	used      []bool  // by a field, or by the filter
	delimiter byte
	parser    *parser
	encoding  encoding
}

// healer returns what heals the roster's rows, as they are mapped by now. It
// works while the decoder is at work elsewhere.
func (r *Roster) healer() *healer {
	return &healer{
		uses: r.kitchen.uses(r.columns), used: r.kitchen.used(r.columns), delimiter: r.decoder.delimiter,
		parser: newParser(r.decoder.delimiter), encoding: r.decoder.encoding,
	}
}

// cells parses a record that has the wrong number of cells; nil for one that
// cannot be parsed.
func (h *healer) cells(raw string) []string {
	cells, ok := h.parser.cells(h.encoding.decode(nil, []byte(raw)))
	if !ok {
		return nil
	}
	return unwrapTexts(cells)
}

// heal returns row with its cells where it is whole for all that matters, and as
// it is where it is not. Its text is put right too, so that a rerun file holds a
// regular row.
func (h *healer) heal(row Row) Row {
	switch row.Malformed.Code {
	case ShortRow:
		cells := h.cells(row.Raw)
		if missing := len(h.uses) - len(cells); missing > 0 && h.suffices(cells) {
			if h.parser.loose {
				row.Raw = string(regular([]byte(row.Raw), h.delimiter))
			}
			row.Raw += strings.Repeat(string(h.delimiter), missing)
			row.Malformed, row.Cells = nil, fit(cells, len(h.uses))
		}
	case BadQuote, UnclosedQuote:
		if text, ok := h.requote([]byte(row.Raw)); ok {
			if cells := h.cells(string(text)); len(cells) == len(h.uses) {
				row.Raw, row.Malformed, row.Cells = string(text), nil, slices.Clone(cells)
			}
		}
	}
	return row
}

// suffices reports whether a row may end with these cells: what it lacks is in no
// column for a name, nor the only contact.
func (h *healer) suffices(cells []string) bool {
	contact, lacking := false, false
	for i, field := range h.uses {
		here := i < len(cells)
		switch {
		case isName(field) && !here:
			return false
		case field == Email, field == Phone:
			contact = contact || here && !isHollow(cells[i])
			lacking = lacking || !here
		}
	}
	return contact || !lacking
}

// requote writes a line whose cells are the table's anew, with the quotes that
// belong around the cells in columns that nobody uses. ok is false where the line
// has another number of cells, or a stray quote in a column that is used.
func (h *healer) requote(line []byte) (text []byte, ok bool) {
	g := grammar{delimiter: h.delimiter, maxCell: MaxCell, maxRecord: MaxRecord}
	for i, at := 0, 0; i < len(h.uses); i++ {
		n, code, _ := g.cell(line[at:], true)
		cell := line[at : at+n]
		if code != "" || at+n < len(line) && line[at+n] != h.delimiter {
			if h.used[i] {
				return nil, false
			}
			n, cell = h.stray(line[at:])
		}
		text = append(text, bareQuotes(string(cell))...)
		if at += n; at == len(line) {
			return text, i == len(h.uses)-1
		}
		text = append(text, h.delimiter)
		at++
	}
	return nil, false
}

// stray measures a cell with a stray quote, and writes it as it should be. A cell
// that begins with a quote ends with one where a cell can end; any other at the
// next delimiter.
func (h *healer) stray(text []byte) (n int, cell []byte) {
	n = bytes.IndexByte(text, h.delimiter)
	if n < 0 {
		n = len(text)
	}
	inside := text[:n]
	if text[0] == '"' {
		if end := h.closing(text); end > 0 {
			n, inside = end+1, text[1:end]
		}
	}
	cell = append([]byte{'"'}, bytes.ReplaceAll(inside, []byte{'"'}, []byte(`""`))...)
	return n, append(cell, '"')
}

// closing finds the first quote behind the one at the start that a delimiter or
// the end follows; 0 for none.
func (h *healer) closing(text []byte) int {
	for at := 1; at < len(text); at++ {
		if text[at] == '"' && (at+1 == len(text) || text[at+1] == h.delimiter) {
			return at
		}
	}
	return 0
}

// fit gives cells the number that the header has.
func fit(cells []string, want int) []string {
	fitted := make([]string, want)
	copy(fitted, cells)
	return fitted
}
