package csvmap

import (
	"slices"
	"strings"
	"time"
)

// sample is the first rows of a roster: what is judged by the cells of a column,
// and not by its header or cell by cell, is judged by them. They are read ahead
// when the roster is opened, for a roster is read once.
type sample struct {
	rows [][]string // the roster's own cells, as many as the header has
}

// How much of a roster is read ahead.
const (
	sampleRows  = 250
	sampleBytes = 256 << 10
)

// newSample takes rows below a header, but not the labels of a second one.
func newSample(rows [][]string) sample {
	if len(rows) > 0 && countKnown(rows[0]) > 1 {
		rows = rows[1:]
	}
	return sample{rows}
}

// readAhead takes the sample. The records that it is made of are read again, as
// all others are; an error, too, comes again.
func (d *decoder) readAhead() sample {
	d.below = readAhead(d.records, d.below)
	var rows [][]string
	for _, f := range d.below[:min(len(d.below), sampleRows)] {
		rows = append(rows, unwrapTexts(d.unguarded(d.layout.pick(d.cellsOf(f)))))
	}
	return newSample(rows)
}

// readAhead adds records to those that were read, as many as a sample takes, or as
// there are.
func readAhead(from records, read []frame) []frame {
	var room []byte // for all texts
	for len(read) < sampleRows && len(room) < sampleBytes {
		next, err := from.next()
		if err != nil {
			break
		}
		read = append(read, next.keepIn(&room))
	}
	return read
}

// keepIn makes a frame outlast the next one. Most have the line end in common.
func (f frame) keepIn(room *[]byte) frame {
	start := len(*room)
	*room = append(append(*room, f.text...), f.end...)
	kept, end := (*room)[start:], len(f.text)
	f.text, f.end = kept[:end:end], kept[end:]
	return f
}

// sight is what the cells of a column look like.
type sight struct {
	rows      int // of the sample
	filled    int // cells that are not blank
	addresses int
	numbers   int
	written   int // of numbers, those that are written as such: not just ten digits
	distinct  int // different texts
}

// see looks at a column.
func (s *sample) see(column int) sight {
	seen := sight{rows: len(s.rows)}
	texts := make(map[string]bool, len(s.rows))
	for _, row := range s.rows {
		cell := strings.TrimSpace(row[column])
		if cell == "" || isPlaceholder(cell) {
			continue
		}
		seen.filled++
		texts[cell] = true
		switch number, written := looksLikeNumber(cell); {
		case strings.Contains(cell, "@"):
			_, complaint := normalizeEmail(cell)
			seen.addresses += index(complaint == "")
		case number:
			seen.numbers++
			seen.written += index(written)
		}
	}
	seen.distinct = len(texts)
	return seen
}

// same reports whether two columns have the same cells in every row.
func (s *sample) same(a, b int) bool {
	return !slices.ContainsFunc(s.rows, func(row []string) bool {
		return !strings.EqualFold(strings.TrimSpace(row[a]), strings.TrimSpace(row[b]))
	})
}

// holds says which contacts more than four in five of the column's cells are; ""
// for none, and where hardly any row has a cell there: a single address may stand
// in a column of notes.
func (s sight) holds() Field {
	switch {
	case 5*s.filled < s.rows:
	case 5*s.addresses > 4*s.filled:
		return Email
	case 5*s.numbers > 4*s.filled:
		return Phone
	}
	return ""
}

// personal reports whether nearly every cell is another one, as what belongs to a
// person is; what belongs to their manager stands in many rows.
func (s sight) personal() bool { return 10*s.distinct >= 8*s.filled }

// looksLikeNumber reports whether a cell is a phone number, whatever its country;
// written, whether it is more than digits, which could be any number.
func looksLikeNumber(cell string) (is, written bool) {
	switch digits := countDigits(cell); {
	case digits < 9 || digits > 15 || strings.Trim(cell, "0123456789 +-.()/") != "" || looksLikeDate(cell):
		return false, false
	case hasPlus(cell):
		return valid(cell, "US") != "", true
	case isDigits(cell) && cell[0] != '0':
		return digits == 10 && valid(cell, "US") != "", false
	}
	return !isGrouped(cell, ".", 0, 0, 0, 0) && !isGrouped(cell, "-", 3, 2, 4), true
}

// isGrouped reports whether digits stand in groups of these sizes, 0 for any, as in
// the address of a machine or a social security number.
func isGrouped(cell, mark string, sizes ...int) bool {
	groups := strings.Split(cell, mark)
	if len(groups) != len(sizes) {
		return false
	}
	for i, group := range groups {
		if !isDigits(group) || sizes[i] > 0 && len(group) != sizes[i] {
			return false
		}
	}
	return true
}

// dateForms are how a day is written in digits.
var dateForms = []string{
	"2006-1-2", "1/2/2006", "2/1/2006", "2.1.2006", "2-1-2006", "2006/1/2", "2006.1.2", "20060102",
	"1/2/06", "2.1.06", "2/1/06", "1-2-06",
}

// looksLikeDate takes a day in digits, with a time behind it or not.
func looksLikeDate(cell string) bool {
	if cell == "" || cell[0] < '0' || cell[0] > '9' {
		return false
	}
	day, _, _ := strings.Cut(cell, " ")
	day, _, _ = strings.Cut(day, "T")
	return slices.ContainsFunc(dateForms, func(form string) bool {
		_, err := time.Parse(form, day)
		return err == nil
	})
}
