package csvmap

import (
	"context"
	"errors"
	"io"
	"slices"
)

// decoder is gocsv's view of the roster: a header, then a row a call. It turns
// bad records into rows with a code, so that gocsv never meets an error that
// would end its stream, nor a row with more cells than the header.
type decoder struct {
	ctx    context.Context // of the range over the rows; gocsv has none to pass on
	frames *framer
	parser *parser
	layout layout
	header []string // the roster's own
	run    string   // that the rerun file belongs to: of the first row that names one
	fixed  bool     // run is looked for no more
	ahead  [][]string
	begun  bool // the header went to gocsv
	scrap  []byte
	out    []string
}

// runLookahead is how many rows are searched for the run that a rerun file
// belongs to: the first ones may be malformed, or added by hand.
const runLookahead = 64

// findRun reads rows ahead until one names its run.
func (d *decoder) findRun() {
	for d.layout.rerun() && d.run == "" && len(d.ahead) < runLookahead {
		row, err := d.decode()
		if err != nil {
			break // it comes again after the rows read ahead
		}
		d.ahead = append(d.ahead, slices.Clone(row))
	}
	d.fixed = true
}

// GetCSVRow gives the header, then the stamp and the cells of each record.
func (d *decoder) GetCSVRow() ([]string, error) {
	if err := d.ctx.Err(); err != nil {
		return nil, err
	}
	if !d.begun {
		d.begun = true
		return append([]string{stampKey}, d.header...), nil
	}
	if len(d.ahead) > 0 {
		row := d.ahead[0]
		d.ahead = d.ahead[1:]
		return row, nil
	}
	return d.decode()
}

// GetCSVRows gives all rows at once.
func (d *decoder) GetCSVRows() ([][]string, error) {
	var rows [][]string
	for {
		row, err := d.GetCSVRow()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, slices.Clone(row))
	}
}

// decode reads the next record. The slice is valid until the next call.
func (d *decoder) decode() ([]string, error) {
	next, err := d.frames.next()
	if err != nil {
		return nil, err
	}
	found := content{raw: next.text, code: next.code}
	if found.code == "" {
		found = d.read(next.text)
	}
	s := stamp{line: next.line, offset: next.offset, found: found.found, code: found.code}
	d.scrap = s.appendTo(d.scrap[:0], found.raw)
	d.out = append(d.out[:0], string(d.scrap))
	if found.code == "" {
		d.out = append(d.out, found.cells...)
	}
	return d.out, nil
}

// content is what a frame turned out to hold.
type content struct {
	raw   []byte   // the row's text, without the columns of a rerun file
	cells []string // the roster's own
	found int      // number of cells in the text
	code  Code
}

func (d *decoder) read(text []byte) content {
	if d.layout.rerun() {
		return d.readRerun(text)
	}
	return d.readPlain(text)
}

// readPlain reads a record that holds the roster's own columns and no others.
// Extra cells are let go when they are blank: spreadsheets write them.
func (d *decoder) readPlain(text []byte) content {
	cells, ok := d.parser.cells(text)
	found, want := len(cells), len(d.header)
	switch {
	case !ok:
		return content{raw: text, code: BadQuote}
	case found < want:
		return content{raw: text, found: found, code: ShortRow}
	case !isBlank(cells[want:]):
		return content{raw: text, found: found, code: LongRow}
	case found > want:
		text = text[:cellSpans(text, d.frames.delimiter)[want-1].to]
	}
	return content{raw: text, cells: cells[:want], found: found}
}

func isBlank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" })
}
