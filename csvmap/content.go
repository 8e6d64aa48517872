package csvmap

import (
	"bytes"
	"slices"
)

// content is what a frame turned out to hold.
type content struct {
	raw   []byte   // the row's text, without the columns of a rerun file
	cells []string // the roster's own
	found int      // number of cells in the text
	code  Code

	answer string // of a rerun file, see answerOf
}

func (d *decoder) read(text []byte) content {
	if d.layout.rerun() {
		return d.readRerun(text)
	}
	return d.readPlain(text)
}

// readPlain reads a record that holds the roster's own columns and no others.
// Extra cells are let go when they are blank: spreadsheets write them. They also
// leave out blank cells at the end of a row, which is right below columns without
// a header, and anywhere in a sheet.
func (d *decoder) readPlain(text []byte) content {
	cells, ok := d.cells(text)
	found, want := len(cells), len(d.header)
	switch {
	case !ok:
		return content{raw: text, code: BadQuote}
	case found < d.least:
		return content{raw: text, found: found, code: ShortRow}
	case found < want:
		text, cells = d.pad(text, cells, want)
	case isBlank(cells[want:]):
	case d.isSheet:
		d.beyond.Add(1)
	default:
		return content{raw: text, found: found, code: LongRow}
	}
	if found > want {
		text = text[:cellSpans(text, d.delimiter)[want-1].to]
	}
	return content{raw: text, cells: unwrapTexts(d.unguarded(cells[:want])), found: max(found, want)}
}

// pad gives a record blank cells at its end, up to want.
func (d *decoder) pad(text []byte, cells []string, want int) ([]byte, []string) {
	missing := want - len(cells)
	text = append(slices.Clone(text), bytes.Repeat([]byte{d.delimiter}, missing)...)
	return text, append(cells, make([]string, missing)...)
}

// unguarded takes what guardText put there out of the cells, in place.
func (d *decoder) unguarded(cells []string) []string {
	if d.asText {
		for i, cell := range cells {
			cells[i] = unguardText(cell)
		}
	}
	return cells
}

func isBlank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return !isHollow(cell) })
}
