package csvmap

import (
	"encoding/binary"
	"strings"
)

// stampKey is the header of the synthetic cell that goes before a row's own
// cells on their way through gocsv. No roster can have it: it holds a NUL byte.
const stampKey = "\x00stamp"

// stamp is what gocsv does not know of a record: where and how it stood in the
// file. It travels as the text of one cell, which costs one allocation.
type stamp struct {
	line   int
	offset int64
	found  int // number of cells, before extra blank ones were dropped
	code   Code
	answer string // see answerOf
}

const stampSize = 3 * 8

// appendTo appends the stamp and the record's raw text in the form of the cell.
func (s stamp) appendTo(b []byte, raw []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(s.line))
	b = binary.BigEndian.AppendUint64(b, uint64(s.offset))
	b = binary.BigEndian.AppendUint64(b, uint64(s.found))
	b = append(b, s.code...)
	b = append(b, 0)
	b = append(b, s.answer...)
	b = append(b, 0)
	return append(b, raw...)
}

// parseStamp takes apart what appendTo made. raw shares its memory.
func parseStamp(cell string) (s stamp, raw string) {
	number := func(at int) uint64 {
		return binary.BigEndian.Uint64([]byte(cell[at : at+8]))
	}
	s = stamp{line: int(number(0)), offset: int64(number(8)), found: int(number(16))}
	code, rest, _ := strings.Cut(cell[stampSize:], "\x00")
	s.code = Code(code)
	s.answer, raw, _ = strings.Cut(rest, "\x00")
	return s, raw
}

// record is what gocsv fills, one for each row. It takes every cell by itself,
// as a string: gocsv's own conversions read "010" as eight, and its struct tags
// match a field by its Go name. gocsv sees the method only on a channel of
// values, not of pointers, and wants one field with a tag.
type record struct {
	Stamp string `csv:"stamp"`
	cells []string
}

// UnmarshalCSVWithFields takes one cell. The stamp comes first.
func (r *record) UnmarshalCSVWithFields(key, cell string) error {
	if key == stampKey {
		r.Stamp = cell
		return nil
	}
	if r.cells == nil {
		s, _ := parseStamp(r.Stamp)
		r.cells = make([]string, 0, s.found)
	}
	r.cells = append(r.cells, cell)
	return nil
}

// row gives the record its public shape; want is the header's number of cells.
func (r *record) row(want int) Row {
	s, raw := parseStamp(r.Stamp)
	row := Row{Line: s.line, Offset: s.offset, Raw: raw, Cells: r.cells, Answer: s.answer}
	if row.Skip = skipped(s.code); row.Skip != nil {
		row.Cells = fit(row.Cells, want)
	} else if s.code != "" {
		row.Malformed = malformed(s.code, s.line, s.found, want)
	}
	return row
}
