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
	if !d.past && labels(d.columns, found.cells) {
		found.code = LabelLine
	}
	d.past = true
	if len(found.cells) > 0 && found.cells[0] == d.header[0] && slices.Equal(found.cells, d.header) {
		found.code = HeaderAgain
	}
	return d.give(next, found), nil
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

// title gives a line above the header as a row.
func (d *decoder) title(line frame) []string {
	cells := fit(d.cellsOf(line), len(d.header))
	return slices.Clone(d.give(line, content{raw: line.text, cells: cells, found: len(cells), code: TitleLine}))
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
	return content{raw: text, cells: d.unguarded(cells[:want]), found: max(found, want)}
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
	return !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" })
}
