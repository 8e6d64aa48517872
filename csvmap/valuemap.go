package csvmap

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// valueMap has other texts for the cells of a column.
type valueMap struct {
	header string
	pairs  []valuePair
	strict bool // a cell with another text is a problem
	line   int
}

type valuePair struct{ from, to string }

// table is the pairs for looking up.
func (v *valueMap) table() map[string]string {
	table := make(map[string]string, len(v.pairs))
	for _, p := range v.pairs {
		table[foldValue(p.from)] = p.to
	}
	return table
}

// foldValue folds what texts for one thing differ in: case, spaces around, and what
// nobody sees.
func foldValue(text string) string {
	if !isPlain(text) {
		text, _ = tidy(norm.NFC.String(text), false)
	}
	return strings.ToLower(strings.TrimSpace(text))
}

// cellReader reads one column: trimmed, and by its value map where it has one.
type cellReader struct {
	index  int
	values map[string]string // nil for none
}

func (r cellReader) read(cells []string) string {
	text := strings.TrimSpace(cells[r.index])
	if r.values == nil {
		return text
	}
	if to, listed := r.values[foldValue(text)]; listed {
		return to
	}
	return text
}

// complaint says that the value map does not list the cell; "" when it does, or
// the cell is blank.
func (r cellReader) complaint(cells []string) string {
	text := foldValue(cells[r.index])
	if _, listed := r.values[text]; listed || text == "" {
		return ""
	}
	return "is none of the values that the mapping file lists: correct it, or add it there"
}
