package csvmap

import (
	"bytes"
	"slices"
	"strings"
)

// readRerun reads a record of a rerun file: the roster's own cells, or the text
// of a record that was malformed before, to be read again in their stead.
func (d *decoder) readRerun(text []byte) content {
	cells, ok := d.cells(text)
	found, last := len(cells), d.layout.own[len(d.layout.own)-1]
	switch {
	case !ok:
		return content{raw: text, code: BadQuote}
	case isBlank(cells): // a spreadsheet wrote it: rows of ours have marks
		return content{raw: text, code: EmptyRow}
	case found <= d.layout.own[max(d.least, 1)-1]: // a row that somebody added may lack the marks
		return d.ragged(text, found, ShortRow)
	case found <= last:
		text, cells = d.pad(text, cells, last+1)
	case !isBlank(cells[min(d.layout.total, found):]):
		return d.ragged(text, found, LongRow)
	}
	stray := d.strays(cells)
	raw := d.rawText(text, cells)
	mended := len(raw) > 0
	if !mended {
		raw = pick(text, d.delimiter, d.layout.own)
	}
	switch code := d.layout.mark(codeHeader, cells); {
	case mended && sticky(code):
		return content{raw: raw, code: Code(code)}
	case stray:
		return content{raw: raw, code: OtherRun}
	case mended:
		return d.readMended(raw)
	default:
		answer := d.answerOf(cells)
		own := d.readOwn(raw, cells)
		own.answer = answer
		return own
	}
}

// ragged takes a record with too few or too many cells, without the marks that
// it has: its raw text must not pass for a row of the roster later on.
func (d *decoder) ragged(text []byte, found int, code Code) content {
	var mine []int
	for i := range found {
		if i >= d.layout.total || slices.Contains(d.layout.own, i) {
			mine = append(mine, i)
		}
	}
	return content{raw: pick(text, d.delimiter, mine), found: len(mine), code: code}
}

// rawText returns what the bulkinvite_raw cell holds, byte for byte. It counts
// only while the row's own cells are blank: somebody may have filled them in.
func (d *decoder) rawText(text []byte, cells []string) []byte {
	if d.layout.mark(rawHeader, cells) == "" {
		return nil
	}
	for _, index := range d.layout.own {
		if strings.TrimSpace(cells[index]) != "" {
			return nil
		}
	}
	at := cellSpans(text, d.delimiter)[d.layout.marks[rawHeader]]
	raw := d.encoding.unguardRaw(unquote(string(text[at.from:at.to])))
	return bytes.TrimRight([]byte(raw), "\r\n")
}

// strays reports whether the row names another run than the file's first rows.
func (d *decoder) strays(cells []string) bool {
	run := strings.TrimSpace(d.layout.mark(runHeader, cells))
	if !d.fixed && d.run == "" {
		d.run = run
	}
	return run != "" && run != d.run
}

// readOwn takes the roster's own cells out of a record; raw is their text. The
// limit of a cell is checked here, for raw cells may be longer.
func (d *decoder) readOwn(raw []byte, cells []string) content {
	own := d.layout.mine(cells)
	if slices.ContainsFunc(own, func(cell string) bool { return len(cell) > MaxCell }) {
		return content{raw: raw, code: CellTooLong}
	}
	return content{raw: raw, cells: unwrapTexts(d.unguarded(own)), found: len(own)}
}

// readMended reads a record that once was malformed. raw may still be; then it
// stays as it is, so that rerun files never grow.
func (d *decoder) readMended(raw []byte) content {
	g := grammar{delimiter: d.delimiter, maxCell: MaxCell, maxRecord: MaxRecord}
	end, code, _ := g.scan(raw, true)
	switch {
	case code != "":
		return content{raw: raw, code: code}
	case end < len(raw):
		return content{raw: raw, code: BadValue}
	}
	return d.readPlain(raw)
}
