package csvmap

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// openText opens a roster that is text: it finds out the encoding, the delimiter
// and the header.
func (r *Roster) openText() error {
	raw, err := r.unpacked.text(r.source.hashed)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(raw, headSize)
	head, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && !brokenOff(err) {
		return err
	}
	if err := r.mustBeText(head); err != nil {
		return err
	}
	r.head = head
	encoding, mark, assumed, err := r.settle(head)
	if err != nil {
		return err
	}
	if _, err := in.Discard(mark); err != nil {
		return err
	}
	text := &lenient{Reader: in, allow: r.settings.AllowPartial}
	if encoding.wide != nil {
		text.Reader = newUTF16Reader(in, encoding.wide)
	}
	frames := newFramer(text)
	sep, err := r.openFrames(frames, encoding)
	if err != nil {
		return err
	}
	if sep != "" {
		r.note("the line %s above the header was followed", strings.Trim(sep, "\"\r\n"))
	}
	err = r.openTable(frames, table{
		encoding: encoding, delimiter: frames.delimiter, assumed: assumed, cut: func() bool { return text.cut },
	})
	r.format.BOM, r.format.Sep, r.format.Unsure = mark > 0, sep, r.unsure() != nil
	if encoding.foreign() || encoding.wide != nil {
		r.format.Encoding = encoding.name
	}
	r.detected.Encoding, r.detected.Delimiter = encoding.name, delimiterName(frames.delimiter)
	return err
}

// mustBeText refuses what is no text, or holds another file.
func (r *Roster) mustBeText(head []byte) error {
	k, is, advice := recognise(head)
	wide, _ := looksUTF16(head)
	switch {
	case k != kindText && r.unpacked.format != formatCSV:
		return refusal("holds " + is + " within the archive: unpack it and give the roster in it")
	case k == kindOther:
		return refuse(is, advice)
	case k != kindText:
		return refuse(is, "leave the format out, and it is unpacked")
	case wide == "" && !strings.HasPrefix(r.settings.encoding, "UTF-16") && isBinary(head):
		return refuse("a binary file", "export the list as CSV or .xlsx")
	}
	return nil
}

// openFrames finds out how the cells are set apart. sep is the line that says so,
// if there is one.
func (r *Roster) openFrames(frames *framer, e encoding) (sep string, err error) {
	frames.grammar = grammar{',', MaxCell, MaxRecord}
	head, err := frames.head()
	if err != nil {
		return "", err
	}
	delimiter, n := sepLine(head)
	if n > 0 {
		line := frames.take(n, 0, "")
		sep = string(line.text) + string(line.end)
	} else {
		delimiter = sniffDelimiter(e.decode(nil, head))
	}
	if r.settings.delimiter != 0 {
		delimiter = r.settings.delimiter
	}
	if delimiter >= 0x40 && e.name == shiftJIS {
		return "", refusal(fmt.Sprintf("has %c between its cells, which is half of some characters in %s: save it as CSV UTF-8", delimiter, e.name))
	}
	frames.delimiter = delimiter
	return sep, nil
}

// maxColumns is how many columns a spreadsheet has.
const maxColumns = 16384

// openTable finds the header, and makes ready to read what follows it.
func (r *Roster) openTable(from records, t table) error {
	d := &decoder{ctx: context.Background(), records: from, table: t, parser: newParser(t.delimiter)}
	heading, err := findHeading(from, d.cellsOf, r.settings.HeaderRow)
	if err != nil {
		return err
	}
	top := heading.top
	r.line = top.line
	if top.code != "" {
		return r.broken(top.line, "the header cannot be read: "+malformedMessage(top.code, 0, 0), nil)
	}
	cells, ok := d.cells(top.text)
	switch {
	case !ok:
		return r.broken(top.line, "the header cannot be read: "+malformedMessage(BadQuote, 0, 0), nil)
	case len(cells) > maxColumns:
		return r.broken(top.line, fmt.Sprintf("the header has %d columns, more than the %d of a spreadsheet: give the columns that matter", len(cells), maxColumns), nil)
	case strings.ContainsRune(strings.Join(cells, ""), 0):
		return r.broken(top.line, "the header holds NUL bytes: export the list anew", nil)
	}
	if err := r.openColumns(d, top, cells); err != nil {
		return err
	}
	r.decoder = d
	d.below = heading.below
	r.sample = d.readAhead()
	_ = r.Map(r.mapping) // Checker tells what is wrong with the header
	d.ended = len(top.end) > 0
	for _, line := range heading.above {
		d.ahead = append(d.ahead, d.title(line))
	}
	if n := len(heading.above); n > 0 {
		r.note("the header is on line %d; %s above it %s skipped", top.line, count(n, "line"), isOrAre(n))
	}
	d.findRun()
	return nil
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// openColumns takes in the header's cells.
func (r *Roster) openColumns(d *decoder, top frame, cells []string) error {
	d.layout = newLayout(cells)
	if len(d.layout.own) == 0 {
		return r.broken(top.line, "the header has no columns of the roster's own", nil)
	}
	d.asText = d.asText || d.layout.as() == asText
	r.format = newFormat(top, d.delimiter, d.layout)
	r.format.AsText = d.asText
	if frames, ok := d.records.(*framer); ok && d.layout.rerun() {
		frames.maxCell, frames.maxRecord = rerunMaxCell, rerunMaxRecord
	}
	d.header = append([]string(nil), unwrapTexts(d.unguarded(d.layout.mine(cells)))...)
	for i, cell := range d.header {
		if !d.isSheet && strings.TrimSpace(cell) != "" {
			d.least = i + 1
		}
	}
	return nil
}
