package csvmap

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync/atomic"
	"unicode/utf8"
)

// decoder is gocsv's view of the roster: a header, then a row a call. It turns
// bad records into rows with a code, so that gocsv never meets an error that
// would end its stream, nor a row with more cells than the header.
type decoder struct {
	ctx context.Context // of the range over the rows; gocsv has none to pass on
	records
	table
	parser  *parser
	layout  layout
	header  []string // the roster's own
	columns []Column // what they were taken for
	past    bool     // a record below the header was read
	least   int      // cells that a row has at least
	below   []frame  // read to find the header, and rows still
	run     string   // that the rerun file belongs to: of the first row that names one
	fixed   bool     // run is looked for no more
	ahead   [][]string
	begun   bool         // the header went to gocsv
	failed  error        // of records; kept
	ended   bool         // a record has a line end
	open    bool         // the last record has none, though others have
	beyond  atomic.Int64 // rows of a sheet with cells beside the table
	space   []byte
	scrap   []byte
	out     []string
}

// table is how the cells of the roster's records are read.
type table struct {
	encoding  encoding
	delimiter byte
	assumed   bool        // the encoding, UTF-8, was not seen to be right
	asText    bool        // cells are guarded, see guardText
	isSheet   bool        // a row may have fewer cells than the header, or some beside the table
	cut       func() bool // the roster was cut off
}

// ctrlZ is how DOS and its heirs end a text: nothing is missing behind it.
const ctrlZ = "\x1a"

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
	next, err := d.take()
	if err != nil {
		d.failed = err
		return nil, err
	}
	found := content{raw: next.text, code: next.code}
	if found.code == "" {
		found = d.read(next.text)
	}
	if d.parser.loose && found.cells != nil {
		found.raw = regular(found.raw, d.delimiter)
	}
	if !d.past && labels(d.columns, found.cells) {
		found.code = LabelLine
	}
	if d.past = !d.isHeader(found.cells); !d.past {
		found.code = HeaderAgain
	}
	return d.give(next, found), nil
}

// isHeader reports whether cells are the header once more, as where two lists were
// put together.
func (d *decoder) isHeader(cells []string) bool {
	return len(cells) > 0 && sameName(cells[0], d.header[0]) && slices.EqualFunc(cells, d.header, sameName) &&
		!slices.ContainsFunc(cells, holdsAddress)
}

// give puts what a record turned out to hold into gocsv's form.
func (d *decoder) give(from frame, found content) []string {
	s := stamp{line: from.line, offset: from.offset, found: found.found, code: found.code, answer: found.answer}
	d.scrap = s.appendTo(d.scrap[:0], found.raw)
	d.out = append(d.out[:0], string(d.scrap))
	d.out = append(d.out, found.cells...)
	return d.out
}

// take takes the next record, after it has looked at its end and its bytes.
func (d *decoder) take() (next frame, err error) {
	switch {
	case d.failed != nil:
		return frame{}, d.failed
	case len(d.below) > 0:
		next, d.below = d.below[0], d.below[1:]
	default:
		if next, err = d.next(); err != nil {
			return frame{}, err
		}
	}
	d.open = len(next.end) == 0 && d.ended
	d.ended = d.ended || len(next.end) > 0
	if end := bytes.TrimRight(next.text, ctrlZ); d.open && len(end) < len(next.text) && next.code == "" {
		d.open = false
		if len(end) > 0 {
			next.text = end
		}
	}
	switch {
	case d.assumed && !utf8.Valid(next.text):
		if len(next.end) > 0 || !endsInCharacter(next.text) {
			return frame{}, &notUTF8{next.line + countBreaks(validPart(next.text))}
		}
		next.code = CutRow
	case len(next.end) == 0 && next.code == "" && d.cut():
		next.code = CutRow
	}
	return next, nil
}

// title gives a line above the header as a row. One that has somebody's address is
// no title, nor can it be a row, for nothing says what its cells are.
func (d *decoder) title(line frame) []string {
	cells := d.cellsOf(line)
	found := content{raw: line.text, found: len(cells), code: AboveHeader}
	if !slices.ContainsFunc(cells, holdsAddress) {
		found.cells = fit(cells, len(d.header))
		found.code, found.found = TitleLine, len(d.header)
	}
	return slices.Clone(d.give(line, found))
}

// cellsOf parses a record as it stands; nil for a malformed one.
func (d *decoder) cellsOf(record frame) []string {
	if record.code != "" {
		return nil
	}
	cells, _ := d.cells(record.text)
	return cells
}

// cells parses a record's text. The slice is valid until the next call.
func (d *decoder) cells(text []byte) (cells []string, ok bool) {
	if d.encoding.foreign() && !isASCII(text) {
		d.space = d.encoding.decodeInto(d.space, text)
		text = d.space
	}
	return d.parser.cells(text)
}
