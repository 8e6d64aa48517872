package csvmap

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
	"unicode/utf8"
)

// sheet gives a worksheet's rows as records: as CSV, with their cells guarded
// (see guardText). An empty row is to a sheet what a blank line is to a text: it
// is no record, for a sheet has a million of them below its last row, and some of
// those are often formatted.
type sheet struct {
	part   io.ReadCloser
	xml    *xmlScanner
	texts  *stringTable
	styles styles
	from04 bool
	row    int          // number of the row that was read last
	least  int          // cells that a record has at least
	hidden atomic.Int64 // rows with cells that are not shown
	failed error        // kept
	bytes  []byte       // the row's cells, one behind the other
	cells  []span       // where they stand in bytes, by column
	record []byte
	long   bool // a cell of the row was too long, and is cut

	hasFormula bool // the cell that was read last
	formula    []byte
}

func openSheet(book *workbook, entry *sheetEntry, texts *stringTable) (*sheet, error) {
	part, err := openPart(entry.part)
	if err != nil {
		return nil, err
	}
	return &sheet{part: part, xml: newXMLScanner(part), texts: texts, styles: book.styles, from04: book.from04}, nil
}

// Close closes the sheet and its texts.
func (s *sheet) Close() error {
	_ = s.part.Close() // it was only read
	return s.texts.Close()
}

func (s *sheet) at() int { return s.row }

// next returns the next row that has a cell.
func (s *sheet) next() (frame, error) {
	for s.failed == nil {
		token, err := s.xml.next()
		switch {
		case err != nil:
			s.failed = whole(err)
		case token == xmlEnd && string(s.xml.name) == "sheetData":
			s.failed = s.finish()
		case token == xmlStart && string(s.xml.name) == "row":
			if s.failed = s.readRow(); s.failed == nil && len(s.cells) > 0 {
				return s.frame(), nil
			}
		}
	}
	return frame{}, s.failed
}

// whole makes an end of the XML where none should be a damage.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return errXML
	}
	return err
}

// finish reads what follows the rows, for only then the archive says whether all
// of it was right.
func (s *sheet) finish() error {
	if _, err := io.Copy(io.Discard, s.part); err != nil {
		return err
	}
	return io.EOF
}

// readRow reads a row's cells.
func (s *sheet) readRow() error {
	s.row++
	if n, err := strconv.Atoi(string(s.xml.attribute("r"))); err == nil {
		s.row = n
	}
	hidden := string(s.xml.attribute("hidden"))
	s.bytes, s.cells, s.long = s.bytes[:0], s.cells[:0], false
	for column := 0; ; {
		token, err := s.xml.next()
		switch {
		case err != nil:
			return whole(err)
		case token == xmlEnd && string(s.xml.name) == "row":
			if len(s.cells) > 0 && (hidden == "1" || hidden == "true") {
				s.hidden.Add(1)
			}
			return nil
		case token == xmlStart && string(s.xml.name) == "c":
			if column, err = s.readCell(column); err != nil {
				return err
			}
		}
	}
}

// readCell reads a cell, which stands in the given column unless it says
// otherwise, and returns the column behind it. Columns count from 0.
func (s *sheet) readCell(column int) (int, error) {
	if at, ok := columnOf(s.xml.attribute("r")); ok {
		column = at
	}
	if column >= maxColumns {
		return 0, errXML
	}
	start := len(s.bytes)
	kind := cellKind(s.xml.attribute("t"))
	style, _ := strconv.Atoi(string(s.xml.attribute("s")))
	text, err := s.cellText()
	if err != nil {
		return 0, err
	}
	if len(text) == 0 && s.hasFormula && kind != formulaText {
		s.bytes = appendUncalculated(s.bytes, s.formula)
	} else if s.bytes, err = s.appendValue(s.bytes, kind, style, text); err != nil {
		return 0, err
	}
	if len(s.bytes)-start > MaxCell {
		s.bytes, s.long = s.bytes[:start+MaxCell], true
	}
	if len(s.bytes) == start {
		return column + 1, nil
	}
	for len(s.cells) <= column {
		s.cells = append(s.cells, span{})
	}
	s.cells[column] = span{start, len(s.bytes)}
	return column + 1, nil
}

// columnOf reads the column of a cell's place, such as C5.
func columnOf(place []byte) (column int, ok bool) {
	for _, b := range place {
		if b < 'A' || b > 'Z' {
			break
		}
		if column = column*26 + int(b-'A') + 1; column > maxColumns {
			break
		}
	}
	return column - 1, column > 0
}

// cellText reads on to the end of the cell, and returns what its value, or the
// text in it, says. A formula does not count, but is kept, for its last result may
// be missing; nor does the reading of a Japanese name.
func (s *sheet) cellText() ([]byte, error) {
	text := s.record[:0]
	var inValue, inReading, inFormula bool
	s.formula, s.hasFormula = s.formula[:0], false
	for {
		token, err := s.xml.next()
		if err != nil {
			return nil, whole(err)
		}
		switch name := string(s.xml.name); {
		case token == xmlText:
			if inValue && !inReading && len(text) <= MaxRecord {
				text = append(text, s.xml.text...)
			} else if inFormula && len(s.formula) <= MaxCell {
				s.formula = append(s.formula, s.xml.text...)
			}
		case name == "c":
			s.record = text
			return text, nil
		case name == "v", name == "t":
			inValue = token == xmlStart
		case name == "f":
			inFormula = token == xmlStart
			s.hasFormula = true
		case name == "rPh":
			inReading = token == xmlStart
		}
	}
}

// frame gives the row that was read as a record.
func (s *sheet) frame() frame {
	f := frame{line: s.row, end: []byte("\r\n")}
	out := s.record[:0]
	for i := range max(len(s.cells), s.least) {
		if i > 0 {
			out = append(out, ',')
		}
		if i < len(s.cells) {
			out = appendGuarded(out, s.bytes[s.cells[i].from:s.cells[i].to])
		}
	}
	s.record, f.text = out, out
	if s.long || len(out) > MaxRecord {
		keep := min(MaxCell, len(out))
		for keep < len(out) && !utf8.RuneStart(out[keep]) {
			keep--
		}
		f.text, f.code = out[:keep], RowTooLong
	}
	return f
}

// appendGuarded appends a cell as CSV.
func appendGuarded(out, cell []byte) []byte {
	start := len(out)
	if text := string(cell); guardText(text) != text {
		out = append(out, '\'')
	}
	for _, b := range cell {
		if out = append(out, b); b == '"' {
			out = append(out, '"')
		}
	}
	for _, b := range out[start:] {
		if b == '"' || b == ',' || b == ' ' || isBreak(b) {
			out = append(out, `""`...)
			copy(out[start+1:], out[start:len(out)-2])
			out[start] = '"'
			break
		}
	}
	return out
}

// notes says what is worth knowing of the rows that were read; beyond is how many
// had cells beside the table.
func (s *sheet) notes(beyond int) []string {
	var notes []string
	if hidden := int(s.hidden.Load()); hidden > 0 {
		notes = append(notes, fmt.Sprintf("%s of the sheet %s hidden, by a filter perhaps, and read all the same", count(hidden, "row"), isOrAre(hidden)))
	}
	if beyond > 0 {
		notes = append(notes, fmt.Sprintf("cells beside the table, in %s, are not part of it", count(beyond, "row")))
	}
	return notes
}
